"""Every reporter is shown the same six findings, and what it makes of them is approved.

To approve another output, put it into the file of ``approved`` after reading it.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from lod.diagnostics import Diagnostic, Location, Reason, Report
from lod.reporters import REPORTERS, Reporting, report_json, report_text, summary
from support.findings import (
    BASE,
    ELSEWHERE,
    FINDINGS,
    NO_PLACE,
    PREFIXES,
    REASONED,
    REPAIR,
    REPORT,
    REPORTING,
    SYNTAX,
)
from support.findings import HOSTILE as HOSTILE_FINDING

APPROVED = Path(__file__).parent / "approved"
FILES = {
    "full": "full.txt",
    "concise": "concise.txt",
    "json": "report.json",
    "junit": "junit.xml",
    "sarif": "report.sarif",
    "github": "github.txt",
    "gitlab": "gitlab.json",
    "markdown": "summary.md",
    "turtle": "report.ttl",
}
HOSTILE = "a\x1b[2J\x9b1mb\r\x07\u202ec\nd\x7f"
"""Clears the screen, moves the cursor, rings the bell and turns the text around."""

formats = pytest.mark.parametrize("name", REPORTERS)


def shown(name: str, report: Report, reporting: Reporting = REPORTING) -> str:
    return REPORTERS[name](report, reporting)


def full(*findings: Diagnostic, reporting: Reporting = REPORTING) -> str:
    return shown("full", Report(findings), reporting)


class TestApproved:
    @formats
    def test_output_is_as_approved(self, name: str) -> None:
        """Findings look as somebody has read and approved them."""
        with (APPROVED / FILES[name]).open(encoding="utf-8", newline="") as file:
            assert shown(name, REPORT) == file.read()

    def test_every_format_is_approved(self) -> None:
        """No format is added without its approved output, and none is left behind."""
        assert FILES.keys() == REPORTERS.keys()
        assert {path.name for path in APPROVED.iterdir()} == {*FILES.values(), "summary.txt"}

    def test_summary_is_as_approved(self) -> None:
        """The last line of a check looks as somebody has approved it."""
        assert summary(REPORT) + "\n" == (APPROVED / "summary.txt").read_text("utf-8")

    @formats
    def test_nothing_found_is_told_without_findings(self, name: str) -> None:
        """Where nothing is wrong no finding is made up."""
        written = shown(name, Report((), files=1))

        assert "shacl/" not in written
        assert "error:" not in written

    @formats
    def test_same_findings_give_the_same_text(self, name: str) -> None:
        """A report changes only when the findings do: it has no times and no chance in it."""
        again = Report(tuple(map(replace, FINDINGS)), files=REPORT.files, triples=REPORT.triples)

        assert shown(name, again) == shown(name, replace(again, findings=FINDINGS))

    @formats
    def test_only_text_for_people_is_painted(self, name: str) -> None:
        """Colours never get into what programs read."""
        painted = replace(REPORTING, paint=lambda word, _: f"<<{word}>>")

        differs = shown(name, REPORT, painted) != shown(name, REPORT)

        assert differs == (name in {"full", "concise"})


class TestFull:
    def test_severity_is_painted(self) -> None:
        """The word that says how bad it is stands out, and nothing else."""
        reporting = replace(REPORTING, paint=lambda word, by: f"<{by.name}>{word}</>")

        painted = shown("full", REPORT, reporting)

        assert painted.count("</>") == len(FINDINGS)
        assert painted.startswith("<INFO>info</> shacl/node-kind: ")
        assert "data/b.ttl:3:3: <ERROR>error</> turtle/syntax: " in painted

    @pytest.mark.parametrize(
        "finding",
        [
            replace(REASONED, message=HOSTILE),
            replace(REASONED, cure=HOSTILE),
            replace(REASONED, focus=HOSTILE),
            replace(REASONED, path=HOSTILE),
            replace(REASONED, value=HOSTILE),
            replace(REASONED, code=HOSTILE),
            replace(REASONED, related=(Location(HOSTILE),)),
            replace(REASONED, origin=Location(HOSTILE)),
            replace(REASONED, reasons=(Reason(HOSTILE, HOSTILE, HOSTILE, HOSTILE),)),
            replace(REASONED, reasons=(Reason("No.", location=Location(HOSTILE)),)),
        ],
        ids=[
            *("message", "cure", "focus", "path", "value", "code", "related place", "shape"),
            *("reason", "place of a reason"),
        ],
    )
    def test_no_field_can_steer_the_terminal(self, finding: Diagnostic) -> None:
        """What a file holds cannot move the cursor, change colours or turn the text around."""
        written = full(finding)

        assert all(each.isprintable() for each in written.replace("\n", ""))
        assert "\nd" not in written

    def test_no_file_name_can_steer_the_terminal(self) -> None:
        """A file may be called anything, and still cannot give orders to the terminal."""
        written = full(replace(REASONED, location=Location("data/\x1b[2J\n.ttl", 1)))

        assert "\x1b" not in written
        assert "\n.ttl" not in written

    @pytest.mark.parametrize("path", ["::error::x.ttl", " ::debug::y.ttl", "  cure: z.ttl"])
    @pytest.mark.parametrize("name", ["full", "concise"])
    def test_file_name_begins_no_order_and_no_remark(self, name: str, path: str) -> None:
        """A line never begins with GitHub's two colons, nor a finding as its remarks do."""
        written = shown(name, Report((replace(SYNTAX, location=Location(path, 1)),)))

        assert written.startswith(f"./{path}:1: error ")

    def test_iris_are_short_where_a_prefix_fits(self) -> None:
        """Our own entities read by prefix, others whole."""
        written = shown("full", REPORT)

        assert "thing:oak" in written
        assert "thing:elm" in written
        assert f"{BASE}id/thing/" not in written
        assert "https://other.example/x" in written

    def test_value_that_is_the_entity_is_told_once(self) -> None:
        """A finding about the entity itself does not name it twice."""
        itself = replace(REASONED, path=None, value="<https://other.example/x>", reasons=())

        assert full(itself).count("https://other.example/x") == 1

    def test_reasons_of_a_reason_stand_below_it(self) -> None:
        """Why a part of a shape was not met reads from the outside in."""
        lines = full(REASONED).splitlines()

        assert [line.partition("because")[0] for line in lines if "because" in line] == [
            "  ",
            "    ",
            "  ",
        ]

    def test_place_of_a_reason_is_told_where_it_is_another(self) -> None:
        """The place at the start of a finding is not told again for each reason."""
        first, _, last = [line for line in full(REASONED).splitlines() if "because" in line]

        assert first.endswith("data/e.ttl:3:1)")
        assert last.endswith("A region has a parent.")

    def test_many_reasons_are_counted(self) -> None:
        """Of a choice among thousands, the first ten are told."""
        many = replace(REASONED, reasons=(Reason("No."),) * 1_234)

        lines = [line for line in full(many).splitlines() if line.startswith("  ")]

        assert lines.count("  because No.") == 10
        assert lines[-1] == "  and 1224 more"

    @formats
    def test_reasons_without_end_break_no_format(self, name: str) -> None:
        """Reasons nested as deep as a hostile shape likes are told as far as anybody reads."""
        reason = Reason("No.")
        for _ in range(5_000):
            reason = Reason("No.", reasons=(reason,))

        written = shown(name, Report((replace(REASONED, reasons=(reason,)),)))

        tells_reasons = name in {"full", "json", "sarif", "github", "turtle"}
        assert (written.count("No.") >= 40) == tells_reasons

    def test_many_places_are_counted(self) -> None:
        """Three more places are told, and how many there are besides."""
        assert (
            "  also: data/d.ttl:1:1, data/e.ttl, data/f.ttl:4:3 and 2 more   "
            "shape: shapes/thing.ttl:12:1\n"
        ) in full(ELSEWHERE)

    def test_rule_of_the_project_is_told_with_its_place(self) -> None:
        """Who meets a rule of the project's own can open it."""
        own = replace(REPAIR, origin=Location("lint/own.rq"))

        assert "\n  rule: lint/own.rq\n" in full(own)

    def test_known_rule_gives_its_cure_where_the_finding_has_none(self) -> None:
        """What to do is told whenever anybody knows."""
        line = (
            "  cure: Add the values the message asks for.   explain: lod explain shacl/min-count\n"
        )

        assert full(ELSEWHERE).endswith(line)

    def test_unknown_code_is_not_said_to_be_explained(self) -> None:
        """No command is offered that would fail."""
        assert "lod explain" not in full(NO_PLACE, SYNTAX)

    def test_long_cure_has_a_line_of_its_own(self) -> None:
        """Remarks share a line only where both fit."""
        told = full(replace(ELSEWHERE, cure="x" * 90))

        assert f"\n  cure: {'x' * 90}\n  explain: lod explain shacl/min-count\n" in told

    def test_endless_words_are_cut(self) -> None:
        """A text of a million letters in the data does not flood the terminal."""
        long = "x" * 1_000_000
        finding = replace(REASONED, message=long, cure=long, focus=long, path=long, value=long)

        assert len(full(finding)) < 10_000

    def test_plain_call_shows_findings_without_a_catalogue(self) -> None:
        """The server shows the findings of a broken project as the command does, less the help."""
        written = report_text(REPORT, PREFIXES.shorten, lambda word, _: word, REPORTING.source)

        assert written == full(*FINDINGS, reporting=Reporting(PREFIXES, source=REPORTING.source))
        assert "lod explain" not in written


