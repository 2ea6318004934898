"""Dates and times as the stretch of time they may mean, to be compared across precisions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from lod.rdf.datatypes import is_well_formed

_FORMS = ("gYear", "gYearMonth", "date", "dateTime")
_PARTS = re.compile(
    r"(?P<year>-?[0-9]+)(?:-(?P<month>[0-9]{2}))?(?:-(?P<day>[0-9]{2}))?"
    r"(?:T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9.]+))?(?P<zone>Z|[+-][0-9:]{5})?"
)
_DAY = 86_400
_WIDEST_ZONE = 14 * 3600
_LONGEST_YEAR = 12
_INSTANT = Decimal("1e-9")
"""By how much a stretch ends before the next one begins."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, in seconds of its own time zone, or of UTC when it names one."""

    first: Decimal
    last: Decimal
    has_zone: bool

    def is_before(self, other: Period) -> bool:
        """Whether all of this is before all of another, in whatever zone a time without one is.

        >>> march, year = read_period("2015-03"), read_period("2015")
        >>> march.is_before(year) or year.is_before(march)
        False
        """
        margin = 0 if self.has_zone == other.has_zone else _WIDEST_ZONE
        return self.last + margin < other.first


def read_period(text: str) -> Period | None:
    """Return the stretch a date, time, month or year of XML Schema means, None for other texts."""
    found = _PARTS.fullmatch(text)
    if found is None or not any(is_well_formed(text, form) for form in _FORMS):
        return None
    year, month, day = found["year"], found["month"], found["day"]
    if len(year) > _LONGEST_YEAR:
        return None
    number = int(year)
    if found["hour"]:
        start = _day(number, int(month), int(day)) * _DAY + _seconds(found)
        length = Decimal(0)
    else:
        start = Decimal(_day(number, int(month or 1), int(day or 1)) * _DAY)
        length = _end(number, month, day) * _DAY - start - _INSTANT
    start -= _offset(found["zone"])
    return Period(start, start + length, has_zone=bool(found["zone"]))


def _seconds(found: re.Match[str]) -> Decimal:
    return int(found["hour"]) * 3600 + int(found["minute"]) * 60 + Decimal(found["second"])


def _end(year: int, month: str | None, day: str | None) -> int:
    """Return the number of the day after a day, month or year."""
    if day:
        return _day(year, int(month or 1), int(day)) + 1
    if month and int(month) < 12:
        return _day(year, int(month) + 1, 1)
    return _day(year + 1, 1, 1)


def _offset(zone: str | None) -> int:
    if zone in {None, "Z"}:
        return 0
    hours, minutes = str(zone)[1:].split(":")
    seconds = int(hours) * 3600 + int(minutes) * 60
    return -seconds if str(zone).startswith("-") else seconds


def _day(year: int, month: int, day: int) -> int:
    """Return the number of a day of the Gregorian calendar, carried on into any year."""
    shift = (14 - month) // 12
    years = year + 4800 - shift
    months = month + 12 * shift - 3
    return day + (153 * months + 2) // 5 + 365 * years + years // 4 - years // 100 + years // 400
