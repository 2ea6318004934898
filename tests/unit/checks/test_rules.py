"""Every rule finds what its own text says it finds, and passes what it says passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from lod.checks.catalogue import Rule, read_catalogue
from lod.dataset import Role
from support.linting import checked, write_example

RULES = [rule for rule in read_catalogue() if rule.body or rule.module]


def write_rule_example(folder: Path, rule: Rule, example: str) -> None:
    """Write a project with the files of an example, the first of them in the rule's first role."""
    first = rule.scope[0] if rule.scope else Role.DATA
    write_example(folder, example, {Role.SEPARATE: "data/enrichment"}.get(first, first.value))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
class TestExamples:
    def test_the_failing_example_fails(self, rule: Rule, tmp_path: Path) -> None:
        """What a rule's text calls wrong is found, with a place, a message and a cure."""
        write_rule_example(tmp_path, rule, rule.failing)

        report = checked(tmp_path, rule.code)

        assert {finding.code for finding in report.findings} == {rule.code}
        for finding in report.findings:
            assert finding.severity is rule.severity
            assert finding.message
            assert "{" not in finding.message
            assert finding.cure
            assert finding.location is None or finding.location.path

    def test_the_passing_example_passes(self, rule: Rule, tmp_path: Path) -> None:
        """What a rule's text calls right is not found."""
        write_rule_example(tmp_path, rule, rule.passing)

        report = checked(tmp_path, rule.code)

        assert [str(finding.location) for finding in report.findings] == []


@pytest.mark.parametrize("rule", list(read_catalogue()), ids=lambda rule: rule.code)
class TestTexts:
    def test_says_why_and_how(self, rule: Rule) -> None:
        """Every code says why it matters and what to do."""
        assert rule.why.endswith(".")
        assert rule.fix.endswith(".")
        if rule.body or rule.module:
            assert rule.says
            assert rule.failing
            assert rule.passing
