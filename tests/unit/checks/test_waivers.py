"""Comments that accept a finding where it stands, and what is wrong with such comments."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest

from lod.checks.catalogue import read_catalogue
from lod.checks.waivers import Waived, waive
from lod.diagnostics import Diagnostic, Location, Severity
from support.checking import EX, checked, dataset_of, told

MISSING = "lint/label-missing"
CASE = "lint/language-tag-case"
WAIVED = {"data/a.ttl": f'{EX}ex:a ex:p "x"@EN . # lod: ignore[{CASE}] a name\n'}


def finding(line: int | None, code: str = MISSING, name: str = "data/a.ttl") -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, "Wrong.", Location(name, line, 1 if line else None))


def waived(
    folder: Path,
    text: str,
    *findings: Diagnostic,
    name: str = "data/a.ttl",
    judged: Collection[str] | None = None,
) -> Waived:
    dataset = dataset_of(folder, {name: text})
    return waive(dataset, findings, read_catalogue(), judged)


def problems(result: Waived) -> list[tuple[str, str]]:
    """Return place and message of the findings about waivers."""
    return [
        (str(each.location), each.message) for each in result.findings if each.code == "lint/waiver"
    ]


class TestWhatItAccepts:
    def test_line_it_stands_in(self, tmp_path: Path) -> None:
        """A comment at the end of a line accepts the finding of its code in that line."""
        text = f"{EX}ex:a ex:p 1 . # lod: ignore[{MISSING}] nobody sees it\n"

        result = waived(tmp_path, text, finding(2))

        assert result == Waived((), 1)

    def test_line_below_it(self, tmp_path: Path) -> None:
        """A comment with a line of its own is about what comes next, over other comments."""
        text = f"{EX}# lod: ignore[{MISSING}] nobody sees it\n# A thing.\n\nex:a ex:p 1 .\n"

        result = waived(tmp_path, text, finding(5))

        assert result == Waived((), 1)

    @pytest.mark.parametrize("line", [1, 2, 4])
    def test_no_other_line(self, tmp_path: Path, line: int) -> None:
        """A waiver reaches no further than its line."""
        text = f"{EX}\nex:a ex:p 1 . # lod: ignore[{MISSING}] known\nex:b ex:p 1 .\n"

        result = waived(tmp_path, text, finding(line))

        assert result.count == 0
        assert finding(line) in result.findings

    def test_no_other_code_and_no_other_file(self, tmp_path: Path) -> None:
        """A waiver accepts its code in its file alone."""
        text = f"{EX}ex:a ex:p 1 . # lod: ignore[{MISSING}] known\n"
        others = (finding(2, CASE), finding(2, name="data/b.ttl"))

        result = waived(tmp_path, text, *others)

        assert set(others) <= set(result.findings)

    def test_several_codes(self, tmp_path: Path) -> None:
        """One comment may name several codes."""
        text = f"{EX}ex:a ex:p 1 . # lod: ignore[{MISSING}, {CASE}] known\n"

        result = waived(tmp_path, text, finding(2), finding(2, CASE))

        assert result == Waived((), 2)

    def test_two_comments_above_one_line(self, tmp_path: Path) -> None:
        """Two waivers with lines of their own are both about the next statement."""
        text = f"{EX}# lod: ignore[{MISSING}] a\n# lod: ignore[{CASE}] b\nex:a ex:p 1 .\n"

        result = waived(tmp_path, text, finding(4), finding(4, CASE))

        assert result == Waived((), 2)

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("data/a.trig", "<x:g> {\n<x:a> <x:p> 1 # lod: ignore[lint/label-missing] known\n}"),
            ("data/a.nt", "\n<x:a> <x:p> <x:o> . # lod: ignore[lint/label-missing] known\n"),
            ("data/a.nq", "\n<x:a> <x:p> <x:o> . # lod: ignore[lint/label-missing] known\n"),
            ("data/a.ttl", "\r\n<x:a> <x:p> 1 . #lod:ignore [lint/label-missing] known\r\n"),
            ("shapes/a.ttl", "\n<x:a> <x:p> 1 . ## lod: ignore[lint/label-missing] known"),
        ],
    )
    def test_every_format_with_comments(self, tmp_path: Path, name: str, text: str) -> None:
        """Waivers work in Turtle, TriG, N-Triples and N-Quads, whatever the ends of lines."""
        result = waived(tmp_path, text, finding(2, name=name), name=name)

        assert result == Waived((), 1)

    @pytest.mark.parametrize(
        "text",
        [
            f'{EX}ex:a ex:p "# lod: ignore[{MISSING}] known" .\n',
            f'{EX}ex:a ex:p """\n# lod: ignore[{MISSING}] known\n""" .\n',
            f"{EX}<x:#lod:ignore[{MISSING}]known> ex:p 1 .\n".replace("[", "(").replace("]", ")"),
            f"{EX}ex:a ex:p 1 . # lod: ignored [{MISSING}] is not the word\n",
            f"{EX}ex:a ex:p 1 . # write lod: ignore[{MISSING}] known\n",
        ],
    )
    def test_what_only_looks_like_one(self, tmp_path: Path, text: str) -> None:
        """Texts, IRIs and comments that speak of waivers are none."""
        result = waived(tmp_path, text, finding(2), finding(3))

        assert result == Waived((finding(2), finding(3)), 0)

    def test_finding_without_a_line(self, tmp_path: Path) -> None:
        """What is said of a whole file no line accepts."""
        result = waived(tmp_path, f"# lod: ignore[{MISSING}] known\n{EX}", finding(None))

        assert finding(None) in result.findings


