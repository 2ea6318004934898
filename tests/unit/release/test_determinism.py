"""The same sources give the same bytes, wherever and however they are built."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from support.projects import copy_project

BUILD = """
import sys
from pathlib import Path
from lod import pipeline
from lod.config import read_project

project = read_project(Path(sys.argv[1]))
print(pipeline.compile_cached(project, Path(sys.argv[2]), checked=False).folder)
"""

SURROUNDINGS: tuple[Mapping[str, str], ...] = (
    {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
    {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Pacific/Kiritimati"},
    {"PYTHONHASHSEED": "4242", "LC_ALL": "lt_LT.UTF-8", "LANGUAGE": "lt", "PYTHONOPTIMIZE": "1"},
)


def build(project: Path, out: Path, surroundings: Mapping[str, str]) -> Path:
    """Build a project in a process of its own and return the release's folder."""
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(project), str(out)],
        env={**os.environ, **surroundings},
        capture_output=True,
        check=True,
    )
    return Path(os.fsdecode(done.stdout.strip()))


def checksums(folder: Path) -> dict[str, str]:
    """Return the hash of every file of a release, its manifest included."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


class TestBuild:
    @pytest.mark.slow
    @pytest.mark.parametrize("name", ["repository", "herbarium_folder"])
    def test_two_builds_have_the_same_bytes(
        self, name: str, tmp_path: Path, request: pytest.FixtureRequest
    ) -> None:
        """Neither the folder nor hash seed, locale or time zone shows in a release."""
        source: Path = request.getfixturevalue(name)
        found = []

        for number, surroundings in enumerate(SURROUNDINGS):
            project = copy_project(source, tmp_path / f"copy {number}")
            release = build(project, tmp_path / f"out-{number}", surroundings)
            found.append((release.name, checksums(release)))

        assert found[0][1]
        assert found[1] == found[0]
        assert found[2] == found[0]

    def test_file_times_and_order_do_not_show(self, herbarium_folder: Path, tmp_path: Path) -> None:
        """Files written in another order at another time give the same release."""
        project = copy_project(herbarium_folder, tmp_path / "first")
        reversed_copy = tmp_path / "second"
        for path in sorted(project.rglob("*"), reverse=True):
            if path.is_file():
                target = reversed_copy / path.relative_to(project)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(path.read_bytes())
                os.utime(target, (1, 1))

        first = build(project, tmp_path / "out-1", SURROUNDINGS[0])
        second = build(reversed_copy, tmp_path / "out-2", SURROUNDINGS[0])

        assert checksums(first) == checksums(second)
