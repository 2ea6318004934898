"""The application factory, and what happens when something goes wrong that nobody foresaw."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from lod.config import Limits
from lod.errors import ReleaseError
from lod.release import Release
from lod.web.app import create_app
from lod.web.settings import Log, Settings
from support.apps import served
from support.engines import brokers
from support.html import Page
from support.processes import eventually

HOST = """
import sys, wsgiref.util
from lod.web.app import create_app

app = create_app(sys.argv[1])
environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/sparql", "QUERY_STRING": "query=ASK%7B%7D"}
wsgiref.util.setup_testing_defaults(environ)
statuses = []
body = app(environ, lambda status, headers, trouble=None: statuses.append(status))
print(statuses[0], b"".join(body).decode())
getattr(body, "close", str)()
assert "rdflib" not in sys.modules
assert "pyshacl" not in sys.modules
"""


class TestCreateApp:
    def test_folder_of_releases_serves_the_latest(self, herbarium: Release) -> None:
        """The factory takes a release or a folder of releases."""
        with served(herbarium) as app:
            answer = app.test_client().get("/healthz").get_data(as_text=True)

        assert answer == f"ok {herbarium.folder.name}\n"

    @pytest.mark.parametrize("make", [str, Path])
    def test_folder_without_a_release_is_an_error(self, tmp_path: Path, make: type) -> None:
        """A folder without a release is told, with what to do."""
        with pytest.raises(ReleaseError) as caught:
            create_app(make(tmp_path))

        assert caught.value.code == "release/none"
        assert caught.value.cure

    def test_any_wsgi_host_can_run_it(self, herbarium: Release, tmp_path: Path) -> None:
        """Without a server of ours a query is answered, and no process or folder is left."""
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", HOST, str(herbarium.folder)],
            capture_output=True,
            text=True,
            env={**os.environ, "TMPDIR": str(tmp_path)},
            timeout=30,
            check=True,
        )

        assert done.stdout.startswith("200 OK")
        assert '"boolean":true' in done.stdout
        assert list(tmp_path.iterdir()) == []

    def test_engine_starts_with_the_first_query(self, herbarium: Release) -> None:
        """A server that only shows pages starts no engine."""
        others = brokers()
        with served(herbarium) as app:
            client = app.test_client()
            client.get("/arten")
            before = brokers() - others
            client.get("/sparql?query=ASK%7B%7D").close()
            during = brokers() - others

        assert before == set()
        assert len(during) == 1
        assert brokers() == others

    def test_engine_that_was_killed_is_started_again(
        self, herbarium: Release, tmp_path: Path
    ) -> None:
        """Under any host, an engine that is gone is started with the next query."""
        before = brokers()
        with served(herbarium) as app:
            client = app.test_client()
            client.get("/sparql?query=ASK%7B%7D").close()
            (broker,) = brokers() - before
            os.kill(broker, signal.SIGKILL)

            answered = eventually(lambda: client.get("/sparql?query=ASK%7B%7D").status_code == 200)

        assert answered


@pytest.fixture
def broken(herbarium: Release, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    """A server whose pages fail."""

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail /etc/passwd")

    monkeypatch.setattr("lod.representation.pages.Pages.render", fail)
    monkeypatch.setattr("lod.web.documents.document_graph", fail)
    with served(herbarium) as app:
        yield app.test_client()


class TestUnforeseen:
    def test_client_gets_a_reference_and_nothing_more(
        self, broken: FlaskClient, caplog: pytest.LogCaptureFixture
    ) -> None:
        """An error nobody foresaw is told without details; the log has them under a reference."""
        with caplog.at_level(logging.ERROR, "lod.web"):
            response = broken.get("/arten.ttl")
        problem = response.get_json()

        assert response.status_code == 500
        assert problem["code"] == "server/unexpected"
        assert "secret" not in response.get_data(as_text=True)
        assert "Traceback" not in response.get_data(as_text=True)
        (record,) = caplog.records
        assert record.exc_info is not None
        assert record.getMessage().split()[-1] in problem["detail"]
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "no-store" in response.headers["Cache-Control"]

    def test_server_goes_on(self, broken: FlaskClient) -> None:
        """An error of one request is none of the next."""
        broken.get("/arten.ttl")

        assert broken.get("/healthz").status_code == 200
        assert broken.get("/sparql?query=ASK%7B%7D").status_code == 200


class TestErrorBodies:
    @pytest.mark.parametrize("accept", ["text/html", "text/html,application/xhtml+xml,*/*;q=0.8"])
    def test_browser_gets_a_page(self, herbarium_client: FlaskClient, accept: str) -> None:
        """A person gets a page with the frame of all others, the sentence as its heading."""
        response = herbarium_client.get("/nothing", headers={"Accept": accept})
        page = Page(response.get_data(as_text=True))

        assert response.mimetype == "text/html"
        assert page.one("h1").words == "There is nothing at this address."
        assert "404" in page.one("main").words
        assert page.all("nav")

    @pytest.mark.parametrize(
        "accept", [None, "*/*", "application/json", "text/turtle", "image/png"]
    )
    def test_program_gets_problem_details(
        self, herbarium_client: FlaskClient, accept: str | None
    ) -> None:
        """Everyone else gets JSON as RFC 9457 has it."""
        headers = {} if accept is None else {"Accept": accept}
        response = herbarium_client.get("/nothing", headers=headers)

        assert response.mimetype == "application/problem+json"
        problem = response.get_json()
        assert problem["type"] == "about:blank"
        assert problem["status"] == 404
        assert problem["title"]
        assert problem["detail"]


class TestLog:
    def test_each_request_is_a_line(
        self, herbarium: Release, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """With a log each request is one line; none can forge another, health checks are silent."""
        with served(herbarium, Settings(limits=Limits(), log=Log.TEXT)) as app:
            client = app.test_client()
            client.get("/arten.ttl")
            client.get("/nothing%0aGET%20/forged%20200")
            client.get("/healthz")

        lines = capfd.readouterr().err.splitlines()

        assert len(lines) == 2
        assert lines[0].startswith("GET /arten.ttl 200 ")
        assert lines[1].startswith("GET /nothing%0AGET%20/forged%20200 404 ")

    def test_programs_get_json(self, herbarium: Release, capfd: pytest.CaptureFixture[str]) -> None:
        """Each line is an object, without query and address of the client."""
        with served(herbarium, Settings(log=Log.JSON)) as app:
            response = app.test_client().get("/arten.ttl?secret=1")
            app.test_client().get("/nothing%0a%22ž")

        first, second = map(json.loads, capfd.readouterr().err.splitlines())

        assert first.keys() == {"time", "method", "path", "status", "bytes", "ms"}
        assert (first["method"], first["path"], first["status"]) == ("GET", "/arten.ttl", 200)
        assert first["bytes"] == len(response.data)
        assert second["path"] == "/nothing%0A%22%C5%BE"

    def test_without_a_log_nothing_is_said(
        self, herbarium: Release, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """By default requests leave no line."""
        with served(herbarium) as app:
            app.test_client().get("/arten.ttl")

        assert capfd.readouterr() == ("", "")
