"""Publish a project anew whenever its files change."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from lod import pipeline
from lod.config import FILE_NAME, Project, read_project
from lod.errors import LodError
from lod.rdf.prefixes import Prefixes
from lod.release import Release
from lod.reporters import report_text, source_of, summary

EVERY_SECONDS = 0.5

_SOURCES = (".ttl", ".trig", ".nt", ".nq", ".rq")


class Watcher(threading.Thread):
    """Looks at a project folder, compiles it when something was saved, and tells what came of it.

    :param publish: is given each new good release.
    :param say: is told the findings of a bad one; what is served then stays.
    """

    def __init__(
        self,
        project: Project,
        cache: Path,
        issued: str | None,
        publish: Callable[[Release], None],
        say: Callable[[str], None],
    ) -> None:
        super().__init__(name="lod-watcher", daemon=True)
        self._project = project
        self._cache = cache
        self._issued = issued
        self._publish = publish
        self._say = say
        self._seen = _stamp(project)
        self._over = threading.Event()

    def run(self) -> None:
        """Look until the process ends."""
        while not self._over.wait(EVERY_SECONDS):
            stamp = _stamp(self._project)
            if stamp != self._seen:
                self._seen = stamp
                self._compile()

    def _compile(self) -> None:
        try:
            self._project = read_project(self._project.root)
            release = pipeline.compile_cached(self._project, self._cache, issued=self._issued)
            self._publish(release)
        except pipeline.CheckFailedError as error:
            shorten = Prefixes(self._project.prefixes).shorten
            source = source_of(self._project.root)
            findings = report_text(error.report, shorten, lambda word, _: word, source)
            self._say(f"{findings}{summary(error.report)}\nStill serving the last good state.")
        except (LodError, OSError) as error:
            self._say(f"lod: {error}\nStill serving the last good state.")
        else:
            self._say(f"Now serving {release.manifest.folder_name}.")


def _stamp(project: Project) -> dict[str, tuple[int, int]]:
    """Return what changes when a file of the project does, hidden ones left out."""
    found: dict[str, tuple[int, int]] = {}
    for path in _files(project):
        with contextlib.suppress(OSError):
            status = os.stat(path)  # noqa: PTH116 - this runs twice a second
            found[path] = (status.st_mtime_ns, status.st_size)
    return found


def _files(project: Project) -> Iterator[str]:
    paths = project.paths
    yield str(project.root / FILE_NAME)
    for top in {paths.ontology, paths.data, paths.shapes, paths.rules, *paths.separate}:
        for folder, folders, files in os.walk(project.root / top):
            folders[:] = [each for each in folders if not each.startswith(".")]
            for name in files:
                if name.endswith(_SOURCES) and not name.startswith("."):
                    yield os.path.join(folder, name)  # noqa: PTH118
