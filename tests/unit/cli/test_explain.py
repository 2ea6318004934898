"""``lod explain``: what a finding means."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from lod.checks.catalogue import Rule, read_catalogue
from support.projects import write_project
from unit.cli.commands import Done

OWN = """\
# too-tall (error)   Scope: data
# Why: no tree is so tall.
# Fix: Look again.
# Says: {subject} is too tall.
SELECT ?subject { ?subject ?p 1000 }
"""

Inside = Callable[..., Done]


@pytest.fixture
def project_with_a_rule(tmp_path: Path) -> Path:
    return write_project(tmp_path / "own", {"data/.keep": "", "lint/too-tall.rq": OWN})


class TestOneCode:
    @pytest.mark.parametrize("code", ["lint/label-missing", "turtle/syntax", "lint/waiver"])
    def test_why_and_how(self, inside: Inside, tmp_path: Path, code: str) -> None:
        """A code's text says why the finding matters and how it is mended, in a project or not."""
        rule = read_catalogue().get(code)
        assert rule is not None

        done = inside("explain", code, cwd=tmp_path)

        assert (done.code, done.remarks) == (0, "")
        words = done.output.split()
        assert words[:2] == [code, f"({rule.severity.value})"]
        assert " ".join(rule.why.split()) in " ".join(words)
        assert " ".join(rule.fix.split()) in " ".join(words)

    @pytest.mark.parametrize("rule", list(read_catalogue()), ids=lambda rule: rule.code)
    def test_every_code_of_a_finding_has_its_text(self, inside: Inside, rule: Rule) -> None:
        """Whatever a finding's code is, it can be explained."""
        assert inside("explain", rule.code).output.startswith(f"{rule.code} (")

    def test_rule_of_the_project(self, inside: Inside, project_with_a_rule: Path) -> None:
        """A project's own rules are explained inside of it, or when it is named."""
        inner = inside("explain", "lint/too-tall", cwd=project_with_a_rule)
        named = inside("explain", "lint/too-tall", "--project", project_with_a_rule)

        assert inner.code == 0
        assert "no tree is so tall." in inner.output
        assert named == inner

    def test_rule_of_another_project(self, inside: Inside, tmp_path: Path) -> None:
        """Outside of the project its rules are unknown."""
        line = inside("explain", "lint/too-tall", cwd=tmp_path).refused()

        assert line.startswith("lod: explain/unknown-code: No finding has the code lint/too-tall.")

    @pytest.mark.parametrize(
        ("code", "cure"),
        [
            ("lint/label-mising", "Did you mean lint/label-missing?"),
            ("label-missing", "Did you mean lint/label-missing?"),
            ("qqqqqqqqqq", "'lod explain' lists all codes."),
        ],
    )
    def test_unknown_code(self, inside: Inside, code: str, cure: str) -> None:
        """A misspelt code is told with the nearest one."""
        line = inside("explain", code).refused()

        assert line == f"lod: explain/unknown-code: No finding has the code {code}. {cure}"

    def test_json(self, inside: Inside, project_with_a_rule: Path) -> None:
        """A program gets all there is to know of a rule."""
        done = inside("explain", "lint/too-tall", "--json", cwd=project_with_a_rule)

        assert done.json["code"] == "lint/too-tall"
        assert done.json["severity"] == "error"
        assert done.json["scope"] == ["data"]


class TestList:
    def test_every_code_with_its_reason(self, inside: Inside, tmp_path: Path) -> None:
        """Without a code all are listed, with severity and reason."""
        done = inside("explain", cwd=tmp_path)

        heads = [line.split() for line in done.output.splitlines() if not line.startswith(" ")]
        assert heads == [[rule.code, rule.severity.value] for rule in read_catalogue()]
        assert done.output.count("\n    ") == len(heads)

    def test_rules_of_the_project_are_among_them(
        self, inside: Inside, project_with_a_rule: Path
    ) -> None:
        """Inside a project its own rules are listed, too."""
        done = inside("explain", "--json", cwd=project_with_a_rule)

        assert {"code": "lint/too-tall", "severity": "error", "why": "no tree is so tall."} in (
            json.loads(done.output)
        )


class TestBrokenProject:
    @pytest.mark.parametrize(
        ("name", "content"), [("lod.toml", "= 1"), ("lint/too-tall.rq", "nonsense")]
    )
    def test_the_toolkits_codes_are_still_explained(
        self, inside: Inside, project_with_a_rule: Path, name: str, content: str
    ) -> None:
        """Who mends a project may ask what its findings mean; what is left out is said."""
        (project_with_a_rule / name).write_text(content)

        done = inside("explain", "lint/label-missing", cwd=project_with_a_rule)

        assert done.code == 0
        assert done.output.startswith("lint/label-missing (")
        assert name.rpartition("/")[2] in done.remarks
        assert done.remarks.endswith("the project's own rules are left out.\n")
