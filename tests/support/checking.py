"""Checks of small projects, shapes left aside."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from lod.checks import Result
from lod.checks.check import Codes, check
from lod.config import read_project
from lod.dataset import Dataset, open_dataset
from lod.diagnostics import Report
from support.projects import CONFIGURATION, write_project

EX = "@prefix ex: <https://data.example/> .\n"


class NoShapes:
    """An engine that finds every shape met."""

    name = "none"
    is_quick: bool = True

    def validate(self, data: bytes, shapes: bytes) -> Sequence[Result]:
        return ()


def dataset_of(folder: Path, files: Mapping[str, str], configuration: str = "") -> Dataset:
    """Write a project and return its dataset."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    write_project(folder, {"lod.toml": f"{CONFIGURATION}{configuration}", **files})
    return open_dataset(read_project(folder))


def checked(dataset: Dataset, *select: str, ignore: Sequence[str] = ()) -> Report:
    """Return what a check finds that looks for some codes, all when none is named."""
    return check(dataset, NoShapes(), lambda _: None, Codes(select, tuple(ignore)))


def told(report: Report) -> list[str]:
    """Return the place and code of each finding."""
    return [f"{each.location} {each.code}" for each in report.findings]


def git(folder: Path, *arguments: str) -> str:
    """Run git as somebody without a configuration, and return what it prints."""
    identity = (
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@data.example",
        "-c",
        "commit.gpgsign=false",
    )
    done = subprocess.run(
        ["git", *identity, "-C", str(folder), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(folder: Path) -> str:
    """Commit all there is in a folder, made a repository if it is none, and return the commit."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "state")
    return git(folder, "rev-parse", "HEAD")
