"""Which format a client gets: what it asks for, or a problem that says what there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import request

from lod.rdf import negotiation
from lod.rdf.formats import Format, by_any_name
from lod.web.errors import Problem, ProblemError
from lod.web.language import error_words

Alternate = tuple[str, str]
"""What there is instead: words and address."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What there is: formats, the preferred first, and what to say when none fits.

    :param last: formats given only to who names none of the others.
    """

    formats: Sequence[Format]
    alternates: Callable[[], Sequence[Alternate]]
    title: str
    last: Sequence[Format] = ()


def wanted(offer: Offer, parameters: Mapping[str, Sequence[str]] | None = None) -> Format:
    """Return the format the client wants (RFC 9110 §12).

    ``?format=`` names one in any way clients do, ``?_mediatype=`` by its media type (W3C content
    negotiation by profile, §7.3): both come before ``Accept``.

    :param parameters: of a form, or of the address where they are at hand.
    :raises ProblemError: when none fits (406).
    """
    if parameters is None:
        parameters = dict(request.args.lists())
    named = next(iter(parameters.get("format", ())), None)
    every = (*offer.formats, *offer.last)
    if named is not None:
        chosen = by_any_name(every, named)
    else:
        asked = next(iter(parameters.get("_mediatype", ())), None)
        liked = request.headers.get("Accept", "") if asked is None else asked
        chosen = preferred(liked, offer.formats, offer.last)
    if chosen is None:
        _ = error_words()
        types = ", ".join(each.media_type for each in every)
        detail = _("Media types on offer: %(types)s.") % {"types": types}
        raise ProblemError(Problem(406, offer.title, detail, "http/406", offer.alternates()))
    return chosen


@negotiation.worked_out_once
def preferred(liked: str, formats: Sequence[Format], last: Sequence[Format]) -> Format | None:
    """Return the format that an ``Accept`` header prefers, None when it takes none.

    :param last: formats given only to who names none of the others.
    """
    chosen = negotiation.choose(liked, (*formats, *last))
    if chosen in last:
        return _named_beside(liked, formats) or chosen
    return chosen


def _named_beside(liked: str, formats: Sequence[Format]) -> Format | None:
    """Return the format among these that a client names, rather than takes as any other."""
    named = ",".join(each for each in liked.split(",") if "*" not in each)
    return negotiation.choose(named, formats) if named else None
