"""Queries over a store, and how their answers are written."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import BinaryIO

import pytest
from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Store

from lod.config import Limits
from lod.engine.evaluation import evaluate, forget, worded, write
from lod.engine.guard import inspect
from lod.engine.request import TABLE, Request
from lod.rdf.rdfxml import NotWritableError
from support.graphs import read

A, B, C = "https://data.example/a", "https://data.example/b", "https://data.example/c"
DATA = f"""
<x:s> <x:p> "default" .
<x:s> <x:p> "both" <{A}> .
<x:s> <x:p> "only a" <{A}> .
<x:s> <x:p> "both" <{B}> .
<x:s> <x:p> "only b" <{B}> .
<x:s> <x:p> "c" <{C}> .
"""
EVERYTHING = "SELECT ?o { ?s ?p ?o }"
NAMED = "SELECT ?o { GRAPH ?g { ?s ?p ?o } }"


@pytest.fixture
def quads() -> Iterator[Store]:
    store = Store()
    store.load(DATA.encode(), format=RdfFormat.N_QUADS)
    before = set(store)
    yield store
    forget(store)
    assert set(store) == before


def answers(store: Store, request: Request) -> list[str]:
    """Return the values of the one variable, sorted, each as often as it comes."""
    found = evaluate(store, request)
    assert isinstance(found, QuerySolutions)
    return sorted(solution[0].value for solution in found)


def asked(text: str, **more: object) -> Request:
    """Return the request the server would make of a text."""
    fields: dict[str, object] = {"query": text, "format": "json", **more}
    return Request.from_json(json.dumps(fields).encode())


class TestDataset:
    def test_no_clause_means_default_graph_alone(self, quads: Store) -> None:
        """A query that names no graph sees the default graph only."""
        assert answers(quads, asked(EVERYTHING)) == ["default"]

    def test_no_clause_leaves_every_named_graph_to_graph(self, quads: Store) -> None:
        """GRAPH ?g sees all named graphs, each with its own triples."""
        found = ["both", "both", "c", "only a", "only b"]

        assert answers(quads, asked(NAMED)) == found

    def test_one_graph_becomes_the_default_graph(self, quads: Store) -> None:
        """FROM with one graph makes just that graph the default graph."""
        assert answers(quads, asked(EVERYTHING, from_default=[f"<{A}>"])) == ["both", "only a"]

    def test_several_graphs_are_merged_without_duplicates(self, quads: Store) -> None:
        """A triple that stands in two of the graphs is found once (SPARQL §13.2)."""
        request = asked(EVERYTHING, from_default=[f"<{A}>", f"<{B}>"])

        assert answers(quads, request) == ["both", "only a", "only b"]

    def test_protocol_graphs_are_merged_without_duplicates(self, quads: Store) -> None:
        """default-graph-uri given twice merges the two graphs the same way."""
        request = asked(EVERYTHING, default_graphs=[A, B])

        assert answers(quads, request) == ["both", "only a", "only b"]

    def test_same_graph_named_twice_is_one_graph(self, quads: Store) -> None:
        """Naming a graph twice changes nothing."""
        assert answers(quads, asked(EVERYTHING, default_graphs=[A, A])) == ["both", "only a"]

    def test_merge_leaves_graph_empty(self, quads: Store) -> None:
        """FROM alone leaves no named graph to ask, the merge's own included."""
        assert answers(quads, asked(NAMED, default_graphs=[A, B])) == []

    def test_only_named_graphs_leave_the_default_graph_empty(self, quads: Store) -> None:
        """With FROM NAMED alone the default graph is empty (SPARQL §13.2)."""
        assert answers(quads, asked(EVERYTHING, from_named=[f"<{A}>"])) == []
        assert answers(quads, asked(NAMED, from_named=[f"<{A}>"])) == ["both", "only a"]

    def test_default_and_named_graphs_are_kept_apart(self, quads: Store) -> None:
        """FROM and FROM NAMED together give each its own part."""
        both = {"from_default": [f"<{C}>"], "from_named": [f"<{A}>"]}

        assert answers(quads, asked(EVERYTHING, **both)) == ["c"]
        assert answers(quads, asked(NAMED, **both)) == ["both", "only a"]

    def test_unknown_graph_is_empty(self, quads: Store) -> None:
        """A graph that is not there is an empty graph, not an error."""
        missing = "https://data.example/missing"

        assert answers(quads, asked(EVERYTHING, default_graphs=[missing])) == []
        assert answers(quads, asked(EVERYTHING, default_graphs=[A, missing])) == ["both", "only a"]
        assert answers(quads, asked(NAMED, named_graphs=[missing])) == []

    def test_protocol_wins_over_the_text(self, quads: Store) -> None:
        """What the request names takes the place of what the text names (protocol §2.1.4)."""
        request = asked(EVERYTHING, from_default=[f"<{A}>", f"<{B}>"], default_graphs=[C])

        assert answers(quads, request) == ["c"]

    def test_text_with_from_is_answered_over_its_graphs(self, quads: Store) -> None:
        """The clauses the guard reads out of a text have the effect the text asks for."""
        text = f"PREFIX g: <https://data.example/> SELECT ?o FROM g:a FROM <{B}> {{ ?s ?p ?o }}"  # noqa: S608
        clauses = inspect(text, Limits(), {}).clauses

        request = asked(text, prologue=clauses.prologue, from_default=clauses.default)

        assert answers(quads, request) == ["both", "only a", "only b"]

    def test_relative_graph_is_resolved_against_the_base(self, quads: Store) -> None:
        """FROM <a> means the graph below the query's base, or the endpoint's."""
        own = asked(
            EVERYTHING,
            prologue="BASE <https://data.example/>",
            from_default=["<a>"],
            base="https://other.example/",
        )
        given = asked(EVERYTHING, from_default=["<a>"], base="https://data.example/sparql")

        assert answers(quads, own) == ["both", "only a"]
        assert answers(quads, given) == ["both", "only a"]

    def test_prefixes_declared_for_the_text_count(self, quads: Store) -> None:
        """Prefixes the project declares work in the text and in its FROM clauses."""
        request = asked(
            "SELECT ?o { x:s x:p ?o }", declared={"x": "x:", "g": C[:-1]}, from_default=["g:c"]
        )

        assert answers(quads, request) == ["c"]


