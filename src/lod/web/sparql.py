"""The SPARQL endpoint (SPARQL 1.1 Protocol) and the query page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, Response, abort, request

from lod.addresses import quoted
from lod.engine.operation import QueryOperation
from lod.errors import EngineError, LodError, QueryError
from lod.rdf.formats import GRAPH_FORMATS, HTML, Format
from lod.rdf.terms import as_lines
from lod.representation import Place, write_document
from lod.representation.refusals import refusal
from lod.sparql import Example, QueryRequest, formats_for, read_request, service_description
from lod.sparql.protocol import parameters_of
from lod.web.context import client, published, settings, site
from lod.web.errors import STATUSES, Problem, ProblemError, from_failure, wants_page
from lod.web.language import error_words, page_language
from lod.web.negotiation import Offer, wanted
from lod.web.plain_queries import FAILURE, VARY
from lod.web.responses import Representation, page, respond
from lod.web.results import MOST_ROWS, result_of
from lod.web.streaming import computed

bp = Blueprint("sparql", __name__)

_WITHOUT_A_QUERY = ("query/media-type", "query/charset", "query/too-long", "query/parameter")
"""Failures with no query to show again, or none that a page should hold."""


@bp.route("/sparql", methods=["GET", "POST"])
def endpoint() -> Response:
    """Answer a query; without one, show the query page or describe the service."""
    asked = _asked()
    if asked.method == "GET" and not {"query", "update"} & {*asked.parameters}:
        chosen = _negotiated((*GRAPH_FORMATS, HTML), asked)
        return _form(page_language(None)) if chosen is HTML else _service(chosen)
    try:
        failure = request.environ.get(FAILURE)
        if failure is not None:
            raise failure
        return _answer(asked)
    except LodError as error:
        if wants_page() and error.code not in _WITHOUT_A_QUERY:
            return _refused(_text(asked), error, page_language(None))
        raise


def _answer(asked: QueryRequest) -> Response:
    operation = _operation(asked)
    chosen = _negotiated((*formats_for(operation.form), HTML), asked)
    if chosen is HTML:
        return _shown(operation, page_language(None))
    return computed(operation, chosen, VARY)


@bp.route("/sparql.<language:language>.html", methods=["GET", "POST"])
def query_page(language: str) -> Response:
    """Show the query page in one language, with the result of a query."""
    if language not in published().release.project.languages:
        abort(404)
    asked = _asked()
    text = _text(asked)
    if not text.strip():
        return _form(language)
    try:
        return _shown(_operation(asked), language)
    except LodError as error:
        return _refused(text, error, language)


def _asked() -> QueryRequest:
    mimetype = request.mimetype
    # Flask reads a form's body when the form is asked for; the protocol wants its bytes.
    body = request.get_data(cache=True, parse_form_data=False) if request.method == "POST" else b""
    if len(body) < (request.content_length or 0):
        raise ProblemError(
            Problem(
                400,
                "The request ended before its body did.",
                code="query/incomplete",
                language="en",
            )
        )
    method = "GET" if request.method == "HEAD" else request.method
    charset = str(request.mimetype_params.get("charset", "")) if body else ""
    return QueryRequest(method, dict(request.args.lists()), mimetype, charset, body)


def _text(asked: QueryRequest) -> str:
    return "".join(parameters_of(asked).get("query", ())[:1])


def _operation(asked: QueryRequest) -> QueryOperation:
    here = published()
    endpoint_address = site().absolute("sparql")
    try:
        operation = read_request(asked, settings().limits, here.store.prefixes, endpoint_address)
    except QueryError as error:
        if error.code == "query/too-long" and asked.method == "GET":
            raise ProblemError(_with_status(from_failure(error), 414)) from error
        raise
    return replace(operation, client=client())


def _with_status(problem: Problem, status: int) -> Problem:
    return replace(problem, status=status)


def _negotiated(offered: tuple[Format, ...], asked: QueryRequest) -> Format:
    _ = error_words()
    offer = Offer(
        offered,
        lambda: [(each.name, site().path("sparql")) for each in offered[:1]],
        _("None of the formats asked for can be given here."),
    )
    return wanted(offer, {**asked.parameters, **parameters_of(asked)})


def _service(chosen: Format) -> Response:
    here = published()
    base = here.release.project.base
    examples = [
        Example(f"{base}questions/{quoted(name)}", each.title, each.query)
        for name, each in here.questions.items()
    ]
    endpoint = site().absolute("sparql")
    triples = service_description(here.store, endpoint, settings().limits, examples)
    statements = as_lines(triples)
    return respond(
        Representation(
            chosen.content_type,
            ("service", chosen.extension),
            lambda: write_document(statements, chosen, here.store.prefixes),
            vary=VARY,
        )
    )


# The query page


@dataclass(frozen=True, slots=True)
class _Refusal:
    sentence: str
    message: str
    cure: str | None
    excerpt: str | None


def _form(language: str) -> Response:
    here = published()
    first = f"SELECT ?entity ?class\nWHERE {{\n  ?entity a ?class .\n}}\nLIMIT {MOST_ROWS}"
    place = _place(language)
    return respond(
        Representation(
            HTML.content_type,
            ("sparql", language),
            lambda: page("sparql", place, asked=first, **_settings(), result=None, problem=None),
            vary=VARY,
            language=language,
            headers={"X-Release": here.release.manifest.folder_name},
        )
    )


def _shown(operation: QueryOperation, language: str) -> Response:
    return _rendered(language, operation.text, result=result_of(operation), problem=None)


def _refused(text: str, error: LodError, language: str) -> Response:
    excerpt = None
    if isinstance(error, QueryError) and error.line is not None:
        shown = text.splitlines()[error.line - 1 : error.line]
        excerpt = "\n".join([*shown, f"{' ' * ((error.column or 1) - 1)}^"])
    status = STATUSES.get(error.code, 400)
    sentence = refusal(error.code, published().pages.wording(language).gettext)
    problem = _Refusal(sentence, error.message, error.cure, excerpt)
    response = _rendered(language, text, result=None, problem=problem)
    response.status_code = status
    if isinstance(error, EngineError) and error.retry_after is not None:
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _rendered(language: str, asked: str, **values: object) -> Response:
    body = page("sparql", _place(language, asked), asked=asked, **_settings(), **values)
    response = Response(body, content_type=HTML.content_type)
    response.headers["Content-Language"] = language
    response.vary.update(VARY)
    response.cache_control.no_cache = True
    return response


def _place(language: str, asked: str = "") -> Place:
    return Place("sparql", language, site(), {"query": asked} if asked else {})


def _settings() -> dict[str, object]:
    return {"seconds": settings().limits.query_seconds}
