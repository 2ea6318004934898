"""Options that commands share, and where the toolkit keeps what it can make again."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from lod.config import Project, read_project

Command = TypeVar("Command", bound=Callable[..., Any])


def project_option(command: Command) -> Command:
    """Add ``--project``."""
    return click.option(
        "--project",
        "folder",
        type=click.Path(path_type=Path),
        default=Path(),
        metavar="DIR",
        help="The project folder; the current one if left out.",
    )(command)


def json_option(command: Command) -> Command:
    """Add ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON with stable keys.")(
        command
    )


def open_project(folder: Path) -> Project:
    """Return the project of a folder, its paths absolute.

    :raises ConfigError: when there is none.
    """
    return read_project(folder.resolve() if folder.is_dir() else folder)


def issued_by_environment() -> str | None:
    """Return the day that ``SOURCE_DATE_EPOCH`` names (reproducible-builds.org), if it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not (epoch.isascii() and epoch.isdigit()):
        return None
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):  # no calendar goes so far
        return None


def cache_folder(project: Project) -> Path:
    """Return the folder in which compiled releases of a project are kept."""
    name = f"{project.name}-{hashlib.sha256(str(project.root).encode()).hexdigest()[:12]}"
    try:
        home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "lod"
        (home / name).mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # no home, or one that cannot be written
        home = _temporary_home()
        (home / name).mkdir(parents=True, exist_ok=True)
    return home / name


def _temporary_home() -> Path:
    """Return a folder that nobody else can put anything in, though all may write around it."""
    home = Path(tempfile.gettempdir()) / f"lod-{os.getuid()}"
    home.mkdir(mode=0o700, exist_ok=True)
    found = home.lstat()
    is_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
    if is_ours and not found.st_mode & 0o077:
        return home
    return Path(tempfile.mkdtemp(prefix="lod-"))
