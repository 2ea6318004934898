"""What the asking process hands a worker: a query, its dataset, the format and the bounds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

TABLE = "table"
"""The format for pages: JSON with terms as N-Triples text, cut after so many rows."""


@dataclass(frozen=True, slots=True)
class Request:
    """One query for a worker.

    :param format: extension of a result or RDF format, or ``TABLE``.
    :param declared: prefixes the query may use without declaring them.
    :param prologue: BASE and PREFIX declarations of the query, to read the clauses below with.
    :param from_default: what FROM names in the query, as written there; likewise ``from_named``.
    :param default_graphs: what the protocol names; together with ``named_graphs`` it wins.
    :param prefixes: what a graph may be written with.
    :param is_whole: whether it may ask for a named graph.
    :param star: where the ``*`` of ``SELECT *`` stands, ``variables`` the order of its columns,
        and ``are_columns`` whether all of these are columns.
    """

    query: str
    format: str
    base: str | None = None
    declared: Mapping[str, str] = field(default_factory=dict)
    prologue: str = ""
    from_default: Sequence[str] = ()
    from_named: Sequence[str] = ()
    default_graphs: Sequence[str] = ()
    named_graphs: Sequence[str] = ()
    prefixes: Mapping[str, str] = field(default_factory=dict)
    star: int | None = None
    variables: Sequence[str] = ()
    are_columns: bool = False
    most_rows: int = 0
    most_bytes: int = 0
    seconds: int = 0
    is_whole: bool = False

    def to_json(self) -> bytes:
        """Return the request as it is sent."""
        # Not asdict, which copies every value deeply, and few defaults: this runs once a query.
        told = ((name, getattr(self, name)) for name in self.__slots__)
        return json.dumps(
            {name: value for name, value in told if value or value in ("", 0)}
        ).encode()

    @classmethod
    def from_json(cls, content: bytes) -> Request:
        """Return the request that was sent."""
        return cls(**json.loads(content))
