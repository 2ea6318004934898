"""The line of a file that a finding is about, with a mark under the words that matter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lod.diagnostics import Location

_WIDEST = 100
"""Letters shown of a line; of a longer one, those around the place."""

Source = Callable[[Location], str | None]
"""Gives the line a location stands in, None where it cannot be read."""


def source_of(root: Path) -> Source:
    """Return what reads lines of a project's files; each file is read once for findings in a row.

    :param root: the project folder.
    """
    name: str | None = None
    lines: list[str] = []

    def read(location: Location) -> str | None:
        nonlocal name, lines
        if location.path != name:
            name, lines = location.path, _lines(root / location.path)
        number = location.line or 0
        return lines[number - 1] if 0 < number <= len(lines) else None

    return read


def excerpt(line: str, location: Location) -> str:
    """Return the line with its number, and a mark below from the location's start to its end."""
    start = max((location.column or 1) - 1, 0)
    is_short = location.end_line == location.line and location.end_column is not None
    end = (location.end_column or 0) - 1 if is_short else len(line.rstrip())
    first = max(0, start - _WIDEST // 2) if len(line) > _WIDEST else 0
    shown = line[first : first + _WIDEST]
    marks = "^" * max(1, min(end, first + len(shown)) - start)
    number = f"{location.line:>5}"
    return f"{number} | {shown.rstrip()}\n{' ' * len(number)} | {' ' * (start - first)}{marks}"


def _lines(path: Path) -> list[str]:
    try:
        return path.read_bytes().decode("utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return []
