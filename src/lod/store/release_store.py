"""A release as a store: bounded reads from its index, queries by its engine."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lod.config import Project
from lod.engine.client import Answer, Engine
from lod.engine.operation import QueryOperation
from lod.errors import EngineError
from lod.rdf.collation import fold
from lod.rdf.prefixes import Prefixes
from lod.rdf.terms import split_lines
from lod.release import Release
from lod.release.claims import CITATION, SOURCE
from lod.release.opening import INDEX
from lod.store.protocol import (
    ClaimParts,
    Display,
    Graph,
    Hit,
    Hits,
    Kind,
    Label,
    Link,
    Links,
    Located,
    Record,
    Statistic,
)

_WORD = re.compile(r"\w+")
_MOST_WORDS = 12
_MOST_MATCHES = 5_000
"""Matches that take part in ranking: a word that stands everywhere costs no more than this."""

_CHUNK = 500
"""IRIs asked for in one statement; SQLite allows 999 parameters in the oldest versions."""

_MARKS = ",".join("?" * _CHUNK)

_RECORD = """
  SELECT subject, quads, (SELECT kind FROM entity WHERE iri = subject) FROM record WHERE subject {}
"""
_SEARCH = """
  WITH matched AS MATERIALIZED (
    SELECT rowid AS id, bm25(search) AS score FROM search WHERE search MATCH :match LIMIT :most
  ), same AS (
    SELECT id, 0 AS score FROM entry WHERE folded = :folded LIMIT :most
  ), best AS (
    SELECT iri, folded, min((folded = :folded) * -1000 + (rank >= 20) * 100 + score) AS score
    FROM (SELECT * FROM matched UNION ALL SELECT * FROM same) JOIN entry USING (id) GROUP BY iri
  )
  {}
