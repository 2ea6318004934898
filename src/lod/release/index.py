"""Write the index of a release from its sorted statements."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from lod.addresses import document_path, thing_path
from lod.rdf.collation import fold, sort_key
from lod.rdf.namespaces import LINKS, RDF, RDFS
from lod.rdf.terms import is_blank, is_iri, is_literal, read_term, split_literal
from lod.release.catalog import Statistics, namespace_of
from lod.release.claims import ClaimTerms
from lod.release.display import Display
from lod.release.labels import OTHER, RANKS
from lod.release.staging import Graph, Held, Statement, as_n_quads

TYPE = str(RDF.type)
SUBCLASS = str(RDFS.subClassOf)

_BATCH = 5_000
_LINKS = {str(each) for each in LINKS}
_MOST_OWNED = 2_000
"""Statements of blank nodes kept with the IRI that owns them; more would be no record."""


class IndexWriter:
    """Fills ``index.sqlite``; statements come subject by subject, sorted.

    :param owned: the statements of each blank node.
    :param claims: what makes a subject a claim.
    """

    def __init__(
        self,
        path: Path,
        *,
        base: str,
        languages: Sequence[str],
        owned: Mapping[str, Sequence[Statement]],
        claims: ClaimTerms,
    ) -> None:
        self.database = sqlite3.connect(path, isolation_level=None)
        for pragma in ("page_size = 8192", "journal_mode = OFF", "synchronous = OFF"):
            self.database.execute(f"PRAGMA {pragma}")
        self.database.executescript(files("lod.release").joinpath("schema.sql").read_text("utf-8"))
        self.database.executescript(
            """
            CREATE TEMP TABLE instance (class TEXT, iri TEXT);
            CREATE TEMP TABLE sorting (iri TEXT, language TEXT, sort_key TEXT);
            CREATE TEMP TABLE derived (subject TEXT, property TEXT, object TEXT);
            CREATE TEMP TABLE loose_link (
              object TEXT, separate INTEGER, property TEXT, subject TEXT, direct INTEGER
            );
            BEGIN;
            """
        )
        self._base = base
        self._languages = languages
        self._owned = owned
        self._claims = claims
        self._waiting: defaultdict[str, list[tuple[object, ...]]] = defaultdict(list)
        self._apart = False
        self._linked: Counter[tuple[str, str]] = Counter()
        self._superclasses: defaultdict[str, set[str]] = defaultdict(set)
        self._triples: Counter[tuple[str, str]] = Counter()
        self._subjects: Counter[tuple[str, str]] = Counter()
        self.instances: Counter[str] = Counter()
        self.entities = 0

    def add(self, subject: str, statements: Sequence[Statement], quads: bytes) -> None:
        """Take all statements of one subject.

        :param quads: the same as N-Quads.
        """
        counted = [each for each in statements if each.held.in_default_graph]
        if counted:
            self._count(counted)
        if is_blank(subject):
            return
        iri = subject[1:-1]
        owned = self._with_owned(statements)
        self._insert(
            "INSERT INTO record VALUES (?, ?)"
            " ON CONFLICT DO UPDATE SET quads = quads || excluded.quads",
            [(iri, b"".join([quads, *(as_n_quads(node, [each]) for node, each in owned)]))],
        )
        if not self._apart:
            self._add_links(iri, statements, is_direct=True)
            if owned:
                self._add_links(iri, [each for _, each in owned], is_direct=False)
        self._add_labels(iri, statements, is_entity=bool(counted))
        self._insert(
            "INSERT OR IGNORE INTO claim VALUES (?, ?, ?)",
            ((iri, *part) for part in self._claims.parts(statements)),
        )
        self._add_address(iri)
        for each in counted:
            if each.predicate == TYPE and is_iri(each.object):
                self._insert("INSERT INTO instance VALUES (?, ?)", [(each.object[1:-1], iri)])
            if each.held.is_derived and is_iri(each.object):
                row = (iri, each.predicate[1:-1], each.object[1:-1])
                self._insert("INSERT INTO derived VALUES (?, ?, ?)", [row])
        self.entities += bool(counted)

    def _insert(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Keep rows until there are enough for one call; the order within a table stays."""
        waiting = self._waiting[statement]
        waiting.extend(rows)
        if len(waiting) >= _BATCH:
            self.database.executemany(statement, waiting)
            waiting.clear()

    def _flush(self) -> None:
        for statement, rows in self._waiting.items():
            self.database.executemany(statement, rows)
            rows.clear()

    def _run(self, statements: str) -> None:
        """Run several statements in the open transaction, which ``executescript`` would end."""
        for statement in filter(None, map(str.strip, statements.split(";"))):
            self.database.execute(statement)

    def _with_owned(self, statements: Sequence[Statement]) -> list[tuple[str, Statement]]:
        """Return the statements of the blank nodes below these, and of those below them."""
        found: list[tuple[str, Statement]] = []
        waiting = [each.object for each in statements if is_blank(each.object)]
        seen = set(waiting)
        while waiting and len(found) < _MOST_OWNED:
            node = waiting.pop(0)
            for statement in self._owned.get(node, ()):
                found.append((node, statement))
                if is_blank(statement.object) and statement.object not in seen:
                    seen.add(statement.object)
                    waiting.append(statement.object)
        return found

    def _add_links(self, iri: str, statements: Sequence[Statement], *, is_direct: bool) -> None:
        for each in statements:
            if each.predicate in _LINKS and is_iri(each.object) and each.held.in_default_graph:
                target = each.object[1:-1]
                if not target.startswith(self._base):
                    self._linked[each.predicate[1:-1], namespace_of(target)] += 1
        self._insert(
            "INSERT INTO loose_link VALUES (?, ?, ?, ?, ?)",
            [
                (
                    each.object[1:-1],
                    not each.held.in_default_graph,
                    each.predicate[1:-1],
                    iri,
                    is_direct,
                )
                for each in statements
                if is_iri(each.object)
            ],
        )

    def _add_labels(self, iri: str, statements: Sequence[Statement], *, is_entity: bool) -> None:
        rows = []
        for each in statements:
            rank = RANKS.get(each.predicate)
            if rank is not None and is_literal(each.object):
                language = split_literal(each.object)[1]
                rows.append((iri, rank, language, _text(each.object)))
            elif each.predicate == SUBCLASS and is_iri(each.object):
                self._superclasses[iri].add(each.object[1:-1])
        self._insert("INSERT OR IGNORE INTO label VALUES (?, ?, ?, ?)", rows)
        if not is_entity:
            return
        self._insert(
            "INSERT INTO entry (iri, rank, folded) VALUES (?, ?, ?)",
            [(iri, rank, fold(text)) for _, rank, _, text in rows],
        )
        self._insert(
            "INSERT INTO sorting VALUES (?, ?, ?)",
            [
                (iri, language, sort_key(_name(rows, language, self._languages, iri), language))
                for language in self._languages
            ],
        )

    def _add_address(self, iri: str) -> None:
        document = document_path(iri, self._base)
        if document is None:
            return
        if "#" in iri:
            self._insert("INSERT OR IGNORE INTO fragment VALUES (?, ?)", [(document, iri)])
        else:
            path = thing_path(iri, self._base)
            self._insert("INSERT OR IGNORE INTO address VALUES (?, ?)", [(path, iri)])

    def _count(self, counted: Sequence[Statement]) -> None:
        """Count subjects and triples of the default graph by class and property."""
        classes = {
            each.object[1:-1] for each in counted if each.predicate == TYPE and is_iri(each.object)
        }
        by_property = Counter(each.predicate[1:-1] for each in counted)
        self.instances.update(classes)
        for owner in ("", *classes):
            self._subjects[owner, ""] += 1
            self._triples[owner, ""] += len(counted)
            for name, number in by_property.items():
                self._subjects[owner, name] += 1
                self._triples[owner, name] += number

    def finish(self, kinds: Mapping[str, Sequence[str]]) -> None:
        """Work out what needs all statements.

        :param kinds: path segment → classes; their subclasses belong to them.
        """
        self._insert(
            "INSERT INTO statistic VALUES (?, ?, ?, ?)",
            (
                (*key, subjects, self._triples[key])
                for key, subjects in sorted(self._subjects.items())
            ),
        )
        self._flush()
        self._run(
            """
            INSERT INTO link
              SELECT object, separate, property, subject, max(direct) FROM loose_link
              GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4;
            INSERT INTO link_count
              SELECT object, separate, property, count(*) FROM link
              GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
            INSERT INTO search (search) VALUES ('rebuild');
            CREATE INDEX temp.by_class ON instance (class);
            CREATE INDEX temp.by_iri ON sorting (iri);
            """
        )
        for rank, (segment, classes) in enumerate(kinds.items()):
            self._add_kind(segment, rank, self._with_subclasses(classes))
        self._insert(
            "INSERT INTO ancestor VALUES (?, ?)",
            ((lower, upper) for lower, above in self._ancestors().items() for upper in above),
        )
        self._flush()
        self._add_support([each[1:-1] for each in sorted(self._claims.sources)])

    def add_apart(self, graph: Graph, rows: Sequence[tuple[str, str, str]]) -> None:
        """Take a graph about the dataset itself.

        Its blank nodes are its own, and it is no news to an entity that the catalog names it.
        """
        self._apart = True
        self.add_graphs([(graph, len(rows))])
        by_subject: defaultdict[str, list[Statement]] = defaultdict(list)
        for subject, predicate, value in rows:
            by_subject[subject].append(Statement(predicate, value, Held.by([graph])))
        self._owned = by_subject
        for subject in sorted(by_subject):
            statements = by_subject[subject]
            self.add(subject, statements, as_n_quads(subject, statements))

    def statistics(self, graphs: Sequence[tuple[Graph, int]]) -> Statistics:
        """Return the default graph in numbers, as counted so far."""
        return Statistics(
            triples=self._triples["", ""],
            entities=self.entities,
            subjects=self._subjects["", ""],
            classes=dict(self.instances),
            properties={
                name: triples
                for (owner, name), triples in self._triples.items()
                if not owner and name
            },
            graphs=graphs,
            links=dict(self._linked),
        )

    def add_graphs(self, graphs: Iterable[tuple[Graph, int]]) -> None:
        """Take the named graphs with the number of their triples."""
        self._insert(
            "INSERT OR IGNORE INTO graph VALUES (?, ?, ?, ?)",
            (
                (graph.iri, graph.role.value, graph.role.in_default_graph, triples)
                for graph, triples in graphs
            ),
        )

    def add_displays(self, displays: Iterable[Display]) -> None:
        """Take how shapes name and order properties; of two for one property the first counts."""
        for each in displays:
            self._insert(
                "INSERT OR IGNORE INTO display VALUES (?, ?, ?, ?, ?)",
                [(each.cls, each.property, each.is_inverse, each.position, each.shape)],
            )
            self._insert(
                "INSERT OR IGNORE INTO display_name VALUES (?, ?, ?)",
                [(each.shape, language, text) for language, text in each.names],
            )

    def _add_support(self, claims: Sequence[str]) -> None:
        """Note which claims name both ends of each derived triple."""
        marks = ", ".join("?" * len(claims)) or "NULL"
        self.database.execute(
            f"""
            CREATE TEMP TABLE claim_link AS
              SELECT DISTINCT object, subject AS claim FROM link WHERE separate = 0
              AND subject IN (SELECT subject FROM link WHERE separate = 0 AND property IN ({marks}))
            """,  # noqa: S608
            claims,
        )
        self._run(
            """
            CREATE INDEX temp.by_object ON claim_link (object, claim);
            INSERT OR IGNORE INTO support
              SELECT derived.subject, derived.property, derived.object, near.claim FROM derived
              JOIN claim_link AS near ON near.object = derived.subject
              JOIN claim_link AS far ON far.object = derived.object AND far.claim = near.claim
              ORDER BY 1, 2, 3, 4;
            """
        )

    def _add_kind(self, segment: str, rank: int, classes: Sequence[str]) -> None:
        marks = ", ".join("?" * len(classes)) or "NULL"
        members = f"SELECT DISTINCT iri FROM instance WHERE class IN ({marks}) ORDER BY iri"  # noqa: S608
        self.database.execute(
            f"""
            INSERT OR IGNORE INTO member
              SELECT ?, language, sort_key, iri FROM sorting WHERE iri IN ({members})
              ORDER BY 1, 2, 3, 4
            """,  # noqa: S608
            (segment, *classes),
        )
        self.database.execute(
            f"INSERT OR IGNORE INTO entity SELECT iri, ? FROM ({members})",  # noqa: S608
            (segment, *classes),
        )
        self.database.execute(
            f"INSERT INTO kind SELECT ?, ?, ?, count(*) FROM ({members})",  # noqa: S608
            (segment, rank, "\n".join(classes), *classes),
        )

    def _with_subclasses(self, classes: Sequence[str]) -> list[str]:
        below = [lower for lower, uppers in self._ancestors().items() if uppers & {*classes}]
        return list(dict.fromkeys([*classes, *below]))

    def _ancestors(self) -> dict[str, set[str]]:
        """Return each class that has classes above it, with all of these."""
        found = {}
        for lower in sorted(self._superclasses):
            above: set[str] = set()
            waiting = [lower]
            while waiting:
                new = self._superclasses.get(waiting.pop(), set()) - above
                above |= new
                waiting.extend(new)
            found[lower] = above - {lower}
        return found

    def close(self) -> None:
        """Write the file so that the same content gives the same bytes."""
        self._run("COMMIT; ANALYZE; VACUUM")
        self.database.close()


def _text(literal: str) -> str:
    if "\\" not in literal:
        return split_literal(literal)[0][1:-1]
    return str(getattr(read_term(literal), "value", ""))


def _name(
    rows: Sequence[tuple[str, int, str, str]], language: str, languages: Sequence[str], iri: str
) -> str:
    """Return the name a list in one language shows, for sorting."""
    order = {each: rank for rank, each in enumerate(dict.fromkeys([language, *languages, ""]))}
    names = [
        (order.get(row_language, len(order)), rank, text)
        for _, rank, row_language, text in rows
        if rank < OTHER
    ]
    return min(names)[2] if names else iri.rstrip("/").replace("#", "/").rpartition("/")[2]
