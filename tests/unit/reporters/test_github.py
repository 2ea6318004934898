"""Annotations as GitHub's runner reads them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from lod.diagnostics import Diagnostic, Location, Report, Severity
from lod.reporters import REPORTERS
from support.findings import FINDINGS, HOSTILE, REPORT, REPORTING, SYNTAX
from support.orders import Order, read_orders


def annotate(*findings: Diagnostic) -> list[Order]:
    return read_orders(REPORTERS["github"](Report(findings), REPORTING))


class TestAnnotations:
    def test_each_finding_is_one(self) -> None:
        """The runner shows as many annotations as there are findings, in their order."""
        orders = read_orders(REPORTERS["github"](REPORT, REPORTING))

        assert [order.properties["title"] for order in orders] == [each.code for each in FINDINGS]
        assert [order.name for order in orders[:3]] == ["notice", "warning", "error"]

    def test_message_brings_cure_and_reasons(self) -> None:
        """What the terminal says stands beside the change, too."""
        (order,) = annotate(replace(SYNTAX, severity=Severity.WARNING))

        assert order.name == "warning"
        assert order.message.split("\n")[0] == SYNTAX.message
        assert order.message.split("\n")[1].startswith("cure: Add at the top: @prefix rdfs: <")

    @pytest.mark.parametrize(
        ("location", "properties"),
        [
            (None, {}),
            (Location("data/a.ttl"), {"file": "data/a.ttl"}),
            (Location("data/a.ttl", 3), {"file": "data/a.ttl", "line": "3"}),
            (Location("data/a.ttl", 3, 2), {"file": "data/a.ttl", "line": "3", "col": "2"}),
            (
                Location("data/a.ttl", 3, 2, 3, 9),
                {
                    "file": "data/a.ttl",
                    "line": "3",
                    "col": "2",
                    "endLine": "3",
                    "endColumn": "9",
                },
            ),
            (
                Location("data/a.ttl", 3, 2, 5, 9),
                {"file": "data/a.ttl", "line": "3", "endLine": "5"},
            ),
        ],
        ids=["nowhere", "file", "line", "column", "words", "lines"],
    )
    def test_place_is_as_exact_as_the_runner_takes(
        self, location: Location | None, properties: dict[str, str]
    ) -> None:
        """Columns are given within one line only: of several lines the runner refuses them."""
        (order,) = annotate(replace(SYNTAX, location=location))

        assert order.properties == {**properties, "title": "turtle/syntax"}

    def test_file_name_comes_back_whole(self) -> None:
        """Colons, commas and percent signs of a name are the name's."""
        (order,) = annotate(replace(SYNTAX, location=Location("data/::a,line=9%3A.ttl", 1)))

        assert order.properties["file"] == "data/::a,line=9%3A.ttl"
        assert order.properties["line"] == "1"

    def test_data_gives_no_orders(self) -> None:
        """A literal that looks like an annotation is a part of the message."""
        (order,) = annotate(HOSTILE)

        assert "::error file=a::no" in order.message
        assert "##[" not in order.message
        assert order.properties["title"] == HOSTILE.code

    def test_only_documented_escapes_are_used(self) -> None:
        """The runner takes five escapes back, and shows all others as they stand."""
        written = REPORTERS["github"](REPORT, REPORTING)

        assert set(re.findall("%..", written)) <= {"%25", "%0D", "%0A", "%3A", "%2C"}