"""
_COUNT_HITS = _SEARCH.format(
    "SELECT kind, count(*) FROM best LEFT JOIN entity USING (iri) GROUP BY kind"
)
_LIST_HITS = _SEARCH.format(
    """SELECT iri, kind, folded FROM best LEFT JOIN entity USING (iri)
    WHERE :kind IS NULL OR kind = :kind ORDER BY score, iri LIMIT :limit OFFSET :offset"""
)


@dataclass(frozen=True)
class ReleaseStore:
    """Reads one release; free to share between threads.

    :param engine: gives the engine when a query is asked; without it none is answered.
    """

    release: Release
    engine: Callable[[], Engine] | None = None
    _idle: list[sqlite3.Connection] = field(default_factory=list, repr=False, compare=False)

    @property
    def project(self) -> Project:
        """What the project says of itself."""
        return self.release.project

    @cached_property
    def prefixes(self) -> Prefixes:
        """The project's prefixes and the well-known ones."""
        return self.release.prefixes

    def _rows(
        self, statement: str, values: Sequence[object] | Mapping[str, object] = ()
    ) -> list[tuple[str, ...]]:
        """Return the rows of a statement, read by a connection that nobody uses now.

        The file never changes, so none needs a lock; there are no more than are used at once, and
        the one used last knows its statements best.
        """
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._open()
        try:
            return connection.execute(statement, values).fetchall()
        finally:
            self._idle.append(connection)

    def _open(self) -> sqlite3.Connection:
        path = self.release.path(INDEX).as_uri()
        connection = sqlite3.connect(
            f"{path}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        connection.execute("PRAGMA mmap_size = 1073741824")
        return connection

    def _for_each(self, statement: str, iris: Collection[str]) -> Iterator[tuple[str, ...]]:
        """Yield the rows of a statement with ``IN ({})`` for as many IRIs as there are."""
        wanted = list(dict.fromkeys(iris))
        for start in range(0, len(wanted), _CHUNK):
            part = wanted[start : start + _CHUNK]
            yield from self._rows(statement.format(_MARKS[: 2 * len(part) - 1]), part)

    def record(self, iri: str) -> Record | None:
        """Return what is said of an IRI, None when nothing is."""
        rows = self._rows(_RECORD.format("= ?"), (iri,))
        return self._record(*rows[0]) if rows else None

    def records(self, iris: Collection[str]) -> Mapping[str, Record]:
        """Return what is said of each of these IRIs of which something is."""
        rows = self._for_each(_RECORD.format("IN ({})"), iris)
        return {row[0]: self._record(*row) for row in rows}

    def _record(self, iri: str, lines: object, kind: str | None) -> Record:
        assert isinstance(lines, bytes)  # noqa: S101 - the column is a BLOB
        every, default = split_lines(lines), self._default_graphs
        apart = [line for line in every if line[3] not in default]
        inside = [line for line in every if line[3] in default] if apart else every
        return Record(iri, tuple(inside), tuple(apart), kind)

    @cached_property
    def _default_graphs(self) -> frozenset[str]:
        return frozenset(f"<{graph.iri}>" for graph in self.graphs() if graph.in_default)

    def labels(self, iris: Collection[str]) -> Mapping[str, Sequence[Label]]:
        """Return names and descriptions, best first, of each of these IRIs that has some."""
        found: defaultdict[str, list[Label]] = defaultdict(list)
        statement = "SELECT iri, text, language, rank FROM label WHERE iri IN ({})"
        make = Label._make  # a third of the time of a call with three arguments
        for row in self._for_each(statement, iris):
            found[row[0]].append(make(row[1:]))
        return found

    def incoming(self, iri: str, *, most: int) -> Sequence[Link] | None:
        """Return all who point at an IRI, sorted; None when these are more than so many."""
        rows = self._rows(
            "SELECT property, subject, separate, direct FROM link WHERE object = ?"
            " ORDER BY separate, property, subject LIMIT ?",
            [iri, most + 1],
        )
        if len(rows) > most:
            return None
        return [Link(name, subject, bool(apart), bool(own)) for name, subject, apart, own in rows]

    def links(self, iri: str) -> Sequence[Links]:
        """Return who points at an IRI, counted by property."""
        rows = self._rows(
            "SELECT property, separate, links FROM link_count WHERE object = ?"
            " ORDER BY separate, property",
            [iri],
        )
        return [Links(name, bool(apart), int(count)) for name, apart, count in rows]

    def linked(
        self, iri: str, predicate: str, *, is_apart: bool, after: str = "", limit: int
    ) -> Sequence[str]:
        """Return who points at an IRI with a property: the next ones behind ``after``."""
        rows = self._rows(
            "SELECT subject FROM link WHERE object = ? AND separate = ? AND property = ?"
            " AND subject > ? ORDER BY subject LIMIT ?",
            [iri, is_apart, predicate, after, limit],
        )
        return [row[0] for row in rows]

    def linked_directly(self, iri: str, predicate: str, *, limit: int) -> Sequence[str]:
        """Return those of the first in the default graph that are linked by a triple of their own.

        :param limit: so many are looked at.
        """
        rows = self._rows(
            "SELECT subject, direct FROM link WHERE object = ? AND separate = 0 AND property = ?"
            " ORDER BY subject LIMIT ?",
            [iri, predicate, limit],
        )
        return [subject for subject, direct in rows if direct]

    def claims(self, iris: Collection[str]) -> Mapping[str, ClaimParts]:
        """Return those of these IRIs that are claims: they have a source or a qualifier."""
        if not self._has_claims:
            return {}
        rows = self._for_each("SELECT iri, part, value FROM claim WHERE iri IN ({})", iris)
        found: defaultdict[str, ClaimParts] = defaultdict(lambda: ClaimParts([], [], []))
        for iri, part, value in rows:
            parts = found[iri]
            number = int(part)
            if number == SOURCE:
                parts.sources.append(value)
            elif number == CITATION:
                parts.citations.append(value)
            else:
                parts.qualifiers.append(value)
        return {iri: parts for iri, parts in found.items() if parts.sources or parts.qualifiers}

    @cached_property
    def _has_claims(self) -> bool:
        """Whether there are any: most data has none, and is not searched for them."""
        return bool(self._rows("SELECT 1 FROM claim LIMIT 1"))

    @cached_property
    def _has_support(self) -> bool:
        return bool(self._rows("SELECT 1 FROM support LIMIT 1"))

    def support(self, iri: str) -> Mapping[tuple[str, str], Sequence[str]]:
        """Return, by property and object, the claims that bear an IRI's derived triples out."""
        found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        if not self._has_support:
            return found
        statement = "SELECT property, object, claim FROM support WHERE subject = ?"
        for name, value, claim in self._rows(statement, [iri]):
            found[name, value].append(claim)
        return found

    def displays(self, classes: Collection[str]) -> Sequence[Display]:
        """Return how shapes show the properties of these classes and of those above them."""
        above = self._for_each("SELECT ancestor FROM ancestor WHERE class IN ({})", classes)
        wanted = [*classes, *(row[0] for row in above)]
        found: dict[tuple[str, bool], tuple[str, float]] = {}
        statement = "SELECT property, inverse, position, shape FROM display WHERE class IN ({})"
        for name, inverse, position, shape in self._for_each(statement, wanted):
            key = (name, bool(inverse))
            if key not in found or float(position) < found[key][1]:
                found[key] = (shape, float(position))
        names: defaultdict[str, dict[str, str]] = defaultdict(dict)
        statement = "SELECT shape, language, text FROM display_name WHERE shape IN ({})"
        for shape, language, text in self._for_each(
            statement, [each for each, _ in found.values()]
        ):
            names[shape][language] = text
        shown = (
            Display(name, inverse, position, names[shape])
            for (name, inverse), (shape, position) in found.items()
        )
        return sorted(shown, key=lambda each: (each.position, each.property))

    def locate(self, path: str) -> Located:
        """Return what a decoded path, relative to the base, means."""
        rows = self._rows(
            "SELECT (SELECT iri FROM address WHERE path = ?),"
            " (SELECT count(*) FROM fragment WHERE document = ?)",
            [path, path],
        )
        iri, count = rows[0]
        return Located(iri, int(count))

    def fragments(self, document: str, *, after: str = "", limit: int) -> Sequence[str]:
        """Return the IRIs that a document describes by fragment: the next ones behind ``after``."""
        rows = self._rows(
            "SELECT iri FROM fragment WHERE document = ? AND iri > ? ORDER BY iri LIMIT ?",
            [document, after, limit],
        )
        return [row[0] for row in rows]

    def documents(self, *, limit: int) -> Sequence[str]:
        """Return the paths of documents that describe by fragment, so many at most."""
        rows = self._rows("SELECT DISTINCT document FROM fragment ORDER BY 1 LIMIT ?", (limit,))
        return [path for (path,) in rows]

    def kinds(self) -> Sequence[Kind]:
        """Return the kinds that have a list, in the project's order."""
        rows = self._rows("SELECT segment, classes, members FROM kind ORDER BY rank")
        return [
            Kind(segment, tuple(classes.split("\n")), int(members))
            for segment, classes, members in rows
        ]

    def kinds_of(self, iris: Collection[str]) -> Mapping[str, str]:
        """Return the kind of each of these IRIs that has one."""
        rows = self._for_each("SELECT iri, kind FROM entity WHERE iri IN ({})", iris)
        return {row[0]: row[1] for row in rows}

    def members(self, kind: str, language: str, *, offset: int, limit: int) -> Sequence[str]:
        """Return one page of a kind's list, sorted for readers of a language."""
        rows = self._rows(
            "SELECT iri FROM member WHERE kind = ? AND language = ?"
            " ORDER BY sort_key, iri LIMIT ? OFFSET ?",
            [kind, language, limit, offset],
        )
        return [row[0] for row in rows]

    def search(self, text: str, *, kind: str | None, offset: int, limit: int) -> Hits:
        """Return the entities whose names or descriptions hold all words of a text.

        The last letters of a word may be missing; an exact name comes first.
        """
        folded = fold(text)
        words = _WORD.findall(folded)[:_MOST_WORDS]
        if not words:
            return Hits(0, (), {})
        values = {
            "match": " ".join(f'"{word}"*' for word in words),
            "folded": folded,
            "kind": kind,
            "most": _MOST_MATCHES,
            "limit": limit,
            "offset": offset,
        }
        by_kind = self._rows(_COUNT_HITS, values)
        counts = {name: int(count) for name, count in by_kind}
        rows = self._rows(_LIST_HITS, values)
        total = counts.get(kind, 0) if kind else sum(counts.values())
        named = {name: count for name, count in counts.items() if name}
        is_capped = sum(counts.values()) >= _MOST_MATCHES / 2
        return Hits(total, tuple(Hit(*row) for row in rows), named, is_capped)

    def statistics(self, *, cls: str | None = None) -> Sequence[Statistic]:
        """Return the default graph in numbers: of one class, or of all ('' as class)."""
        rows = self._rows(
            "SELECT class, property, subjects, triples FROM statistic"
            " WHERE class = ? OR (? IS NULL AND property = '') ORDER BY class, property",
            [cls or "", cls],
        )
        return [
            Statistic(owner, name, int(subjects), int(triples))
            for owner, name, subjects, triples in rows
        ]

    def graphs(self) -> Sequence[Graph]:
        """Return the named graphs."""
        rows = self._rows("SELECT iri, role, in_default, triples FROM graph ORDER BY iri")
        return [
            Graph(iri, role, bool(default), int(triples)) for iri, role, default, triples in rows
        ]

    def query(self, operation: QueryOperation, extension: str, *, most_rows: int = 0) -> Answer:
        """Return the answer to a query, as ``lod.engine.client.Engine.query`` does."""
        if self.engine is None:
            raise EngineError("engine/none", "This server answers no queries.")
        return self.engine().query(operation, extension, most_rows=most_rows)
