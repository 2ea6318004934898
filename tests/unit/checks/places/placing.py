"""Look for the places of what a test writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from lod.checks.places.finding import Places, Sought
from lod.config import read_project
from lod.dataset import open_dataset
from lod.diagnostics import Location
from support.projects import write_project

EX = "https://data.example/"
PREFIX = f"@prefix ex: <{EX}> .\n"
A = f"<{EX}a>"

Found = tuple[int | None, int | None, str]
"""Line, column and what stands there."""


def ex(name: str) -> str:
    return f"<{EX}{name}>"


def sought(path: str | None = None, value: str | None = None, focus: str = A) -> Sought:
    return Sought(focus, path, value)


def opened(folder: Path, files: Mapping[str, str | bytes]) -> list[str]:
    """Write a project, and return the blank nodes of its first file in their order."""
    write_project(folder, {"data/.keep": ""})
    for name, text in files.items():
        content = text if isinstance(text, bytes) else text.encode()
        (folder / "data" / name).write_bytes(content)
    dataset = open_dataset(read_project(folder))
    terms = (t for _, q in dataset.quads(lambda _: None) for t in (q.subject, q.object))
    return list(dict.fromkeys(str(term) for term in terms if str(term).startswith("_:f0x")))


def located(folder: Path, wanted: Sought, beside: Sequence[Sought] = ()) -> list[Location]:
    dataset = open_dataset(read_project(folder))
    return Places(dataset, [*beside, wanted]).of(wanted)


def named(folder: Path, focus: str) -> str | None:
    dataset = open_dataset(read_project(folder))
    return Places(dataset, [Sought(focus)]).name(focus)


def shown(folder: Path, place: Location) -> Found:
    """Return a place with the text that stands there."""
    if place.line is None or place.column is None:
        return place.line, place.column, ""
    lines = (folder / place.path).read_bytes().decode().split("\n")[place.line - 1 :]
    lines = lines[: (place.end_line or 0) - place.line + 1]
    lines[-1] = lines[-1][: (place.end_column or 0) - 1]
    lines[0] = lines[0][place.column - 1 :]
    return place.line, place.column, "\n".join(lines)


def places(folder: Path, wanted: Sought, text: str | bytes) -> list[Found]:
    """Return the places of what is sought in one file."""
    opened(folder, {"main.ttl": text})
    return [shown(folder, each) for each in located(folder, wanted)]
