"""Which format a client gets: what it asks for, or a problem that says what there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import request

from lod.rdf import negotiation
from lod.rdf.formats import Format, by_any_name
from lod.web.errors import Problem, ProblemError

Alternate = tuple[str, str]
"""What there is instead: words and address."""


def wanted(
    offered: Sequence[Format], alternates: Callable[[], Sequence[Alternate]], title: str
) -> Format:
    """Return the format the client wants (RFC 9110 §12).

    ``?format=`` names one in any way clients do, ``?_mediatype=`` by its media type (W3C content
    negotiation by profile, §7.3): both come before ``Accept``.

    :param title: what to say when none fits.
    :raises ProblemError: when none fits (406).
    """
    named = request.args.get("format")
    if named is not None:
        chosen = by_any_name(offered, named)
    else:
        liked = request.args.get("_mediatype", request.headers.get("Accept", ""))
        chosen = negotiation.choose(liked, offered)
    if chosen is None:
        detail = f"On offer: {', '.join(each.media_type for each in offered)}."
        raise ProblemError(Problem(406, title, detail, "http/406", alternates()))
    return chosen
