"""Markdown for summaries, in which data are only shown."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from lod.diagnostics import Report, Severity
from lod.reporters import REPORTERS
from support.findings import HOSTILE, REPORT, REPORTING, SYNTAX

LETTER = r"[A-Za-z0-9 ,;'\"()/?%=|-]|[^\x00-\x7f]|&#\d+;|<wbr>|</?code>"


def write(report: Report) -> str:
    return REPORTERS["markdown"](report, REPORTING)


def rendered(text: str) -> str:
    return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))


class TestSummary:
    def test_clean_project_has_no_table(self) -> None:
        """Where nothing is wrong the summary is a line."""
        assert write(Report((), files=3)) == (
            "## lod check\n\nChecked 3 files, 0 triples, 0 shapes: nothing to mend.\n"
        )

    def test_each_severity_has_its_table(self) -> None:
        """Errors come first, and each finding is one row."""
        html = rendered(write(REPORT))

        assert re.findall("<h3>(.*)</h3>", html) == ["2 errors", "3 warnings", "1 remark"]
        assert [table.count("<tr>") - 1 for table in html.split("<h3>")[1:]] == [2, 3, 1]

    def test_row_has_place_code_and_message(self) -> None:
        """A row tells what the concise line tells."""
        html = rendered(write(Report((SYNTAX,)))).replace("<wbr>", "")

        assert re.findall("<td>(.*)</td>", html) == [
            "<code>data/b.ttl:3:3</code>",
            "<code>turtle/syntax</code>",
            "<code>The prefix rdfs: has not been declared.</code>",
        ]

    @pytest.mark.parametrize(
        ("errors", "warnings", "rows", "line"),
        [
            (100, 0, 100, ""),
            (101, 0, 100, "\n1 more finding not shown here.\n"),
            (60, 1_060, 100, "\n1,020 more findings not shown here.\n"),
            (250, 3, 100, "\n153 more findings not shown here.\n"),
        ],
    )
    def test_long_report_is_cut_and_says_so(
        self, errors: int, warnings: int, rows: int, line: str
    ) -> None:
        """A hundred findings are shown, errors first, and the rest is counted."""
        found = (SYNTAX,) * errors + (replace(SYNTAX, severity=Severity.WARNING),) * warnings

        written = write(Report(found))

        assert rendered(written).count("<td>") == rows * 3
        assert written.endswith(line or " |\n")


class TestData:
    def test_data_is_only_letters_inside_code(self) -> None:
        """Every sign that means something in Markdown or HTML is written as a number."""
        row = write(Report((HOSTILE,))).splitlines()[-1]

        assert re.fullmatch(f"(?:{LETTER})*", row)
        assert row.replace("&#124;", "").count("|") == 4

    def test_data_makes_no_links_tables_or_elements(self) -> None:
        """What a literal holds is shown letter by letter."""
        html = rendered(write(Report((HOSTILE,))))

        assert set(re.findall(r"</?([a-z0-9]+)", html.partition("<tbody>")[2])) == {
            *("tr", "td", "code", "wbr", "tbody", "table"),
        }
        assert "@everyone" not in html
        assert "https://" not in html
