"""What a visitor, a program and a query get from a server."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest

from acceptance.servers import Server, path_of, serving
from lod.release import Release
from support.graphs import read
from support.html import Page
from unit.cli.commands import Home

GONE = suppress(BrokenPipeError, ConnectionResetError)
"""A server need not read to its end what it refuses."""


class TestStart:
    def test_address_is_told_once_it_answers(self, served: Server) -> None:
        """The line with the address comes when a browser can open it."""
        (line,) = (line for line in served.said if "Serving" in line)

        assert line.startswith("Serving herbarium 3.1 at http://127.0.0.1:")
        assert "reloads on save" in line
        assert served.ask("/healthz").status == 200

    def test_only_this_machine_is_let_in(self, served: Server) -> None:
        """Unless told otherwise, no other machine can ask."""
        port = served.address.rpartition(":")[2].rstrip("/")
        listening = {
            line.split()[1]
            for name in ("tcp", "tcp6")
            for line in Path("/proc/net", name).read_text().splitlines()[1:]
            if line.split()[3] == "0A" and int(line.split()[1].rpartition(":")[2], 16) == int(port)
        }

        assert {each.rpartition(":")[0] for each in listening} == {"0100007F"}

    def test_requests_are_logged(self, served: Server) -> None:
        """While one works on a folder, each request is a line: method, path, status, time."""
        served.ask("/nothing-of-that-name")

        assert served.says("GET /nothing-of-that-name 404 ")

    def test_path_in_the_log_cannot_forge_a_line(self, served: Server) -> None:
        """Whatever a path holds, its request is one line."""
        served.ask("/forged%0AServing%20evil%1B%5B31m")

        assert served.says("forged")
        assert not any(line.startswith("Serving evil") or "\x1b" in line for line in served.said)

    @pytest.mark.parametrize("host", ["localhost", "0.0.0.0", "::1"])  # noqa: S104 - for a moment
    def test_host_as_users_write_it(self, home: Home, herbarium: Release, host: str) -> None:
        """A host is a name or an address; what is printed can be opened as it stands."""
        with serving(home, herbarium.folder, "--host", host) as server:
            assert server.ask("/healthz").status == 200


class TestAnswers:
    def test_page(self, served: Server) -> None:
        """A browser gets a page with the words of the data."""
        answer = served.ask("/arten", "text/html,application/xhtml+xml,*/*;q=0.8")

        page = Page(answer.text)
        assert (answer.status, answer.media_type) == (200, "text/html")
        assert "Gänseblümchen" in answer.text
        assert page.one("title")

    def test_home_leads_to_entities(self, served: Server) -> None:
        """From the first page one comes to everything by links."""
        page = Page(served.ask("/", "text/html").text)

        addresses = [each.get("href") or "" for each in page.all("a")]
        own = [each for each in addresses if each.startswith("/")]
        assert len(own) > 3
        assert {served.ask(each.partition("#")[0]).status for each in own} == {200}

    def test_turtle(self, served: Server) -> None:
        """A program that asks for Turtle gets the same facts as Turtle."""
        answer = served.ask("/arten", "text/turtle")

        assert (answer.status, answer.media_type) == (200, "text/turtle")
        stated = read(answer.body, "ttl", base=served.address)
        assert (
            "<https://pflanzen.example/arten#stieleiche> "
            "<https://pflanzen.example/begriffe#höhe> "
            '"28.50"^^<http://www.w3.org/2001/XMLSchema#decimal>'
        ) in {each.removesuffix(" .") for each in stated}

    def test_thing_leads_to_its_document(self, served: Server) -> None:
        """The address of a thing that is no document leads to one about it."""
        answer = served.ask(path_of("https://pflanzen.example/kalender/2025"), "text/turtle")

        assert answer.status == 303
        assert served.ask(answer.headers["Location"], "text/turtle").status == 200

    def test_unchanged_document_is_not_sent_again(self, served: Server) -> None:
        """A client that has a document is told that it is still the one."""
        first = served.ask("/arten.ttl")
        connection = served.connect()
        connection.request("GET", "/arten.ttl", headers={"If-None-Match": first.headers["ETag"]})

        response = connection.getresponse()
        body = response.read()
        connection.close()

        assert first.headers["ETag"].startswith('"')
        assert (response.status, body) == (304, b"")

    def test_head_is_get_without_the_body(self, served: Server) -> None:
        """Whoever only wants to know gets the same head and nothing else."""
        whole = served.ask("/arten.ttl")

        head = served.ask("/arten.ttl", method="HEAD")

        assert (head.status, head.body) == (200, b"")
        assert head.headers["ETag"] == whole.headers["ETag"]

    def test_sparql(self, served: Server) -> None:
        """The endpoint answers a query in the format asked for."""
        answer = served.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "json")

        (row,) = answer.json["results"]["bindings"]
        assert answer.status == 200
        assert row["n"]["value"] == "54"

    def test_sparql_by_post(self, served: Server) -> None:
        """A query may be sent as the body itself."""
        answer = served.ask(
            "/sparql",
            "application/sparql-results+json",
            method="POST",
            body='ASK { ?s ?p "Gänseblümchen"@de }'.encode(),
            media_type="application/sparql-query",
        )

        assert answer.status == 200
        assert answer.json["boolean"] is True

    def test_page_turtle_and_sparql_agree(self, served: Server) -> None:
        """Whatever one asks, the same release answers."""
        folder = served.ask("/healthz").text.split()[1]
        labels = served.query("SELECT ?l { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?l }")
        dump = served.ask("/downloads/latest/herbarium.nt").text

        assert folder.startswith("3.1-")
        for label in ("Gänseblümchen", "Stieleiche"):
            assert label in labels.text
            assert f'"{label}"@de' in dump

    def test_part_of_a_dump(self, served: Server) -> None:
        """A download that broke off is continued where it broke off."""
        whole = served.ask("/downloads/latest/herbarium.nt").body
        connection = served.connect()
        connection.request("GET", "/downloads/latest/herbarium.nt", headers={"Range": "bytes=100-"})

        response = connection.getresponse()
        rest = response.read()
        connection.close()

        assert response.status == 206
        assert rest == whole[100:]


class TestRefusals:
    @pytest.mark.parametrize(
        "path",
        [
            "/../../etc/passwd",
            "/arten/../../../etc/passwd",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/downloads/latest/../../manifest.json",
            "/downloads/latest/..%2F..%2Fmanifest.json",
            "/static/..%2Fapp.py",
        ],
    )
    def test_path_that_climbs(self, served: Server, path: str) -> None:
        """No path leads out of what is published."""
        answer = served.ask(path)

        assert answer.status == 404
        assert answer.media_type == "application/problem+json"
        assert "root:" not in answer.text

    def test_unknown_entity(self, served: Server) -> None:
        """What is not there is told to a person as a page, to a program as JSON."""
        page = served.ask("/arten/gibt-es-nicht", "text/html")
        problem = served.ask("/arten/gibt-es-nicht", "application/json")

        assert (page.status, page.media_type) == (404, "text/html")
        assert (problem.status, problem.media_type) == (404, "application/problem+json")
        assert problem.json["status"] == 404
        assert problem.json["title"]

    def test_format_that_is_not_there(self, served: Server) -> None:
        """A client that takes nothing there is learns what there is."""
        answer = served.ask("/arten", "image/png")

        assert answer.status == 406
        assert any(each["address"].endswith(".ttl") for each in answer.json["alternates"])

    def test_malformed_query(self, served: Server) -> None:
        """A wrong query is refused with its place."""
        answer = served.query("SELECT ?s\nWHERE ?s ?p ?o }", "json")

        assert answer.status == 400
        assert answer.json["code"] == "query/syntax"
        assert (answer.json["line"], answer.json["column"]) == (2, 7)

    def test_nothing_is_told_of_the_machine(self, served: Server) -> None:
        """No refusal shows a traceback or a path of the machine."""
        refusals = [
            served.ask("/nothing"),
            served.query("nonsense"),
            served.ask("/sparql", method="DELETE"),
            served.ask("/arten?page=-1%00"),
        ]

        for each in refusals:
            assert "Traceback" not in each.text
            assert str(served.home.folder) not in each.text

    @pytest.mark.parametrize(
        ("media_type", "start"),
        [("application/sparql-query", b"ASK {}"), ("application/x-www-form-urlencoded", b"query=")],
    )
    def test_query_of_ten_megabytes(self, served: Server, media_type: str, start: bytes) -> None:
        """A query far too large is refused with what to do, and others are answered as before."""
        connection = served.connect()
        connection.putrequest("POST", "/sparql")
        connection.putheader("Content-Type", media_type)
        connection.putheader("Content-Length", str(10_000_000))
        connection.endheaders()
        with GONE:
            connection.send(start + b" " * (10_000_000 - len(start)))
        response = connection.getresponse()
        problem = json.loads(response.read())
        connection.close()

        assert response.status == 413
        assert problem["status"] == 413
        assert problem["detail"]
        assert served.query("ASK {}", "json").json["boolean"] is True

    def test_address_of_ten_megabytes(self, served: Server) -> None:
        """An address far too long is refused, and others are answered as before."""
        connection = served.connect()
        connection.putrequest("GET", "/sparql?query=" + "A" * 10_000_000)
        with GONE:
            connection.endheaders()
        status = connection.getresponse().status
        connection.close()

        assert status in {414, 431}
        assert served.query("ASK {}", "json").json["boolean"] is True
