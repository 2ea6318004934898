"""Exact triples in memory, by property: what shapes are read from and data are checked in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from lod.rdf.namespaces import RDF, RDFS

TYPE = str(RDF.type)
SUBCLASS = str(RDFS.subClassOf)
FIRST, REST, NIL = str(RDF.first), str(RDF.rest), str(RDF.nil)

_PIECE = 1 << 20
_LINE = re.compile(r"(<[^>]*>|_:\S+) (<[^>]*>) (.*) \.")

Index = Mapping[str, Sequence[str]]
"""Nodes, and to each the nodes at the other end of a property."""


class Graph:
    """Triples as canonical N-Triples text; a term is equal to another when the texts are.

    :param wanted: properties whose triples are kept; all when left out.
    """

    def __init__(self, content: bytes, wanted: Collection[str] | None = None) -> None:
        self._by: dict[str, dict[str, list[str]]] = {}
        self._against: dict[str, Index] = {}
        self._classes: dict[str, frozenset[str]] = {}
        self._instances: dict[str, frozenset[str]] = {}
        for lines in _lines(content):
            self._add(lines, wanted)
        for index in self._by.values():
            for subject, values in index.items():
                if len(values) > 1:  # two files may say the same
                    index[subject] = list(dict.fromkeys(values))

    def _add(self, lines: Iterable[str], wanted: Collection[str] | None) -> None:
        by = self._by
        last_subject = last_property = ""
        values: list[str] = []
        for line in lines:
            subject, predicate, rest = line.split(" ", 2)
            value = rest[:-2]
            if subject == last_subject and predicate == last_property:
                values.append(value)
                continue
            index = by.get(predicate)
            if index is None and (predicate[0] != "<" or predicate[-1] != ">"):
                # Parsers that are lenient let IRIs have spaces.
                subject, predicate, value = _split(line)
                index = by.get(predicate)
            if index is None:
                if wanted is not None and predicate not in wanted:
                    continue
                index = by[predicate] = {}
            last_subject, last_property = subject, predicate
            found = index.get(subject)
            if found is None:
                values = index[subject] = [value]
            else:
                values = found
                values.append(value)

    def properties(self) -> Collection[str]:
        """Return the properties that have values."""
        return self._by.keys()

    def index(self, predicate: str) -> Index:
        """Return the values of a property by subject."""
        return self._by.get(predicate) or {}

    def against(self, predicate: str) -> Index:
        """Return the subjects of a property by value."""
        found = self._against.get(predicate)
        if found is None:
            inverse: dict[str, list[str]] = {}
            for subject, values in self.index(predicate).items():
                for value in values:
                    inverse.setdefault(value, []).append(subject)
            found = self._against[predicate] = inverse
        return found

    def values(self, subject: str, predicate: str) -> Sequence[str]:
        """Return the values of a property of a subject."""
        return self.index(predicate).get(subject, ())

    def one(self, subject: str, predicate: str) -> str | None:
        """Return a value of a property of a subject, None when it has none."""
        return next(iter(self.values(subject, predicate)), None)

    def about(self, subject: str) -> Iterator[tuple[str, str]]:
        """Yield property and value of each triple with a subject."""
        for predicate, index in self._by.items():
            for value in index.get(subject, ()):
                yield predicate, value

    def members(self, head: str) -> Iterator[str]:
        """Yield the members of a list; one that goes round ends where it comes back."""
        for cell in self.cells(head):
            yield from self.values(cell, FIRST)[:1]

    def cells(self, head: str) -> Iterator[str]:
        """Yield the cells of a list, each once."""
        seen: set[str] = set()
        cell: str | None = head
        while cell is not None and cell != NIL and cell not in seen:
            seen.add(cell)
            yield cell
            cell = self.one(cell, REST)

    def classes_below(self, name: str) -> frozenset[str]:
        """Return a class with all its subclasses (SHACL §1.1, *SHACL subclass*)."""
        found = self._classes.get(name)
        if found is None:
            below = self.against(SUBCLASS)
            reached, waiting = {name}, [name]
            while waiting:
                for each in below.get(waiting.pop(), ()):
                    if each not in reached:
                        reached.add(each)
                        waiting.append(each)
            found = self._classes[name] = frozenset(reached)
        return found

    def instances(self, name: str) -> frozenset[str]:
        """Return the SHACL instances of a class (SHACL §1.1)."""
        found = self._instances.get(name)
        if found is None:
            typed = self.against(TYPE)
            found = self._instances[name] = frozenset().union(
                *(typed.get(each, ()) for each in self.classes_below(name))
            )
        return found


def _split(line: str) -> tuple[str, str, str]:
    """Return the terms of a line whose IRIs may have spaces."""
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError(line)
    return found[1], found[2], found[3]


def _lines(content: bytes) -> Iterator[Sequence[str]]:
    """Yield the lines of N-Triples, some thousands at a time: all at once would fill the memory."""
    start = 0
    while start < len(content):
        end = content.find(b"\n", start + _PIECE)
        end = len(content) if end < 0 else end
        yield [line for line in content[start:end].decode().split("\n") if line]
        start = end + 1
