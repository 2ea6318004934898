"""Read a query request (SPARQL 1.1 Protocol §2.1): by GET, by form, or as the body itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qs

from lod.config import Limits
from lod.engine.guard import inspect
from lod.engine.operation import QueryOperation
from lod.errors import QueryError

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
ACCEPTED = (FORM, DIRECT)

_MOST_FIELDS = 1000

Parameters = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A request to the endpoint; ``content_type`` is that of a POST, without parameters."""

    method: str
    parameters: Parameters
    content_type: str = ""
    charset: str = ""
    body: bytes = b""


def parameters_of(request: QueryRequest) -> Parameters:
    """Return the protocol's parameters, wherever this request carries them.

    :raises QueryError: when the body is of no known type, not UTF-8, or has too many parameters.
    """
    if request.method != "POST":
        return request.parameters
    if request.content_type == FORM:
        return _fields(_text(request))
    if request.content_type == DIRECT:
        return {**request.parameters, "query": [_text(request)]}
    if request.content_type == UPDATE:
        raise _read_only()
    raise QueryError(
        "query/media-type",
        f"A query cannot be sent as {request.content_type}."
        if request.content_type
        else "The request does not say what it sends.",
        cure=f"Send the query with Content-Type {' or '.join(ACCEPTED)}.",
    )


def _fields(form: str) -> Parameters:
    try:
        return parse_qs(form, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise QueryError(
            "query/parameter",
            f"The form has more than {_MOST_FIELDS:,} parameters.",
            cure="Send the query once, and each graph once.",
        ) from error


def read_request(
    request: QueryRequest, limits: Limits, prefixes: Mapping[str, str], base: str
) -> QueryOperation:
    """Return the operation a request asks for.

    :param prefixes: to name in the cure when the query uses one undeclared.
    :param base: what relative IRIs are resolved against: the endpoint's own address.
    :raises QueryError: when the request or its query is wrong.
    """
    parameters = parameters_of(request)
    if "update" in parameters:
        raise _read_only()
    queries = parameters.get("query", ())
    if len(queries) != 1:
        how = "is missing" if not queries else "stands more than once"
        raise QueryError("query/parameter", f"The parameter query {how}.", cure="Send it once.")
    operation = inspect(queries[0], limits, prefixes)
    default = tuple(map(absolute_iri, parameters.get("default-graph-uri", ())))
    named = tuple(map(absolute_iri, parameters.get("named-graph-uri", ())))
    return replace(
        operation,
        base=base,
        default_graphs=default,
        named_graphs=named,
        reads_named=operation.reads_named or bool(default or named),
    )


def _text(request: QueryRequest) -> str:
    if request.charset.lower() not in {"", "utf-8", "utf8", "us-ascii"}:
        raise QueryError(
            "query/charset", f"The body is {request.charset}, not UTF-8.", cure="Send it as UTF-8."
        )
    try:
        return request.body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise QueryError(
            "query/charset",
            f"Byte {error.start} of the body is not UTF-8.",
            cure="Send it as UTF-8.",
        ) from error


def absolute_iri(iri: str) -> str:
    """Return the IRI of a graph as the client named it.

    :raises QueryError: when it is none, or a relative one.
    """
    scheme, colon, rest = iri.partition(":")
    if not (colon and rest and scheme[:1].isalpha()) or any(each in iri for each in '<>" {}|\\^`'):
        raise QueryError("query/graph", f'"{iri[:100]}" is not an absolute IRI of a graph.')
    return iri


def _read_only() -> QueryError:
    return QueryError(
        "query/update",
        "Updates are refused: the published data is read-only.",
        cure="Changes come through the project's repository.",
    )