class TestProblems:
    @pytest.mark.parametrize(
        ("comment", "message"),
        [
            ("# lod: ignore", "The waiver names no code."),
            ("# lod: ignore[] because", "The waiver names no code."),
            (f"# lod: ignore {MISSING} because", "The waiver names no code."),
            (f"# lod: ignore[{MISSING}]", "The waiver gives no reason, so it accepts nothing."),
            (f"# lod: ignore[{MISSING}] –", "The waiver gives no reason, so it accepts nothing."),
        ],
    )
    def test_incomplete_waiver_accepts_nothing(
        self, tmp_path: Path, comment: str, message: str
    ) -> None:
        """A waiver needs a code and a reason; else the finding stays, and the waiver is another."""
        result = waived(tmp_path, f"{EX}ex:a ex:p 1 . {comment}\n", finding(2))

        assert result.count == 0
        assert finding(2) in result.findings
        assert problems(result) == [(f"data/a.ttl:2:{len('ex:a ex:p 1 . ') + 1}", message)]

    def test_unused_waiver_is_told(self, tmp_path: Path) -> None:
        """A waiver whose finding is mended is to be removed."""
        result = waived(tmp_path, f"{EX}# lod: ignore[{MISSING}] known\nex:a ex:p 1 .\n")

        assert problems(result) == [("data/a.ttl:2:1", f"The waiver of {MISSING} accepts nothing.")]

    def test_unused_code_among_used_ones_is_told(self, tmp_path: Path) -> None:
        """Each code of a waiver must be good for something."""
        text = f"{EX}ex:a ex:p 1 . # lod: ignore[{MISSING}, {CASE}] known\n"

        result = waived(tmp_path, text, finding(2))

        assert result.count == 1
        assert [message for _, message in problems(result)] == [
            f"The waiver of {CASE} accepts nothing."
        ]

    def test_unknown_code_is_told_with_the_nearest(self, tmp_path: Path) -> None:
        """A misspelt code accepts nothing, and the right one is named."""
        result = waived(tmp_path, f"{EX}# lod: ignore[lint/label-mising] known\nex:a ex:p 1 .\n")

        (problem,) = result.findings
        assert problem.message == "The waiver names an unknown code: lint/label-mising."
        assert problem.cure == f"Did you mean {MISSING}?"

    def test_area_is_no_code(self, tmp_path: Path) -> None:
        """A waiver does not accept a whole area."""
        result = waived(tmp_path, f"{EX}ex:a ex:p 1 . # lod: ignore[lint] known\n", finding(2))

        assert finding(2) in result.findings
        assert [message for _, message in problems(result)] == [
            "The waiver names an unknown code: lint."
        ]

    def test_code_of_a_component_of_its_own(self, tmp_path: Path) -> None:
        """Codes of a project's own constraint components are known when they are found."""
        code = "shacl/min-count-of-leaves"
        text = f"{EX}ex:a ex:p 1 . # lod: ignore[{code}] known\n"

        assert waived(tmp_path, text, finding(2, code)) == Waived((), 1)

    def test_rule_that_did_not_run_is_not_missed(self, tmp_path: Path) -> None:
        """Whether a waiver is used only a check knows that looked for its code."""
        text = f"{EX}# lod: ignore[{MISSING}] known\nex:a ex:p 1 .\n"

        assert problems(waived(tmp_path, text, judged={CASE})) == []
        assert len(problems(waived(tmp_path, text, judged={MISSING}))) == 1


class TestInACheck:
    def test_accepted_finding_is_counted_and_not_told(self, tmp_path: Path) -> None:
        """The report says how many findings comments accept."""
        report = checked(dataset_of(tmp_path, WAIVED), CASE)

        assert (told(report), report.waived) == ([], 1)

    def test_check_of_other_codes_does_not_call_it_unused(self, tmp_path: Path) -> None:
        """A check for some codes says nothing of waivers of others."""
        report = checked(dataset_of(tmp_path, WAIVED), MISSING, "lint/waiver")

        assert "lint/waiver" not in {each.code for each in report.findings}

    def test_rule_that_is_off_does_not_call_it_unused(self, tmp_path: Path) -> None:
        """A rule the project has switched off says nothing of its waivers."""
        dataset = dataset_of(tmp_path, WAIVED, f'[rules]\n"{CASE}" = "off"\n')

        assert told(checked(dataset, CASE, "lint/waiver")) == []

    def test_broken_file_does_not_call_it_unused(self, tmp_path: Path) -> None:
        """While a file cannot be read nobody knows what its waivers accept."""
        files = {**WAIVED, "data/b.ttl": "nonsense", "data/c.ttl": f"{EX}ex:c ex:p 1 ."}
        files["data/c.ttl"] += f" # lod: ignore[{MISSING}] known\n"

        report = checked(dataset_of(tmp_path, files))

        assert "lint/waiver" not in {each.code for each in report.findings}

    def test_what_cannot_be_read_cannot_be_waived(self, tmp_path: Path) -> None:
        """A syntax error stays an error, whatever stands behind it."""
        text = f"{EX}ex:a nonsense . # lod: ignore[turtle/syntax] known\n"

        report = checked(dataset_of(tmp_path, {"data/a.ttl": text}))

        assert "data/a.ttl:2:6 turtle/syntax" in told(report)
        assert report.waived == 0

    @pytest.mark.parametrize(("severity", "count"), [("off", 0), ("error", 1)])
    def test_project_says_how_binding_its_problems_are(
        self, tmp_path: Path, severity: str, count: int
    ) -> None:
        """[rules] is about lint/waiver as about every other code."""
        dataset = dataset_of(
            tmp_path,
            {"data/a.ttl": f"{EX}# lod: ignore\n"},
            f'[rules]\n"lint/waiver" = "{severity}"\n',
        )

        report = checked(dataset, "lint/waiver")

        assert [each.severity.value for each in report.findings] == [severity] * count
