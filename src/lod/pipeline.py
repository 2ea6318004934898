"""Turtle → checked → released: what the commands do, as functions.

Each takes a ``Progress`` that is told in a few words what goes on.
"""

from __future__ import annotations

import hashlib
import platform
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph

from lod import __version__
from lod.config import Project
from lod.dataset import Dataset, open_dataset
from lod.diagnostics import Report
from lod.engine.client import Engine
from lod.engine.launcher import RunningEngine
from lod.errors import LodError, ReleaseError
from lod.release import Release, open_release
from lod.release.hold import is_held
from lod.release.manifest import FORMAT

if TYPE_CHECKING:
    from lod.checks.scope import Scope

_RELEASE_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]*-[0-9a-f]+")
"""A version and a digest; nothing that leads out of a folder."""

Progress = Callable[[str], None]

_KEYS = "keys"
_CHECKED = "checked"
_KEPT = 3
"""Releases a cache folder keeps, besides those that a running server holds."""


class CheckFailedError(LodError):
    """The project has errors, so nothing was built; ``report`` says which."""

    def __init__(self, report: Report) -> None:
        super().__init__(
            "build/findings",
            "the project has errors, so nothing was built.",
            cure="Mend them and try again.",
        )
        self.report = report


def silent(_: str) -> None:
    """Tell nobody."""


def check(project: Project, progress: Progress = silent, *, scope: Scope | None = None) -> Report:
    """Return what is wrong with a project.

    :param scope: which findings are wanted; all when left out.
    :raises LodError: when the check could not run.
    """
    from lod.checks.scope import Scope, check_within  # noqa: PLC0415 - a start without a check
    from lod.checks.shacl.engines import shapes_engine  # noqa: PLC0415 - is quicker

    return check_within(open_dataset(project), shapes_engine(), progress, scope or Scope())


def build(
    project: Project, out: Path, *, issued: str | None = None, progress: Progress = silent
) -> Release:
    """Check a project and build a release of it.

    :param out: the folder of releases.
    :param issued: the date of the release, ``YYYY-MM-DD``, when ``lod.toml`` gives none.
    :raises CheckFailedError: when the check finds errors.
    :raises LodError: when the check or the build could not run.
    """
    dataset = open_dataset(project)
    report = _report(dataset, progress)
    return _build(dataset, report, out, issued, progress)


def compile_cached(
    project: Project,
    cache: Path,
    *,
    issued: str | None = None,
    checked: bool = True,
    progress: Progress = silent,
) -> Release:
    """Return a release of a project as it is now, from the cache when nothing has changed.

    :param cache: a folder of the toolkit's own, for this project.
    :param checked: whether to check shapes first; without, only syntax errors stop the build.
    :raises CheckFailedError: when the check finds errors.
    :raises LodError: when the check or the build could not run.
    """
    dataset = open_dataset(project)
    key = dataset.cache_key(*_versions(), issued or "", _CHECKED if checked else "")
    found = _cached(cache, key)
    if found is not None:
        return found
    report = _report(dataset, progress, checked=checked, cache=cache)
    release = _build(dataset, report, cache, issued, progress)
    _remember(cache, key, release)
    return release


@contextmanager
def asked(
    project: Project,
    cache: Path,
    *,
    issued: str | None = None,
    progress: Progress = silent,
) -> Iterator[Engine]:
    """Yield an engine to ask a project as it is now, shapes unchecked.

    :param cache: a folder of the toolkit's own, for this project.
    :raises CheckFailedError: when a file has syntax errors.
    :raises LodError: when the release could not be built, or the engine not be started.
    """
    release = compile_cached(project, cache, issued=issued, checked=False, progress=progress)
    limits = replace(project.limits, workers=1, wait_seconds=600)
    with RunningEngine(release.engine_sources, limits) as running:
        yield running.engine


def _report(
    dataset: Dataset, progress: Progress, *, checked: bool = True, cache: Path | None = None
) -> Report:
    """Return what is wrong with a dataset that is to be built.

    :raises CheckFailedError: when there are errors.
    """
    from lod.checks import check  # noqa: PLC0415 - a start without a check is quicker
    from lod.checks.shacl.engines import shapes_engine  # noqa: PLC0415

    report = check(dataset, shapes_engine(cache=cache) if checked else None, progress)
    if report.has_errors:
        raise CheckFailedError(report)
    return report


def _build(
    dataset: Dataset, report: Report, out: Path, issued: str | None, progress: Progress
) -> Release:
    from lod.release.build import build_release  # noqa: PLC0415 - likewise
    from lod.reporters import report_json  # noqa: PLC0415

    date = dataset.project.issued
    return build_release(
        dataset,
        report_json(report).encode(),
        out,
        issued=date.isoformat() if date else issued,
        progress=progress,
    )


def _versions() -> tuple[str, ...]:
    """Return what a release depends on besides the project, the toolkit's own code included."""
    code = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in {".json", ".md", ".py", ".rq", ".sql"}:
            code.update(path.read_bytes())
    return (
        str(FORMAT),
        __version__,
        code.hexdigest(),
        platform.python_version(),
        sqlite3.sqlite_version,
        pyoxigraph.__version__,
    )


def _cached(cache: Path, key: str) -> Release | None:
    """Return the release of a state of the project; what is left of a damaged one is removed."""
    note = cache / _KEYS / key
    folder = _noted(cache, note)
    if folder is None:
        return None
    try:
        release = open_release(folder)
    except (OSError, ReleaseError):
        shutil.rmtree(folder, ignore_errors=True)
        return None
    note.touch()  # the notes used last are those kept
    return release


def _noted(cache: Path, note: Path) -> Path | None:
    """Return the folder a note names, None for a note that no build wrote."""
    try:
        name = note.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    return cache / name if _RELEASE_NAME.fullmatch(name) else None


def _last_used(note: Path) -> float:
    """Return when a note was used last; another process may just have removed it."""
    try:
        return note.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _remember(cache: Path, key: str, release: Release) -> None:
    """Note which release a state of the project gave, and forget the oldest ones."""
    keys = cache / _KEYS
    keys.mkdir(exist_ok=True)
    (keys / key).write_text(release.folder.name, "utf-8")
    notes = sorted(keys.iterdir(), key=_last_used, reverse=True)
    kept = {_noted(cache, note) for note in notes[:_KEPT]}
    for note in notes[_KEPT:]:
        folder = _noted(cache, note)
        if folder is not None and is_held(folder):
            continue
        note.unlink(missing_ok=True)
        if folder is not None and folder not in kept:
            shutil.rmtree(folder, ignore_errors=True)
