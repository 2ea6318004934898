"""Every IRI of the dataset's own namespace answers here: things redirect, documents negotiate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, request

from lod.addresses import document_path, quoted, split_suffix, thing_paths
from lod.rdf.formats import CSV, DOCUMENT_FORMATS, HTML, TRIG, TURTLE, Format, by_extension
from lod.rdf.rdfxml import NotWritableError
from lod.representation import Place, document_graph
from lod.representation.documents import Subjects
from lod.store import Located
from lod.web import signposts
from lod.web.context import published, site
from lod.web.errors import Problem, ProblemError
from lod.web.language import page_language
from lod.web.negotiation import Offer, wanted
from lod.web.not_found import not_found
from lod.web.responses import Representation, respond, see_other
from lod.web.views import document_page, entity_page, links_page

bp = Blueprint("entities", __name__)

EXTENSIONS = tuple(each.extension for each in DOCUMENT_FORMATS)
_WITH_GRAPHS = {TRIG, CSV}
_SAID_OTHERWISE = {"alternate", "canonical", "license"}
"""Relations that every page has in its head already, some for its own language."""

MOST_FRAGMENTS = 5_000
"""Entities a document of many holds as data; a larger one is a dump."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document of our own: its path, and the IRI it is about or those of its fragments."""

    path: str
    iri: str | None
    has_fragments: bool


@bp.get("/<path:path>")
def resource(path: str) -> Response:
    """Answer for a thing (303), for a document (negotiated), or for one of its formats."""
    document = find_document(path)
    if document is not None:
        return _negotiate(document)
    thing = _thing(path)
    if thing is not None:
        return _redirect(thing, request.query_string.decode("latin-1"))
    return _of_one_format(path) or not_found(path)


def find_document(path: str) -> Document | None:
    """Return the document at a path, None when there is none."""
    here = published()
    base = here.release.project.base
    located = here.store.locate(path)
    if located.fragments:
        return Document(path, located.iri, has_fragments=True)
    for each in thing_paths(path):
        iri = here.store.locate(each).iri
        if iri is not None and document_path(iri, base) == path:
            return Document(path, iri, has_fragments=False)
    return None


def _folder(stem: str) -> Document | None:
    """Return the document of a folder, whose formats are in ``index``."""
    folder, _, name = stem.rpartition("index")
    return find_document(folder) if not name and folder.endswith("/") else None


def _thing(path: str) -> Located | None:
    located = published().store.locate(path)
    return located if located.iri is not None else None


def _redirect(thing: Located, query: str, suffix: str = "") -> Response:
    path = document_path(thing.iri or "", published().release.project.base) or ""
    location = site().path(path + suffix) + (f"?{query}" if query else "")
    return see_other(location, ["Accept", "Accept-Language"])


def _of_one_format(path: str) -> Response | None:
    """Answer for ``….ttl`` or ``….lt.html``, None when the path names no format of a document."""
    languages = published().release.project.languages
    suffix = split_suffix(path, EXTENSIONS, languages)
    if suffix is None:
        return _links(path)
    document = find_document(suffix.stem) or _folder(suffix.stem)
    if document is not None:
        chosen = by_extension(DOCUMENT_FORMATS, suffix.extension) or HTML
        return _represent(document, chosen, suffix.language, is_named=True)
    thing = _thing(suffix.stem)
    if thing is not None:
        return _redirect(thing, "", path.removeprefix(suffix.stem))
    return _links(suffix.stem, suffix.language) if suffix.extension == "html" else None


def _links(path: str, language: str | None = None) -> Response | None:
    """Answer for a page of ``…/links``."""
    stem, slash, last = path.rpartition("/")
    document = find_document(stem) if slash and last == "links" else None
    if document is None or document.iri is None:
        return None
    return links_page(document.iri, path, language)


def _negotiate(document: Document) -> Response:
    chosen = wanted(
        Offer(
            [each for each in DOCUMENT_FORMATS if each is not TRIG],
            lambda: [(each.name, _address(document, each)) for each in DOCUMENT_FORMATS],
            "This document is not to be had in any of the formats asked for.",
            # All its statements are in named graphs: who reads triples would find none.
            last=[TRIG],
        )
    )
    return _represent(document, chosen, None, is_named=False)


