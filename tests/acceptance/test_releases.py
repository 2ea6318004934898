"""Serving a release: from wherever it stands, and without touching it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from time import sleep

import pytest

from acceptance.servers import SERVED, Answer, Server, serving
from lod.release import Release
from support.projects import release_of
from unit.cli.commands import Home
from unit.cli.test_build import digests


@pytest.fixture(scope="module")
def moved(herbarium: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release that was copied to another folder."""
    folder = tmp_path_factory.mktemp("moved")
    return shutil.copytree(herbarium.folder, folder / "another place, ž%41")


@pytest.fixture(scope="module")
def released(moved: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of that release."""
    with serving(Home(tmp_path_factory.mktemp("released")), moved) as server:
        yield server


class TestReleases:
    @pytest.mark.parametrize("path", ["/", "/arten", "/arten.ttl", "/downloads/"])
    def test_moved_copy_is_served_like_its_project(
        self, served: Server, released: Server, path: str
    ) -> None:
        """A release needs nothing of where it was built, and says what its project says."""
        from_project = served.ask(path).text.replace(served.address, "http://here/")

        from_release = released.ask(path).text.replace(released.address, "http://here/")

        assert from_release == from_project

    def test_moved_copy_has_its_name(self, served: Server, released: Server) -> None:
        """A release is called by its version and digest, whatever its folder is called."""
        assert released.ask("/healthz").text == served.ask("/healthz").text
        named = [each.ask("/sparql.de.html").headers["X-Release"] for each in (released, served)]
        assert named[0] == named[1]

    def test_moved_copy_answers_like_its_project(self, served: Server, released: Server) -> None:
        """A query has the same answer, row by row."""
        query = (
            "SELECT * { GRAPH ?g { ?s ?p ?o } FILTER(isIRI(?s) && !isBlank(?o)) } "
            "ORDER BY ?g ?s ?p ?o"
        )

        assert released.query(query).text.count("\n") > 100
        assert released.query(query).body == served.query(query).body

    def test_nothing_is_written_to_it(
        self, herbarium: Release, moved: Path, released: Server
    ) -> None:
        """Serving leaves a release as it is, byte for byte."""
        released.ask("/arten", "text/html")
        released.ask("/search?q=eiche", "text/html")
        released.query("SELECT * { ?s ?p ?o }")

        assert digests(moved) == digests(herbarium.folder)

    def test_no_line_for_a_request(self, released: Server) -> None:
        """A release is served quietly: a proxy in front of it has a log of its own."""
        released.ask("/arten")
        released.ask("/nothing")

        (line,) = released.said
        assert line.endswith("(Ctrl+C stops)")

    def test_folder_of_releases_and_public_address(self, home: Home, herbarium: Release) -> None:
        """The latest of a folder is served; descriptions name the address that others reach."""
        with serving(
            home, herbarium.folder.parent, "--address", "https://public.example/g/"
        ) as server:
            health = server.ask("/healthz").text
            description = server.ask("/sparql", "text/turtle").text
            location = server.ask("/kalender/2025", "text/turtle").headers["Location"]

        assert health == f"ok {herbarium.folder.name}\n"
        assert "<https://public.example/g/sparql>" in description
        assert "127.0.0.1" not in description
        assert location.startswith(("https://public.example/g/", "/g/"))


class TestSwap:
    def test_next_release_takes_over_without_losing_a_request(
        self, home: Home, project: Path, tmp_path: Path
    ) -> None:
        """While clients ask, a new release is published: each gets an answer of one of them."""
        out = tmp_path / "releases"
        first = release_of(project, out)
        page = project / "data/arten.ttl"
        page.write_text(page.read_text().replace("Gänseblümchen", "Tausendschön"))
        with (
            serving(home, out, "--settings", _settings(home)) as server,
            ThreadPoolExecutor(4) as pool,
        ):
            over = Event()
            answers = [pool.submit(_ask_until, server, over) for _ in range(4)]
            sleep(0.5)
            second = release_of(project, out)
            assert server.says(f"Now serving {second.folder.name}.")
            sleep(1)
            over.set()
            found = [each for answer in answers for each in answer.result()]

        assert first.folder != second.folder
        assert {each.status for each in found} == {200}
        bodies = {each.body for each in found}
        assert len(bodies) == 4  # a document and a result, of each release
        assert server.process.returncode is not None

    def test_damaged_release_is_not_published(self, home: Home, project: Path) -> None:
        """What is not whole is told once, and the old one goes on being served."""
        out = home.folder / "releases"
        first = release_of(project, out)
        with serving(home, out) as server:
            broken = out / "9-bad"
            broken.mkdir()
            (broken / "manifest.json").write_text("{}")
            (out / "latest").unlink()
            (out / "latest").symlink_to("9-bad")
            assert server.says("Still serving the last good state.")
            health = server.ask("/healthz").text

        assert health == f"ok {first.folder.name}\n"


def _settings(home: Home) -> Path:
    path = home.folder / "two.toml"
    path.write_text("[server]\nprocesses = 2\n")
    return path


def _ask_until(server: Server, over: Event) -> list[Answer]:
    found = []
    while not over.is_set():
        found.append(server.ask("/arten.ttl"))
        found.append(server.query("SELECT ?n { ?s ?p ?n FILTER isLiteral(?n) } ORDER BY ?n"))
    return found


class TestProjects:
    def test_sources_are_not_written_to(self, served: Server, herbarium_folder: Path) -> None:
        """What is compiled for serving is in the user's cache, not among the sources."""
        served.query("ASK {}", "json")
        sources = digests(served.home.folder / SERVED)

        assert {**sources, "lod.toml": ""} == {**digests(herbarium_folder), "lod.toml": ""}
        assert len([*served.home.caches.glob("herbarium-*/3.1-*")]) == 1
