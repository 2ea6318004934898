"""A query as it is handed to the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class QueryForm(Enum):
    """The four forms of a SPARQL query, which decide the formats it can be answered in."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"

    @property
    def gives_graph(self) -> bool:
        """Whether the answer is RDF rather than a table or a yes or no."""
        return self in {QueryForm.CONSTRUCT, QueryForm.DESCRIBE}


@dataclass(frozen=True, slots=True)
class FromClauses:
    """The dataset a query's own text asks for, its IRIs still as written there."""

    prologue: str = ""
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Star:
    """The ``*`` of a ``SELECT *``: where it stands, and the variables in the order written.

    :param are_columns: whether all of these are known to be columns.
    """

    index: int
    variables: tuple[str, ...]
    are_columns: bool = False


@dataclass(frozen=True, slots=True)
class QueryOperation:
    """A query that passed the guard.

    :param base: what relative IRIs in the text are resolved against.
    :param default_graphs: graphs merged into the default graph, as the protocol asked; together
        with ``named_graphs`` it takes the place of the dataset the text asks for.
    :param prefixes: declared without the text saying so.
    :param namespaces: the prefixes a graph may be written with.
    :param star: is there for ``SELECT *``, whose columns then come in the order written.
    :param is_volatile: whether it may give another answer each time: the time, chance, new names.
    :param reads_named: whether it may ask for a named graph.
    :param client: who asks, when each has a budget.
    """

    text: str
    form: QueryForm
    clauses: FromClauses = FromClauses()
    base: str | None = None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    prefixes: Mapping[str, str] = field(default_factory=dict)
    namespaces: Mapping[str, str] = field(default_factory=dict)
    star: Star | None = None
    is_volatile: bool = False
    reads_named: bool = True
    client: str = ""
