"""All quads of a project on disk, so that they can be sorted without being held in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad

from lod.dataset import Role
from lod.process import run_limited
from lod.rdf.terms import read_quads

CANONICAL_SECONDS = 120
CANONICAL_MEMORY_MB = 4096

Row = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class Graph:
    """A named graph: its IRI and the part its triples play."""

    iri: str
    role: Role


@dataclass(frozen=True, slots=True)
class Held:
    """The graphs that hold one triple, by IRI, and what follows from the part they play."""

    graphs: tuple[str, ...]
    in_default_graph: bool
    is_derived: bool

    @classmethod
    def by(cls, graphs: Iterable[Graph]) -> Held:
        """Return what holds for a triple that stands in these graphs."""
        graphs = list(graphs)
        names = sorted({f"<{graph.iri}>" for graph in graphs})
        return cls(
            tuple(name[1:-1] for name in names),
            any(graph.role.in_default_graph for graph in graphs),
            all(graph.role is Role.DERIVED for graph in graphs),
        )


class Statement(NamedTuple):
    """A triple of one subject, and what holds it."""

    predicate: str
    object: str
    held: Held


def as_n_quads(subject: str, statements: Iterable[Statement]) -> bytes:
    """Return the statements of a subject as N-Quads."""
    return "".join(
        f"{subject} {predicate} {value} <{graph}> .\n"
        for predicate, value, held in statements
        for graph in held.graphs
    ).encode()


class Staging:
    """Takes quads in any order and gives them back sorted; blank nodes come back canonical.

    :param path: a file that does not exist yet; the caller removes it.
    """

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -65536"):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.execute("CREATE TABLE quad (s TEXT, p TEXT, o TEXT, g INTEGER)")
        self._database.execute("BEGIN")
        self._graphs: dict[Graph, int] = {}
        self._blank: list[tuple[Quad, Role]] = []
        self.blank_rows: list[Row] = []

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    @property
    def graphs(self) -> list[Graph]:
        """The graphs seen so far, by number."""
        return list(self._graphs)

    def add(self, quads: Iterable[tuple[Role, Quad]]) -> None:
        """Take quads with the role of the file they stand in."""
        self._insert(self._rows(quads))

    def _insert(self, rows: Iterable[Row]) -> None:
        self._database.executemany("INSERT INTO quad VALUES (?, ?, ?, ?)", rows)

    def _rows(self, quads: Iterable[tuple[Role, Quad]]) -> Iterator[Row]:
        graphs: dict[tuple[str, Role], int] = {}
        for role, quad in quads:
            # The text of a quad is quicker to take apart than the quad.
            subject, predicate, rest = str(quad).split(" ", 2)
            value, _, graph = rest.rpartition(" ")
            if subject[0] == "_" or value[0] == "_" or graph[0] == "_" or _holds_blank(value):
                self._blank.append((quad, role))
                continue
            number = graphs.get((graph, role))
            if number is None:
                number = graphs[graph, role] = self._number(quad.graph_name, role)
            yield subject, predicate, value, number

    def _number(self, name: object, role: Role) -> int:
        iri = name.value if isinstance(name, NamedNode) else str(name)
        return self._graphs.setdefault(Graph(iri, role), len(self._graphs))

    def settle_blank_nodes(self) -> None:
        """Give the blank nodes their canonical labels; call it once all files are read.

        :raises ProcessError: when the graph is one of those that take without end.
        """
        if not self._blank:
            return
        roles = {str(quad.graph_name): role for quad, role in self._blank}
        text = "".join(f"{quad} .\n" for quad, _ in self._blank).encode()
        self._blank.clear()
        canonical = run_limited(
            "lod.rdf.canonical:canonicalize",
            text,
            seconds=CANONICAL_SECONDS,
            memory_mb=CANONICAL_MEMORY_MB,
        )
        for quad in read_quads(canonical):
            number = self._number(quad.graph_name, roles[str(quad.graph_name)])
            self.blank_rows.append(
                (str(quad.subject), str(quad.predicate), str(quad.object), number)
            )
        self._insert(self.blank_rows)

    def by_subject(self) -> Iterator[tuple[str, list[Statement]]]:
        """Yield each subject with its statements, all in code point order."""
        graphs = self.graphs
        known: dict[tuple[int, ...], Held] = {}

        def held(numbers: tuple[int, ...]) -> Held:
            if numbers not in known:
                known[numbers] = Held.by(graphs[number] for number in numbers)
            return known[numbers]

        with closing(self._database.cursor()) as cursor:
            rows = cursor.execute("SELECT DISTINCT s, p, o, g FROM quad ORDER BY s, p, o, g")
            for subject, of_subject in groupby(rows, key=itemgetter(0)):
                triples: dict[tuple[str, str], tuple[int, ...]] = {}
                for _, predicate, value, number in of_subject:
                    key = predicate, value
                    triples[key] = (*triples.get(key, ()), number)
                yield subject, [Statement(*key, held(numbers)) for key, numbers in triples.items()]

    def of_role(self, role: Role) -> Iterator[tuple[str, str, str]]:
        """Yield the triples that stand in files of a role, in code point order."""
        numbers = [number for number, graph in enumerate(self.graphs) if graph.role is role]
        marks = ", ".join(map(str, numbers)) or "-1"
        query = f"SELECT DISTINCT s, p, o FROM quad WHERE g IN ({marks}) ORDER BY s, p, o"  # noqa: S608
        with closing(self._database.cursor()) as cursor:
            yield from cursor.execute(query)

    def sizes(self) -> list[tuple[Graph, int]]:
        """Return each graph with the number of its triples, by IRI."""
        numbers = dict(
            self._database.execute(
                "SELECT g, count(*) FROM (SELECT DISTINCT g, s, p, o FROM quad) GROUP BY g"
            )
        )
        found = [(graph, numbers.get(number, 0)) for number, graph in enumerate(self.graphs)]
        return sorted(found, key=lambda each: each[0].iri)

    def default_lines(self) -> Iterator[bytes]:
        """Yield the triples of the default graph as N-Triples, in any order and maybe twice."""
        numbers = [
            number for number, graph in enumerate(self.graphs) if graph.role.in_default_graph
        ]
        marks = ", ".join(map(str, numbers)) or "-1"
        with closing(self._database.cursor()) as cursor:
            for row in cursor.execute(f"SELECT s, p, o FROM quad WHERE g IN ({marks})"):  # noqa: S608
                yield f"{row[0]} {row[1]} {row[2]} .\n".encode()

    def lines(self) -> Iterator[bytes]:
        """Yield all quads as N-Quads, in any order and maybe twice."""
        names = [f"<{graph.iri}>" for graph in self.graphs]
        with closing(self._database.cursor()) as cursor:
            for row in cursor.execute("SELECT s, p, o, g FROM quad"):
                yield f"{row[0]} {row[1]} {row[2]} {names[row[3]]} .\n".encode()


def _holds_blank(value: str) -> bool:
    """Whether the text is a triple term that names a blank node."""
    return value.startswith("<<") and "_:" in value
