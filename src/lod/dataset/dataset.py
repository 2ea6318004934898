"""The project's files as one dataset that can be read again and again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad

from lod.config import FILE_NAME, Project
from lod.dataset.files import SourceFile, find_files, query_files
from lod.dataset.parsing import Report, parse_file, parse_lines
from lod.rdf.prefixes import Prefixes

_SCOPE = re.compile(r"f([0-9]+)x")
"""How the label of every blank node starts: with the number of its file."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A project and its files; nothing is parsed until quads are asked for.

    ``is_loose`` is true of files that belong to no project: what else lies there is not theirs.
    ``cache`` is a folder of the toolkit's own for what it may find out once and note.
    """

    project: Project
    files: tuple[SourceFile, ...]
    is_loose: bool = False
    cache: Path | None = None

    @property
    def prefixes(self) -> Prefixes:
        """The project's prefixes and the well-known ones."""
        return Prefixes(self.project.prefixes)

    def quads(self, report: Report) -> Iterator[tuple[SourceFile, Quad]]:
        """Yield every quad with its file, file by file.

        :param report: is told each syntax error.
        """
        known = self.prefixes
        for number, file in enumerate(self.files):
            for quad in parse_file(file, f"f{number}x", report, known):
                yield file, quad

    def lines(
        self, report: Report
    ) -> Iterator[tuple[SourceFile, Iterator[tuple[list[Quad], str]]]]:
        """Yield each file with what yields its quads, many at once with their lines of N-Quads.

        That is quicker than quad by quad. The default graph stays without a name.

        :param report: is told each syntax error.
        """
        known = self.prefixes
        for number, file in enumerate(self.files):
            yield file, parse_lines(file, f"f{number}x", report, known)

    def file_of(self, blank: str) -> SourceFile | None:
        """Return the file a blank node stands in, None for a label that no file gave.

        :param blank: the label, the same each time quads are asked for.
        """
        scope = _SCOPE.match(blank)
        return self.files[int(scope[1])] if scope else None

    def rules(self) -> tuple[tuple[str, Path], ...]:
        """Return the queries that derive triples, as (name, path)."""
        return () if self.is_loose else query_files(self.project, self.project.paths.rules)

    def lint_rules(self) -> tuple[tuple[str, Path], ...]:
        """Return the project's own lint rules, as (name, path)."""
        return () if self.is_loose else query_files(self.project, self.project.paths.lint)

    def questions(self) -> tuple[tuple[str, Path], ...]:
        """Return the questions of the project, as (name, path)."""
        return () if self.is_loose else query_files(self.project, self.project.paths.questions)

    def cache_key(self, *versions: str) -> str:
        """Return a hash of all a build depends on: configuration, source bytes, versions.

        :param versions: what else a release depends on, such as the toolkit's own version.
        """
        digest = hashlib.sha256()
        inputs: Iterable[tuple[str, Path]] = (
            (FILE_NAME, self.project.root / FILE_NAME),
            *((file.name, file.path) for file in self.files),
            *self.rules(),
            *self.lint_rules(),
            *self.questions(),
        )
        for text in versions:
            digest.update(f"{text}\0".encode())
        for name, path in inputs:
            digest.update(f"{name}\0".encode())
            digest.update(_content_digest(path))
        return digest.hexdigest()


def open_dataset(project: Project) -> Dataset:
    """Return the dataset of a project.

    :raises ProjectError: when the project's folders are not as ``lod.toml`` says.
    """
    return Dataset(project, find_files(project))


def _content_digest(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").digest()
    except OSError as error:  # the build will say so; the key must only differ
        return f"unreadable {error.errno}".encode()
