"""What a server hands to the processes that answer for it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from lod.config import Limits, Server


class Log(Enum):
    """How each request is told."""

    NONE = "none"
    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Settings:
    """How to serve, as ``[limits]`` and ``[server]`` say at serve time.

    :param max_age: seconds a client may keep an answer without asking again.
    :param log: how each request is told on standard error.
    """

    limits: Limits = field(default_factory=Limits)
    server: Server = field(default_factory=Server)
    max_age: int = 300
    log: Log = Log.NONE


@dataclass(frozen=True, slots=True)
class Pointer:
    """A small file that says which release is published and where its engine listens.

    Whoever serves replaces it in one step; the processes that answer look at it.
    """

    path: Path

    def write(self, release: Path, engine: Path) -> None:
        """Publish another release."""
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps({"release": str(release), "engine": str(engine)}), "utf-8")
        new.replace(self.path)

    def read(self) -> tuple[Path, Path]:
        """Return the release's folder and its engine's socket."""
        content = json.loads(self.path.read_text("utf-8"))
        return Path(content["release"]), Path(content["engine"])

    def state(self) -> tuple[int, int]:
        """Return what changes whenever the file is replaced."""
        status = self.path.stat()
        return status.st_ino, status.st_mtime_ns
