"""The pages of who points at an entity."""

from __future__ import annotations

from flask import Response, abort, request

from lod.rdf.formats import HTML
from lod.representation import Place
from lod.web.context import published, site
from lod.web.language import page_language
from lod.web.responses import Representation, page, respond

PER_PAGE = 50


def links_page(iri: str, path: str, language: str | None) -> Response:
    """Return a page of who points at an entity with one property."""
    here = published()
    predicate = request.args.get("property", "")
    is_apart = request.args.get("apart") == "1"
    after = request.args.get("after", "")
    group = here.describer.page_of_links(
        iri, predicate, is_apart=is_apart, after=after, limit=PER_PAGE
    )
    if group is None:
        abort(404)
    shown = page_language(language)
    names = ("property", "apart", "after")
    query = {name: request.args[name] for name in names if name in request.args}
    place = Place(path, shown, site(), query)
    reference = here.describer.refer([iri])[iri]
    return respond(
        Representation(
            HTML.content_type,
            (path, shown, predicate, str(is_apart), after),
            lambda: page(
                "links",
                place,
                group=group,
                reference=reference,
                entity=site().entity(iri, shown),
            ),
            vary=() if language else ("Accept-Language",),
            language=shown,
        )
    )
