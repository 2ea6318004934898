"""The line of a file that a finding is about, with a mark under the words that matter."""

from __future__ import annotations

import unicodedata

from lod.checks.sources import Source, source_of
from lod.diagnostics import Location
from lod.reporters.escaping import plain

__all__ = ["Source", "excerpt", "source_of"]

_WIDEST = 100
"""Letters shown of a line; of a longer one, those around the place."""


def excerpt(line: str, location: Location, before: str = "") -> str:
    """Return the line with its number, and a mark below from the location's start to its end.

    Nothing of it is more than printed.

    :param before: the line before, shown above where it says something.
    """
    start = max((location.column or 1) - 1, 0)
    is_short = location.end_line == location.line and location.end_column is not None
    end = (location.end_column or 0) - 1 if is_short else len(line.rstrip())
    first = max(0, start - _WIDEST // 2) if len(line) > _WIDEST else 0
    shown = plain(line[first : first + _WIDEST])
    number = f"{location.line:>5}"
    indent = " " * _width(shown[: start - first])
    marks = "^" * max(1, _width(shown[start - first : max(end - first, 0)]))
    above = ""
    if before[:_WIDEST].strip():
        above = f"{(location.line or 0) - 1:>{len(number)}} | {plain(before[:_WIDEST]).rstrip()}\n"
    return f"{above}{number} | {shown.rstrip()}\n{' ' * len(number)} | {indent}{marks}"


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(_columns(letter) for letter in text)


def _columns(letter: str) -> int:
    if unicodedata.category(letter) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1
