"""What the works are given: releases that are built once for each state of the sources."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.project import Contents, write_project

HERE = Path(__file__).parent
PEERS = HERE / ".venv"
WORK = HERE / ".work"
SIZES = {"10k": 10_000, "100k": 100_000, "1M": 1_000_000}


@dataclass(frozen=True, slots=True)
class Release:
    """A built release of the generated project.

    :param work: a folder for all that the servers write.
    """

    contents: Contents
    project: Path
    folder: Path
    work: Path

    @property
    def dumps(self) -> Path:
        """The folder of its dumps."""
        return self.folder / "dumps"


@dataclass(frozen=True, slots=True)
class Stage:
    """How long and at which size to measure.

    :param seconds: how long one round loads one server.
    """

    size: str
    is_quick: bool

    @property
    def seconds(self) -> float:
        """How long one round loads one server."""
        return 1.0 if self.is_quick else 4.0

    @property
    def rounds(self) -> int:
        """How many rounds there are; the figures are their medians."""
        return 3 if self.is_quick else 5

    def release(self, size: str | None = None) -> Release:
        """Return the release of a size, built unless it was before."""
        return _release(size or self.size)


def _release(size: str) -> Release:
    contents = Contents(SIZES[size])
    work = WORK / f"{size}-{_state()}"
    project, releases = work / "project", work / "releases"
    if not (releases / "latest").exists():
        for old in WORK.glob(f"{size}-*"):
            shutil.rmtree(old)
        write_project(project, contents)
        command: list[str | Path] = [sys.executable, "-m", "lod", "build"]
        command += ["--project", project, "--out", releases]
        subprocess.run(command, check=True, stdout=sys.stderr)
    return Release(contents, project, (releases / "latest").resolve(), work)


def _state() -> str:
    """Return a digest of all that a release depends on."""
    digest = hashlib.sha256()
    sources = HERE.parent / "src" / "lod"
    for file in [HERE / "project.py", *sorted(sources.rglob("*.py")), *sources.rglob("*.sql")]:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
