"""What a finding is recognised by after an edit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lod.checks.fingerprints import fingerprinted
from lod.diagnostics import Diagnostic, Location, Severity
from support.checking import EX, checked, dataset_of

ENTITY = Diagnostic(
    "shacl/datatype",
    Severity.ERROR,
    "It has 3 values.",
    Location("data/a.ttl", 5, 3, 5, 9),
    focus="https://data.example/a",
    path="ex:p",
    value='"x"',
    source="https://data.example/Shape",
)
BLANK = replace(ENTITY, focus="ex:a / ex:part", value="_:f0x-1")
PREFIX = Diagnostic("lint/prefix-unused", Severity.INFO, "Unused.", Location("data/a.ttl", 5, 1))


def marks(*findings: Diagnostic, line: str | None = "ex:a ex:p 1 .") -> list[str]:
    return [each.fingerprint for each in fingerprinted(findings, lambda _: line)]


class TestFingerprinted:
    @pytest.mark.parametrize("finding", [ENTITY, BLANK, PREFIX])
    def test_it_is_short_plain_text(self, finding: Diagnostic) -> None:
        """A fingerprint fits wherever services keep it."""
        (mark,) = marks(finding)

        assert len(mark) == 20
        assert mark.isalnum()
        assert marks(finding) == [mark]

    @pytest.mark.parametrize("finding", [ENTITY, BLANK, PREFIX])
    def test_other_line(self, finding: Diagnostic) -> None:
        """A finding that moves to another line, indented otherwise, is the same."""
        moved = replace(finding, location=Location("data/a.ttl", 50, 7, 50, 8))

        assert marks(moved, line="  ex:a ex:p 1 . ") == marks(finding)

    def test_entity_in_another_file(self) -> None:
        """A finding moves with its entity to another file."""
        assert marks(replace(ENTITY, location=Location("data/b.ttl", 1))) == marks(ENTITY)

    def test_line_in_another_file(self) -> None:
        """The same words in another file are another finding."""
        assert marks(replace(PREFIX, location=Location("data/b.ttl", 5, 1))) != marks(PREFIX)

    def test_number_in_the_words(self) -> None:
        """A count that changes with other entities makes no other finding."""
        assert marks(replace(ENTITY, message="It has 4 values.")) == marks(ENTITY)

    @pytest.mark.parametrize(
        "other",
        [
            replace(ENTITY, code="shacl/class"),
            replace(ENTITY, focus="https://data.example/b"),
            replace(ENTITY, path="ex:q"),
            replace(ENTITY, value='"y"'),
            replace(ENTITY, source="https://data.example/Other"),
            replace(ENTITY, message="It has no label in Lithuanian."),
        ],
    )
    def test_other_finding(self, other: Diagnostic) -> None:
        """What is about another entity, value or shape is another finding."""
        assert marks(other) != marks(ENTITY)

    def test_label_of_a_blank_node_does_not_count(self) -> None:
        """The labels of blank nodes change with files before theirs."""
        assert marks(replace(BLANK, value="_:f7x-20")) == marks(BLANK)

    def test_two_of_the_same(self) -> None:
        """Findings that nothing tells apart are the first, the second and so on."""
        first, second = marks(PREFIX, PREFIX)

        assert first != second
        assert marks(PREFIX) == [first]

    def test_file_that_cannot_be_read(self) -> None:
        """Without its line a finding is known by its words."""
        other = replace(PREFIX, message="Another.")

        assert len(set(marks(PREFIX, other, line=None))) == 2

    def test_letters_that_are_none(self) -> None:
        """The name of a file need not be valid text."""
        assert marks(replace(PREFIX, location=Location("data/\udcff.ttl", 1)))[0]


class TestInACheck:
    def test_file_put_before_changes_nothing(self, tmp_path: Path) -> None:
        """A new file does not make old findings new, also not those about blank nodes."""
        text = f'{EX}ex:a ex:p [ ex:q "x"@EN ] , [ ex:q "y"@EN ] .\n'
        before = checked(dataset_of(tmp_path, {"data/b.ttl": text}), "lint/language-tag-case")
        after = checked(
            dataset_of(tmp_path, {"data/a.ttl": f"{EX}ex:b ex:p [ ex:q 1 ] .\n"}),
            "lint/language-tag-case",
        )

        assert len(before.findings) == 2
        assert [each.fingerprint for each in after.findings] == [
            each.fingerprint for each in before.findings
        ]

    def test_findings_in_one_line_differ(self, tmp_path: Path) -> None:
        """Each finding of a line has a fingerprint of its own."""
        text = f'{EX}ex:a ex:p "x"@EN , "x"@DE , "x"@DE-AT .\n'

        report = checked(dataset_of(tmp_path, {"data/a.ttl": text}), "lint/language-tag-case")

        assert len({each.fingerprint for each in report.findings}) == 3
