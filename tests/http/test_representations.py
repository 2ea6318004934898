"""No cache and no coding ever gives a client what it did not ask for."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from unittest import mock

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lod.config import Server
from lod.release import Release
from lod.store import ReleaseStore
from lod.web.settings import Settings
from support.apps import served
from support.places import vary

ASK = "/sparql?query=ASK%7B%7D"
TABLE = "/sparql?query=SELECT%20*%7B%3Fs%20a%20%3Ft%7D%20ORDER%20BY%20%3Fs%20%3Ft%20LIMIT%205"
GRAPH = "/sparql?query=CONSTRUCT%20WHERE%7B%3Fs%20a%20%3Ft%7D%20LIMIT%205"
PATHS = (
    "/",
    "/dataset",
    "/doc/dataset",
    "/doc/dataset.html",
    "/doc/dataset.ttl",
    "/doc/dataset?format=nt",
    "/arten",
    "/browse/",
    "/search?q=a",
    "/sparql",
    ASK,
    TABLE,
    GRAPH,
    "/data?default",
    "/downloads/",
    "/nothing",
    "/.well-known/void",
)
ACCEPTS = ("", "text/html", "text/turtle", "application/ld+json;q=0.5, */*;q=0.1", "image/png")
LANGUAGES = ("", "de", "lt, en;q=0.5")
CODINGS = ("", "gzip", "gzip;q=0", "br, *;q=0.1", "identity, gzip;q=0.5")
ORIGINS = ("", "https://other.example")
WISHES = tuple(
    (*wish, ORIGINS[number % 2]) for number, wish in enumerate(product(ACCEPTS, LANGUAGES, CODINGS))
)
NAMES = ("Accept", "Accept-Language", "Accept-Encoding", "Origin")


def headers_of(wish: tuple[str, ...]) -> dict[str, str]:
    """Return the headers of a wish; what is empty is not sent."""
    return {name: value for name, value in zip(NAMES, wish, strict=True) if value}


@pytest.fixture(scope="module")
def apps(herbarium: Release) -> Iterator[tuple[Flask, Flask]]:
    """One application that keeps answers and one that makes each anew."""
    without = Settings(server=replace(Server(), cache_mb=0))
    with served(herbarium) as keeping, served(herbarium, without) as making:
        yield keeping, making


def told(response: TestResponse) -> tuple[object, ...]:
    """Return all that a client sees of an answer."""
    return response.status_code, sorted(response.headers), response.data


class TestCache:
    @pytest.mark.parametrize("path", PATHS)
    def test_kept_answers_equal_made_ones(self, apps: tuple[Flask, Flask], path: str) -> None:
        """Cold, warm and never kept: the same status, headers and bytes for every wish."""
        keeping, making = (app.test_client() for app in apps)
        made = {wish: told(making.get(path, headers=headers_of(wish))) for wish in WISHES}
        for order in (WISHES, WISHES[::-1]):
            for wish in order:
                assert told(keeping.get(path, headers=headers_of(wish))) == made[wish], wish
        for wish in WISHES:
            status, headers, _ = told(keeping.head(path, headers=headers_of(wish)))
            assert (status, headers) == made[wish][:2], wish

    @pytest.mark.parametrize("path", PATHS)
    def test_conditions_are_answered_alike(self, apps: tuple[Flask, Flask], path: str) -> None:
        """A client that has a representation gets 304 for that one and no other."""
        keeping, making = (app.test_client() for app in apps)
        tags = {
            making.get(path, headers=headers_of(wish)).headers.get("ETag") for wish in WISHES
        } - {None}
        for wish, tag in product(WISHES[::7], [*tags, "*", 'W/"a", "b"', "rubbish"]):
            headers = {**headers_of(wish), "If-None-Match": str(tag)}
            made = told(making.get(path, headers=headers))
            assert told(keeping.get(path, headers=headers)) == made, (wish, tag)

    def test_kept_answer_is_found(self, apps: tuple[Flask, Flask]) -> None:
        """What was asked for once does not reach the engine again."""
        keeping = apps[0].test_client()
        address = "/sparql?query=ASK%7B%3Fkept%20a%20%3Ft%7D"
        keeping.get(address)
        with mock.patch.object(ReleaseStore, "query", side_effect=AssertionError):
            assert keeping.get(address).get_json()["boolean"] is True
            assert keeping.get(f"{address}%20").status_code == 500

    def test_304_is_found_again(self, apps: tuple[Flask, Flask]) -> None:
        """It does not reach the application again, and is not given to who lacks the content."""
        keeping, making = (app.test_client() for app in apps)
        path = "/doc/dataset.nt"
        content = making.get(path)
        known = {"If-None-Match": content.headers["ETag"]}
        assert keeping.get(path, headers=known).status_code == 304
        with mock.patch.object(Flask, "full_dispatch_request", side_effect=AssertionError):
            again = keeping.get(path, headers=known)
        other = keeping.get(path, headers={"If-None-Match": '"other"'})

        assert (again.status_code, again.data) == (304, b"")
        assert (other.status_code, other.data) == (200, content.data)
        assert keeping.get(path).data == content.data

    @pytest.mark.parametrize("call", ["RAND()", "NOW()", "UUID()", "STRUUID()"])
    def test_chance_and_time_are_asked_each_time(
        self, apps: tuple[Flask, Flask], call: str
    ) -> None:
        """A query whose answer changes is neither kept nor tagged."""
        client = apps[0].test_client()
        address = {"query": f"SELECT ({call} AS ?x) {{}}"}
        first, second = (client.get("/sparql", query_string=address) for _ in range(2))

        assert "ETag" not in first.headers
        assert first.headers["Cache-Control"] == "no-store"
        assert first.data != second.data


class TestCoding:
    @pytest.mark.parametrize("path", PATHS)
    def test_coded_answer_is_the_plain_one(self, client: FlaskClient, path: str) -> None:
        """Unpacked, it has the very same bytes; only then is it said to be packed."""
        for accept in ACCEPTS:
            plain = client.get(path, headers={"Accept": accept})
            coded = client.get(path, headers={"Accept": accept, "Accept-Encoding": "gzip"})
            if coded.headers.get("Content-Encoding") == "gzip":
                assert gzip.decompress(coded.data) == plain.data
                tags = [each.headers.get("ETag") for each in (plain, coded)]
                assert tags[0] != tags[1] or tags == [None, None]
                assert "accept-encoding" in vary(coded)
                assert "accept-encoding" in vary(plain)
            else:
                assert coded.data == plain.data
            assert "Content-Encoding" not in plain.headers

    def test_text_is_packed(self, client: FlaskClient) -> None:
        """Pages, data and answers are worth packing."""
        for path in ("/browse/", "/doc/dataset.ttl", TABLE):
            coded = client.get(path, headers={"Accept-Encoding": "gzip"})
            assert coded.headers["Content-Encoding"] == "gzip"

    @pytest.mark.parametrize("coding", ["", "gzip;q=0", "identity", "br", "identity, gzip;q=0.5"])
    def test_who_does_not_want_it_gets_it_plain(self, client: FlaskClient, coding: str) -> None:
        """Packing is for those that like it (RFC 9110 §12.5.3)."""
        headers: Mapping[str, str] = {"Accept-Encoding": coding} if coding else {}

        assert "Content-Encoding" not in client.get("/doc/dataset.ttl", headers=headers).headers

    def test_long_result_is_packed_while_it_comes(self, client: FlaskClient) -> None:
        """A result too long to be held is packed piece by piece."""
        query = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"
        asked = {"query": query, "format": "csv"}
        plain = client.get("/sparql", query_string=asked)
        coded = client.get("/sparql", query_string=asked, headers={"Accept-Encoding": "gzip"})

        assert len(plain.data) > 500_000
        assert coded.headers["Content-Encoding"] == "gzip"
        assert "Content-Length" not in coded.headers
        assert sorted(gzip.decompress(coded.data).split(b"\r\n")) == sorted(
            plain.data.split(b"\r\n")
        )


class TestValidators:
    @pytest.mark.parametrize("path", [ASK, TABLE, GRAPH, "/data?default"])
    def test_answer_has_a_tag_and_304_follows(self, client: FlaskClient, path: str) -> None:
        """The answer to a query is named, and not sent to who has it."""
        first = client.get(path)
        again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})

        assert again.status_code == 304
        assert again.data == b""
        for name in ("ETag", "Vary", "Cache-Control"):
            assert again.headers[name] == first.headers[name]

    def test_formats_and_graphs_have_tags_of_their_own(self, client: FlaskClient) -> None:
        """Each representation, base and dataset of a query is another one."""
        ways = [
            client.get(TABLE),
            client.get(f"{TABLE}&format=csv"),
            client.get(f"{TABLE}&default-graph-uri=https://a.example/"),
            client.get(f"{TABLE}&named-graph-uri=https://a.example/"),
            client.get(TABLE, headers={"Accept-Encoding": "gzip"}),
            client.get(TABLE, base_url="http://other.example/"),
        ]

        assert len({each.headers["ETag"] for each in ways}) == len(ways)

    def test_head_tells_the_length_of_the_answer(self, client: FlaskClient) -> None:
        """HEAD has the headers of GET, the length included (RFC 9110 §9.3.2)."""
        for path in PATHS:
            assert sorted(client.head(path).headers) == sorted(client.get(path).headers)
