"""What a client is told when a query costs too much."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree

import pytest
from flask import Flask
from pyoxigraph import parse
from werkzeug.test import TestResponse

from lod.config import Limits, Server
from lod.rdf.formats import GRAPH_FORMATS
from lod.release import Release
from lod.web.settings import Settings
from support.apps import served
from support.engines import ENDLESS
from support.graphs import FORMATS
from support.html import Page

LIMITS = Limits(query_seconds=1, workers=2, wait_seconds=1, answer_mb=1, query_memory_mb=128)
PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
GRAPH = (
    "CONSTRUCT { ?a <https://v.example/p> ?text } WHERE { "
    f"{PRODUCT} FILTER isIRI(?a) BIND(CONCAT(STR(?d), STR(?f), STR(?h), STR(RAND())) AS ?text) }}"
)


@pytest.fixture(scope="module")
def app(herbarium: Release) -> Iterator[Flask]:
    with served(herbarium, Settings(limits=LIMITS)) as found:
        response = found.test_client().get("/sparql?query=ASK{}")
        assert response.status_code == 200
        response.close()
        yield found


def ask(app: Flask, query: str, accept: str = "application/sparql-results+json") -> TestResponse:
    return app.test_client().post("/sparql", data={"query": query}, headers={"Accept": accept})


class TestTime:
    def test_endless_query_is_503_with_the_reason(self, app: Flask) -> None:
        """A query that takes too long is told so, with what to do."""
        began = time.monotonic()

        response = ask(app, ENDLESS)
        problem = response.get_json()

        assert response.status_code == 503
        assert problem["code"] == "engine/time"
        assert "1 s" in problem["title"]
        assert problem["detail"]
        assert time.monotonic() - began < 3
        assert "no-store" in response.headers["Cache-Control"]

    def test_page_says_it_as_well(self, app: Flask) -> None:
        """On the query page the reason is shown, and the query stays in the form."""
        response = app.test_client().get("/sparql.de.html", query_string={"query": ENDLESS})
        found = Page(response.get_data(as_text=True))

        assert response.status_code == 503
        assert "".join(found.one("textarea").text) == ENDLESS
        assert any(each.get("role") == "alert" for each in found.elements)

    def test_others_are_answered_meanwhile(self, app: Flask) -> None:
        """While one query takes its time, small ones and pages are answered."""
        with ThreadPoolExecutor(1) as pool:
            slow = pool.submit(ask, app, ENDLESS)
            time.sleep(0.1)
            small = [ask(app, "ASK { ?s ?p ?o }").get_json() for _ in range(5)]
            page = app.test_client().get("/").status_code
            still_busy = not slow.done()

        assert still_busy
        assert all(answer["boolean"] for answer in small)
        assert page == 200
        assert slow.result().status_code == 503

    def test_busy_server_says_when_to_come_back(self, app: Flask) -> None:
        """When all workers are busy, a client learns when to ask again."""
        with ThreadPoolExecutor(5) as pool:
            answers = list(pool.map(lambda _: ask(app, ENDLESS), range(5)))

        busy = [each for each in answers if each.get_json()["code"] == "engine/busy"]
        assert {each.status_code for each in answers} == {503}
        assert busy
        assert all(int(each.headers["Retry-After"]) > 0 for each in busy)
        assert ask(app, "ASK {}").status_code == 200


class TestSize:
    def test_answer_too_large_is_told_apart_from_a_whole_one(self, app: Flask) -> None:
        """An answer cut off in mid-stream is no valid JSON, and says at its end what happened."""
        response = ask(app, f"SELECT * {{ {PRODUCT} }}")

        body = response.get_data(as_text=True)

        assert response.status_code in {200, 503}
        assert "1 MB" in body
        if response.status_code == 200:
            with pytest.raises(json.JSONDecodeError):
                json.loads(body)

    @pytest.mark.parametrize(
        ("query", "accept"),
        [
            (f"SELECT * {{ {PRODUCT} }}", "text/csv"),
            (f"SELECT * {{ {PRODUCT} }}", "text/tab-separated-values"),
            (f"SELECT * {{ {PRODUCT} }}", "application/sparql-results+xml"),
            (GRAPH, "text/turtle"),
            (GRAPH, "application/n-triples"),
            (GRAPH, "application/rdf+xml"),
            (GRAPH, "application/ld+json"),
        ],
    )
    def test_every_format_marks_the_cut(self, app: Flask, query: str, accept: str) -> None:
        """In every format the last line says that the answer is cut off."""
        response = ask(app, query, accept)

        last = response.get_data(as_text=True).rstrip("\n").rpartition("\n")[2]

        assert "cut off" in last or response.status_code == 503

    @pytest.mark.parametrize("extension", ["ttl", "nt", "rdf", "jsonld"])
    def test_no_parser_takes_a_part_for_the_whole(self, app: Flask, extension: str) -> None:
        """A graph cut off in mid-stream is refused by every parser of its format."""
        media_type = {each.extension: each.media_type for each in GRAPH_FORMATS}[extension]
        response = ask(app, GRAPH, media_type)

        with pytest.raises(SyntaxError):
            _parse(response.data, extension)

    def test_page_of_a_large_result_is_answered(self, app: Flask) -> None:
        """A page looks at its hundred rows only, so a large result is no problem for it."""
        response = app.test_client().get(
            "/sparql.de.html", query_string={"query": f"SELECT * {{ {PRODUCT} }}"}
        )

        assert response.status_code == 200


def _parse(content: bytes, extension: str) -> None:
    """Read a graph to its end; of RDF/XML this is the XML parser's work."""
    if extension == "rdf":
        ElementTree.fromstring(content)  # noqa: S314 - our own server wrote it
    else:
        list(parse(content, format=FORMATS[extension]))


