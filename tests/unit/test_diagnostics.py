"""Findings in the order people read them."""

from __future__ import annotations

import itertools

import pytest

from lod.diagnostics import Diagnostic, Location, Report, Severity


def finding(
    location: Location | None = None, *, code: str = "a/b", severity: Severity = Severity.ERROR
) -> Diagnostic:
    return Diagnostic(code, severity, "Something.", location)


class TestLocation:
    @pytest.mark.parametrize(
        ("location", "text"),
        [
            (Location("data/a.ttl"), "data/a.ttl"),
            (Location("data/a.ttl", 3), "data/a.ttl:3"),
            (Location("data/a.ttl", 3, 14), "data/a.ttl:3:14"),
            (Location("data/a.ttl", 3, 14, 5, 1), "data/a.ttl:3:14"),
        ],
    )
    def test_place_reads_as_editors_open_it(self, location: Location, text: str) -> None:
        """A place is file:line:column, as far as it is known, so that an editor can jump there."""
        assert str(location) == text


class TestSortKey:
    def test_findings_stand_file_by_file_from_top_to_bottom(self) -> None:
        """Who mends a file goes through it once; what has no place comes first."""
        ordered = [
            finding(None),
            finding(Location("data/a.ttl")),
            finding(Location("data/a.ttl", 2, 5)),
            finding(Location("data/a.ttl", 2, 10)),
            finding(Location("data/a.ttl", 2, 10), code="b/c"),
            finding(Location("data/a.ttl", 10, 1)),
            finding(Location("data/b.ttl", 1, 1)),
        ]

        for mixed in itertools.islice(itertools.permutations(ordered), 0, None, 97):
            assert sorted(mixed, key=Diagnostic.sort_key) == ordered

    @pytest.mark.parametrize(
        "other",
        [
            Diagnostic("a/b", Severity.ERROR, "Something.", None, focus="urn:x"),
            Diagnostic("a/b", Severity.ERROR, "Something else.", None),
            Diagnostic("a/b", Severity.ERROR, "Something.", None, value='"x"'),
        ],
        ids=["focus", "message", "value"],
    )
    def test_findings_of_one_place_have_one_order(self, other: Diagnostic) -> None:
        """Two findings that differ in what they say never change places."""
        assert other.sort_key() != finding().sort_key()


class TestReport:
    def test_findings_are_counted_by_severity(self) -> None:
        """A report knows how many errors, warnings and remarks it holds."""
        report = Report(
            tuple(
                finding(severity=severity)
                for severity in (Severity.ERROR, Severity.WARNING, Severity.ERROR)
            )
        )

        assert [report.count(severity) for severity in Severity] == [2, 1, 0]

    @pytest.mark.parametrize(
        ("severities", "has_errors"),
        [
            ((), False),
            ((Severity.WARNING, Severity.INFO), False),
            ((Severity.INFO, Severity.ERROR), True),
        ],
    )
    def test_only_errors_stop_a_release(
        self, severities: tuple[Severity, ...], has_errors: bool
    ) -> None:
        """Warnings and remarks may be published, errors not."""
        report = Report(tuple(finding(severity=severity) for severity in severities))

        assert report.has_errors is has_errors
