"""The result of a query as a page shows it: a first table, and where the whole of it is."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from lod.description import Reference
from lod.engine.operation import QueryOperation
from lod.engine.request import TABLE
from lod.rdf.terms import Term
from lod.sparql import formats_for, read_table
from lod.web.context import published, site

MOST_ROWS = 100
"""Rows of a result shown on a page; the downloads are whole."""


@dataclass(frozen=True, slots=True)
class Result:
    """A table with what its entities are called, and (format, address) of its downloads."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    more: bool
    boolean: bool | None
    references: dict[str, Reference]
    downloads: list[tuple[str, str]]


def result_of(operation: QueryOperation) -> Result:
    """Return the first rows of what the endpoint answers.

    :raises EngineError: when it does not.
    """
    here = published()
    table = read_table(here.store.query(operation, TABLE, most_rows=MOST_ROWS))
    iris = {term.value for row in table.rows for term in row if isinstance(term, NamedNode)}
    address = site().path("sparql")
    downloads = [
        (each.name, f"{address}?{urlencode({'query': operation.text, 'format': each.extension})}")
        for each in formats_for(operation.form)
    ]
    return Result(
        tuple(table.variables),
        tuple(tuple(row) for row in table.rows),
        table.more,
        table.boolean,
        here.describer.refer(iris),
        downloads,
    )