class TestClientsThatLeave:
    def test_worker_is_free_when_the_client_hangs_up(self, app: Flask) -> None:
        """A client that stops reading does not keep a worker."""
        for _ in range(6):
            response = app.test_client().get(
                "/sparql", query_string={"query": f"SELECT * {{ {PRODUCT} }}"}, buffered=False
            )
            next(iter(response.response))
            response.close()
        began = time.monotonic()

        answer = ask(app, "ASK { ?s ?p ?o }")

        assert answer.get_json()["boolean"] is True
        assert time.monotonic() - began < 1

    def test_worker_is_free_when_nobody_reads_at_all(self, app: Flask) -> None:
        """An answer whose body is never asked for gives its worker back."""
        for _ in range(6):
            app.test_client().head(
                "/sparql", query_string={"query": f"SELECT * {{ {PRODUCT} }}"}
            ).close()
        began = time.monotonic()

        answer = ask(app, "ASK { ?s ?p ?o }")

        assert answer.status_code == 200
        assert time.monotonic() - began < 1


class TestBudget:
    def test_who_asks_too_much_is_429(self, herbarium: Release) -> None:
        """An address that used its share is told when to come again; others are answered."""
        limits = Limits(query_seconds=2, client_seconds=1)
        with served(herbarium, Settings(limits=limits, server=Server(proxies=1))) as app:
            client = app.test_client()

            def asked(query: str, address: str) -> TestResponse:
                return client.post(
                    "/sparql", data={"query": query}, headers={"X-Forwarded-For": address}
                )

            assert asked("ASK {}", "203.0.113.1").status_code == 200
            assert asked(ENDLESS, "203.0.113.1").get_json()["code"] == "engine/time"
            refused = asked("ASK { ?s ?p 1 }", "203.0.113.1")
            others = [asked("ASK {}", each) for each in ("203.0.113.2", "2001:db8:1::1")]
            neighbour = asked(ENDLESS, "2001:db8:1::2"), asked("ASK {}", "2001:db8:1::3")

        assert refused.status_code == 429
        assert refused.get_json()["code"] == "engine/budget"
        assert 0 < int(refused.headers["Retry-After"]) <= 120
        assert [each.status_code for each in others] == [200, 200]
        assert [each.status_code for each in neighbour] == [503, 429]

    def test_this_machine_has_none(self, herbarium: Release) -> None:
        """Somebody at the machine itself, or a proxy nobody named, is not counted."""
        limits = Limits(query_seconds=2, client_seconds=1)
        with served(herbarium, Settings(limits=limits)) as app:
            client = app.test_client()
            first = client.post("/sparql", data={"query": ENDLESS})
            second = client.post("/sparql", data={"query": "ASK {}"})

        assert (first.status_code, second.status_code) == (503, 200)
