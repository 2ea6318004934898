"""Hostile queries are refused or ended, and cost nobody else anything."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import pytest

from hostile import queries
from hostile.besieged import Besieged, must_be_decent
from hostile.queries import ANSWERED, LONGEST, REFUSED, Case
from hostile.raw import asking, request
from hostile.witness import Witness, watching

ANY_RESULT = "Accept: application/sparql-results+json, application/n-triples;q=0.9"


def cases(*groups: Sequence[Case]) -> pytest.MarkDecorator:
    """Run a test with each case, those that take long with the soak only."""
    return pytest.mark.parametrize(
        "case",
        [
            pytest.param(each, id=each.name, marks=[pytest.mark.soak] if each.is_long else [])
            for group in groups
            for each in group
        ],
    )


def attack(target: Besieged, case: Case) -> None:
    """Send a case; fail unless it is answered in time as it should, and all is well after it."""
    began = time.monotonic()
    reply = target.exchange(asking(case.text, ANY_RESULT))
    took = time.monotonic() - began

    assert reply is not None
    must_be_decent(reply, {*case.allowed})
    assert took < LONGEST * target.slow
    target.must_be_well()


class TestTooMuch:
    @cases(queries.NESTING)
    def test_deep_nesting(self, target: Besieged, case: Case) -> None:
        """What nests as deep as allowed is answered, and an abyss is refused."""
        attack(target, case)

    @cases(queries.CHAINS)
    def test_long_chain(self, target: Besieged, case: Case) -> None:
        """A chain of thousands of parts ends neither the engine nor its time for others."""
        attack(target, case)

    @cases(queries.GROWTH)
    def test_growth(self, target: Besieged, case: Case) -> None:
        """What grows without bound is ended at the bound."""
        attack(target, case)

    @cases(queries.ENDLESS)
    def test_endless_work(self, target: Besieged, case: Case) -> None:
        """What would take years is ended after its two seconds."""
        attack(target, case)

    @cases(queries.BOMBS)
    def test_regular_expression(self, target: Besieged, case: Case) -> None:
        """A pattern made to go back and forth does not."""
        attack(target, case)


class TestWayOut:
    @cases(queries.SERVICES)
    def test_service(self, target: Besieged, case: Case) -> None:
        """No disguise lets a query ask another endpoint."""
        attack(target, case)

    @cases(queries.UPDATES)
    def test_update(self, target: Besieged, case: Case) -> None:
        """No update, and no file, comes in."""
        attack(target, case)

    @pytest.fixture
    def witness(self) -> Iterator[Witness]:
        """A socket that must see no connection."""
        with watching() as found:
            yield found

    @pytest.mark.parametrize(
        ("text", "allowed"),
        [
            ("SELECT * FROM <{0}> {{ ?s ?p ?o }}", ANSWERED),
            ("SELECT * FROM NAMED <{0}> {{ GRAPH ?g {{ ?s ?p ?o }} }}", ANSWERED),
            ("SELECT * {{ GRAPH <{0}> {{ ?s ?p ?o }} }}", ANSWERED),
            ("BASE <{0}> SELECT * FROM <> {{ ?s ?p ?o }}", ANSWERED),
            ("DESCRIBE <{0}>", ANSWERED),
            ("SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}", queries.FORBIDDEN),
            ("SELECT * {{ \\u0053ERVICE SILENT <{0}> {{ ?s ?p ?o }} }}", queries.FORBIDDEN),
            ("LOAD <{0}>", queries.FORBIDDEN),
            ("SELECT * {{ ?s ?p ?o FILTER(<{0}>(?o)) }}", REFUSED),
        ],
        ids=["from", "named", "graph", "base", "describe", "service", "escaped", "load", "call"],
    )
    def test_nobody_is_called(
        self, target: Besieged, witness: Witness, text: str, allowed: frozenset[int]
    ) -> None:
        """An address in a query is a name: the server connects to none."""
        reply = target.exchange(asking(text.format(witness.address), ANY_RESULT))

        assert reply is not None
        must_be_decent(reply, {*allowed})
        assert not witness.saw_somebody()
        target.must_be_well()

    @pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
    def test_graph_of_the_protocol_is_not_fetched(
        self, target: Besieged, witness: Witness, parameter: str
    ) -> None:
        """A graph named beside the query is looked for in the data only."""
        query = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
        reply = target.exchange(asking(query, ANY_RESULT, **{parameter: witness.address}))

        assert reply is not None
        must_be_decent(reply, {*ANSWERED})
        assert b'"bindings":[]' in reply.body
        assert not witness.saw_somebody()

    @pytest.mark.parametrize(
        "iri", ["file:///etc/passwd", "file:lod.toml", "file://localhost/proc/self/environ"]
    )
    def test_file_is_not_read(self, target: Besieged, iri: str) -> None:
        """A file's address as a graph is an empty graph."""
        reply = target.exchange(asking(f"SELECT * FROM <{iri}> {{ ?s ?p ?o }}", ANY_RESULT))  # noqa: S608

        assert reply is not None
        must_be_decent(reply, {*ANSWERED})
        assert b'"bindings":[]' in reply.body
        target.must_be_well()


class TestStrange:
    @cases(queries.STRANGE)
    def test_strange_text(self, target: Besieged, case: Case) -> None:
        """Odd letters and numbers beyond all bounds break nothing."""
        attack(target, case)

    @pytest.mark.parametrize("path", ["/sparql", "/sparql.en.html"])
    def test_page_of_a_hostile_query(self, target: Besieged, path: str) -> None:
        """The query page shows an endless query again, with the reason it was ended."""
        text = "SELECT%20*%20%7B%3Fa%20%3Fb%20%3Fc.%3Fd%20%3Fe%20%3Ff%7DORDER%20BY%20RAND()"
        reply = target.exchange(request("GET", f"{path}?query={text}", "Accept: text/html"))

        assert reply is not None
        must_be_decent(reply, {200, 503})
        target.must_be_well()


class TestAfterwards:
    def test_everything_is_as_before(self, target: Besieged) -> None:
        """After all of it there are as many workers, descriptors and megabytes as at the start."""
        target.must_be_well()
        target.must_be_as_before()
