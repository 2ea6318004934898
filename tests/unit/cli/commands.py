"""Run the installed command ``lod`` as a user does who has a home of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from support.processes import descendants, still_alive

PROGRAM = Path(sys.executable).with_name("lod")
_PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended, and what it printed."""

    code: int
    output: str
    remarks: str

    @property
    def remark(self) -> str:
        """The one line on standard error; there must be no other."""
        (line,) = self.remarks.splitlines()
        return line

    @property
    def json(self) -> Any:
        """The output as JSON."""
        return json.loads(self.output)

    def refused(self) -> str:
        """Return the one line of a command that could not run and printed nothing else."""
        assert (self.code, self.output) == (2, ""), self
        assert "Traceback" not in self.remarks
        assert not self.remark.startswith("lod: internal"), self.remark
        return self.remark


@dataclass(frozen=True, slots=True)
class Home:
    """A user with a home, whose cache is filled as commands run, and a temporary folder."""

    folder: Path

    @property
    def temporary(self) -> Path:
        """The folder for temporary files, which commands must leave empty."""
        return self.folder / "t"

    @property
    def caches(self) -> Path:
        """The folder of the cache folders."""
        return self.folder / ".cache" / "lod"

    def environment(self, **more: str) -> dict[str, str]:
        """Return the variables commands run with."""
        self.temporary.mkdir(parents=True, exist_ok=True)
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "TMPDIR": str(self.temporary),
            "LANG": "C.UTF-8",
            **more,
        }

    def lod(
        self, *arguments: str | Path, cwd: Path | None = None, stdin: str | bytes = b"", **more: str
    ) -> Done:
        """Run a command to its end.

        :param more: variables to run it with.
        """
        done = subprocess.run(
            [PROGRAM, *arguments],
            cwd=cwd or self.folder,
            env=self.environment(**more),
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    @contextmanager
    def started(
        self, *arguments: str | Path, cwd: Path | None = None
    ) -> Iterator[subprocess.Popen[str]]:
        """Yield a command that runs; whatever of it still lives at the end is killed."""
        with subprocess.Popen(
            [PROGRAM, *arguments],
            cwd=cwd or self.folder,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                yield process
            finally:
                end(family(process.pid))
                process.kill()


def family(number: int) -> set[int]:
    """Return a process and all that descends from it."""
    return {number, *(each.number for each in descendants(number))}


def end(numbers: set[int]) -> None:
    """Kill those of the test's own processes that still live."""
    for number in still_alive(numbers):
        os.kill(number, 9)
