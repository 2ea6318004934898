"""Find the files of a project, and say what part each plays."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import Enum
from pathlib import Path, PurePosixPath

from lod.addresses import graph_iri
from lod.config import Paths, Project
from lod.errors import ProjectError
from lod.rdf.formats import SOURCE_FORMATS, Format, by_extension


class Role(Enum):
    """The part a graph plays; ontology, data and what rules derive are the default graph."""

    ONTOLOGY = "ontology"
    DATA = "data"
    SHAPES = "shapes"
    SEPARATE = "separate"
    DERIVED = "derived"

    @property
    def in_default_graph(self) -> bool:
        """Whether queries that name no graph see the file's triples."""
        return self in {Role.ONTOLOGY, Role.DATA, Role.DERIVED}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One RDF file of the project; ``name`` is its path from the project folder, with slashes."""

    name: str
    path: Path
    role: Role
    format: Format
    graph: str


def find_files(project: Project) -> tuple[SourceFile, ...]:
    """Return the project's RDF files, sorted by name.

    :raises ProjectError: when a folder is missing, or two files would hold the same graph.
    """
    found: dict[str, SourceFile] = {}
    for folder, role in _folders(project.paths):
        for name in _names(project.root, folder):
            file = _source_file(project, name, role)
            if file is not None and name not in found:
                found[name] = file
    files = tuple(found[name] for name in sorted(found))
    _refuse_shared_graphs(files)
    return files


def query_files(project: Project, folder: str) -> tuple[tuple[str, Path], ...]:
    """Return the SPARQL files (``.rq``) of a folder of the project, as (name, path), sorted."""
    names = sorted(name for name in _names(project.root, folder) if name.endswith(".rq"))
    return tuple((name, project.root / name) for name in names)


def _folders(paths: Paths) -> list[tuple[str, Role]]:
    """Return the folders to look in; what an earlier one holds a later one does not get."""
    return [
        *((folder, Role.SEPARATE) for folder in paths.separate),
        (paths.ontology, Role.ONTOLOGY),
        (paths.shapes, Role.SHAPES),
        (paths.data, Role.DATA),
    ]


def _names(root: Path, folder: str) -> Iterator[str]:
    """Return the paths of all files below a folder; hidden ones are passed over."""
    defaults = Paths()
    top = root / folder
    if not top.is_dir():
        optional = {each.default for each in fields(Paths) if each.name not in {"data", "separate"}}
        if folder in optional | set(defaults.separate):
            return
        raise ProjectError(
            "project/no-folder",
            f"{folder}/ does not exist.",
            place=str(root),
            cure="Make the folder, or name the right one in [paths] of lod.toml.",
        )
    for here, folders, files in os.walk(top):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for file in files:
            if not file.startswith("."):
                yield Path(here, file).relative_to(root).as_posix()


def _source_file(project: Project, name: str, role: Role) -> SourceFile | None:
    path = PurePosixPath(name)
    found = by_extension(SOURCE_FORMATS, path.suffix.removeprefix("."))
    if found is None:
        return None
    return SourceFile(name, project.root / name, role, found, graph_iri(path, project.base))


def _refuse_shared_graphs(files: tuple[SourceFile, ...]) -> None:
    by_graph: dict[str, str] = {}
    for file in files:
        other = by_graph.setdefault(file.graph, file.name)
        if other != file.name:
            raise ProjectError(
                "project/same-graph",
                f"{other} and {file.name} would both be the graph <{file.graph}>.",
                cure="Rename one of them.",
            )
