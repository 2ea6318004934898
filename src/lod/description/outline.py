"""A source as an outline: its parts in their order, and what is drawn from each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from lod.description.describe import Describer
from lod.description.model import Description, Entry, Reference
from lod.rdf.terms import is_literal, lexical_form
from lod.store import Store

MOST_PARTS = 500
"""Parts of one source that are shown in outline; what has more is listed page by page."""
MOST_STATEMENTS = 100
"""Statements shown of one part; the part's own page has all."""
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a source: how many statements name it, the first of them, and its own parts."""

    reference: Reference
    count: int
    statements: tuple[Entry, ...]
    parts: tuple[Part, ...]

    def leaves(self) -> Iterator[Part]:
        """Yield the parts below that have no parts themselves, else this one."""
        for part in self.parts:
            yield from part.leaves()
        if not self.parts:
            yield self


@dataclass(frozen=True, slots=True)
class Outline:
    """The parts of a source; ``passages`` are those without parts, ``cited`` those with statements.

    ``statements`` counts what names any of them, each once.
    """

    parts: tuple[Part, ...]
    passages: int
    cited: int
    statements: int


def outline_of(store: Store, describer: Describer, iri: str) -> Outline | None:
    """Return the outline of an entity whose parts are sources, None for any other."""
    builder = _Outliner(store)
    if not builder.gather(iri, 0):
        return None
    return builder.outline(describer, iri)


def without_parts(description: Description, store: Store) -> Description:
    """Return a description without the links that its outline shows."""
    part = {store.prefixes.expand(name) for name in store.project.claims.part}
    groups = tuple(
        each for each in description.groups if each.is_apart or each.property.iri not in part
    )
    return replace(description, groups=groups)


class _Outliner:
    def __init__(self, store: Store) -> None:
        expand = store.prefixes.expand
        claims = store.project.claims
        self._store = store
        self._part = [expand(name) for name in claims.part]
        self._order = [expand(name) for name in claims.order]
        self._sources = [expand(name) for name in claims.source]
        self._parts: dict[str, list[str]] = {}
        self._statements: dict[str, list[str]] = {}
        self._counts: dict[str, int] = {}

    def gather(self, iri: str, depth: int) -> bool:
        """Note the parts of an entity and their statements; return whether these are an outline."""
        parts = self._linked(iri, self._part, MOST_PARTS + 1) if depth < _DEEPEST else []
        if len(parts) + len(self._parts) > MOST_PARTS or (depth == 0 and not parts):
            return False
        self._parts[iri] = self._ordered(parts)
        if depth:
            links = self._store.links(iri)
            found = [each for each in links if each.property in self._sources and not each.is_apart]
            self._counts[iri] = sum(each.count for each in found)
            self._statements[iri] = self._linked(
                iri, [each.property for each in found], MOST_STATEMENTS
            )
        if not all(self.gather(each, depth + 1) for each in parts if each not in self._parts):
            return False
        return depth > 0 or any(self._counts.values())

    def outline(self, describer: Describer, iri: str) -> Outline:
        """Return the outline of an entity that was gathered."""
        named = [each for found in self._statements.values() for each in found]
        entries = {each.reference.iri: each for each in describer.entries(named)}
        references = describer.refer(self._parts)
        parts = tuple(self._built(each, entries, references) for each in self._parts[iri])
        leaves = [leaf for part in parts for leaf in part.leaves()]
        return Outline(parts, len(leaves), sum(1 for each in leaves if each.count), len(entries))

    def _built(
        self, iri: str, entries: Mapping[str, Entry], references: Mapping[str, Reference]
    ) -> Part:
        return Part(
            references[iri],
            self._counts[iri],
            tuple(entries[each] for each in self._statements[iri]),
            tuple(self._built(each, entries, references) for each in self._parts[iri]),
        )

    def _linked(self, iri: str, properties: Collection[str], limit: int) -> list[str]:
        found: dict[str, None] = {}
        for each in properties:
            linked = self._store.linked(iri, each, is_apart=False, limit=limit)
            found.update(dict.fromkeys(linked))
        return list(found)[:limit]

    def _ordered(self, parts: Collection[str]) -> list[str]:
        """Return parts by the first number that says where they stand, then by IRI."""
        numbers: dict[str, float] = {}
        for iri, record in self._store.records(parts).items():
            for line in record.lines:
                if line.predicate[1:-1] in self._order and is_literal(line.object):
                    numbers.setdefault(iri, _number(lexical_form(line.object)))
        return sorted(parts, key=lambda each: (numbers.get(each, float("inf")), each))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("inf")
