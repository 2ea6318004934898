"""A build that fails or is stopped leaves what was there, and nothing else."""

from __future__ import annotations

import errno
import fcntl
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from lod import pipeline
from lod.config import read_project
from lod.errors import LodError, ProjectError, ReleaseError
from lod.release import Release, open_release
from support.processes import descendants, eventually, still_alive
from support.projects import copy_project, release_of

pytestmark = pytest.mark.thorough

WORKSHOPS = ".building-*"


@dataclass(frozen=True, slots=True)
class Publisher:
    """A project that was changed after its release was built."""

    project: Path
    out: Path
    good: Release

    def state(self) -> dict[str, bytes | str]:
        """Return all that stands in the folder of releases."""
        found: dict[str, bytes | str] = {}
        for path in self.out.rglob("*"):
            name = path.relative_to(self.out).as_posix()
            if path.is_symlink():
                found[name] = str(path.readlink())
            elif path.is_file():
                found[name] = path.read_bytes()
            elif not any(path.iterdir()):
                found[name] = "an empty folder"
        return found

    def build(self) -> Release:
        """Build again."""
        return release_of(self.project, self.out)


@pytest.fixture(scope="module")
def published(herbarium_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    project = copy_project(herbarium_folder, folder / "project")
    pipeline.build(read_project(project), folder / "releases")
    with (project / "data/arten.ttl").open("a", encoding="utf-8") as file:
        file.write("art:linde a begriff:Baum ; begriff:wächstIn beet:hof .\n")
    return folder


@pytest.fixture
def publisher(published: Path, tmp_path: Path) -> Publisher:
    folder = tmp_path / "copy"
    shutil.copytree(published, folder, symlinks=True)
    out = folder / "releases"
    return Publisher(folder / "project", out, open_release(out / "latest"))


class TestWrongRules:
    def test_broken_rule_is_told_with_its_place(self, publisher: Publisher) -> None:
        """A rule with a syntax error stops the build, with file, line and column."""
        rule = "CONSTRUCT { ?s ?p ?o }\nWHERE { ?s ?p ?o . FILTR (?o) }\n"
        (publisher.project / "rules/zz.rq").write_text(rule)
        before = publisher.state()

        with pytest.raises(ProjectError) as caught:
            publisher.build()

        assert caught.value.code == "project/rule"
        assert str(caught.value.place).startswith("rules/zz.rq:2:")
        assert publisher.state() == before

    @pytest.mark.parametrize(
        ("rule", "reason"),
        [
            ("SELECT * { ?s ?p ?o }", "CONSTRUCT"),
            ("INSERT DATA { <x:a> <x:b> <x:c> }", "read-only"),
            ("CONSTRUCT WHERE { SERVICE <https://other.example/> { ?s ?p ?o } }", "SERVICE"),
            ("CONSTRUCT WHERE { ?s begriff:höhe ?o }", "begriff"),
            ("", "empty"),
        ],
    )
    def test_rule_that_is_none_is_refused(
        self, publisher: Publisher, rule: str, reason: str
    ) -> None:
        """A rule must be a CONSTRUCT query over the project's own data."""
        (publisher.project / "rules/zz.rq").write_text(rule, "utf-8")
        before = publisher.state()

        with pytest.raises(ProjectError) as caught:
            publisher.build()

        assert str(caught.value.place).startswith("rules/zz.rq")
        assert reason in caught.value.message
        assert publisher.state() == before

    def test_rule_that_is_no_text_is_refused(self, publisher: Publisher) -> None:
        """A rule in another encoding than UTF-8 stops the build with its name."""
        (publisher.project / "rules/zz.rq").write_bytes(b"CONSTRUCT WHERE { ?s ?p '\xff' }")

        with pytest.raises(ProjectError) as caught:
            publisher.build()

        assert caught.value.place == "rules/zz.rq"


def _full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def _database_full(*_: object, **__: object) -> None:
    raise sqlite3.OperationalError("database or disk is full")


class TestFullDisk:
    @pytest.mark.parametrize(
        ("where", "what"),
        [
            ("lod.release.staging.Staging.add", _database_full),
            ("lod.release.dumps.SubjectDumps.add", _full),
            ("lod.release.index.IndexWriter.close", _database_full),
            ("lod.release.dumps.compress", _full),
            ("lod.release.manifest.Manifest.write", _full),
        ],
    )
    def test_previous_release_stays(
        self,
        publisher: Publisher,
        monkeypatch: pytest.MonkeyPatch,
        where: str,
        what: Callable[..., None],
    ) -> None:
        """Whenever the disk fills up, the build says so and leaves everything as it was."""
        before = publisher.state()
        monkeypatch.setattr(where, what)

        with pytest.raises(ReleaseError) as caught:
            pipeline.build(read_project(publisher.project), publisher.out)

        assert caught.value.code == "release/no-space"
        assert caught.value.cure
        assert publisher.state() == before

    def test_file_that_may_not_grow_stops_the_build(self, publisher: Publisher) -> None:
        """A build in a process that may only write so much fails the same way."""
        before = publisher.state()

        done = subprocess.run(
            [*_lod("build", "--project", publisher.project, "--out", publisher.out)],
            preexec_fn=_small_files,
            capture_output=True,
            text=True,
            check=False,
        )

        assert done.returncode == 2
        assert done.stderr.startswith(("lod: release/", "lod: check/no-room"))
        assert len(done.stderr.splitlines()) == 1
        assert publisher.state() == before

    def test_folder_that_cannot_be_written_is_told(self, publisher: Publisher) -> None:
        """A folder of releases that cannot be made is an error with a cure."""
        blocked = publisher.project / "lod.toml" / "releases"

        with pytest.raises(ReleaseError) as caught:
            pipeline.build(read_project(publisher.project), blocked)

        assert caught.value.code == "release/not-written"
        assert caught.value.cure


def _small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, 8_000))