def _address(document: Document, each: Format, language: str = "") -> str:
    named = f"{language}.html" if each is HTML and language else each.extension
    return site().representation(document.path, named)


def _represent(
    document: Document, chosen: Format, language: str | None, *, is_named: bool
) -> Response:
    vary: tuple[str, ...] = () if is_named else ("Accept", "Accept-Language")
    links = _links_of(document)
    if chosen is HTML:
        shown = page_language(language)
        place = _place(document, shown, links)
        if language is None and is_named:
            vary = ("Accept-Language",)
        view = document_page if document.has_fragments else entity_page
        return respond(
            Representation(
                HTML.content_type,
                (document.path, shown, request.args.get("after", "")),
                lambda: view(document.path, document.iri, place, _formats(document)),
                vary=vary,
                language=shown,
                links=links,
                content_location=None if language else _address(document, HTML, shown),
            )
        )
    return respond(
        Representation(
            chosen.content_type,
            (document.path, chosen.extension),
            lambda: _written(document, chosen),
            vary=vary,
            links=links,
            content_location=None if is_named else _address(document, chosen),
        )
    )


def _written(document: Document, chosen: Format) -> bytes:
    here = published()
    subjects = Subjects(_document_iri(document), _entities(document))
    issued = here.release.manifest.issued
    with_graphs = chosen in _WITH_GRAPHS
    lines = document_graph(here.store, subjects, issued=issued, with_graphs=with_graphs)
    try:
        return here.writer.write(lines, chosen)
    except NotWritableError as error:
        raise ProblemError(
            Problem(
                406,
                f"{chosen.name} cannot hold this document: {error}.",
                code="http/406",
                alternates=[
                    (each.name, _address(document, each))
                    for each in DOCUMENT_FORMATS
                    if each is not chosen
                ],
            )
        ) from error


def _document_iri(document: Document) -> str:
    if document.has_fragments and document.iri:
        return document.iri
    return published().release.project.base + quoted(document.path)


def _entities(document: Document) -> Sequence[str]:
    own = [document.iri] if document.iri else []
    if not document.has_fragments:
        return own
    return [*own, *published().store.fragments(document.path, limit=MOST_FRAGMENTS)]


def _formats(document: Document) -> list[tuple[str, str]]:
    return [(each.name, _address(document, each)) for each in DOCUMENT_FORMATS if each is not HTML]


def _links_of(document: Document) -> list[signposts.Link]:
    """Return what every representation of a document links to (RFC 8288)."""
    here = published()
    project = here.release.project
    links: list[signposts.Link] = [
        (_address(document, each), "alternate", {"type": each.media_type})
        for each in DOCUMENT_FORMATS
        if each is not HTML
    ]
    links += [
        (_address(document, HTML, each), "alternate", {"type": HTML.media_type, "hreflang": each})
        for each in project.languages
    ]
    lasting = _document_iri(document)
    if document.iri is not None and document.iri.isascii():
        links.append((document.iri, "describes", {}))
        lasting = document.iri
    links.append((project.base + quoted(document.path), "canonical", {}))
    if lasting.isascii():
        links.append((lasting, "cite-as", {}))
    metadata = site().path(f"doc/dataset.{TURTLE.extension}")
    links.append((metadata, "describedby", {"type": TURTLE.media_type}))
    if document.path == signposts.DATASET:
        links += signposts.of_dataset()
    else:
        links.append((site().path(signposts.DATASET), "collection", {}))
    if project.licence:
        links.append((project.licence, "license", {}))
    return links


def _place(document: Document, language: str, links: Sequence[signposts.Link]) -> Place:
    where = site()
    formats = {
        each.media_type: _address(document, each) for each in DOCUMENT_FORMATS if each is not HTML
    }
    query = {"after": request.args["after"]} if request.args.get("after") else {}
    canonical = where.origin + where.page(document.path, language)
    leads = [
        (address, relation, parameters.get("type", ""))
        for address, relation, parameters in links
        if relation not in _SAID_OTHERWISE
    ]
    return Place(document.path, language, where, query, formats, canonical, leads)
