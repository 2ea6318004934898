"""Open a release that a build wrote."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lod.config import Project, thaw_project
from lod.engine.sources import Sources
from lod.errors import ReleaseError
from lod.rdf.prefixes import Prefixes
from lod.release.manifest import FILE_NAME, File, Manifest, read_manifest
from lod.release.questions import Question, read_question

LATEST = "latest"
"""In a folder of releases, the link to the one built last."""

INDEX = "index.sqlite"
PROJECT = "project.json"
REPORT = "report.json"
CATALOG = "catalog.ttl"
DUMPS = "dumps"
QUESTIONS = "questions"

CATALOG_GRAPH = "graph/catalog"
"""The path of the graph that holds the catalog."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release folder; nothing in it changes once it is there."""

    folder: Path
    manifest: Manifest
    project: Project

    @property
    def prefixes(self) -> Prefixes:
        """The project's prefixes and the well-known ones."""
        return Prefixes(self.project.prefixes)

    @property
    def dumps(self) -> tuple[File, ...]:
        """The dump files, with paths below the release's folder."""
        return tuple(file for file in self.manifest.files if file.path.startswith(f"{DUMPS}/"))

    @property
    def engine_sources(self) -> Sources:
        """What the engine loads: the default graph, the named graphs and the catalog."""
        graph = self.project.base + CATALOG_GRAPH
        return Sources([self.dump("nt"), self.dump("nq")], self.path(CATALOG), graph)

    def questions(self) -> tuple[Question, ...]:
        """Return the questions of the project, read from the release, in order of their names."""
        start, end = f"{QUESTIONS}/", ".rq"
        return tuple(
            read_question(
                file.path.removeprefix(start).removesuffix(end),
                self.path(file.path).read_text("utf-8", "replace"),
                self.project.languages,
            )
            for file in self.manifest.files
            if file.path.startswith(start) and file.path.endswith(end)
        )

    def path(self, name: str) -> Path:
        """Return where a file of the release is."""
        return self.folder / name

    def dump(self, extension: str) -> Path:
        """Return where the uncompressed dump in one format is."""
        return self.folder / DUMPS / f"{self.project.name}.{extension}"


def open_release(folder: Path) -> Release:
    """Return the release in a folder.

    :raises ReleaseError: when the folder is not a whole release of this layout.
    """
    folder = folder.resolve()
    manifest = read_manifest(folder)
    for file in manifest.files:
        path = folder / file.path
        if not path.is_file() or path.stat().st_size != file.bytes:
            raise ReleaseError(
                "release/incomplete",
                f"{path} is missing or has another size than the manifest says.",
                cure="Copy the release again, or build it again.",
            )
    project = thaw_project((folder / PROJECT).read_text("utf-8"))
    return Release(folder, manifest, project)


def find_release(folder: Path) -> Path | None:
    """Return the release a path means: the folder itself, or the last one built in it."""
    for candidate in (folder, folder / LATEST):
        if (candidate / FILE_NAME).is_file():
            return candidate
    return None
