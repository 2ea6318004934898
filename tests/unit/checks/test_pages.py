"""What is said of the rules, in the reference and by ``lod explain``, is made from their texts."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from lod.checks.catalogue import Catalogue, Rule, read_catalogue
from lod.checks.pages import explanation, rules_page
from lod.dataset import Role
from lod.diagnostics import Severity
from support.linting import checked, write_example

RULE = Rule(
    code="lint/tall",
    severity=Severity.WARNING,
    why="a tree <that> is too tall falls, and " + "then it lies there " * 5 + "for long.",
    fix="Cut it.",
    scope=(Role.ONTOLOGY, Role.DATA),
    failing="ex:oak ex:height 100 .\n== lod.toml ==\n[kinds]\n",
    passing="ex:oak ex:height 10 .\n",
)


@pytest.fixture(scope="module")
def page() -> str:
    """The reference."""
    return rules_page(read_catalogue())


class TestRulesPage:
    def test_it_is_the_one_in_the_documentation(self, repository: Path, page: str) -> None:
        """The reference says what the rules' own texts say; when it does not, write it anew."""
        kept = (repository / "docs" / "reference" / "rules.md").read_text("utf-8")

        assert kept == page, "write rules_page(read_catalogue()) to docs/reference/rules.md"

    def test_every_code_has_its_heading(self, page: str) -> None:
        """A link to a code leads somewhere."""
        headings = re.findall(r"^### (\S+)$", page, re.MULTILINE)

        assert headings == [rule.code for rule in read_catalogue()]

    def test_every_area_says_what_it_is_about(self, page: str) -> None:
        """A section begins with a sentence."""
        areas = re.findall(r"^## ([a-z-]+)\n\n(.*)$", page, re.MULTILINE)

        assert len(areas) == len({rule.code.partition("/")[0] for rule in read_catalogue()})
        assert all(text.endswith(".") for _, text in areas)

    def test_every_fact_a_rule_may_ask_for_is_listed(self, repository: Path, page: str) -> None:
        """Who writes a rule finds all properties of the project's graph."""
        code = (repository / "src" / "lod" / "checks" / "lint" / "facts.py").read_text("utf-8")
        facts = set(re.findall(r'(?:_property|_lines)\(["\x27](\w+)', code)) | {
            "source",
            "qualifier",
        }

        listed = page.partition("The properties in `<urn:lod:project>`")[2].partition("\n## ")[0]

        assert {fact for fact in facts if f"`{fact}`" not in listed} == set()

    def test_rule_that_is_shown_works(self, tmp_path: Path, page: str) -> None:
        """The rule of the example finds what it says it finds."""
        (rule,) = re.findall(r"```sparql\n(# felled.*?)```", page, re.DOTALL)
        trees = (
            "@prefix ex: <https://data.example/> .\n"
            'ex:oak ex:plantedOn "1950-01-01"^^<http://www.w3.org/2001/XMLSchema#date> ;\n'
            '  ex:felledOn "1940-01-01"^^<http://www.w3.org/2001/XMLSchema#date> .\n'
        )
        write_example(tmp_path, f"{trees}== lint/felled-before-planted.rq ==\n{rule}")

        (finding,) = checked(tmp_path, "lint/felled-before-planted").findings

        assert str(finding.location) == "data/example.ttl:3:15"
        assert finding.message == (
            "ex:oak was felled on 1940-01-01, before it was planted on 1950-01-01."
        )

    def test_files_of_an_example_are_named(self) -> None:
        """An example of several files says which is which, each in its own language."""
        page = rules_page(Catalogue({RULE.code: RULE}))

        assert "`ontology/example.ttl`\n\n```turtle\nex:oak ex:height 100 .\n```" in page
        assert "`lod.toml`\n\n```toml\n[kinds]\n```" in page
        assert "Passes:\n\n```turtle\n" in page

    def test_angle_brackets_are_shown(self) -> None:
        """A text of a rule is never read as HTML."""
        assert r"a tree \<that\> is" in rules_page(Catalogue({RULE.code: RULE}))

    def test_rules_of_a_project_are_left_out(self) -> None:
        """The reference is the toolkit's."""
        own = replace(RULE, is_own=True)

        assert "lint/tall" not in rules_page(Catalogue({own.code: own}))


class TestExplanation:
    def test_it_says_all(self) -> None:
        """Severity, scope, reason, cure and examples, in lines of a terminal."""
        text = explanation(RULE)

        assert text.startswith("lint/tall (warning)   Scope: ontology, data\n\nWhy: a tree <that>")
        assert "\n\nFix: Cut it.\n\nFails:\n  ex:oak ex:height 100 .\n" in text
        assert text.endswith("\n\nPasses:\n  ex:oak ex:height 10 .\n")
        assert max(map(len, text.splitlines())) <= 80

    @pytest.mark.parametrize("rule", list(read_catalogue()), ids=lambda rule: rule.code)
    def test_every_code_can_be_explained(self, rule: Rule) -> None:
        """No code is without its explanation."""
        text = explanation(rule)

        assert text.startswith(f"{rule.code} ({rule.severity.value})")
        assert "\nWhy: " in text
        assert "\nFix: " in text
