"""Look at the machine and at a release on it."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from lod.config import Limits, Server
from lod.doctor.remark import Remark
from lod.errors import ReleaseError
from lod.release import open_release
from lod.release.manifest import File

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

_FREE_BYTES = 1_000_000_000
_PER_REQUEST = 4
"""Descriptors one request may hold: its connection, a worker's, the broker's, a file."""
_PIECE = 1 << 20


def look_at_machine(limits: Limits, server: Server) -> Iterator[Remark]:
    """Yield what a server on this machine needs."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Remark(f"Python {version}", sys.version_info >= (3, 11), "Use Python 3.11 or newer.")
    yield Remark(
        "processes can be forked, so queries run apart",
        hasattr(os, "fork"),
        "Use Linux or macOS, or the Windows Subsystem for Linux.",
    )
    yield Remark(
        "granian is installed, which serves",
        importlib.util.find_spec("granian") is not None,
        "Install lod-toolkit with pip, which brings it.",
    )
    yield Remark(
        f"SQLite {sqlite3.sqlite_version} has full-text search",
        _has_full_text(),
        "Use a Python whose SQLite has FTS5.",
    )
    folder = Path(tempfile.gettempdir())
    yield Remark(
        f"{folder} has room for temporary files",
        shutil.disk_usage(folder).free > _FREE_BYTES,
        "Free some space, or name another folder with TMPDIR.",
    )
    yield from _room_for_queries(limits)
    yield from _room_for_requests(server)
    if server.metrics:
        yield Remark(
            "prometheus-client is installed, which metrics need",
            importlib.util.find_spec("prometheus_client") is not None,
            "Install the extra: pip install 'lod-toolkit[metrics]'.",
        )
    if server.address is not None and not server.proxies:
        yield Remark(
            "a public address is set, and the proxy that serves it is believed",
            is_well=False,
            cure="Set proxies = 1 in [server]: else all clients share one budget or have none.",
        )
    yield Remark(
        f"{limits.workers} query workers, so that a long query leaves one free",
        limits.workers >= 2,
        "Set workers = 2 or more in [limits].",
    )


def look_at_release(folder: Path) -> Iterator[Remark]:
    """Yield whether a release is whole."""
    try:
        release = open_release(folder)
    except ReleaseError as error:
        yield Remark(f"{folder} is a release", is_well=False, cure=str(error))
        return
    damaged = [file.path for file in release.manifest.files if not _is_whole(folder, file)]
    yield Remark(
        f"{release.manifest.folder_name}: all {len(release.manifest.files)} files are whole",
        not damaged,
        f"Build or copy it again; damaged: {', '.join(damaged[:3])}.",
    )


def _is_whole(folder: Path, file: File) -> bool:
    path = folder / file.path
    content = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                content.update(piece)
    except OSError:
        return False
    return content.hexdigest() == file.sha256


def _has_full_text() -> bool:
    with sqlite3.connect(":memory:") as database:
        try:
            database.execute("CREATE VIRTUAL TABLE t USING fts5 (x)")
        except sqlite3.OperationalError:
            return False
    return True


def _room_for_queries(limits: Limits) -> Iterator[Remark]:
    """Yield whether all workers at their limit fit into the memory there is."""
    try:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 1_000_000
    except (AttributeError, ValueError, OSError):
        return
    needed = limits.workers * limits.query_memory_mb
    yield Remark(
        f"{needed:,} MB for {limits.workers} queries at their limit, of {memory:,} MB",
        needed < memory,
        "Set query_memory_mb or workers in [limits] lower.",
    )


def _room_for_requests(server: Server) -> Iterator[Remark]:
    if resource is None:
        return
    most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = server.threads * _PER_REQUEST
    yield Remark(
        f"{most:,} open files allowed, {needed:,} needed",
        most == resource.RLIM_INFINITY or most >= needed,
        "Raise the limit (ulimit -n, LimitNOFILE of systemd).",
    )
