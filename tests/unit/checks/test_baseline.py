"""Findings that are accepted for now, in a file that only becomes shorter."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from lod.checks.baseline import (
    Entry,
    apply_baseline,
    baseline_text,
    entries_of,
    read_baseline,
    shrunk,
)
from lod.diagnostics import Diagnostic, Location, Report, Severity
from lod.errors import ConfigError


def finding(name: str, line: int = 1) -> Diagnostic:
    return Diagnostic(
        "lint/label-missing",
        Severity.WARNING,
        f'ex:{name} has no "label" – ąžuolas.',
        Location(f"data/{name}.ttl", line, 1),
        fingerprint=f"mark-{name}",
    )


A, B, C = (finding(name) for name in "abc")


def written(folder: Path, findings: Sequence[Diagnostic]) -> Path:
    path = folder / "baseline.json"
    path.write_text(baseline_text(entries_of(findings)), "utf-8")
    return path


def applied(
    folder: Path, known: Sequence[Diagnostic], now: Sequence[Diagnostic], stale: Severity | None
) -> Report:
    path = written(folder, known)
    report = Report(tuple(now))
    return apply_baseline(report, read_baseline(path), path, name="ci/baseline.json", stale=stale)


class TestText:
    def test_what_is_written_is_read(self, tmp_path: Path) -> None:
        """A baseline keeps fingerprint, code, file and words of each finding."""
        entries = read_baseline(written(tmp_path, [A, B]))

        assert entries == entries_of([A, B])
        assert (entries[0].code, entries[0].file) == ("lint/label-missing", "data/a.ttl")

    def test_one_line_for_each_finding_in_order(self) -> None:
        """Diffs of a baseline are as small as what changed, whatever the order of findings."""
        text = baseline_text(entries_of([C, A, B]))

        assert text == baseline_text(entries_of([A, B, C]))
        assert [line.count("mark-") for line in text.splitlines()] == [0, 0, 0, 1, 1, 1, 0, 0]
        shorter = baseline_text(entries_of([A, C])).splitlines()
        assert [line for line in text.splitlines() if line not in shorter] == [
            line for line in text.splitlines() if "mark-b" in line
        ]

    def test_empty_one_is_json(self) -> None:
        """A baseline that accepts nothing is a baseline."""
        assert json.loads(baseline_text(())) == {"format": 1, "findings": []}


class TestReading:
    def test_missing_file(self, tmp_path: Path) -> None:
        """A baseline that is not there is told, with how to make it."""
        with pytest.raises(ConfigError) as caught:
            read_baseline(tmp_path / "none.json")

        assert caught.value.code == "config/no-baseline"
        assert caught.value.cure == "Write it once with --write-baseline."

    @pytest.mark.parametrize(
        "content",
        [
            *("", "nonsense", "[]", "{}", "null", '{"format": 1}', "[" * 100_000),
            '{"format": 2, "findings": []}',
            '{"format": 1, "findings": {}}',
            '{"format": 1, "findings": ["a"]}',
            '{"format": 1, "findings": [{"fingerprint": "a"}]}',
            json.dumps({"format": 1, "findings": [dict.fromkeys(Entry.__slots__, 1)]}),
            "\udcff",
        ],
    )
    def test_what_is_no_baseline(self, tmp_path: Path, content: str) -> None:
        """Another file, or half of one after a merge, is refused and not taken for an empty one."""
        path = tmp_path / "baseline.json"
        path.write_bytes(content.encode("utf-8", "surrogateescape"))

        with pytest.raises(ConfigError) as caught:
            read_baseline(path)

        assert caught.value.code == "config/baseline"
        assert "Entry" not in str(caught.value)

    def test_folder(self, tmp_path: Path) -> None:
        """A folder in place of a baseline is told."""
        with pytest.raises(ConfigError, match="Is a directory"):
            read_baseline(tmp_path)


class TestApplied:
    def test_old_findings_are_accepted_new_ones_stay(self, tmp_path: Path) -> None:
        """What the baseline has is counted, what it has not is told."""
        report = applied(tmp_path, [A, B], [A, B, C], Severity.ERROR)

        assert (report.findings, report.accepted) == ((C,), 2)

    def test_mended_finding_is_a_finding_where_it_stands(self, tmp_path: Path) -> None:
        """An entry that accepts nothing leads to its line, so that it is taken out."""
        report = applied(tmp_path, [A, B], [A], Severity.ERROR)

        (stale,) = report.findings
        assert (stale.code, stale.severity) == ("lint/baseline-stale", Severity.ERROR)
        assert stale.location == Location("ci/baseline.json", 5)
        assert B.message in stale.message

    def test_entry_in_a_file_somebody_laid_out_anew(self, tmp_path: Path) -> None:
        """The line of an entry is found however the JSON is written."""
        path = written(tmp_path, [A, B])
        path.write_text(json.dumps(json.loads(path.read_text("utf-8")), indent=4), "utf-8")

        report = apply_baseline(
            Report((A,)), read_baseline(path), path, name="b.json", stale=Severity.ERROR
        )

        line = report.findings[0].location
        assert line is not None
        assert "mark-b" in path.read_text("utf-8").splitlines()[(line.line or 0) - 1]

    def test_partial_check_knows_of_no_mended_one(self, tmp_path: Path) -> None:
        """Who looked for some findings only cannot say which others are mended."""
        assert applied(tmp_path, [A, B], [A], None) == Report((), accepted=1)

    def test_other_severity(self, tmp_path: Path) -> None:
        """A project may only be warned of entries that are mended."""
        report = applied(tmp_path, [A], [], Severity.WARNING)

        assert [each.severity for each in report.findings] == [Severity.WARNING]

    def test_findings_stay_in_order(self, tmp_path: Path) -> None:
        """Findings about the baseline stand where its name belongs."""
        first = replace(C, location=Location("a.ttl", 1))
        last = replace(C, location=Location("z.ttl", 1), fingerprint="mark-z")

        report = applied(tmp_path, [B], [first, last], Severity.ERROR)

        assert [each.location.path for each in report.findings if each.location] == [
            "a.ttl",
            "ci/baseline.json",
            "z.ttl",
        ]


class TestShrunk:
    def test_mended_ones_go_new_ones_do_not_come(self) -> None:
        """A baseline that is written again keeps what still accepts a finding, and no more."""
        assert shrunk(entries_of([A, B]), [B, C]) == entries_of([B])
