"""What an operator has: settings of a deployment, numbers, a log for programs, a doctor."""

from __future__ import annotations

import http.server
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import pytest
from prometheus_client.parser import text_string_to_metric_families

from acceptance.servers import Server, serving
from lod.release import Release
from unit.cli.commands import PROGRAM, Home

SETTINGS = """
[limits]
query_seconds = 7

[server]
metrics = true
processes = 2
cache_mb = 0
"""


@pytest.fixture(scope="module")
def deployed(herbarium: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A release served as a deployment would, with settings of its own."""
    home = Home(tmp_path_factory.mktemp("deployed"))
    settings = home.folder / "deployment.toml"
    settings.write_text(SETTINGS)
    with serving(home, herbarium.folder, "--settings", settings, "--log-json") as server:
        yield server


def counted(server: Server) -> dict[tuple[str, str], float]:
    """Return how many requests were counted, by part and status."""
    text = server.ask("/metrics").text
    return {
        (sample.labels["part"], sample.labels["status"]): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == "lod_requests_total"
    }


class TestSettings:
    def test_they_are_those_of_the_file(self, deployed: Server) -> None:
        """A release has no limits of its own; the deployment says them."""
        assert "A query may take 7 s" in deployed.ask("/sparql", "text/turtle").text
        assert len(deployed.answering()) == 2

    def test_wrong_file_is_told(self, herbarium: Release, tmp_path: Path) -> None:
        """A slip in the settings stops the server before it serves."""
        settings = tmp_path / "deployment.toml"
        settings.write_text("[limits]\nquery_second = 7\n")

        done = subprocess.run(
            [PROGRAM, "serve", herbarium.folder, "--settings", settings],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

        assert done.returncode == 2
        assert 'Did you mean "query_seconds"' in done.stderr


class TestMetrics:
    def test_all_processes_count_together(self, deployed: Server) -> None:
        """Whichever process is asked, it tells the numbers of all."""
        before = counted(deployed).get(("browse", "200"), 0)

        for _ in range(20):
            assert deployed.ask("/browse/").status == 200

        for _ in range(5):
            assert counted(deployed)["browse", "200"] == before + 20

    def test_paths_without_end_make_few_numbers(self, deployed: Server) -> None:
        """What anyone may ask for cannot fill the memory with counters."""
        for number in range(50):
            deployed.ask(f"/nothing-{number}")

        assert len({part for part, _ in counted(deployed)}) < 12

    def test_they_are_off_unless_wanted(self, served: Server) -> None:
        """Without the setting nobody learns how busy a server is."""
        assert served.ask("/metrics").status == 404


class TestLog:
    def test_each_request_is_an_object(self, deployed: Server) -> None:
        """A log collector reads a line of JSON a request, queries left out."""
        deployed.query("ASK { # secret\n}")

        assert deployed.says('"path": "/sparql"')
        lines = [json.loads(each) for each in deployed.said if each.startswith("{")]
        assert all(
            {"time", "method", "path", "status", "bytes", "ms"} == set(each) for each in lines
        )
        assert not any("secret" in each for each in deployed.said)


def doctor(*arguments: str | Path) -> tuple[int, str]:
    """Return what the doctor says."""
    done = subprocess.run(
        [PROGRAM, "doctor", *arguments], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


class Careless(http.server.BaseHTTPRequestHandler):
    """A proxy that forgets headers on the way in and out."""

    server_address_behind: ClassVar[Server]

    def do_GET(self) -> None:
        """Ask the server, without what the client likes."""
        answer = self.server_address_behind.ask(self.path)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.headers["Content-Type"] or "text/plain")
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def careless(server: Server) -> Iterator[str]:
    """Put such a proxy in front of a server and yield its address."""
    handler = type("Handler", (Careless,), {"server_address_behind": server})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{proxy.server_address[1]}/"
        proxy.shutdown()


class TestDoctor:
    def test_healthy_site_is_well(self, served: Server) -> None:
        """Nothing is wrong with a server that is asked directly."""
        code, said = doctor(served.address)

        assert code == 0, said
        assert said.count("ok ") > 10
        assert "wrong" not in said

    def test_public_numbers_are_told(self, deployed: Server) -> None:
        """An operator learns that everybody sees the numbers."""
        code, said = doctor(deployed.address)

        assert code == 1
        assert "/metrics" in said

    def test_proxy_that_takes_away_is_found(self, served: Server) -> None:
        """Each thing a proxy loses is named with what to do."""
        with careless(served) as address:
            code, said = doctor(address)

        assert code == 1
        for lost in ("Accept", "Vary", "ETag", "Accept-Encoding", "Range", "address ="):
            assert lost in said
        assert "wrong  queries are answered" not in said

    def test_nobody_there(self) -> None:
        """An address where nothing listens is one wrong thing, not a traceback."""
        code, said = doctor("http://127.0.0.1:9/")

        assert code == 1
        assert said.startswith("wrong  http://127.0.0.1:9/ answers")

    def test_machine_and_release(self, herbarium: Release, tmp_path: Path) -> None:
        """A whole release on this machine is well; a damaged one is told by its files."""
        copy = shutil.copytree(herbarium.folder, tmp_path / herbarium.folder.name)
        assert doctor(copy)[0] == 0

        with (copy / "index.sqlite").open("r+b") as file:
            file.seek(5000)
            file.write(b"rubbish")
        code, said = doctor(copy)

        assert code == 1
        assert "damaged: index.sqlite" in said

    def test_settings_that_cannot_work(self, tmp_path: Path) -> None:
        """One worker, more memory than there is, an unbelieved proxy: each is told."""
        settings = tmp_path / "lod.toml"
        settings.write_text(
            "[limits]\nworkers = 1\nquery_memory_mb = 100000000\n"
            '[server]\naddress = "https://data.example/"\n'
        )
        code, said = doctor("--settings", settings)

        assert code == 1
        assert said.count("wrong") == 3

    def test_programs_get_json(self) -> None:
        """With --json each thing that was looked at is an object."""
        code, said = doctor("--json")

        assert code == 0
        assert all({"what", "is_well", "cure"} == set(each) for each in json.loads(said))