def written(store: Store, request: Request) -> bytes:
    stream = io.BytesIO()
    output: BinaryIO = stream
    write(evaluate(store, request), request, output)
    return stream.getvalue()


class TestWrite:
    def test_graph_declares_the_prefixes_it_uses(self, quads: Store) -> None:
        """A graph is written with the prefixes that shorten something in it, and no others."""
        quads.update("INSERT DATA { <https://data.example/a> a <https://data.example/K> }")
        request = asked(
            "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o }",
            format="ttl",
            prefixes={"ex": "https://data.example/", "unused": "https://unused.example/"},
        )

        turtle = written(quads, request).decode()
        quads.update("DELETE DATA { <https://data.example/a> a <https://data.example/K> }")

        assert "@prefix ex: <https://data.example/>" in turtle
        assert "ex:a a ex:K" in turtle
        assert "unused" not in turtle

    @pytest.mark.parametrize("extension", ["ttl", "nt", "jsonld", "rdf"])
    def test_every_graph_format_says_the_same(self, quads: Store, extension: str) -> None:
        """A graph has the same triples in whichever format it is asked for."""
        text = (
            "PREFIX v: <https://v.example/> CONSTRUCT { ?s v:p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"
        )
        expected = read(written(quads, asked(text, format="nt")), "nt")

        assert len(expected) == 4
        assert read(written(quads, asked(text, format=extension)), extension) == expected

    def test_rdfxml_refuses_what_it_cannot_say(self, quads: Store) -> None:
        """A property whose IRI no XML name can be cut from is an error, not a wrong document."""
        request = asked(
            "CONSTRUCT { ?s <https://v.example/1> ?o } WHERE { ?s ?p ?o }", format="rdf"
        )

        with pytest.raises(NotWritableError):
            written(quads, request)

    @pytest.mark.parametrize("extension", ["json", "xml"])
    def test_yes_and_no_are_told_apart(self, quads: Store, extension: str) -> None:
        """ASK answers true or false."""
        yes = written(quads, asked("ASK { ?s ?p 'default' }", format=extension)).decode()
        no = written(quads, asked("ASK { ?s ?p 'nothing' }", format=extension)).decode()

        assert "true" in yes
        assert "false" not in yes
        assert "false" in no

    def test_table_stops_at_the_bound_and_says_so(self, quads: Store) -> None:
        """A page shows so many rows and knows whether there are more."""
        request = asked(f"{NAMED} ORDER BY ?o", format=TABLE)

        part = json.loads(written(quads, asked(request.query, format=TABLE, most_rows=2)))
        whole = json.loads(written(quads, asked(request.query, format=TABLE, most_rows=5)))

        assert part == {"variables": ["o"], "rows": [['"both"'], ['"both"']], "more": True}
        assert len(whole["rows"]) == 5
        assert whole["more"] is False

    def test_table_leaves_unbound_cells_empty(self, quads: Store) -> None:
        """A variable without a value is an empty cell."""
        request = asked("SELECT ?o ?none { ?s ?p ?o }", format=TABLE, most_rows=9)

        assert json.loads(written(quads, request))["rows"] == [['"default"', None]]

    def test_table_of_a_graph_has_its_triples_as_rows(self, quads: Store) -> None:
        """A graph is shown as rows of subject, predicate and object."""
        request = asked("CONSTRUCT WHERE { ?s ?p ?o }", format=TABLE, most_rows=9)

        table = json.loads(written(quads, request))

        assert table["variables"] == ["subject", "predicate", "object"]
        assert table["rows"] == [["<x:s>", "<x:p>", '"default"']]

    def test_table_of_a_question_is_its_answer(self, quads: Store) -> None:
        """ASK on a page is yes or no."""
        assert json.loads(written(quads, asked("ASK { ?s ?p ?o }", format=TABLE))) == {
            "boolean": True
        }


