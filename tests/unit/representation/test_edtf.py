"""Dates as precise as their source gave them."""

from __future__ import annotations

import pytest

from lod.representation.edtf import Moment, Span, read


class TestMoments:
    @pytest.mark.parametrize(
        ("text", "moment"),
        [
            ("2015", Moment(2015)),
            ("2015-07", Moment(2015, 7)),
            ("2015-07-24", Moment(2015, 7, 24)),
            ("2016-02-29", Moment(2016, 2, 29)),
            ("2015-21", Moment(2015, 21)),
            ("2015-34", Moment(2015, 34)),
            ("2015-41", Moment(2015, 41)),
            ("0001", Moment(1)),
            ("2015~", Moment(2015, is_approximate=True)),
            ("2015-07~", Moment(2015, 7, is_approximate=True)),
            ("2015-07-24%", Moment(2015, 7, 24, is_approximate=True)),
        ],
    )
    def test_date_is_read_as_precise_as_it_is(self, text: str, moment: Moment) -> None:
        """A year stays a year, a quarter a quarter, and about stays about."""
        assert read(text) == moment

    @pytest.mark.parametrize(
        "text",
        [
            *(
                "",
                " ",
                "2015 ",
                "15",
                "2015-7",
                "2015-07-4",
                "20150724",
                "2015-W30",
                "201X",
                "XXXX",
            ),
            *("Y12015", "-0044", "2015-07-24T10:00:00", "2015-07-24Z", "2015\n", "about 2015"),
        ],
    )
    def test_other_texts_are_not_understood(self, text: str) -> None:
        """What is not of the kinds known here is shown as it stands, not guessed at."""
        assert read(text) is None

    @pytest.mark.parametrize(
        "text",
        [
            *("2015-02-30", "2015-02-29", "2015-07-32", "2015-07-00", "2015-13-01", "2015-21-05"),
        ],
    )
    def test_day_that_no_calendar_has_is_not_understood(self, text: str) -> None:
        """The 30th of February, or the 5th of a spring, is no date to put into words."""
        assert read(text) is None


class TestSpans:
    @pytest.mark.parametrize(
        ("text", "span"),
        [
            ("2015/2016", Span(Moment(2015), Moment(2016))),
            ("2015-07-24/2015-08", Span(Moment(2015, 7, 24), Moment(2015, 8))),
            ("2015~/2016", Span(Moment(2015, is_approximate=True), Moment(2016))),
            ("2015/..", Span(Moment(2015), None)),
            ("2015/", Span(Moment(2015), None)),
            ("../2015", Span(None, Moment(2015))),
            ("/2015", Span(None, Moment(2015))),
        ],
    )
    def test_span_goes_from_one_date_to_another(self, text: str, span: Span) -> None:
        """A span has two ends, each as precise as it is; one may be open."""
        assert read(text) == span

    @pytest.mark.parametrize(
        "text", ["/", "../..", "..", "/..", "2015/x", "x/2015", "2015/2016/2017", "2015//2016"]
    )
    def test_span_that_is_none_is_not_understood(self, text: str) -> None:
        """A span needs at least one date, and no more than two."""
        assert read(text) is None
