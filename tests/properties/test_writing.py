"""What is written is read back the same, in every format and whatever the graph."""

from __future__ import annotations

import difflib
import random
import re
from collections.abc import Iterable

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, RdfFormat, parse

from lod.rdf.jsonld import write_jsonld
from lod.rdf.terms import split_literal
from lod.rdf.turtle import write_trig, write_turtle
from properties.strategies import (
    BASE,
    NAMESPACES,
    PREFIXES,
    Row,
    graphs,
    literals,
    named,
    plain_graphs,
    prefix_maps,
    properties,
    texts,
)
from support.compaction import compacted
from support.graphs import Graph, canonical, read

# Hypothesis explains a failure by tracing every line, which takes half a minute over such graphs.
unexplained = settings(phases=set(Phase) - {Phase.explain})

GRAPHS = [f"{BASE}graph/a", f"{BASE}graph/b", "urn:uuid:c"]
WORDS = [f'"{letter}{number}"@lt' for letter in "abc" for number in range(4)]


def n_triples(rows: Iterable[Row]) -> bytes:
    return "".join(f"{' '.join(row)} .\n" for row in rows).encode()


def meaning(rows: Iterable[Row]) -> Graph:
    return canonical(parse(n_triples(rows), format=RdfFormat.N_TRIPLES, lenient=True))


def large_graph() -> list[Row]:
    """Return 300 triples: 60 subjects with five statements each, names and links."""
    rows = []
    for number in range(60):
        subject = f"<{BASE}s{number:02}>"
        rows += [
            (subject, "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", f"<{BASE}Thing>"),
            (subject, "<http://www.w3.org/2000/01/rdf-schema#label>", f'"thing {number}"@en'),
            (subject, "<http://www.w3.org/2000/01/rdf-schema#label>", f'"daiktas {number}"@lt'),
            (subject, f"<{BASE}p>", f"<{BASE}s{(number + 1) % 60:02}>"),
            (subject, f"<{BASE}p>", f"<{BASE}s{(number + 7) % 60:02}>"),
        ]
    return rows


LARGE = large_graph()


def changes(before: str, after: str) -> tuple[int, int]:
    """Return how many lines are gone and how many are new."""
    lines = list(difflib.ndiff(before.split("\n"), after.split("\n")))
    return sum(line[0] == "-" for line in lines), sum(line[0] == "+" for line in lines)


