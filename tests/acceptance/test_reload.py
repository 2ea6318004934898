"""Saving a file: what is good is served, what is not leaves what was served before."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from acceptance.servers import Server, serving
from support.processes import eventually, still_alive
from unit.cli.commands import PROGRAM, Home, end, family

pytestmark = pytest.mark.thorough

KEPT = "Still serving the last good state."


@dataclass(frozen=True, slots=True)
class Edited:
    """A project that is served while it is edited."""

    root: Path
    server: Server

    def append(self, text: str, name: str = "data/arten.ttl") -> None:
        """Save a file with more in it."""
        path = self.root / name
        path.write_text(path.read_text("utf-8") + text + "\n", "utf-8")

    def labels(self) -> set[str]:
        """Return what things are called, as the endpoint says."""
        answer = self.server.query(
            "SELECT ?l { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?l }"
        )
        assert answer.status == 200
        return {*answer.text.split("\r\n")[1:-1]}

    def serves(self, times: int = 1) -> bool:
        """Wait until so many good states were served, besides the first."""
        return self.server.says("Now serving 3.1-", times=times)

    def keeps(self, times: int = 1) -> bool:
        """Wait until so many bad states were passed over."""
        return self.server.says(KEPT, times=times)


@pytest.fixture
def edited(home: Home, bare: Path) -> Iterator[Edited]:
    with serving(home, bare) as server:
        yield Edited(bare, server)


def tree(name: str) -> str:
    """Return a statement that a tree is called so."""
    return f'art:baum a begriff:Baum ; rdfs:label "{name}"@de ; begriff:wächstIn beet:hof .'


class TestGoodChange:
    def test_it_is_served_everywhere(self, edited: Edited) -> None:
        """A saved change is on pages, in documents, in answers and in downloads, all at once."""
        before = edited.server.ask("/arten.ttl")

        edited.append(tree("Linde"))

        assert edited.serves()
        after = edited.server.ask("/arten.ttl")
        assert "Linde" not in before.text
        assert "Linde" in after.text
        assert after.headers["ETag"] != before.headers["ETag"]
        assert "Linde" in edited.server.ask("/arten", "text/html").text
        assert "Linde" in edited.labels()
        assert "Linde" in edited.server.ask("/downloads/latest/herbarium.nt").text
        assert "Linde" in edited.server.ask("/search?q=linde", "text/html").text

    def test_answer_under_way_is_finished_from_the_old_state(self, edited: Edited) -> None:
        """Whoever was being answered when the change came gets the whole of the old answer."""
        triples = int(edited.server.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").text.split()[1])
        connection = edited.server.connect()
        connection.request(
            "GET", "/sparql?format=csv&query=SELECT%20*%7B?a%20?b%20?c.?d%20?e%20?f.?g%20?h%20?i%7D"
        )
        response = connection.getresponse()
        start = response.read(1000)

        edited.append(tree("Linde"))
        assert edited.serves()
        rest = response.read()
        connection.close()

        assert (start + rest).count(b"\r\n") == 1 + triples**3
        assert b"Linde" not in rest
        assert "Linde" in edited.labels()

    def test_every_process_follows(self, home: Home, bare: Path) -> None:
        """With several processes none goes on answering from the old state."""
        with serving(home, bare, "--processes", "2") as server:
            edited = Edited(bare, server)
            assert len(server.answering()) == 2

            edited.append(tree("Linde"))

            assert edited.serves()
            answers = [server.ask("/arten.ttl").text for _ in range(20)]
        assert all("Linde" in each for each in answers)

    @pytest.mark.slow
    def test_engine_of_the_old_state_ends(self, home: Home, bare: Path) -> None:
        """Once no query of the old state can be under way, its engine is gone."""
        path = bare / "lod.toml"
        text = path.read_text("utf-8").replace("seconds = 5", "seconds = 1\nwait_seconds = 0")
        path.write_text(text, "utf-8")
        with serving(home, bare) as server:
            edited = Edited(bare, server)
            (old,) = server.brokers()

            edited.append(tree("Linde"))

            assert edited.serves()
            assert eventually(lambda: len(server.brokers()) == 1 and {old} != server.brokers(), 10)
            assert eventually(lambda: len([*home.temporary.glob("lod-engine-*")]) <= 1)
            assert "Linde" in edited.labels()

    def test_new_and_deleted_files_are_changes(self, edited: Edited) -> None:
        """Files come and go, in folders of any name; what is served follows."""
        folder = edited.root / "data/build"
        folder.mkdir()
        path = folder / "linde.ttl"
        path.write_text(
            "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
            '<https://pflanzen.example/linde> rdfs:label "Linde"@de .\n'
        )
        assert edited.server.says("Now serving 3.1-", seconds=5)
        there = edited.labels()

        path.unlink()

        assert edited.serves(2)
        assert there - edited.labels() == {"Linde"}

    def test_it_can_be_switched_off(self, home: Home, bare: Path) -> None:
        """With ``--no-watch`` the state of the start is served until the end."""
        with serving(home, bare, "--no-watch") as server:
            edited = Edited(bare, server)

            edited.append(tree("Linde"))

            assert not server.says("Now serving", seconds=1.2)
            assert "Linde" not in edited.labels()
            assert not any("reloads" in line for line in server.said)


class TestBadChange:
    def test_broken_file_is_told_and_mended(self, edited: Edited) -> None:
        """A broken file is told with its place; the last good state is served meanwhile."""
        edited.append(tree("Linde"))
        assert edited.serves()
        good = (edited.root / "data/arten.ttl").read_text("utf-8")
        line = good.count("\n") + 1

        edited.append("art:birke a baum:Birke .")

        assert edited.keeps()
        assert edited.server.says(f"data/arten.ttl:{line}:13: error turtle/syntax: ")
        assert "Linde" in edited.labels()
        assert "Linde" in edited.server.ask("/arten.ttl").text
        (edited.root / "data/arten.ttl").write_text(good.replace("Linde", "Birke"), "utf-8")
        assert edited.serves(2)
        assert {"Birke"} == edited.labels() & {"Birke", "Linde"}

    def test_broken_shape_is_told(self, home: Home, project: Path) -> None:
        """What breaks a shape is not served either."""
        with serving(home, project) as server:
            edited = Edited(project, server)

            edited.append('art:linde a begriff:Baum ; rdfs:label "Linde"@de .')

            assert edited.keeps()
            assert server.says("error shacl/min-count: Nenne mit begriff:wächstIn")
            assert "Linde" not in edited.labels()

    def test_broken_configuration_is_told(self, edited: Edited) -> None:
        """A slip in lod.toml is one line with its place, and nothing is lost."""
        edited.append("[servr]", "lod.toml")
        assert edited.keeps()
        edited.append("= 1", "lod.toml")
        assert edited.keeps(2)

        assert edited.server.says("lod: config/unknown-table: lod.toml:28: ")
        assert edited.server.says("lod: config/not-toml: lod.toml:29:")
        assert edited.labels()

    def test_folder_that_is_away_for_a_moment(self, edited: Edited) -> None:
        """A folder that is renamed, as on a change of branches, is served again when it is back."""
        away = edited.root.with_name("away")
        edited.root.rename(away)
        assert edited.keeps()
        assert edited.labels()

        away.rename(edited.root)
        edited.append(tree("Linde"))

        assert edited.server.says("Now serving")
        assert eventually(lambda: "Linde" in edited.labels())


class TestOthers:
    @pytest.mark.slow
    def test_what_is_served_stays_whatever_others_compile(self, home: Home, bare: Path) -> None:
        """Queries over a folder that changes never take away what a server is serving."""
        with serving(home, bare, "--no-watch") as server:
            edited = Edited(bare, server)
            before = server.ask("/downloads/latest/herbarium.nt").body
            for name in ("Linde", "Birke", "Eibe"):
                edited.append(tree(name))
                assert home.lod("query", "ASK {}", cwd=bare).output == "yes\n"

            page = server.ask("/arten", "text/html")
            dump = server.ask("/downloads/latest/herbarium.nt")

        assert page.status == 200
        assert (dump.status, dump.body) == (200, before)

    def test_server_whose_remarks_nobody_reads_serves_on(self, home: Home, bare: Path) -> None:
        """A server whose terminal or pipe is gone answers and reloads all the same."""
        with subprocess.Popen(
            [PROGRAM, "serve", "--port", "0", bare],
            env=home.environment(),
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                assert process.stderr is not None
                server = Server(process, home, [process.stderr.readline()])
                process.stderr.close()
                edited = Edited(bare, server)
                statuses = [server.ask("/arten.ttl").status for _ in range(2)]
                for name in ("Linde", "Birke"):
                    edited.append(tree(name))
                    eventually(lambda: name in server.ask("/arten.ttl").text, 3)  # noqa: B023
                last = server.ask("/arten.ttl").text
                everyone = server.everyone()
                code = server.stop()
            finally:
                end(family(process.pid))

        assert statuses == [200, 200]
        assert "Birke" in last
        assert code == 0
        assert eventually(lambda: not still_alive(everyone))
