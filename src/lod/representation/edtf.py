"""Read Extended Date/Time Format (EDTF, ISO 8601-2) as far as dates of deeds need it."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

IRI = "http://id.loc.gov/datatypes/edtf/EDTF"

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)")

HALVES = {40: 1, 41: 2}
QUARTERS = {33: 1, 34: 2, 35: 3, 36: 4}
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as precise as it was given; ``part`` is a month, or a half, quarter or season."""

    year: int
    part: int | None = None
    day: int | None = None
    is_approximate: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment to another; None is an open end."""

    start: Moment | None
    end: Moment | None


def read(text: str) -> Moment | Span | None:
    """Return what a text means, None when it is not of the kinds known here."""
    if "/" not in text:
        return _moment(text)
    first, _, last = text.partition("/")
    start, end = _moment(first), _moment(last)
    if (start is None and first not in {"", ".."}) or (end is None and last not in {"", ".."}):
        return None
    return Span(start, end) if start or end else None


def _moment(text: str) -> Moment | None:
    found = _DATE.fullmatch(text)
    if not found:
        return None
    year, part, day, mark = found.groups()
    if day and not _is_day(found[0].rstrip("~?%")):
        return None
    return Moment(int(year), int(part) if part else None, int(day) if day else None, bool(mark))


def _is_day(text: str) -> bool:
    """Whether a calendar has this day; the year 0000 is not counted here."""
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True