class TestTurtle:
    @unexplained
    @given(graphs())
    def test_graph_is_read_back_the_same(self, rows: list[Row]) -> None:
        """What we write as Turtle says what it was written from, whatever its blank nodes."""
        written = write_turtle(rows, PREFIXES)

        same = read(written.encode(), "ttl") == meaning(rows)
        assert same, written

    @given(graphs(), st.randoms(use_true_random=False))
    def test_order_of_the_triples_does_not_show(self, rows: list[Row], mix: random.Random) -> None:
        """The same triples are the same text, in whichever order they come and how often."""
        shuffled = [*rows, *rows[:3]]
        mix.shuffle(shuffled)

        assert write_turtle(shuffled, PREFIXES) == write_turtle(rows, PREFIXES)

    @given(plain_graphs())
    def test_written_again_it_is_the_same(self, rows: list[Row]) -> None:
        """Reading our Turtle and writing it again changes nothing."""
        written = write_turtle(rows, PREFIXES)

        quads = parse(written.encode(), format=RdfFormat.TURTLE)
        again = [(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads]

        assert write_turtle(again, PREFIXES) == written

    @given(literals())
    def test_literal_is_read_back_exactly(self, literal: str) -> None:
        """Not a zero, sign or escape of a literal is lost, whether it is valid or not."""
        written = write_turtle([(f"<{BASE}a>", f"<{BASE}p>", literal)], PREFIXES)

        (quad,) = parse(written.encode(), format=RdfFormat.TURTLE)
        assert str(quad.object) == literal

    @given(plain_graphs(min_size=1))
    def test_only_prefixes_that_are_used_are_declared(self, rows: list[Row]) -> None:
        """Each prefix at the top stands for something below."""
        written = write_turtle(rows, PREFIXES)

        names = re.findall(r"^@prefix (\S+) ", written, re.MULTILINE)
        uses = re.sub(r"^@prefix .*$", "", written, flags=re.MULTILINE)
        assert names == sorted(names)
        assert all(re.search(rf"(?:^|[\s^]){re.escape(name)}", uses) for name in names)

    @given(
        st.sampled_from(sorted({row[0] for row in LARGE})),
        st.sampled_from([f"<{BASE}p>", f"<{BASE}q>", f"<{BASE}other>"]),
        st.one_of(st.sampled_from(WORDS), st.integers(0, 99).map(lambda at: f"<{BASE}t{at}>")),
    )
    def test_new_statement_changes_three_lines_at_most(
        self, subject: str, predicate: str, value: str
    ) -> None:
        """A statement more is a diff of its own line and no more than two beside it."""
        before = write_turtle(LARGE, PREFIXES)

        after = write_turtle([*LARGE, (subject, predicate, value)], PREFIXES)

        gone, new = changes(before, after)
        assert gone <= 1
        assert 1 <= new <= 3

    @given(named().filter(lambda each: each not in {row[0] for row in LARGE}), literals())
    def test_new_subject_leaves_the_others_alone(self, subject: str, value: str) -> None:
        """A subject more is a block more, and nothing else moves."""
        before = write_turtle(LARGE, PREFIXES)

        after = write_turtle([*LARGE, (subject, f"<{BASE}p>", value)], PREFIXES)

        gone, new = changes(before, after)
        declared = after.count("@prefix") - before.count("@prefix")
        assert gone == 0
        assert new == 4 + declared


class TestTrig:
    @unexplained
    @given(st.dictionaries(st.sampled_from(GRAPHS), graphs(), max_size=2))
    def test_graphs_are_read_back_the_same(self, content: dict[str, list[Row]]) -> None:
        """Each graph keeps its statements, and a blank node of two graphs stays one."""
        written = write_trig(content, PREFIXES)

        quads = [(*row, f"<{graph}>") for graph, rows in content.items() for row in rows]
        lines = "".join(f"{' '.join(quad)} .\n" for quad in quads).encode()
        expected = canonical(parse(lines, format=RdfFormat.N_QUADS, lenient=True))
        same = read(written.encode(), "trig") == expected
        assert same, written


class TestJsonLd:
    @unexplained
    @given(graphs())
    def test_graph_is_read_back_the_same(self, rows: list[Row]) -> None:
        """What we write as JSON-LD says what it was written from."""
        written = write_jsonld(rows, PREFIXES)

        same = read(written, "jsonld") == meaning(rows)
        assert same, written.decode()

    @given(graphs(), prefix_maps())
    def test_document_is_what_a_processor_compacts(
        self, rows: list[Row], prefixes: dict[str, str]
    ) -> None:
        """Our own short way through compaction gives the very bytes of the whole algorithm."""
        rows = sorted(set(rows))

        assert write_jsonld(rows, prefixes).decode() == compacted(rows, prefixes).decode()

    @given(texts(), properties())
    def test_text_is_read_back_exactly(self, text: str, predicate: str) -> None:
        """Not a character of a text is changed."""
        row = (f"<{BASE}a>", predicate, str(Literal(text)))

        written = write_jsonld([row], PREFIXES)

        (quad,) = parse(written, format=RdfFormat.JSON_LD)
        assert quad.object == Literal(text)


class TestSplitLiteral:
    @given(literals())
    def test_parts_make_up_the_literal(self, literal: str) -> None:
        """Nothing of a literal is lost when it is taken apart."""
        lexical, language, datatype = split_literal(literal)

        tail = f"@{language}" if language else f"^^<{datatype}>" if datatype else ""
        assert lexical + tail == literal
        assert lexical[0] == lexical[-1] == '"'
        assert not (language and datatype)


class TestPrefixes:
    @given(named())
    def test_shortened_name_stands_for_the_same_iri(self, term: str) -> None:
        """A prefixed name says which IRI it was."""
        iri = term[1:-1]

        name = PREFIXES.shorten(iri)

        assert name is None or PREFIXES.expand(name) == iri
        assert name is not None or not any(
            iri[len(start) :].isalnum() for start in NAMESPACES.values() if iri.startswith(start)
        )