class TestForms:
    def test_each_form_gives_its_own_results(self, quads: Store) -> None:
        """SELECT gives solutions, ASK a truth value, CONSTRUCT and DESCRIBE triples."""
        assert isinstance(evaluate(quads, asked(EVERYTHING)), QuerySolutions)
        assert isinstance(evaluate(quads, asked("ASK { ?s ?p ?o }")), QueryBoolean)
        assert isinstance(evaluate(quads, asked("CONSTRUCT WHERE { ?s ?p ?o }")), QueryTriples)
        assert isinstance(evaluate(quads, asked("DESCRIBE <x:s>")), QueryTriples)


class TestWorded:
    @pytest.mark.parametrize(
        ("query", "line", "wrong"),
        [
            ("SELECT * { ?s ?p }", 1, " }"),
            ("SELECT *\n{ ?s ?p ?o", 2, "?o"),
            ("SELECT * { ?s ?p ?o } rubbish", 1, "rubbish"),
            ("SELECT *\n{ ?s ?p ?o }\nLIMIT none", 3, "none"),
        ],
    )
    def test_syntax_error_has_its_place_and_no_list_of_tokens(
        self, quads: Store, query: str, line: int, wrong: str
    ) -> None:
        """A syntax error says line and column and, in a sentence, what is the matter."""
        with pytest.raises(SyntaxError) as caught:
            evaluate(quads, asked(query))

        told = worded(str(caught.value))

        start = query.splitlines()[line - 1].index(wrong) + 1
        assert told["line"] == line
        assert start <= told["column"] <= start + len(wrong)
        assert told["message"].endswith(".")
        assert len(told["message"]) < 200
        assert "['a' ..=" not in told["message"]

    def test_message_of_another_kind_is_kept(self) -> None:
        """What is no syntax error of the usual kind is told as it is, cut if it is long."""
        assert worded("something else") == {"message": "something else"}
        assert len(worded("x" * 1000)["message"]) == 300
