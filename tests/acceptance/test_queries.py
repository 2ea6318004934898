"""Queries that take long or answer long: nobody else waits, and no part passes for the whole."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from xml.etree import ElementTree

import pytest

from acceptance.servers import Answer, Server
from support.graphs import read
from support.processes import cpu_of, eventually

ENDLESS = (
    "SELECT (COUNT(*) AS ?n) "
    "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p . ?q ?r ?s . ?t ?u ?v }"
)
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
"""Some megabytes, of which the first come at once."""

LARGE_GRAPH = (
    "CONSTRUCT { ?a <https://v.example/p> ?text } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i "
    "FILTER isIRI(?a) BIND(CONCAT(STR(?d), STR(?f), STR(?h), STR(RAND())) AS ?text) }"
)
_AT_ONCE = "{ SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 1000 }"
LATE = (
    f"SELECT * {{ {_AT_ONCE} UNION {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p "
    "FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g), STR(?j), STR(?m))) < 0) } "
    f"UNION {_AT_ONCE} }}"
)
"""Some hundred kilobytes at once, whichever end comes first, and then nothing for minutes."""

SMALL = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
SECONDS = 1
"""What a query may take on the shared server."""


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as found:
        yield found


def is_idle(server: Server) -> bool:
    """Whether the server's processes use next to no processor time."""
    before = cpu_of(server.process.pid)
    time.sleep(0.3)
    return cpu_of(server.process.pid) - before < 0.1


class TestLongQuery:
    def test_it_ends_and_costs_nothing_any_more(self, served: Server) -> None:
        """A query over its time gets a clear 503, and the processor is free again."""
        began = time.monotonic()

        answer = served.query(ENDLESS, "json")

        assert SECONDS <= time.monotonic() - began < SECONDS + 2
        assert answer.status == 503
        assert answer.media_type == "application/problem+json"
        assert answer.json["code"] == "engine/time"
        assert f"{SECONDS} s" in answer.json["title"]
        assert answer.json["detail"]
        assert eventually(lambda: is_idle(served), 3)

    def test_others_are_answered_meanwhile(self, served: Server, pool: ThreadPoolExecutor) -> None:
        """While one query takes its time, two requests at once are answered, and pages too."""
        slow = pool.submit(served.query, ENDLESS, "json")
        time.sleep(0.2)
        began = time.monotonic()

        small = [pool.submit(served.query, SMALL) for _ in range(2)]
        page = pool.submit(served.ask, "/arten", "text/html")
        answers = [each.result() for each in (*small, page)]
        took = time.monotonic() - began
        was_busy = not slow.done()

        assert was_busy
        assert [each.status for each in answers] == [200] * 3
        assert answers[0].text == answers[1].text == "n\r\n54\r\n"
        assert took < 1
        assert slow.result().status == 503

    def test_pages_need_no_worker(self, served: Server, pool: ThreadPoolExecutor) -> None:
        """Even when every worker is busy, pages, documents and downloads are answered at once."""
        slow: list[Future[Answer]] = [pool.submit(served.query, ENDLESS, "json") for _ in range(2)]
        time.sleep(0.2)
        began = time.monotonic()

        paths = ["/", "/arten", "/arten.ttl", "/search?q=eiche", "/downloads/", "/healthz"]
        statuses = [served.ask(path, "text/html, */*;q=0.1").status for path in paths]
        took = time.monotonic() - began

        assert not any(each.done() for each in slow)
        assert statuses == [200] * len(paths)
        assert took < 1
        assert {each.result().status for each in slow} == {503}


class TestLongAnswer:
    def test_json_that_is_cut_off_is_invalid(self, served: Server) -> None:
        """An answer over its size cannot be taken for a whole one by a JSON parser."""
        answer = served.query(LARGE, "json")

        assert answer.status == 200
        with pytest.raises(json.JSONDecodeError):
            json.loads(answer.body)
        assert "1 MB" in _last_line(answer)

    def test_xml_that_is_cut_off_is_invalid(self, served: Server) -> None:
        """An XML parser refuses it."""
        answer = served.query(LARGE, "xml")

        with pytest.raises(ElementTree.ParseError):
            ElementTree.fromstring(answer.body)  # noqa: S314 - our own server wrote it
        assert "1 MB" in _last_line(answer)

    def test_csv_that_is_cut_off_is_invalid(self, served: Server) -> None:
        """A strict CSV parser refuses it, and a person sees it at the end."""
        answer = served.query(LARGE, "csv")

        with pytest.raises(csv.Error):
            list(csv.reader(io.StringIO(answer.text), strict=True))
        assert "cut off" in _last_line(answer)

    @pytest.mark.parametrize("extension", ["ttl", "nt", "jsonld"])
    def test_graph_that_is_cut_off_is_invalid(self, served: Server, extension: str) -> None:
        """A parser of RDF refuses it."""
        answer = served.query(LARGE_GRAPH, extension)

        assert answer.status == 200
        with pytest.raises(SyntaxError):
            read(answer.body, extension)

    def test_answer_whose_time_is_over_is_cut_off(self, served: Server) -> None:
        """An answer that began in time and does not end in time is marked as well."""
        answer = served.query(LATE, "json")

        assert answer.status == 200
        assert len(answer.body) > 64 * 1024
        with pytest.raises(json.JSONDecodeError):
            json.loads(answer.body)
        assert f"{SECONDS} s" in _last_line(answer)

    def test_cut_off_is_in_the_log(self, served: Server) -> None:
        """Whoever runs the server sees that an answer was cut off, and why."""
        served.query(LARGE, "json")

        assert served.says("an answer was cut off: engine/too-large")

    def test_client_that_leaves_ends_its_query(self, fresh: Server) -> None:
        """A client that goes away in the middle of an answer costs nothing any more."""
        assert fresh.query(SMALL).status == 200
        for _ in range(3):
            connection = fresh.connect()
            connection.request("GET", "/sparql?query=" + LARGE.replace(" ", "%20"))
            response = connection.getresponse()
            response.read(1000)
            connection.close()
            response.close()

        assert eventually(lambda: is_idle(fresh), 4)
        assert fresh.query(SMALL).text == "n\r\n54\r\n"


def _last_line(answer: Answer) -> str:
    return answer.text.rstrip("\n").rpartition("\n")[2]
