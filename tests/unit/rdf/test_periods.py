from __future__ import annotations

import pytest

from lod.rdf.periods import Period, read_period


def period(text: str) -> Period:
    found = read_period(text)
    assert found is not None
    return found


class TestReadPeriod:
    @pytest.mark.parametrize("text", ["2015-02-29", "2015-W05", "12:00:00", "now", "", "1" * 40])
    def test_what_is_no_date_is_none(self, text: str) -> None:
        """Times without a day, wrong days and other notations are not compared."""
        assert read_period(text) is None


class TestIsBefore:
    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("2014", "2015"),
            ("2014-12", "2015"),
            ("2014-12-31", "2015-01"),
            ("2014-12-31T23:59:59.999999", "2015-01-01"),
            ("2014-12-31", "2015-01-01T00:00:00"),
            ("2015-01-01T00:00:00+02:00", "2015-01-01T00:00:00Z"),
            ("2015-02-28", "2015-03"),
            ("2016-02-29", "2016-03"),
            ("-0001", "0000"),
            ("9999-12-31", "10000-01-01"),
            ("2015-01-01Z", "2015-01-02T15:00:00"),
        ],
    )
    def test_what_is_certainly_before_is(self, first: str, second: str) -> None:
        """All of the one is before all of the other, and never the other way round."""
        assert period(first).is_before(period(second))
        assert not period(second).is_before(period(first))

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("2015", "2015-03"),
            ("2015-03", "2015-03-31"),
            ("2015-03-31", "2015-03-31T23:59:59.999999"),
            ("2015-01-01T24:00:00", "2015-01-02T00:00:00"),
            ("2015-01-01T00:00:00Z", "2015-01-01T02:00:00+02:00"),
            ("2015-01-01Z", "2015-01-02T13:00:00"),
        ],
    )
    def test_what_may_be_the_same_time_is_not(self, first: str, second: str) -> None:
        """What one contains, or an unknown time zone may move, is neither before nor after."""
        assert not period(first).is_before(period(second))
        assert not period(second).is_before(period(first))
