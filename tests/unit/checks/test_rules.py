"""Every rule finds what its own text says it finds, and passes what it says passes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lod.checks.catalogue import Rule, read_catalogue
from lod.checks.check import check
from lod.config import read_project
from lod.dataset import Role, open_dataset
from lod.diagnostics import Report

RULES = [rule for rule in read_catalogue() if rule.failing]
CONFIG = """\
[project]
name = "example"
base = "https://data.example/"
languages = ["en"]
version = "1"
title = "Example"

[prefixes]
ex = "https://data.example/"
"""
PREFIXES = {
    "ex": "https://data.example/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
}


class NoShapes:
    """Checks no shapes: these tests are about rules."""

    name = "none"

    def validate(self, data: bytes, shapes: bytes) -> list[object]:
        return []


def write_example(folder: Path, rule: Rule, example: str) -> None:
    """Write a project with the files of an example: ``== NAME ==`` starts another file.

    A file that declares no prefix has the usual ones; ``== lod.toml ==`` is added to the usual one.
    """
    first = rule.scope[0] if rule.scope else Role.DATA
    place = {Role.SEPARATE: "data/enrichment"}.get(first, first.value)
    parts = re.split(r"^== (\S+) ==\n", f"== {place}/example.ttl ==\n{example}", flags=re.MULTILINE)
    (folder / "data").mkdir()
    (folder / "lod.toml").write_text(CONFIG, "utf-8")
    for name, content in zip(parts[1::2], parts[2::2], strict=True):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name == "lod.toml":
            path.write_text(CONFIG + content, "utf-8")
        elif content.strip() or name != f"{place}/example.ttl":
            path.write_text(_with_prefixes(name, content), "utf-8")


def _with_prefixes(name: str, content: str) -> str:
    if not name.endswith((".ttl", ".trig")) or "@prefix" in content or "PREFIX" in content:
        return content
    used = [prefix for prefix in PREFIXES if re.search(rf"(?<![\w-]){prefix}:", content)]
    return "".join(f"@prefix {each}: <{PREFIXES[each]}> .\n" for each in used) + content


def checked(folder: Path, rule: Rule) -> Report:
    """Return what a check finds that looks for this rule alone."""
    from lod.checks.check import Codes

    dataset = open_dataset(read_project(folder))
    return check(dataset, NoShapes(), lambda _: None, Codes(select=(rule.code,)))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
class TestExamples:
    def test_the_failing_example_fails(self, rule: Rule, tmp_path: Path) -> None:
        """What a rule's text calls wrong is found, with a place, a message and a cure."""
        write_example(tmp_path, rule, rule.failing)

        report = checked(tmp_path, rule)

        assert {finding.code for finding in report.findings} == {rule.code}
        for finding in report.findings:
            assert finding.severity is rule.severity
            assert finding.message
            assert "{" not in finding.message
            assert finding.cure
            assert finding.location is None or finding.location.path

    def test_the_passing_example_passes(self, rule: Rule, tmp_path: Path) -> None:
        """What a rule's text calls right is not found."""
        write_example(tmp_path, rule, rule.passing)

        report = checked(tmp_path, rule)

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
