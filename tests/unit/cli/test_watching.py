"""``lod check --watch``: all at first, then what is new and what is mended."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from lod.cli.watching import compare, state_of
from lod.config import read_project
from lod.dataset import open_dataset
from lod.diagnostics import Diagnostic, Location, Report, Severity
from support.checking import EX, dataset_of
from support.processes import eventually
from support.projects import write_project
from unit.cli.commands import Home

CASE = "lint/language-tag-case"
A = f'{EX}ex:a ex:p "x"@EN .\n'
B = f'{EX}ex:b ex:p "y"@DE .\n'


def finding(name: str, source: str | None = CASE) -> Diagnostic:
    return Diagnostic(
        CASE if source else "turtle/syntax",
        Severity.ERROR,
        "Wrong.",
        Location(f"data/{name}.ttl", 1),
        source=source,
        fingerprint=name,
    )


class TestCompare:
    def test_what_is_new_and_what_is_mended(self) -> None:
        """A finding is known by its fingerprint, wherever it moved."""
        moved = replace(finding("b"), location=Location("data/b.ttl", 7))

        change = compare([finding("a"), finding("b")], Report((moved, finding("c"))))

        assert (change.new, change.mended) == ((finding("c"),), (finding("a"),))
        assert change.known == (moved, finding("c"))

    def test_while_a_file_is_half_written_nothing_is_mended(self) -> None:
        """What could not be looked for is still known, and is not new afterwards."""
        broken = finding("x", source=None)

        during = compare([finding("a")], Report((broken,), is_complete=False))
        after = compare(during.known, Report((finding("a"),)))

        assert (during.new, during.mended) == ((broken,), ())
        assert (after.new, after.mended) == ((), (broken,))

    def test_one_of_two_broken_files_is_mended(self) -> None:
        """Whether a file can be read is known even while others cannot."""
        one, other = finding("x", source=None), finding("y", source=None)

        change = compare([one, other], Report((other,), is_complete=False))

        assert change.mended == (one,)


class TestState:
    @pytest.mark.parametrize(
        "name", ["data/a.ttl", "data/new.ttl", "lod.toml", "lint/own.rq", "rules/own.rq"]
    )
    def test_files_the_check_depends_on(self, tmp_path: Path, name: str) -> None:
        """A change of data, configuration or rules is seen, a new file as well."""
        before = state_of(dataset_of(tmp_path, {"data/a.ttl": A}))
        (tmp_path / name).parent.mkdir(exist_ok=True)
        with (tmp_path / name).open("a") as stream:
            stream.write("# Changed.\n")

        after = state_of(open_dataset(read_project(tmp_path)))

        assert after != before

    def test_other_files_do_not_matter(self, tmp_path: Path) -> None:
        """What no check reads starts none."""
        dataset = dataset_of(tmp_path, {"data/a.ttl": A})
        before = state_of(dataset)
        (tmp_path / "README.md").write_text("x")

        assert state_of(open_dataset(read_project(tmp_path))) == before


class Watching:
    """A command that watches, and what it has said so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.output: list[str] = []
        self.remarks: list[str] = []
        for stream, lines in ((process.stdout, self.output), (process.stderr, self.remarks)):
            assert stream is not None
            threading.Thread(target=lines.extend, args=(iter(stream),), daemon=True).start()

    def waits(self, times: int) -> bool:
        """Whether it has checked so many times."""
        return eventually(lambda: sum("Waiting" in each for each in self.remarks) >= times, 30)

    def said(self, start: int = 0) -> list[str]:
        """Return the remarks since the one with this number that are no summaries."""
        return [
            each.strip()
            for each in self.remarks[start:]
            if not each.startswith(("Waiting", "Checked"))
        ]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_project(tmp_path / "small", {"data/a.ttl": A})


@pytest.fixture
def watched(user: Home, small: Path) -> Iterator[Watching]:
    """A watching check of the project that has told all there was."""
    with watching(user, small) as found:
        yield found


@contextmanager
def watching(user: Home, folder: Path, *options: str) -> Iterator[Watching]:
    command = ("check", "--watch", "--select", CASE, "--format", "concise", *options)
    with user.started(*command, cwd=folder) as process:
        found = Watching(process)
        assert found.waits(1)
        yield found


def save(path: Path, text: str) -> None:
    """Save a file so that its time is another, however coarse the clock is."""
    path.write_text(text, "utf-8")
    later = time.time_ns() + 1_000_000
    os.utime(path, ns=(later, later))


class TestWatching:
    def test_all_at_first_then_what_changed(self, watched: Watching, small: Path) -> None:
        """The first check tells all; a new file and a mended one are told in a line each."""
        assert [line.split(": ")[0] for line in watched.output] == ["data/a.ttl:2:14"]

        save(small / "data/b.ttl", B)
        assert watched.waits(2)
        save(small / "data/a.ttl", A.lower())
        assert watched.waits(3)

        told = [line.partition(f" {CASE}")[0] for line in watched.said()]
        assert [line.rpartition(" ")[0] for line in told] == [
            "new: data/b.ttl:2:14:",
            "mended: data/a.ttl:2:14:",
        ]
        assert len(watched.output) == 1

    def test_file_saved_half_written(self, watched: Watching, small: Path) -> None:
        """A file that is broken for a moment makes nothing else mended and new again."""
        save(small / "data/b.ttl", "ex:b ex:p")
        assert watched.waits(2)
        save(small / "data/b.ttl", EX)
        assert watched.waits(3)

        told = watched.said()
        assert [line.partition(" ")[0] for line in told] == ["new:", "mended:"]
        assert all("data/b.ttl:1:1: error turtle/syntax" in line for line in told)

    def test_configuration_that_is_broken_and_mended(self, watched: Watching, small: Path) -> None:
        """A broken lod.toml is told, also how it breaks next, and the watch goes on when mended."""
        good = (small / "lod.toml").read_text("utf-8")
        save(small / "lod.toml", "= 1")
        assert watched.waits(2)
        save(small / "lod.toml", good.replace("title", "titel"))
        assert watched.waits(3)
        save(small / "lod.toml", good)
        assert watched.waits(4)

        codes = [line.split(": ")[1] for line in watched.said()]
        assert codes == ["config/not-toml", "config/unknown-key"]

    def test_reports_in_files_are_kept_up_to_date(self, user: Home, small: Path) -> None:
        """A report that goes to a file is written again after each check."""
        with watching(user, small, "--format", "json=out.json") as found:
            before = (small / "out.json").read_text("utf-8")
            save(small / "data/b.ttl", B)
            assert found.waits(2)

            assert before.count(f'"{CASE}"') < (small / "out.json").read_text("utf-8").count(
                f'"{CASE}"'
            )

    @pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
    def test_it_ends_at_once(
        self, user: Home, small: Path, stop: signal.Signals, watched: Watching
    ) -> None:
        """Ctrl+C ends a watch, with the code of an interrupted command and no traceback."""
        started = time.monotonic()

        watched.process.send_signal(stop)
        code = watched.process.wait(5)

        assert code == 130
        assert time.monotonic() - started < 2
        assert eventually(lambda: "lod: interrupted\n" in watched.remarks)
        assert not any("Traceback" in line for line in watched.remarks)


class TestRefused:
    def test_report_that_cannot_be_written(self, user: Home, small: Path) -> None:
        """A watch that could never write its report does not start."""
        options = ("--watch", "--select", CASE, "--format", "json=none/out.json")

        done = user.lod("check", *options, cwd=small)

        assert done.refused().startswith("lod: output/not-written: none/out.json: ")
