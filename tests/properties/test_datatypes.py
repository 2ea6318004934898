"""The datatypes of XML Schema agree with Python's and rdflib's own reading of them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import XSD, Literal

from lod.rdf.datatypes import bounds, is_well_formed
from lod.rdf.periods import read_period

WHOLE_NUMBERS = [
    "byte",
    "int",
    "integer",
    "long",
    "negativeInteger",
    "nonNegativeInteger",
    "nonPositiveInteger",
    "positiveInteger",
    "short",
    "unsignedByte",
    "unsignedInt",
    "unsignedLong",
    "unsignedShort",
]
zones = st.none() | st.integers(-14 * 60, 14 * 60).map(
    lambda minutes: timezone(timedelta(minutes=minutes))
)
moments = st.builds(
    lambda moment, zone: moment.replace(tzinfo=zone),
    st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)),
    zones,
)


@pytest.mark.parametrize("name", WHOLE_NUMBERS)
@given(
    number=st.integers(-(2**65), 2**65) | st.integers(-300, 300), sign=st.sampled_from(["", "+"])
)
def test_whole_numbers_keep_to_their_bounds(name: str, number: int, sign: str) -> None:
    """A number is in a datatype when it is between its bounds, at both ends exactly."""
    lowest, highest = bounds(name) or (None, None)
    inside = (lowest is None or number >= lowest) and (highest is None or number <= highest)

    assert is_well_formed(f"{sign if number >= 0 else ''}{number}", name) is inside


@pytest.mark.parametrize("name", WHOLE_NUMBERS)
@given(text=st.text("0123456789+-.e", max_size=24))
def test_whole_numbers_are_those_of_rdflib(name: str, text: str) -> None:
    """Without white space and underscores, which rdflib allows, both judge alike."""
    literal = Literal(text, datatype=XSD[name], normalize=False)

    assert is_well_formed(text, name) is not literal.ill_typed


@given(day=st.dates(), text=st.text("0123456789-", min_size=8, max_size=11))
def test_dates_are_those_of_python(day: date, text: str) -> None:
    """Every day of the calendar is a date, and of other texts only what Python reads as one."""
    assert is_well_formed(day.isoformat(), "date")
    if len(text) == 10 and not text.startswith(("0000", "-")):
        try:
            is_day = date.fromisoformat(text).isoformat() == text
        except ValueError:
            is_day = False
        assert is_well_formed(text, "date") is is_day


@given(moment=moments, other=moments)
def test_moments_are_in_the_order_of_python(moment: datetime, other: datetime) -> None:
    """Two moments that both name a time zone, or both none, are compared as Python does."""
    first, second = read_period(moment.isoformat()), read_period(other.isoformat())

    assert first is not None
    assert second is not None
    if (moment.tzinfo is None) == (other.tzinfo is None):
        assert first.is_before(second) is (moment < other)


@given(at=st.times())
def test_times_of_day_are_times(at: time) -> None:
    """Every time of a day is one, and is none with a letter more."""
    assert is_well_formed(at.isoformat(), "time")
    assert not is_well_formed(at.isoformat() + "x", "time")