class TestConcise:
    def test_each_finding_is_one_line(self) -> None:
        """Editors and scripts read a finding a line, whatever the data holds."""
        lines = shown("concise", REPORT).split("\n")

        assert len(lines) == len(FINDINGS) + 1
        assert lines[2] == (
            "data/b.ttl:3:3: error turtle/syntax: The prefix rdfs: has not been declared."
        )
        assert lines[5].startswith("data/")
        assert HOSTILE_FINDING.code in lines[5]


class TestJson:
    def test_every_finding_has_every_key(self) -> None:
        """A program need not ask whether a key is there: what is not known is null."""
        content = json.loads(report_json(REPORT))

        keys = {frozenset(finding) for finding in content["findings"]}
        assert len(content["findings"]) == len(FINDINGS)
        assert len(keys) == 1
        assert content["findings"][0]["file"] is None
        assert content["findings"][5]["message"] == HOSTILE_FINDING.message

    def test_reasons_repairs_and_places_are_there_in_full(self) -> None:
        """A program gets the reasons below reasons, the repair and the place of the shape."""
        found = json.loads(report_json(REPORT))["findings"]

        assert found[1]["edits"] == [
            {
                "file": "data/b.ttl",
                "line": 2,
                "column": 18,
                "endLine": 2,
                "endColumn": 23,
                "text": "en-gb",
            }
        ]
        assert found[1]["fingerprint"] == REPAIR.fingerprint
        assert found[3]["origin"]["file"] == "shapes/thing.ttl"
        assert found[4]["reasons"][0]["reasons"][0]["message"] == "Use words."

    def test_summary_counts_what_was_found(self) -> None:
        """The numbers stand at the top, so that a program need not count."""
        content = json.loads(report_json(REPORT))

        assert content["format"] == 1
        assert content["summary"] == {
            "files": 7,
            "triples": 1234,
            "shapes": 2,
            "rules": 18,
            "engines": ["pyshacl"],
            "errors": 2,
            "warnings": 3,
            "infos": 1,
            "waived": 2,
            "accepted": 5,
        }

    def test_no_control_character_stands_in_it(self) -> None:
        """JSON shown on a terminal cannot steer it either."""
        hostile = Report((replace(REASONED, message="a\x1b[2J\x9b1m\x7f"),))

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
                Report((SYNTAX,), files=2, triples=1_234_567),
                "Checked 2 files, 1,234,567 triples, 0 shapes: 1 error.",
            ),
            (
                Report(FINDINGS[1:], files=2, shapes=1),
                "Checked 2 files, 0 triples, 1 shape: "
                "2 errors, 3 warnings, shapes were not checked.",
            ),
            (
                Report(FINDINGS[:1], files=2, shapes=1, engines=("pyshacl",)),
                "Checked 2 files, 0 triples, 1 shape: 1 remark.",
            ),
            (
                Report((), rules=18, waived=2),
                "Checked 0 files, 0 triples, 0 shapes, 18 rules: nothing to mend; 2 waived.",
            ),
            (
                Report((SYNTAX,), accepted=5),
                "Checked 0 files, 0 triples, 0 shapes: 1 error; 5 in the baseline.",
            ),
        ],
        ids=["nothing", "one of each", "many triples", "no engine", "remark", "waived", "baseline"],
    )
    def test_one_line_says_what_was_looked_at_and_found(self, report: Report, line: str) -> None:
        """The last line of a check sums it up, numbers in groups and words in the right number."""
        assert summary(report) == line
