"""Every IRI of the dataset's own namespace answers here: things redirect, documents negotiate."""

from __future__ import annotations

from flask import Blueprint, Response, request

from lod.addresses import document_path, split_suffix
from lod.rdf.formats import DOCUMENT_FORMATS, HTML, Format
from lod.store import Located
from lod.web.context import published, site
from lod.web.documents import EXTENSIONS, LAST, OFFERED, Document, Documents, Wish
from lod.web.language import error_words, page_language
from lod.web.negotiation import Offer, wanted
from lod.web.not_found import not_found
from lod.web.responses import respond, see_other
from lod.web.views import links_page

bp = Blueprint("entities", __name__)


@bp.get("/<path:path>")
def resource(path: str) -> Response:
    """Answer for a thing (303), for a document (negotiated), or for one of its formats."""
    document = _documents().find(path)
    if document is not None:
        return _negotiate(document)
    thing = _thing(path)
    if thing is not None:
        return _redirect(thing, request.query_string.decode("latin-1"))
    return _of_one_format(path) or not_found(path)


def _documents() -> Documents:
    return published().documents(site(), Documents)


def _thing(path: str) -> Located | None:
    located = published().store.locate(path)
    return located if located.iri is not None else None


def _redirect(thing: Located, query: str, suffix: str = "") -> Response:
    path = document_path(thing.iri or "", published().release.project.base) or ""
    location = site().path(path + suffix) + (f"?{query}" if query else "")
    return see_other(location, ["Accept", "Accept-Language"])


def _of_one_format(path: str) -> Response | None:
    """Answer for ``….ttl`` or ``….lt.html``, None when the path names no format of a document."""
    named = _documents().find_named(path)
    if named is not None:
        document, chosen, language = named
        return _represent(document, chosen, language, is_named=True)
    suffix = split_suffix(path, EXTENSIONS, published().release.project.languages)
    if suffix is None:
        return _links(path)
    thing = _thing(suffix.stem)
    if thing is not None:
        return _redirect(thing, "", path.removeprefix(suffix.stem))
    return _links(suffix.stem, suffix.language) if suffix.extension == "html" else None


def _links(path: str, language: str | None = None) -> Response | None:
    """Answer for a page of ``…/links``."""
    stem, slash, last = path.rpartition("/")
    document = _documents().find(stem) if slash and last == "links" else None
    if document is None or document.iri is None:
        return None
    return links_page(document.iri, path, language)


def _negotiate(document: Document) -> Response:
    _ = error_words()
    chosen = wanted(
        Offer(
            OFFERED,
            lambda: [(each.name, document.address(each)) for each in DOCUMENT_FORMATS],
            _("This document is not to be had in any of the formats asked for."),
            last=LAST,
        )
    )
    return _represent(document, chosen, None, is_named=False)


def _represent(
    document: Document, chosen: Format, language: str | None, *, is_named: bool
) -> Response:
    wish = Wish(
        page_language(language) if chosen is HTML else "",
        is_named=is_named,
        is_language_named=language is not None,
        after=request.args.get("after", ""),
    )
    return respond(_documents().represent(document, chosen, wish))
