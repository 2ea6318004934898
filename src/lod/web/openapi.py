"""Describe every address for programs (OpenAPI 3.1)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Blueprint, Response

from lod import __version__
from lod.addresses import document_path, quoted
from lod.rdf.formats import (
    BOOLEAN_FORMATS,
    DOCUMENT_FORMATS,
    GRAPH_FORMATS,
    HTML,
    JSON_LD,
    RESULTS_JSON,
    SOLUTION_FORMATS,
    Format,
)
from lod.sparql.protocol import DIRECT, FORM
from lod.web.context import published, settings, site
from lod.web.errors import PROBLEM
from lod.web.files import published_files
from lod.web.responses import Representation, respond

bp = Blueprint("openapi", __name__)

Json = dict[str, Any]

_TYPE = "application/openapi+json"
_QUERY = "SELECT ?entity ?class WHERE { ?entity a ?class } LIMIT 10"
_TEXT: Json = {"type": "string"}
_PROBLEM: Json = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 1},
    },
}
_SCHEMAS: Mapping[Format, Json] = {
    JSON_LD: {"type": ["object", "array"]},
    RESULTS_JSON: {
        "type": "object",
        "required": ["head"],
        "properties": {
            "head": {"type": "object"},
            "boolean": {"type": "boolean"},
            "results": {
                "type": "object",
                "required": ["bindings"],
                "properties": {"bindings": {"type": "array", "items": {"type": "object"}}},
            },
        },
    },
}
"""What is in formats that OpenAPI can look into; all others are text to it."""
_STATUSES = {
    303: "See Other: the document is at Location.",
    308: "Permanent Redirect: the address of a folder ends with a slash.",
    304: "Not Modified: the client has this representation.",
    400: "The request is wrong; the body says where.",
    403: "Updates and SERVICE are refused: the data is read-only.",
    404: "There is nothing at this address.",
    406: "None of the formats asked for is on offer.",
    413: "The request is too large.",
    414: "The address is too long.",
    415: "The body is of no known type.",
    416: "There is no such part of the file.",
    429: "This client has used its share of query time; Retry-After says when to come again.",
    500: "Something went wrong here.",
    503: "The query costs too much, or all workers are busy.",
}


@bp.get("/openapi.json")
def openapi() -> Response:
    """Send the description."""
    return respond(Representation(_TYPE, ("openapi",), _written))


def _written() -> bytes:
    return (json.dumps(_description(), ensure_ascii=False, indent=1) + "\n").encode()


def _description() -> Json:
    project = published().release.project
    language = project.languages[0]
    title = project.title.get(language) or next(iter(project.title.values()), project.name)
    info: Json = {"title": title, "version": project.version}
    if project.description.get(language):
        info["description"] = project.description[language]
    if project.licence:
        info["license"] = {"name": "Licence of the data", "url": project.licence}
    return {
        "openapi": "3.1.0",
        "info": info,
        "servers": [{"url": site().absolute("").rstrip("/") or "/"}],
        "paths": {**_sparql(), **_graphs(), **_documents(), **_files(), **_pages(), **_others()},
        "components": {"schemas": {"Problem": _PROBLEM}},
        "x-generator": f"lod {__version__}",
    }


# Parts


def _content(formats: Iterable[Format]) -> Json:
    return {each.media_type: {"schema": _SCHEMAS.get(each, _TEXT)} for each in formats}


def _answers(formats: Iterable[Format], statuses: Sequence[int], words: str) -> Json:
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    failure = {PROBLEM.media_type: problem, HTML.media_type: {"schema": _TEXT}}
    found: Json = {"200": {"description": words, "content": _content(formats)}}
    for status in (*statuses, 500):
        found[str(status)] = {"description": _STATUSES[status]}
        if status >= 400:
            found[str(status)]["content"] = failure
    return found


def _get(
    words: str, parameters: Sequence[Json], answers: Json, *, tag: str, name: str
) -> Mapping[str, Json]:
    operation = {
        "operationId": name,
        "summary": words,
        "tags": [tag],
        "parameters": list(parameters),
        "responses": answers,
    }
    return {"get": operation}


def _parameter(name: str, words: str, schema: Json, *, place: str = "query", **more: Any) -> Json:
    if place == "path":
        more = {"required": True, **more}
    return {"name": name, "in": place, "description": words, "schema": schema, **more}


def _format(formats: Iterable[Format]) -> Json:
    names = list(dict.fromkeys(each.extension for each in formats))
    return _parameter("format", "Instead of Accept.", {"type": "string", "enum": names})


# Addresses


def _sparql() -> Json:
    formats = tuple(dict.fromkeys((*SOLUTION_FORMATS, *BOOLEAN_FORMATS, *GRAPH_FORMATS, HTML)))
    statuses = (400, 403, 406, 413, 414, 415, 429, 503)
    length = {"type": "string", "maxLength": settings().limits.query_length}
    graphs = [
        _parameter(
            f"{kind}-graph-uri",
            f"A {kind} graph of the dataset to ask.",
            {"type": "array", "items": {"type": "string", "format": "uri"}},
        )
        for kind in ("default", "named")
    ]
    query = _parameter(
        "query", "A SPARQL query; without one the service is described.", length, example=_QUERY
    )
    words = "The answer, or the description of the service."
    get = _get(
        "Ask by GET",
        [query, *graphs, _format(formats)],
        _answers(formats, (304, *statuses), words),
        tag="SPARQL",
        name="query",
    )
    form = {"type": "object", "required": ["query"], "properties": {"query": length}}
    post = {
        "operationId": "queryByPost",
        "summary": "Ask by POST",
        "tags": ["SPARQL"],
        "parameters": [_format(formats)],
        "requestBody": {
            "required": True,
            "content": {
                FORM: {"schema": form, "example": {"query": _QUERY}},
                DIRECT: {"schema": length, "example": _QUERY},
            },
        },
        "responses": _answers(formats, statuses, "The answer."),
    }
    return {"/sparql": {**get, "post": post}}


def _graphs() -> Json:
    iris = [each.iri for each in published().store.graphs()[:1]]
    graph = _parameter(
        "graph",
        "IRI of a named graph.",
        {"type": "string", "format": "uri"},
        **({"example": iris[0]} if iris else {}),
    )
    default = _parameter(
        "default", "The default graph.", {"type": "string", "maxLength": 0}, allowEmptyValue=True
    )
    answers = _answers(GRAPH_FORMATS, (304, 400, 404, 406, 429, 503), "The triples of a graph.")
    return {
        "/data": _get(
            "Get a whole graph",
            [default, graph, _format(GRAPH_FORMATS)],
            answers,
            tag="SPARQL",
            name="graph",
        )
    }


def _example_document() -> str:
    here = published()
    for kind in here.store.kinds():
        for iri in here.store.members(
            kind.segment, here.release.project.languages[0], offset=0, limit=1
        ):
            path = document_path(iri, here.release.project.base)
            if path is not None:
                return quoted(path)
    return "doc/dataset"


def _documents() -> Json:
    example = _example_document()
    path = _parameter(
        "path",
        "A path of the dataset's own namespace; it may have slashes. An ending such as .ttl names "
        "a format, .lt.html a language.",
        {"type": "string", "minLength": 1},
        place="path",
        example=example,
    )
    after = _parameter("after", "Where the next part of a long list begins.", _TEXT)
    answers = _answers(DOCUMENT_FORMATS, (303, 304, 308, 404, 406), "What is known of the entity.")
    return {
        "/{path}": _get(
            "Dereference an entity",
            [path, _format(DOCUMENT_FORMATS), after],
            answers,
            tag="Entities",
            name="entity",
        )
    }


def _files() -> Json:
    files = published_files(published().release)
    media_types = sorted({each.media_type.partition(";")[0] for each in files} | {"text/plain"})
    content: Json = {each: {"schema": {}} for each in media_types}
    answers = _answers((), (304, 404, 416), "The whole file.")
    answers["200"]["content"] = content
    answers["206"] = {"description": "The part asked for with Range.", "content": content}
    version = _parameter(
        "version",
        "A version, or latest.",
        {"type": "string", "minLength": 1},
        place="path",
        example="latest",
    )
    name = _parameter(
        "name",
        "Name of a file, or SHA256SUMS.",
        {"type": "string", "minLength": 1},
        place="path",
        example=files[0].name if files else "SHA256SUMS",
    )
    return {
        "/downloads/{version}/{name}": _get(
            "Download a dump", [version, name], answers, tag="Downloads", name="download"
        )
    }


def _pages() -> Json:
    number = _parameter("page", "Page of a long list.", {"type": "integer", "minimum": 1})
    search = [
        _parameter("q", "Words of names and descriptions.", _TEXT, example="a"),
        _parameter("kind", "Only one kind.", _TEXT),
        number,
    ]
    segment = _parameter("kind", "A kind.", {"type": "string", "minLength": 1}, place="path")
    pages: list[tuple[str, str, list[Json], str]] = [
        ("/", "Home", [], "home"),
        ("/browse/", "Kinds of entities", [], "kinds"),
        ("/browse/{kind}/", "Entities of a kind", [segment, number], "members"),
        ("/search", "Search", search, "search"),
        ("/questions/", "Questions of the project", [], "questions"),
        ("/downloads/", "Files", [], "files"),
        ("/about/", "About the dataset", [], "about"),
    ]
    statuses = (303, 304, 400, 404)
    return {
        path: _get(words, parameters, _answers([HTML], statuses, "A page."), tag="Pages", name=name)
        for path, words, parameters, name in pages
    }


def _others() -> Json:
    dataset = f"{published().release.project.base}dataset"
    iri = _parameter("iri", "An IRI or prefixed name.", _TEXT, example=dataset)
    found: Json = {
        "/resolve": _get(
            "Find the page of an IRI",
            [iri],
            {each: text for each, text in _answers([], (303, 404), "").items() if each != "200"},
            tag="Entities",
            name="resolve",
        ),
        "/.well-known/void": _get(
            "Find the dataset's description",
            [],
            {each: text for each, text in _answers([], (303,), "").items() if each != "200"},
            tag="Metadata",
            name="void",
        ),
    }
    machines = [
        ("/linkset.json", "application/linkset+json", "All links of the dataset", "linkset"),
        ("/sitemap.xml", "application/xml", "Lists of pages", "sitemap"),
        ("/robots.txt", "text/plain", "What crawlers may read", "robots"),
        ("/openapi.json", _TYPE, "This description", "openapi"),
        ("/healthz", "text/plain", "Whether the server answers", "health"),
    ]
    for path, media_type, words, name in machines:
        answers = _answers([], (304,), words)
        answers["200"]["content"] = {media_type: {"schema": {}}}
        found[path] = _get(words, [], answers, tag="Metadata", name=name)
    return found
