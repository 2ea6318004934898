"""The pages that are about no single entity: home, lists, search, about."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from flask import Blueprint, Response, abort, request

from lod.description import Name
from lod.rdf.formats import DOCUMENT_FORMATS, HTML
from lod.rdf.namespaces import OWL, RDF, RDFS
from lod.rdf.negotiation import choose
from lod.representation import Place
from lod.representation.metadata import dataset_metadata
from lod.store import Kind
from lod.web.context import published, settings, site
from lod.web.files import published_files
from lod.web.kinds import kind_name
from lod.web.language import page_language
from lod.web.responses import Representation, page, respond, see_other

bp = Blueprint("pages", __name__)

PER_PAGE = 50
_MOST_PAGE = 10_000
_MOST_VOCABULARIES = 20
_LONGEST_SEARCH = 500
_ON_HOME = {"Turtle", "N-Quads"}
_ASKED_ON_HOME = 3

Values = Mapping[str, object]
"""What a template shows."""


@bp.get("/")
@bp.get("/index.<language:language>.html")
def home(language: str | None = None) -> Response:
    """Show the home page; a client that wants data is led to the dataset's description."""
    if language is None:
        offered = (HTML, *(each for each in DOCUMENT_FORMATS if each is not HTML))
        chosen = choose(request.headers.get("Accept", ""), offered)
        if chosen not in {None, HTML}:
            return see_other(site().path("doc/dataset"), ["Accept"])
    return show("home", "", language, _home)


def _home(language: str) -> Values:
    here = published()
    files = published_files(here.release)
    return {
        "kinds": named_kinds(language),
        "files": [each for each in files if each.compressed and each.format in _ON_HOME],
        "questions": list(here.questions.values())[:_ASKED_ON_HOME],
        "example": _example(),
        "metadata": dataset_metadata(here.edition, site(), files),
    }


@bp.get("/browse/")
@bp.get("/browse/index.<language:language>.html")
def browse(language: str | None = None) -> Response:
    """Show the kinds that have a list."""
    return show("browse", "browse/", language, _browse)


def _browse(language: str) -> Values:
    here = published()
    vocabularies = [
        iri
        for is_apart in (False, True)
        for iri in here.store.linked(
            OWL.Ontology.value, RDF.type.value, is_apart=is_apart, limit=_MOST_VOCABULARIES
        )
    ]
    described = here.describer.refer(vocabularies)
    return {"kinds": named_kinds(language), "vocabularies": list(described.values())}


@bp.get("/browse/<segment>/")
@bp.get("/browse/<segment>/index.<language:language>.html")
def members(segment: str, language: str | None = None) -> Response:
    """Show one kind's list, sorted for readers of the page's language."""
    kind = next((each for each in published().store.kinds() if each.segment == segment), None)
    if kind is None:
        abort(404)
    last = max(1, math.ceil(kind.members / PER_PAGE))
    number = page_number(last)
    return show(
        "list", f"browse/{segment}/", language, lambda shown: _members(kind, number, last, shown)
    )


def _members(kind: Kind, number: int, last: int, language: str) -> Values:
    here = published()
    offset = (number - 1) * PER_PAGE
    iris = here.store.members(kind.segment, language, offset=offset, limit=PER_PAGE)
    described = here.describer.refer(kind.classes[:1])[kind.classes[0]]
    languages = [language, *here.release.project.languages]
    query = (
        f"PREFIX rdfs: <{RDFS.iri}>\n\nSELECT DISTINCT ?entity\n"
        f"WHERE {{ ?entity a/rdfs:subClassOf* <{kind.classes[0]}> }}\nORDER BY ?entity"
    )
    return {
        "kind": kind,
        "name": kind_name(kind, described, languages),
        "says": described.description(languages),
        "entries": here.describer.entries(iris),
        "page": number,
        "last": last,
        "query": query_link(query, language),
    }


@bp.get("/search")
@bp.get("/search.<language:language>.html")
def search(language: str | None = None) -> Response:
    """Search names and descriptions; an address of our own leads straight to its page."""
    here = published()
    asked = request.args.get("q", "").strip()[:_LONGEST_SEARCH]
    if asked.startswith(here.release.project.base) and here.store.record(asked):
        return see_other(site().entity(asked, page_language(language)) or "/")
    number = page_number(_MOST_PAGE)
    kind = request.args.get("kind") or None
    return show("search", "search", language, lambda shown: _search(asked, kind, number, shown))


def _search(asked: str, kind: str | None, number: int, language: str) -> Values:
    here = published()
    offset = (number - 1) * PER_PAGE
    hits = here.store.search(asked, kind=kind, offset=offset, limit=PER_PAGE)
    named = named_kinds(language)
    return {
        "hits": hits,
        "entries": here.describer.entries([hit.iri for hit in hits.hits]),
        "kinds": [
            (each.segment, name, hits.kinds[each.segment])
            for each, name in named
            if each.segment in hits.kinds
        ],
        "all_kinds": named,
        "page": number,
        "last": max(1, math.ceil(hits.total / PER_PAGE)),
    }


@bp.get("/about/")
@bp.get("/about/index.<language:language>.html")
def about(language: str | None = None) -> Response:
    """Say what the dataset is, and how programs use it."""
    return show(
        "about",
        "about/",
        language,
        lambda _: {"formats": DOCUMENT_FORMATS, "limits": settings().limits},
    )


def show(
    template: str, path: str, language: str | None, gather: Callable[[str], Values]
) -> Response:
    """Return a page; without a language in its address the client's wish decides.

    :param gather: returns what the template shows, in a language; not called for a page that the
        client has.
    """
    languages = published().release.project.languages
    if language is not None and language not in languages:
        abort(404)
    shown = page_language(language)
    query = {name: value for name, value in request.args.items() if value}
    place = Place(path, shown, site(), query, canonical=_canonical(path, shown))
    return respond(
        Representation(
            HTML.content_type,
            (template, path, shown, *(f"{name}={value}" for name, value in sorted(query.items()))),
            lambda: page(template, place, **gather(shown)),
            vary=() if language else ("Accept", "Accept-Language"),
            language=shown,
        )
    )


def _canonical(path: str, language: str) -> str:
    where = site()
    return where.origin + where.page(path, language)


def page_number(last: int) -> int:
    """Return the page asked for.

    A number that is none, or lies behind the last page, is an address that does not exist.
    """
    text = request.args.get("page", "1")
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= last:
        abort(404)
    return int(text)


def query_link(query: str, language: str) -> str:
    """Return the address of the query page, filled with a query."""
    return site().page("sparql", language, query=query)


def named_kinds(language: str) -> list[tuple[Kind, Name]]:
    """Return the kinds that have a list, with what readers of a language call them."""
    here = published()
    kinds = here.store.kinds()
    described = here.describer.refer([kind.classes[0] for kind in kinds])
    languages = [language, *here.release.project.languages]
    return [(kind, kind_name(kind, described[kind.classes[0]], languages)) for kind in kinds]


def _example() -> str | None:
    """Return the address of some entity, for the first look from a shell."""
    here = published()
    for kind in here.store.kinds():
        for iri in here.store.members(kind.segment, page_language(None), offset=0, limit=1):
            return site().served(iri)
    return None