def _lod(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "lod", *map(str, arguments)]


def _start(publisher: Publisher) -> subprocess.Popen[str]:
    """Start a build and return when it is under way."""
    process = subprocess.Popen(
        _lod("build", "--project", publisher.project, "--out", publisher.out),
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    under_way = eventually(lambda: any(publisher.out.glob(f"{WORKSHOPS}/dumps")), 20)
    assert under_way
    assert process.poll() is None
    return process


class TestInterruption:
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_stopped_build_cleans_up(self, publisher: Publisher, number: signal.Signals) -> None:
        """Ctrl+C or a service that stops a build leaves the folder as it was, and no process."""
        before = publisher.state()
        process = _start(publisher)
        helpers = {each.number for each in descendants(process.pid)}

        process.send_signal(number)
        out, err = process.communicate(timeout=10)

        assert process.returncode == 130
        assert err.strip() == "lod: interrupted"
        assert out == ""
        assert publisher.state() == before
        assert eventually(lambda: not still_alive(helpers))

    def test_killed_build_is_swept_up_by_the_next(self, publisher: Publisher) -> None:
        """A build that could not clean up changes no release; the next one removes its rubbish."""
        process = _start(publisher)
        helpers = {each.number for each in descendants(process.pid)}

        process.kill()
        process.communicate(timeout=10)

        assert open_release(publisher.out / "latest").folder == publisher.good.folder
        assert eventually(lambda: not still_alive(helpers))
        assert any(publisher.out.glob(WORKSHOPS))
        new = pipeline.build(read_project(publisher.project), publisher.out)
        assert open_release(publisher.out / "latest").folder == new.folder
        assert not any(publisher.out.glob(WORKSHOPS))
        assert publisher.good.folder.is_dir()

    def test_workshop_killed_before_it_was_locked_is_swept_up(self, publisher: Publisher) -> None:
        """What a build killed in its first or last moment left behind goes, too, in time."""
        yesterday = time.time() - 24 * 3600
        abandoned = publisher.out / ".building-abandoned"
        (abandoned / "dumps").mkdir(parents=True)
        for path in (abandoned / "dumps", abandoned):
            os.utime(path, (yesterday, yesterday))

        publisher.build()

        assert not abandoned.exists()

    def test_workshop_of_a_running_build_is_left_alone(self, publisher: Publisher) -> None:
        """Two builds at once do not sweep each other away."""
        workshop = publisher.out / ".building-other"
        workshop.mkdir()
        with (workshop / "lock").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)

            publisher.build()

            assert workshop.is_dir()

    def test_two_builds_at_once_give_one_release(self, publisher: Publisher) -> None:
        """Whoever comes second finds the release there and is content."""
        builds = [_start(publisher) for _ in range(2)]

        answers = [build.communicate(timeout=30) for build in builds]

        assert [build.returncode for build in builds] == [0, 0]
        assert [err for _, err in answers] == ["", ""]
        assert not any(publisher.out.glob(WORKSHOPS))
        folders = {each for each in publisher.out.iterdir() if not each.is_symlink()}
        assert len(folders - {publisher.good.folder, publisher.out / "keys"}) == 1


class TestPlace:
    def test_latest_points_to_the_last_release(self, publisher: Publisher) -> None:
        """The link ``latest`` is relative, so that the folder can be moved."""
        assert str((publisher.out / "latest").readlink()) == publisher.good.folder.name

        new = publisher.build()

        assert str((publisher.out / "latest").readlink()) == new.folder.name
        assert publisher.good.folder != new.folder

    def test_older_releases_stay(self, publisher: Publisher) -> None:
        """Building again leaves every byte of the older release."""
        before = {name: each for name, each in publisher.state().items() if name != "latest"}

        publisher.build()

        after = publisher.state()
        assert all(after[name] == content for name, content in before.items())

    def test_something_else_in_its_place_is_not_overwritten(self, publisher: Publisher) -> None:
        """A folder of the same name that holds something else stays, and the build says so."""
        new = pipeline.build(read_project(publisher.project), publisher.out)
        stray = new.folder / "manifest.json"
        stray.write_text("{}")
        before = publisher.state()

        with pytest.raises(LodError) as caught:
            pipeline.build(read_project(publisher.project), publisher.out)

        assert caught.value.code.startswith("release/")
        assert publisher.state() == before
