"""A dataset of files that belong to no project."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from lod.config import Project
from lod.dataset.dataset import Dataset
from lod.dataset.files import Role, SourceFile
from lod.errors import ProjectError
from lod.rdf import formats

LOOSE_FORMATS = (*formats.SOURCE_FORMATS, formats.RDF_XML, formats.JSON_LD)
_OTHER_EXTENSIONS = {
    "owl": formats.RDF_XML,
    "xml": formats.RDF_XML,
    "json": formats.JSON_LD,
    "turtle": formats.TURTLE,
}


def loose_dataset(data: Iterable[Path], shapes: Iterable[Path]) -> Dataset:
    """Return files as a dataset, each named as it was given; a folder stands for its RDF files.

    A file that is given as both data and shapes is both.

    :raises ProjectError: when a file is missing, or of no format that is known by its ending.
    """
    found: dict[tuple[Path, Role], SourceFile] = {}
    for paths, role in ((shapes, Role.SHAPES), (data, Role.DATA)):
        for given in paths:
            for path in _files(given):
                found.setdefault((path.resolve(), role), _source_file(path, role))
    project = Project(
        name="files", base="file:///", languages=("en",), version="0", title={}, root=Path.cwd()
    )
    return Dataset(project, tuple(found.values()), is_loose=True)


def _files(given: Path) -> Iterator[Path]:
    if not given.exists():
        raise ProjectError("project/no-file", "There is no such file.", place=str(given))
    if given.is_file():
        yield given
        return
    if not given.is_dir():  # one would wait for a pipe without end
        raise ProjectError("project/no-file", "It is no plain file.", place=str(given))
    inside = sorted(path for path in _below(given) if path.is_file() and _format(path))
    if not inside:
        raise ProjectError(
            "project/no-file", "The folder holds no RDF file.", place=str(given), cure=_KNOWN
        )
    yield from inside


def _below(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder; hidden ones are passed over."""
    for here, folders, files in os.walk(folder):
        folders[:] = (each for each in folders if not each.startswith("."))
        yield from (Path(here, each) for each in files if not each.startswith("."))


def _source_file(path: Path, role: Role) -> SourceFile:
    kind = _format(path)
    if kind is None:
        raise ProjectError(
            "project/format", "The ending names no RDF format.", place=str(path), cure=_KNOWN
        )
    return SourceFile(str(path), path, role, kind, path.absolute().as_uri())


def _format(path: Path) -> formats.Format | None:
    ending = path.suffix.removeprefix(".").lower()
    return formats.by_extension(LOOSE_FORMATS, ending) or _OTHER_EXTENSIONS.get(ending)


_KNOWN = "Known: " + ", ".join(
    f".{each}" for each in (*(each.extension for each in LOOSE_FORMATS), *_OTHER_EXTENSIONS)
)
