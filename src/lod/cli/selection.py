"""Find the files that the arguments of a command mean."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lod.cli.options import open_project
from lod.errors import ProjectError
from lod.rdf.formats import SOURCE_FORMATS, Format, by_extension


@dataclass(frozen=True, slots=True)
class Selected:
    """One file; ``name`` is what the user calls it."""

    name: str
    path: Path
    format: Format


def of_project(folder: Path) -> list[Selected]:
    """Return the files of a project, sorted by name.

    :raises LodError: when there is no project.
    """
    from lod.dataset.files import find_files  # noqa: PLC0415 - not for --help

    files = find_files(open_project(folder))
    return [Selected(file.name, file.path, file.format) for file in files]


def of_arguments(paths: Iterable[Path]) -> list[Selected]:
    """Return the files that are named and those below folders that are, each once.

    :raises ProjectError: when one is not there, or is no file of triples.
    """
    found: dict[str, Selected] = {}
    for path in paths:
        for each in _below(path) if path.is_dir() else [_named(path)]:
            found.setdefault(os.path.realpath(each.path), each)
    return list(found.values())


def _named(path: Path) -> Selected:
    selected = _selected(path)
    if not path.exists():
        raise ProjectError("format/no-file", f"{path} does not exist.")
    if selected is None:
        known = ", ".join(f".{each.extension}" for each in SOURCE_FORMATS)
        raise ProjectError(
            "format/not-turtle", f"{path} is no file of triples.", cure=f"Known: {known}."
        )
    return selected


def _selected(path: Path) -> Selected | None:
    found = by_extension(SOURCE_FORMATS, path.suffix.removeprefix("."))
    return None if found is None else Selected(str(path), path, found)


def _below(folder: Path) -> Iterator[Selected]:
    """Yield the files below a folder; passed over is what is hidden, and every release."""
    from lod.release.manifest import FILE_NAME  # noqa: PLC0415
    from lod.release.opening import INDEX  # noqa: PLC0415

    for here, folders, files in os.walk(folder):
        if {FILE_NAME, INDEX} <= set(files):
            folders.clear()
            continue
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for file in sorted(files):
            selected = None if file.startswith(".") else _selected(Path(here, file))
            if selected is not None:
                yield selected
