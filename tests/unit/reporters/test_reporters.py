"""Every reporter is shown the same six findings, and what it makes of them is approved.

To approve another output, put it into the file of ``approved`` after reading it.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lod.diagnostics import Diagnostic, Location, Report, Severity
from lod.rdf.prefixes import Prefixes
from lod.reporters import report_json, report_text, summary

APPROVED = Path(__file__).parent / "approved"
BASE = "https://data.example/"
PREFIXES = Prefixes({"ex": BASE, "thing": f"{BASE}id/thing/"})

FINDINGS = (
    Diagnostic(
        "shacl/node-kind",
        Severity.INFO,
        "Nurodyk esybę, ne tekstą.",
        None,
        focus='"ąžuolas"@lt',
        value='"ąžuolas"@lt',
    ),
    Diagnostic(
        "file/unreadable",
        Severity.ERROR,
        "The file cannot be read: Permission denied.",
        Location("data/a.ttl"),
        cure="Look at its permissions and that it is a plain file.",
    ),
    Diagnostic(
        "turtle/syntax",
        Severity.ERROR,
        "The prefix rdfs: has not been declared.",
        Location("data/b.ttl", 3, 14, 3, 24),
        cure="Add at the top: @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
    ),
    Diagnostic(
        "shacl/min-count",
        Severity.ERROR,
        "Name at least two partners with ex:hasPartner.",
        Location("data/c.ttl", 7),
        focus=f"{BASE}id/thing/oak",
        source=f"{BASE}shapes/Thing-hasPartner",
        path="ex:hasPartner",
        related=(Location("data/d.ttl", 1, 1), Location("data/e.ttl")),
    ),
    Diagnostic(
        "shacl/class",
        Severity.WARNING,
        "Link to a place.",
        Location("data/c.ttl", 9, 3),
        focus="https://other.example/x",
        source=f"{BASE}shapes/Thing-place",
        path="(ex:part/^ex:owns*)",
        value=f"<{BASE}id/thing/elm>",
    ),
    Diagnostic(
        "shacl/pattern",
        Severity.WARNING,
        "Two\nlines and a \x1b[31mcolour.",
        Location("data/f.ttl", 12, 1),
        focus="_:f0x1",
        path="ex:note",
        value='"tab\\tand 😀 and 1.50"^^<https://data.example/unit>',
        cure="Write one\rline.",
    ),
)
HOSTILE = "a\x1b[2J\x9b1mb\r\x07\u202ec\nd\x7f"
"""Clears the screen, moves the cursor, rings the bell and turns the text around."""

REPORT = Report(FINDINGS, files=7, triples=1234, shapes=2, engines=("pyshacl",))


def text(report: Report) -> str:
    return report_text(report, PREFIXES.shorten, lambda word, _: word)


REPORTERS: dict[str, Callable[[Report], str]] = {
    "text.txt": text,
    "report.json": report_json,
    "summary.txt": lambda report: summary(report) + "\n",
}
reporters = pytest.mark.parametrize("report", REPORTERS.values(), ids=REPORTERS.keys())


class TestApproved:
    @pytest.mark.parametrize(("name", "report"), REPORTERS.items(), ids=REPORTERS.keys())
    def test_output_is_as_approved(self, name: str, report: Callable[[Report], str]) -> None:
        """Findings look as somebody has read and approved them."""
        assert report(REPORT) == (APPROVED / name).read_text("utf-8")

    @reporters
    def test_nothing_found_is_told_without_findings(self, report: Callable[[Report], str]) -> None:
        """Where nothing is wrong no finding is made up."""
        assert "shacl/" not in report(Report((), files=1))


class TestText:
    def test_severity_is_painted(self) -> None:
        """The word that says how bad it is stands out, and nothing else."""
        painted = report_text(REPORT, PREFIXES.shorten, lambda word, by: f"<{by.name}>{word}</>")

        assert painted.count("</>") == len(FINDINGS)
        assert painted.startswith("<INFO>info</> shacl/node-kind: ")
        assert "data/b.ttl:3:14: <ERROR>error</> turtle/syntax: " in painted

    @pytest.mark.parametrize(
        "finding",
        [
            replace(FINDINGS[4], message=HOSTILE),
            replace(FINDINGS[4], cure=HOSTILE),
            replace(FINDINGS[4], focus=HOSTILE),
            replace(FINDINGS[4], path=HOSTILE),
            replace(FINDINGS[4], value=HOSTILE),
            replace(FINDINGS[4], code=HOSTILE),
        ],
        ids=["message", "cure", "focus", "path", "value", "code"],
    )
    def test_no_field_can_steer_the_terminal(self, finding: Diagnostic) -> None:
        """What a file holds cannot move the cursor, change colours or turn the text around."""
        written = text(Report((finding,)))

        assert all(each.isprintable() for each in written.replace("\n", ""))
        assert "\nd" not in written

    def test_no_file_name_can_steer_the_terminal(self) -> None:
        """A file may be called anything, and still cannot give orders to the terminal."""
        hostile = Report((replace(FINDINGS[4], location=Location("data/\x1b[2J\n.ttl", 1)),))

        assert "\x1b" not in text(hostile)
        assert "\n.ttl" not in text(hostile)

    def test_iris_are_short_where_a_prefix_fits(self) -> None:
        """Our own entities read by prefix, others whole."""
        written = text(REPORT)

        assert "thing:oak" in written
        assert "thing:elm" in written
        assert f"{BASE}id/thing/" not in written
        assert "https://other.example/x" in written


class TestJson:
    def test_every_finding_has_every_key(self) -> None:
        """A program need not ask whether a key is there: what is not known is null."""
        content = json.loads(report_json(REPORT))

        keys = {frozenset(finding) for finding in content["findings"]}
        assert len(content["findings"]) == len(FINDINGS)
        assert len(keys) == 1
        assert content["findings"][0]["file"] is None
        assert content["findings"][5]["message"] == FINDINGS[5].message

    def test_summary_counts_what_was_found(self) -> None:
        """The numbers stand at the top, so that a program need not count."""
        content = json.loads(report_json(REPORT))

        assert content["format"] == 1
        assert content["summary"] == {
            "files": 7,
            "triples": 1234,
            "shapes": 2,
            "engines": ["pyshacl"],
            "errors": 3,
            "warnings": 2,
            "infos": 1,
        }

    def test_no_control_character_stands_in_it(self) -> None:
        """JSON shown on a terminal cannot steer it either."""
        hostile = Report((replace(FINDINGS[4], message="a\x1b[2J\x9b1m\x7f"),))

        written = report_json(hostile)

        assert {each for each in written if unicodedata.category(each) == "Cc"} == {"\n"}
        assert json.loads(written)["findings"][0]["message"] == "a\x1b[2J\x9b1m\x7f"


class TestSummary:
    @pytest.mark.parametrize(
        ("report", "line"),
        [
            (Report(()), "Checked 0 files, 0 triples, 0 shapes: nothing to mend."),
            (
                Report((), files=1, triples=1, shapes=1, engines=("pyshacl",)),
                "Checked 1 file, 1 triple, 1 shape: nothing to mend.",
            ),
            (
                Report((FINDINGS[1],), files=2, triples=1_234_567),
                "Checked 2 files, 1,234,567 triples, 0 shapes: 1 error.",
            ),
            (
                Report(FINDINGS[1:], files=2, shapes=1),
                "Checked 2 files, 0 triples, 1 shape: "
                "3 errors, 2 warnings, shapes were not checked.",
            ),
            (
                Report(FINDINGS[:1], files=2, shapes=1, engines=("pyshacl",)),
                "Checked 2 files, 0 triples, 1 shape: 1 remark.",
            ),
        ],
        ids=["nothing", "one of each", "many triples", "no engine", "remark"],
    )
    def test_one_line_says_what_was_looked_at_and_found(self, report: Report, line: str) -> None:
        """The last line of a check sums it up, numbers in groups and words in the right number."""
        assert summary(report) == line
