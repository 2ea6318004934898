"""What to say where nothing is: the nearest names, or the list of the kind."""

from __future__ import annotations

import difflib
import re

from flask import Response

from lod.description import Reference
from lod.web.context import published, site
from lod.web.errors import Problem, ProblemError
from lod.web.language import error_language
from lod.web.pages import named_kinds

_MOST = 5
_LONGEST = 60
"""Letters of a mistyped name that are looked at: each costs a search."""

_SEPARATORS = re.compile(r"[^\w]+")


def not_found(path: str) -> Response:
    """End the request with 404 and what the address may have meant.

    :raises ProblemError: always.
    """
    here = published()
    language = error_language()
    _ = here.pages.wording(language).gettext
    segments = path.split("/")
    lists = [
        (name.text, site().page(f"browse/{kind.segment}/", language))
        for kind, name in named_kinds(language)
        if kind.segment in segments
    ]
    raise ProblemError(
        Problem(
            404,
            _("There is nothing at this address."),
            _("It may be mistyped, or it never was an address of this dataset."),
            "http/404",
            alternates=lists,
            suggestions=_nearest(segments[-1]),
        )
    )


def _nearest(slug: str) -> list[Reference]:
    """Return entities whose name or slug is like what was asked for."""
    here = published()
    slug = slug[:_LONGEST]
    words = _SEPARATORS.sub(" ", slug).strip()
    found: list[str] = []
    # Fewer and fewer letters, until something starts like it.
    for length in range(len(words), 2, -1):
        hits = here.store.search(words[:length], kind=None, offset=0, limit=4 * _MOST)
        found = [hit.iri for hit in hits.hits]
        if found:
            break
    by_slug = {iri: iri.rstrip("/").replace("#", "/").rpartition("/")[2] for iri in found}
    best = sorted(found, key=lambda iri: -difflib.SequenceMatcher(None, slug, by_slug[iri]).ratio())
    book = here.describer.refer(best[:_MOST])
    return [book[iri] for iri in best[:_MOST]]
