"""The line a finding is about, and the mark below it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lod.diagnostics import Diagnostic, Location, Report, Severity
from lod.reporters import report_text, source_of
from lod.reporters.source import excerpt

TEXT = "ex:a\n  ex:p 'ą' ;\n  ex:q [\n    ex:r 1 ] .\n"


def place(line: int, column: int, end_line: int, end_column: int) -> Location:
    return Location("data/a.ttl", line, column, end_line, end_column)


class TestExcerpt:
    @pytest.mark.parametrize(
        ("location", "shown"),
        [
            (place(2, 8, 2, 11), "    2 |   ex:p 'ą' ;\n      |        ^^^"),
            (place(3, 8, 4, 11), "    3 |   ex:q [\n      |        ^"),
            (place(1, 5, 1, 5), "    1 | ex:a\n      |     ^"),
            (Location("data/a.ttl", 2, 3), "    2 |   ex:p 'ą' ;\n      |   ^^^^^^^^^^"),
        ],
        ids=["words", "more lines", "end of a line", "no end"],
    )
    def test_mark_is_below_the_words(self, location: Location, shown: str) -> None:
        """The mark goes from the first letter to the last, or to the end of the line."""
        line = TEXT.split("\n")[(location.line or 0) - 1]

        assert excerpt(line, location) == shown

    @pytest.mark.parametrize(
        ("line", "marks"),
        [
            ("'中文' ex:b", "       ^^^^"),
            ("'e\u0301' ex:b", "    ^^^^"),
            ("'中' ex:中", "     ^^^^^"),
        ],
        ids=["wide letters before", "combining letter before", "wide letter inside"],
    )
    def test_mark_counts_columns_of_a_terminal(self, line: str, marks: str) -> None:
        """The mark is below the words also where letters are two columns wide, or none."""
        start = line.index("ex:")

        shown = excerpt(line, place(1, start + 1, 1, len(line) + 1))

        assert shown.split("\n")[1] == f"      | {marks}"

    @pytest.mark.parametrize("before", ["", "  \t"])
    def test_empty_line_before_is_left_out(self, before: str) -> None:
        """The line before is shown for what it says, not for being there."""
        assert excerpt("ex:a", place(10, 1, 10, 5), before).startswith("   10 | ex:a\n")

    def test_line_before_stands_above_with_its_number(self) -> None:
        """Numbers stand below each other, also from 99,999 to 100,000."""
        shown = excerpt("ex:a", place(100_000, 1, 100_000, 5), "ex:z")

        assert shown.splitlines()[:2] == [" 99999 | ex:z", "100000 | ex:a"]

    @pytest.mark.parametrize("column", [1, 500, 990])
    def test_long_line_is_cut_around_the_place(self, column: int) -> None:
        """Of a line of a thousand letters those are shown that matter."""
        line = "".join(chr(ord("a") + number % 26) for number in range(1_000))

        first, second = excerpt(line, place(1, column, 1, column + 3)).split("\n")

        marked = second.index("^")
        assert len(first) < 120
        assert first[marked : marked + 3] == line[column - 1 : column + 2]


class TestReport:
    def report(self, location: Location) -> Report:
        return Report((Diagnostic("x/y", Severity.ERROR, "No.", location),))

    def read(self, folder: Path, location: Location) -> str:
        (folder / "data").mkdir(exist_ok=True)
        (folder / "data/a.ttl").write_text(TEXT, "utf-8")
        return report_text(
            self.report(location), lambda _: None, lambda word, _: word, source_of(folder)
        )

    def test_line_stands_below_the_message(self, tmp_path: Path) -> None:
        """A finding shows the words it is about."""
        assert self.read(tmp_path, place(2, 3, 2, 7)) == (
            "data/a.ttl:2:3: error x/y: No.\n    1 | ex:a\n    2 |   ex:p 'ą' ;\n      |   ^^^^\n"
        )

    @pytest.mark.parametrize(
        "location",
        [Location("data/a.ttl"), Location("data/gone.ttl", 1, 1), place(99, 1, 99, 2)],
        ids=["no line", "no file", "line behind the end"],
    )
    def test_without_a_line_none_is_shown(self, tmp_path: Path, location: Location) -> None:
        """What cannot be read any more is left out."""
        assert self.read(tmp_path, location).count("\n") == 1

    def test_line_cannot_steer_the_terminal(self, tmp_path: Path) -> None:
        """Control characters of the file are spaces here, tabs too, so that the mark fits."""
        (tmp_path / "data").mkdir()
        (tmp_path / "data/a.ttl").write_bytes(b"\tex:a\x1b[2J .\r\n")

        written = report_text(
            self.report(place(1, 2, 1, 6)),
            lambda _: None,
            lambda word, _: word,
            source_of(tmp_path),
        )

        assert "\x1b" not in written
        assert "    1 |  ex:a [2J .\n      |  ^^^^\n" in written
