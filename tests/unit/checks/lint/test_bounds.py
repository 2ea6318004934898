"""Of what is found without end the first is told, and that there is more."""

from __future__ import annotations

from pathlib import Path

import pytest

from lod.checks.check import Codes, check
from lod.checks.lint import bounds, module_rules
from lod.config import read_project
from lod.dataset import open_dataset
from lod.diagnostics import Severity
from support.linting import NoShapes, checked, found, write_example

TREES = "".join(f'ex:tree-{number} ex:height "{number}m"^^xsd:integer .\n' for number in range(9))

TAGS = "".join(f'ex:tree-{number} ex:name "{number}"@EN .\n' for number in range(9))


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four findings are the most that is told of a rule."""
    for module in (bounds, module_rules):
        monkeypatch.setattr(module, "MOST_OF_A_RULE", 4)


@pytest.mark.usefixtures("few")
class TestMany:
    @pytest.mark.parametrize(
        ("code", "example"),
        [
            ("lint/literal-ill-typed", TREES),
            ("lint/language-tag-case", TAGS),
            ("lint/label-missing", "".join(f"ex:tree-{each} a ex:Tree .\n" for each in range(9))),
        ],
    )
    def test_rest_is_one_finding(self, tmp_path: Path, code: str, example: str) -> None:
        """Whoever makes one slip everywhere reads of it four times, and that there are more."""
        write_example(tmp_path, example)
        dataset = open_dataset(read_project(tmp_path))

        report = check(dataset, NoShapes(), lambda _: None)

        of_rule = [each for each in report.findings if each.code == code]
        more = [
            each.message
            for each in report.findings
            if each.code == bounds.TOO_MANY and code in each.message
        ]
        assert len(of_rule) == 4
        assert more == [f"More than 4 findings of {code}; the others are not told."]

    def test_as_many_as_are_told_are_no_more(self, tmp_path: Path) -> None:
        """Nothing is left out, so nothing says so."""
        example = "".join(TREES.splitlines(keepends=True)[:4])

        assert len(found(tmp_path, "lint/literal-ill-typed", example)) == 4
        assert not checked(tmp_path, bounds.TOO_MANY).findings

    def test_waiver_of_what_is_not_told_is_not_called_useless(self, tmp_path: Path) -> None:
        """What a waiver accepts may be among the findings that nobody looked for."""
        lines = TREES.splitlines()
        lines[-1] += " # lod: ignore[lint/literal-ill-typed] It is measured in metres."
        write_example(tmp_path, "\n".join(lines) + "\n")
        dataset = open_dataset(read_project(tmp_path))

        report = check(dataset, NoShapes(), lambda _: None, Codes(ignore=("shapes",)))

        assert "lint/waiver" not in {each.code for each in report.findings}


class TestLongFile:
    def test_text_rules_pass_it_over_and_say_so(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A file too long for rules about texts is still looked at by the others."""
        monkeypatch.setattr(module_rules, "LONGEST_TEXT", 100)
        write_example(tmp_path, TREES + TAGS)
        dataset = open_dataset(read_project(tmp_path))

        report = check(dataset, NoShapes(), lambda _: None)

        told = {each.code: each for each in report.findings}
        assert told[bounds.TOO_LONG].severity is Severity.INFO
        assert str(told[bounds.TOO_LONG].location) == "data/example.ttl"
        assert "lint/language-tag-case" not in told
        assert "lint/literal-ill-typed" in told
