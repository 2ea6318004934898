"""The lines of a project's files, for those who show or remember what a finding is about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lod.diagnostics import Location

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


def _lines(path: Path) -> list[str]:
    try:
        return path.read_bytes().decode("utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return []
