"""What the engine answers, and what it says when it does not."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from lod.config import Limits
from lod.engine.operation import QueryForm, QueryOperation
from lod.engine.request import TABLE
from lod.engine.sources import Sources
from lod.errors import EngineError, QueryError
from support.engines import (
    ENDLESS,
    LARGE,
    SMALL_ANSWER,
    SUBJECTS,
    Started,
    construct,
    select,
    started,
    write_data,
)
from support.graphs import read
from support.processes import cpu_of, eventually

LIMITS = Limits(
    query_seconds=1, query_memory_mb=128, answer_mb=1, workers=2, wait_seconds=1, query_length=1000
)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    return write_data(tmp_path_factory.mktemp("engine"))


@pytest.fixture(scope="module")
def shared(sources: Sources) -> Iterator[Started]:
    with started(sources, LIMITS) as found:
        yield found


def failure(shared: Started, operation: QueryOperation, extension: str = "csv") -> EngineError:
    with pytest.raises(EngineError) as caught:
        b"".join(shared.engine.query(operation, extension))
    return caught.value


class TestAnswers:
    def test_solutions_in_every_format(self, shared: Started) -> None:
        """SELECT is answered as JSON, XML, CSV and TSV."""
        text = "SELECT ?o ?none { <https://data.example/s7> ?p ?o }"

        answers = {each: shared.ask(text, each) for each in ("json", "xml", "csv", "tsv")}

        assert json.loads(answers["json"]) == {
            "head": {"vars": ["o", "none"]},
            "results": {"bindings": [{"o": {"type": "literal", "value": "7"}}]},
        }
        assert b"<literal>7</literal>" in answers["xml"]
        assert answers["csv"] == b"o,none\r\n7,\r\n"
        assert answers["tsv"] == b'?o\t?none\n"7"\t\n'

    @pytest.mark.parametrize("extension", ["json", "xml"])
    def test_truth_in_its_formats(self, shared: Started, extension: str) -> None:
        """ASK is answered as JSON and XML."""
        answer = shared.engine.query(QueryOperation("ASK { ?s ?p '7' }", QueryForm.ASK), extension)

        assert b"true" in b"".join(answer)

    @pytest.mark.parametrize("extension", ["ttl", "nt", "jsonld", "rdf"])
    def test_graph_in_every_format(self, shared: Started, extension: str) -> None:
        """CONSTRUCT is answered as Turtle, N-Triples, JSON-LD and RDF/XML."""
        text = "CONSTRUCT WHERE { <https://data.example/s7> ?p ?o }"

        answer = b"".join(shared.engine.query(construct(text), extension))

        assert read(answer, extension) == {'<https://data.example/s7> <https://data.example/p> "7"'}

    def test_table_for_a_page_is_cut(self, shared: Started) -> None:
        """A page asks for so many rows and learns that there are more."""
        answer = shared.engine.query(select("SELECT * { ?s ?p ?o }"), TABLE, most_rows=3)

        table = json.loads(b"".join(answer))

        assert len(table["rows"]) == 3
        assert table["more"] is True

    def test_threads_share_an_engine(self, shared: Started) -> None:
        """Many threads may ask one engine at once, each gets its own answer."""
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda _: shared.ask(), range(40)))

        assert answers == [SMALL_ANSWER] * 40

    def test_syntax_error_has_its_place(self, shared: Started) -> None:
        """A query the engine finds wrong is refused with line and column."""
        with pytest.raises(QueryError) as caught:
            shared.ask("SELECT *\n{ ?s ?p ?o")

        assert caught.value.code == "query/syntax"
        assert caught.value.line == 2

    def test_worker_goes_on_behind_an_error(self, shared: Started) -> None:
        """A wrong query costs no worker."""
        before = shared.workers()

        for _ in range(5):
            with pytest.raises(QueryError):
                shared.ask("SELECT * {")

        assert shared.workers() == before
        assert shared.ask() == SMALL_ANSWER

    @pytest.mark.parametrize(
        "expression", ["1/0", "xsd:integer('x')", "REGEX('a', '(')", "STRLANG('a', 'not a tag')"]
    )
    def test_expression_without_a_value_is_no_failure(
        self, shared: Started, expression: str
    ) -> None:
        """An expression that has no value leaves its variable empty (SPARQL §17.2)."""
        prefix = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>"

        assert shared.ask(f"{prefix} SELECT ?x {{ BIND({expression} AS ?x) }}") == b"x\r\n\r\n"

    def test_rdfxml_that_cannot_be_written_is_said(self, shared: Started) -> None:
        """A graph RDF/XML cannot hold is refused, and other formats are not."""
        text = "CONSTRUCT { ?s <x:1> ?o } WHERE { ?s ?p ?o }"

        with pytest.raises(QueryError) as caught:
            b"".join(shared.engine.query(construct(text), "rdf"))

        assert caught.value.code == "query/not-writable"
        assert b"".join(shared.engine.query(construct(text), "nt"))


class TestTimeLimit:
    def test_endless_query_ends_in_time_and_frees_the_processor(self, shared: Started) -> None:
        """A query that takes too long is ended with a reason, and nothing goes on behind it."""
        began = time.monotonic()

        error = failure(shared, select(ENDLESS))
        took = time.monotonic() - began

        assert error.code == "engine/time"
        assert error.cure
        assert LIMITS.query_seconds <= took < LIMITS.query_seconds + 1.5
        assert eventually(lambda: _is_idle(shared))

    def test_others_are_answered_meanwhile(self, shared: Started) -> None:
        """While one query takes its time, the other worker answers the rest."""
        with ThreadPoolExecutor(1) as pool:
            slow = pool.submit(failure, shared, select(ENDLESS))
            time.sleep(0.1)
            answers = [shared.ask() for _ in range(20)]
            still_busy = not slow.done()

        assert still_busy
        assert answers == [SMALL_ANSWER] * 20
        assert slow.result().code == "engine/time"

    def test_time_counts_while_the_answer_is_read(self, shared: Started) -> None:
        """A client that reads too slowly does not keep a worker for longer."""
        answer = iter(shared.engine.query(construct(LARGE), "nt"))
        next(answer)
        time.sleep(LIMITS.query_seconds + 0.5)

        with pytest.raises(EngineError) as caught:
            b"".join(answer)

        assert caught.value.code == "engine/time"


class TestOtherLimits:
    def test_memory_is_bounded(self, shared: Started) -> None:
        """A query that needs too much memory is ended; the machine never notices."""
        text = (
            "SELECT (GROUP_CONCAT(?text) AS ?all) {"
            " ?a ?b ?c . ?d ?e ?f . BIND(CONCAT(STR(?a), STR(?d), STR(?a), STR(?d)) AS ?text) }"
        )
        sorting = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"

        codes = {failure(shared, select(each)).code for each in (text, sorting)}

        assert "engine/memory" in codes
        assert codes <= {"engine/memory", "engine/time", "engine/too-large"}
        assert shared.ask() == SMALL_ANSWER

    def test_answer_is_bounded(self, shared: Started) -> None:
        """An answer larger than allowed ends with a reason, never as if it were whole."""
        answer = shared.engine.query(construct(LARGE), "nt")
        received: list[bytes] = []

        with pytest.raises(EngineError) as caught:
            received.extend(answer)

        assert caught.value.code == "engine/too-large"
        assert "1 MB" in caught.value.message
        assert 0 < sum(map(len, received)) <= 1_000_000

    def test_crash_of_a_worker_heals(self, shared: Started) -> None:
        """A query that would crash the engine costs one worker, which is replaced."""
        deep = f"SELECT * {'{' * 20_000}{'}' * 20_000}"

        error = failure(shared, select(deep))

        assert error.code == "engine/memory"
        assert eventually(lambda: len(shared.workers()) == LIMITS.workers)
        assert shared.ask() == SMALL_ANSWER

    def test_busy_engine_says_so_in_time(self, sources: Sources) -> None:
        """When all workers are busy a client waits so long and then learns when to ask again."""
        slow = Limits(query_seconds=4, workers=1, wait_seconds=1)
        with started(sources, slow) as found, ThreadPoolExecutor(1) as pool:
            busy = found.engine.query(construct(LARGE), "nt")
            began = time.monotonic()
            error = pool.submit(failure, found, select(ENDLESS)).result()
            took = time.monotonic() - began
            busy.close()

        assert error.code == "engine/busy"
        assert error.retry_after
        assert 0.9 < took < 2.5

    def test_waiting_client_gets_the_next_free_worker(self, sources: Sources) -> None:
        """Who waits is answered as soon as a worker is free, first come first served."""
        limits = Limits(query_seconds=4, workers=1, wait_seconds=4)
        with started(sources, limits) as found, ThreadPoolExecutor(3) as pool:
            busy = found.engine.query(construct(LARGE), "nt")
            waiting = [pool.submit(found.ask) for _ in range(3)]
            time.sleep(0.2)
            were_waiting = not any(each.done() for each in waiting)
            busy.close()
            answers = [each.result() for each in waiting]

        assert were_waiting
        assert answers == [SMALL_ANSWER] * 3

    def test_whole_product_is_what_it_should_be(self, shared: Started) -> None:
        """Within the limits nothing is cut: a product has all its rows."""
        text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"

        assert shared.ask(text) == f"n\r\n{SUBJECTS**2}\r\n".encode()


def _is_idle(shared: Started) -> bool:
    """Whether the engine's processes use next to nothing for a moment."""
    before = cpu_of(shared.broker)
    time.sleep(0.3)
    return cpu_of(shared.broker) - before <= 0.03
