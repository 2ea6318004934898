"""Which of two literals is less, as SPARQL's operator says (SPARQL 1.1 §17.3)."""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lod.checks.shacl.compiled.literals import datatype, is_ill_typed, string
from lod.rdf.datatypes import bounds, datatype_name
from lod.rdf.terms import XSD_STRING

_LONGEST = 4000
"""Digits of a number: Python refuses to read longer ones."""

_MOMENT = re.compile(
    r"(?:(-?\d{4,})(?:-(\d\d)(?:-(\d\d))?)?)?T?(?:(\d\d):(\d\d):(\d\d(?:\.\d+)?))?"
    r"(Z|[+-]\d\d:\d\d)?"
)
_DURATION = re.compile(
    r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?"
)
_MOMENTS = {"dateTime": "dateTime", "dateTimeStamp": "dateTime"} | {
    each: each for each in ("date", "time", "gYear", "gYearMonth")
}
_DURATIONS = {"duration", "dayTimeDuration", "yearMonthDuration"}
_DAY = 86_400
_FOURTEEN_HOURS = 14 * 3600
"""How far a time without a zone may be from what it says (XML Schema 1.1, Datatypes §E.3.3)."""


@dataclass(frozen=True, slots=True)
class Comparable:
    """A value, and the kind of values it can be compared with."""

    kind: str
    value: Any
    has_zone: bool = True


class Order:
    """Compares literals; what each of them says is read once."""

    def __init__(self) -> None:
        self._read: dict[str, Comparable | None] = {}

    def is_less(self, left: str, right: str) -> bool:
        """Whether ``left < right`` is true; an error, which SPARQL gives for others, is not."""
        return self._compared(left, right, lambda one, other: one < other)

    def is_at_most(self, left: str, right: str) -> bool:
        """Whether ``left <= right`` is true."""
        return self._compared(left, right, lambda one, other: one <= other)

    def can_compare(self, left: str, right: str) -> bool:
        """Whether SPARQL has an operator for both, and it gives no error."""
        return self.is_at_most(left, right) or self.is_at_most(right, left)

    def _compared(self, left: str, right: str, holds: Callable[[Any, Any], bool]) -> bool:
        one, other = self._comparable(left), self._comparable(right)
        if one is None or other is None or one.kind != other.kind:
            return False
        if one.kind == "number":
            return holds(*_promoted(one.value, other.value))
        if one.kind == "duration":
            # Months have no length: only where they and the seconds agree it is known.
            differing = [
                pair for pair in zip(one.value, other.value, strict=True) if len({*pair}) > 1
            ]
            return all(holds(*pair) for pair in differing or [(0, 0)])
        if one.has_zone != other.has_zone and abs(one.value - other.value) <= _FOURTEEN_HOURS:
            return False
        return holds(one.value, other.value)

    def _comparable(self, term: str) -> Comparable | None:
        if term not in self._read:
            self._read[term] = _read(term)
        return self._read[term]


def _read(term: str) -> Comparable | None:
    """Return what a literal says, None for what no operator of SPARQL compares."""
    if not term.startswith('"') or is_ill_typed(term):
        return None
    text, iri = string(term), datatype(term)
    if iri == XSD_STRING:
        return Comparable("string", text)
    name = datatype_name(iri) or ""
    if name == "boolean":
        return Comparable("boolean", text in {"true", "1"})
    if name in _MOMENTS:
        return _moment(_MOMENTS[name], text)
    if name in _DURATIONS:
        return _duration(text)
    number = _number(text, name)
    return None if number is None else Comparable("number", number)


def _number(text: str, name: str) -> int | Decimal | float | None:
    if name in {"double", "float"}:
        value = float(text.replace("INF", "inf"))
        return _single(value) if name == "float" else value
    if len(text) > _LONGEST:
        return None
    if name == "decimal":
        return Decimal(text)
    return int(text) if bounds(name) is not None else None


def _single(value: float) -> _Single:
    """Return what an xsd:float holds of a number."""
    try:
        return _Single(struct.unpack("f", struct.pack("f", value))[0])
    except OverflowError:
        return _Single(math.copysign(math.inf, value))


class _Single(float):
    """A number of single precision."""


def _promoted(left: Any, right: Any) -> tuple[Any, Any]:
    """Return two numbers in the type of the wider of both (XPath 2.0 §B.1)."""
    if not isinstance(left, float) and not isinstance(right, float):
        return left, right
    both = (left, right)
    is_single = all(not isinstance(each, float) or isinstance(each, _Single) for each in both)
    try:
        one, other = float(left), float(right)
    except OverflowError:  # an integer beyond any double
        return left, right
    return (_single(one), _single(other)) if is_single else (one, other)


def _moment(kind: str, text: str) -> Comparable | None:
    """Return seconds since a day that all dates share, those of a time without a zone as in UTC."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    days = _days(int(year), int(month or 1), int(day or 1)) if year else 0
    seconds = Fraction(days * _DAY)
    if hour:
        seconds += int(hour) * 3600 + int(minute) * 60 + Fraction(second)
    if zone and zone != "Z":
        offset = int(zone[1:3]) * 3600 + int(zone[4:6]) * 60
        seconds += offset if zone[0] == "-" else -offset
    return Comparable(kind, seconds, has_zone=zone is not None)


def _days(year: int, month: int, day: int) -> int:
    """Return the days from 1 March of the year 0 in the calendar without end."""
    if month <= 2:
        year -= 1
        month += 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * (month - 3) + 2) // 5 + day


def _duration(text: str) -> Comparable | None:
    """Return months and seconds, which only together say which of two durations is less."""
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    sign = -1 if found[1] else 1
    years, months, days, hours, minutes = (int(found[number] or 0) for number in range(2, 7))
    seconds = days * _DAY + hours * 3600 + minutes * 60 + Fraction(found[7] or 0)
    return Comparable("duration", (sign * (12 * years + months), sign * seconds))
