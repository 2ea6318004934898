"""``lod build``: a release, or what was there before."""

from __future__ import annotations

import hashlib
import json
import shutil
import signal
from pathlib import Path

import pytest

from lod.release import Release
from support.processes import eventually, still_alive
from unit.cli.commands import Home, end, family

UNFINISHED = "art:linde a"


def digests(folder: Path) -> dict[str, str]:
    """Return the digest of every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def bare(project: Path) -> Path:
    """A project without shapes, which is built faster."""
    shutil.rmtree(project / "shapes")
    return project


def spoil(project: Path) -> None:
    """Leave a statement of a project unfinished."""
    with (project / "data/arten.ttl").open("a", encoding="utf-8") as file:
        file.write(UNFINISHED)


class TestRelease:
    def test_folder_is_named_by_version_and_digest(
        self, user: Home, herbarium_folder: Path, tmp_path: Path
    ) -> None:
        """The one line says where the release is and how large; ``latest`` leads to it."""
        out = tmp_path / "releases"

        done = user.lod("build", "--project", herbarium_folder, "--out", out)

        folder = (out / "latest").resolve()
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        assert (done.code, done.remarks) == (0, "")
        assert folder.name == f"3.1-{manifest['digest'][:7]}"
        assert done.output.startswith(f"{out / folder.name}: 54 triples, 12 dumps; ")
        assert sorted(path.name for path in out.iterdir()) == sorted([folder.name, "latest"])

    def test_it_goes_to_the_project_if_nothing_else_is_said(self, user: Home, bare: Path) -> None:
        """Without ``--out`` releases are in ``build/`` of the project, wherever one stands."""
        done = user.lod("build", "--project", bare)

        assert done.code == 0
        assert (bare / "build/latest/manifest.json").is_file()

    def test_json_says_what_is_in_it(
        self, user: Home, herbarium_folder: Path, tmp_path: Path
    ) -> None:
        """A program learns where the release is, what it holds and with which checksums."""
        done = user.lod("build", "--json", "--project", herbarium_folder, "--out", tmp_path / "out")

        told = done.json
        folder = Path(told["folder"])
        assert done.code == 0
        assert (told["name"], told["version"], told["issued"]) == ("herbarium", "3.1", "2025-05-04")
        assert told["base"] == "https://pflanzen.example/"
        assert told["counts"] == {"triples": 54, "quads": 71, "entities": 13}
        assert {"digest", "fingerprint", "built_with"} < {*told}
        assert {each["path"]: each["sha256"] for each in told["files"]} == {
            name: digest for name, digest in digests(folder).items() if name != "manifest.json"
        }

    def test_same_sources_give_the_same_bytes(self, user: Home, bare: Path, tmp_path: Path) -> None:
        """Whatever the locale, the order of hashes and the folder, a release is the same."""
        moved = shutil.copytree(bare, tmp_path / "moved")

        user.lod("build", "--out", tmp_path / "a", cwd=bare, PYTHONHASHSEED="1")
        user.lod("build", "--out", tmp_path / "b", cwd=moved, PYTHONHASHSEED="2", LC_ALL="C")

        one = digests(tmp_path / "a" / "latest")
        assert one
        assert one == digests(tmp_path / "b" / "latest")

    def test_building_twice_changes_nothing(self, user: Home, bare: Path, tmp_path: Path) -> None:
        """A release that is there already is the release."""
        first = user.lod("build", "--json", "--project", bare, "--out", tmp_path / "out")

        second = user.lod("build", "--json", "--project", bare, "--out", tmp_path / "out")

        assert second == first

    def test_epoch_gives_the_date_a_project_does_not(self, user: Home, bare: Path) -> None:
        """Where lod.toml has no date, it is that of ``SOURCE_DATE_EPOCH``."""
        path = bare / "lod.toml"
        path.write_text(path.read_text("utf-8").replace("issued = 2025-05-04\n", ""), "utf-8")

        done = user.lod("build", "--json", "--project", bare, SOURCE_DATE_EPOCH="1700000000")

        assert done.json["issued"] == "2023-11-14"


class TestFailure:
    def test_errors_leave_what_was_there(self, user: Home, bare: Path) -> None:
        """With errors nothing is built; the findings come first, and the last release stays."""
        user.lod("build", "--project", bare)
        before = digests(bare / "build")
        spoil(bare)

        done = user.lod("build", "--project", bare)

        assert done.code == 1
        assert "data/arten.ttl:" in done.output
        assert "turtle/syntax" in done.output
        assert done.remarks.splitlines()[1:] == [
            "lod: build/findings: the project has errors, so nothing was built. "
            "Mend them and try again."
        ]
        assert digests(bare / "build") == before

    def test_first_build_with_errors_leaves_nothing(self, user: Home, project: Path) -> None:
        """A build that fails makes no folder."""
        spoil(project)

        user.lod("build", "--project", project)

        assert not (project / "build").exists()
        assert not [*user.temporary.iterdir()]

    def test_findings_are_json_where_json_is_asked_for(self, user: Home, project: Path) -> None:
        """A program that asked for JSON can read what was found."""
        spoil(project)

        done = user.lod("build", "--json", "--project", project)

        (finding,) = done.json["findings"]
        assert done.code == 1
        assert finding["file"] == "data/arten.ttl"

    def test_place_that_is_a_file(self, user: Home, project: Path) -> None:
        """A release cannot be put where a file is; the line names it."""
        line = user.lod("build", "--project", project, "--out", project / "lod.toml").refused()

        assert "--out" in line
        assert str(project / "lod.toml") in line

    def test_place_that_cannot_be_made(self, user: Home, bare: Path) -> None:
        """A folder that cannot be written is told with what to do."""
        out = bare / "lod.toml" / "releases"

        line = user.lod("build", "--project", bare, "--out", out).refused()

        assert line.startswith("lod: release/not-written: ")
        assert str(out) in line
        assert "--out" in line

    def test_folder_that_is_no_project(self, user: Home, tmp_path: Path) -> None:
        """Nothing is built of nothing."""
        line = user.lod("build", cwd=tmp_path).refused()

        assert line.startswith("lod: config/no-file: ")
        assert not [*tmp_path.iterdir()]


class TestStopped:
    @pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
    def test_nothing_is_left(
        self,
        newcomer: Home,
        project: Path,
        herbarium: Release,
        tmp_path: Path,
        stop: signal.Signals,
    ) -> None:
        """A build that is stopped leaves no process, no rubbish and the last release."""
        shutil.copytree(herbarium.folder.parent, tmp_path / "out", symlinks=True)
        before = digests(tmp_path / "out")
        (project / "data/mehr.ttl").write_text("<x:a> <x:b> 1 .\n")

        with newcomer.started("build", "--project", project, "--out", tmp_path / "out") as process:
            assert eventually(lambda: len(family(process.pid)) > 1, 10)
            everyone = family(process.pid)
            process.send_signal(stop)
            code = process.wait(5)
            assert process.stderr is not None
            remarks = process.stderr.read()
            eventually(lambda: not still_alive(everyone), 1)
            left = still_alive(everyone)
            end(left)

        assert code == 130
        assert remarks.split() == ["lod:", "interrupted"]
        assert not left
        assert digests(tmp_path / "out") == before
        assert not [*newcomer.temporary.iterdir()]
