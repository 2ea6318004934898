"""Write TriG from statements that come by subject: each graph grows in a file of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from lod.rdf.prefixes import Prefixes
from lod.rdf.terms import is_blank
from lod.rdf.turtle import Statements, TurtleWriter, header
from lod.release.staging import Statement

_HELD_BYTES = 16_000_000
"""So much text waits in memory before it goes to the graphs' files."""
_CHUNK = 1 << 20


class TrigParts:
    """Takes the statements of one subject after the other and writes them graph by graph.

    :param folder: an empty folder for the parts; the caller removes it.
    :param nested: by graph, the blank nodes to write inside their user.
    """

    def __init__(
        self, folder: Path, prefixes: Prefixes, nested: Mapping[str, Mapping[str, Statements]]
    ) -> None:
        self._folder = folder
        self._prefixes = prefixes
        self._nested = nested
        self._writer = TurtleWriter(prefixes, nested={})
        self._waiting: defaultdict[str, list[str]] = defaultdict(list)
        self._size = 0
        self._numbers: dict[str, int] = {}

    def add(self, subject: str, statements: Sequence[Statement], blocks: Sequence[str]) -> None:
        """Take the statements of one subject.

        :param blocks: those of them in the default graph as Turtle.
        """
        held = statements[0].held
        if len(held.graphs) == 1 and held.in_default_graph and _are_alike(subject, statements):
            self._append(held.graphs[0], blocks)
            return
        by_graph: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for predicate, value, each in statements:
            for graph in each.graphs:
                by_graph[graph].append((predicate, value))
        for graph, rows in by_graph.items():
            self._writer.nested = self._nested.get(graph, {})
            self._append(graph, self._writer.block(subject, rows))

    def write(self, path: Path) -> None:
        """Write the document, its graphs by IRI."""
        self._flush()
        with path.open("wb") as stream:
            stream.write(header(self._prefixes).encode())
            for graph in sorted(self._numbers):
                stream.write(f"\n{self._writer.iri(f'<{graph}>')} {{".encode())
                with self._part(graph).open("rb") as part:
                    while chunk := part.read(_CHUNK):
                        stream.write(chunk)
                stream.write(b"}\n")

    def _append(self, graph: str, blocks: Sequence[str]) -> None:
        waiting = self._waiting[graph]
        for block in blocks:
            waiting.append(f"\n{block}")
            self._size += len(block)
        if self._size > _HELD_BYTES:
            self._flush()

    def _flush(self) -> None:
        for graph, blocks in self._waiting.items():
            self._numbers.setdefault(graph, len(self._numbers))
            with self._part(graph).open("ab") as part:
                part.write("".join(blocks).encode())
        self._waiting.clear()
        self._size = 0

    def _part(self, graph: str) -> Path:
        return self._folder / f"{self._numbers[graph]}.trig"


def _are_alike(subject: str, statements: Sequence[Statement]) -> bool:
    """Whether the same graphs hold all statements, and none has a blank node.

    Only then is a graph's block sure to be that of the default graph.
    """
    held = statements[0].held
    return not is_blank(subject) and all(
        each.held is held and not is_blank(each.object) for each in statements
    )
