"""Ask the queries of the tests the way the server does: through our guard and our evaluation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from io import BytesIO
from urllib.parse import urljoin

from pyoxigraph import NamedNode, Store

from conformance.answers import Answer, Refusal, answer
from conformance.manifests import Document, Entry
from lod.config import Limits
from lod.engine.evaluation import Results, evaluate, forget, write
from lod.engine.guard import inspect
from lod.engine.operation import QueryOperation
from lod.engine.request import Request
from lod.errors import QueryError

_MOST_ROWS = 10_000
"""More than any answer has: a table for a page is never cut here."""
_ORDER_AT_THE_END = re.compile(r"\bORDER\s+BY\b[^{}]*\Z", re.IGNORECASE)


def asks_for_order(entry: Entry) -> bool:
    """Whether the query of a test orders its solutions, and not only those of a part."""
    return bool(_ORDER_AT_THE_END.search(text(entry.action.document)))


def text(document: Document) -> str:
    """Return the text of a document, its line ends as they are."""
    return document.path.read_bytes().decode()


def refusal(document: Document) -> str | None:
    """Return why the guard or the engine's parser refuses a query, None when both take it."""
    try:
        request = _request(_operation(document), "")
        with suppress(RuntimeError):  # a function nobody has: told when all else is read
            evaluate(Store(), request)
    except (QueryError, SyntaxError) as error:
        return str(error)
    return None


def ask(entry: Entry) -> Answer:
    """Return the answer to the query of a test over its data."""
    try:
        with _asked(entry, "") as (results, _):
            return answer(results, is_ordered=asks_for_order(entry))
    except (QueryError, SyntaxError) as error:
        return Refusal(str(error))


def ask_in(entry: Entry, extension: str) -> bytes:
    """Return the answer to the query of a test in the format with this extension, or ``TABLE``.

    :raises NotWritableError, OSError: when the format cannot hold it.
    """
    stream = BytesIO()
    with _asked(entry, extension) as (results, request):
        write(results, request, stream)
    return stream.getvalue()


@contextmanager
def _asked(entry: Entry, extension: str) -> Iterator[tuple[Results, Request]]:
    operation = _operation(entry.action.document)
    request = _request(operation, extension)
    store = _store(entry)
    yield evaluate(store, request), request
    forget(store)


def _operation(document: Document) -> QueryOperation:
    return replace(inspect(text(document), Limits(), {}), base=document.iri)


def _request(operation: QueryOperation, extension: str) -> Request:
    return Request(
        query=operation.text,
        format=extension,
        base=operation.base,
        declared=operation.prefixes,
        prologue=operation.clauses.prologue,
        from_default=operation.clauses.default,
        from_named=operation.clauses.named,
        prefixes={name: iri for name, iri in operation.namespaces.items() if ":" in iri},
        most_rows=_MOST_ROWS,
    )


def _store(entry: Entry) -> Store:
    """Return a store with the data of a test, or else with what the query itself names."""
    action = entry.action
    store = Store()
    for document in action.data:
        store.load(path=document.path, base_iri=document.iri)
    named = action.graphs if action.data else (*action.graphs, *named_by(action.document))
    for document in named:
        store.load(path=document.path, base_iri=document.iri, to_graph=NamedNode(document.iri))
    return store


def named_by(query: Document) -> list[Document]:
    """Return the documents that a query itself takes for its data (FROM, FROM NAMED)."""
    clauses = _operation(query).clauses
    names = [token.strip("<>") for token in (*clauses.default, *clauses.named)]
    return [Document(query.path.parent / name, urljoin(query.iri, name)) for name in names]
