"""SARIF that is valid, and says all that a service beside the code can show."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft4Validator

from lod.diagnostics import Diagnostic, Edit, Location, Report
from lod.reporters import REPORTERS, Reporting
from support.findings import (
    ELSEWHERE,
    FINDINGS,
    HOSTILE,
    NO_PLACE,
    REASONED,
    REPAIR,
    REPORT,
    REPORTING,
    SYNTAX,
)

URI_REFERENCE = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+;=@/-]|%[0-9A-F]{2})+")
"""A relative reference whose first segment cannot be taken for a scheme (RFC 3986 §4.2)."""


def run(report: Report, reporting: Reporting = REPORTING) -> dict[str, Any]:
    log = json.loads(REPORTERS["sarif"](report, reporting))
    (only,) = log["runs"]
    return dict(only)


def result(finding: Diagnostic, reporting: Reporting = REPORTING) -> dict[str, Any]:
    (only,) = run(Report((finding,)), reporting)["results"]
    return dict(only)


def place(found: dict[str, Any]) -> dict[str, Any]:
    (location,) = found["locations"]
    return dict(location["physicalLocation"])


class TestValid:
    @pytest.mark.parametrize("findings", [(), FINDINGS], ids=["nothing found", "samples"])
    def test_report_is_valid(
        self, sarif_schema: Draft4Validator, findings: tuple[Diagnostic, ...]
    ) -> None:
        """The report meets the official schema."""
        log = json.loads(REPORTERS["sarif"](replace(REPORT, findings=findings), REPORTING))

        assert [error.message for error in sarif_schema.iter_errors(log)] == []

    def test_schema_would_find_a_slip(self, sarif_schema: Draft4Validator) -> None:
        """The check above can fail: a level that does not exist is refused."""
        log = json.loads(REPORTERS["sarif"](REPORT, REPORTING))
        log["runs"][0]["results"][0]["level"] = "fatal"

        assert not sarif_schema.is_valid(log)

    def test_each_result_points_to_its_rule(self) -> None:
        """A result and its rule belong together by number and by name."""
        content = run(REPORT)
        rules = content["tool"]["driver"]["rules"]

        assert len(content["results"]) == len(FINDINGS)
        for found in content["results"]:
            assert rules[found["ruleIndex"]]["id"] == found["ruleId"]


class TestRules:
    def test_known_rule_brings_its_help(self) -> None:
        """Why, what to do and examples are at hand where the finding is shown."""
        (rule,) = run(Report((REPAIR,)))["tool"]["driver"]["rules"]

        assert rule["helpUri"] == "https://docs.example/rules/lint/language-tag-case.html"
        assert rule["defaultConfiguration"] == {"level": "warning"}
        assert "Fix: Write language tags in lower case." in rule["help"]["text"]
        assert "```turtle\nthing:oak" in rule["help"]["markdown"]

    def test_example_cannot_end_its_own_block(self) -> None:
        """An example that holds a fence stands inside a longer one."""
        (rule,) = run(Report((ELSEWHERE,)))["tool"]["driver"]["rules"]

        assert "````turtle\n# ``` closes no fence\n````" in rule["help"]["markdown"]

    def test_unknown_code_has_no_help(self) -> None:
        """Nothing is linked or told that does not exist."""
        (rule,) = run(Report((SYNTAX,)))["tool"]["driver"]["rules"]

        assert rule.keys() == {"id", "shortDescription", "defaultConfiguration"}

    def test_no_page_is_linked_without_pages(self) -> None:
        """A project without a site of rules links to none."""
        content = run(Report((REPAIR,)), replace(REPORTING, rules_page=None))

        assert "helpUri" not in content["tool"]["driver"]["rules"][0]


class TestPlaces:
    @pytest.mark.parametrize(
        ("location", "region"),
        [
            (Location("a.ttl"), None),
            (Location("a.ttl", 3), {"startLine": 3}),
            (Location("a.ttl", 3, 2), {"startLine": 3, "startColumn": 2}),
            (
                Location("a.ttl", 3, 2, 4, 1),
                {"startLine": 3, "startColumn": 2, "endLine": 4, "endColumn": 1},
            ),
            (
                Location("a.ttl", 3, 2, 3, 2),
                {"startLine": 3, "startColumn": 2, "endLine": 3, "endColumn": 2},
            ),
            (Location("a.ttl", 3, None, 5), {"startLine": 3, "endLine": 5}),
            (Location("a.ttl", 3, 9, 3, 2), {"startLine": 3, "startColumn": 9}),
        ],
        ids=["file", "line", "column", "lines", "between letters", "whole lines", "end too early"],
    )
    def test_region_says_what_is_known(
        self, location: Location, region: dict[str, int] | None
    ) -> None:
        """No line and no column is made up; columns count letters, the end is behind the last."""
        assert place(result(replace(SYNTAX, location=location))).get("region") == region

    def test_finding_without_a_file_has_no_place(self) -> None:
        """What no file says is shown without a place, not at a made-up one."""
        assert "locations" not in result(NO_PLACE)

    @pytest.mark.parametrize(
        ("path", "uri"),
        [
            ("data/a b.ttl", "data/a%20b.ttl"),
            ("data/ą%.ttl", "data/%C4%85%25.ttl"),
            ("a:b/c#d?.ttl", "a%3Ab/c%23d%3F.ttl"),
            ("caf\udce9.ttl", "caf%E9.ttl"),
            ("\ud800.ttl", "%3F.ttl"),
        ],
        ids=["space", "letters", "signs of an address", "not UTF-8", "half a pair"],
    )
    def test_path_is_a_relative_address(self, path: str, uri: str) -> None:
        """Any file name is an address below the root of the repository."""
        file = place(result(replace(SYNTAX, location=Location(path))))["artifactLocation"]

        assert file == {"uri": uri, "uriBaseId": "%SRCROOT%"}
        assert URI_REFERENCE.fullmatch(uri)

    @pytest.mark.parametrize(
        ("path", "uri"),
        [("../a.ttl", "../a.ttl"), ("/srv/a.ttl", "file:///srv/a.ttl")],
        ids=["beside", "from the root of the disk"],
    )
    def test_file_outside_of_the_project_is_not_below_its_root(self, path: str, uri: str) -> None:
        """A file given by name may lie anywhere."""
        file = place(result(replace(SYNTAX, location=Location(path))))["artifactLocation"]

        assert file == {"uri": uri}

    def test_project_in_a_folder_is_found_from_the_root_of_the_repository(self) -> None:
        """Services know the repository, not the folder the project lies in."""
        reporting = replace(REPORTING, folder="projects/oak")

        file = place(result(SYNTAX, reporting))["artifactLocation"]

        assert file["uri"] == "projects/oak/data/b.ttl"

    def test_related_places_reasons_and_the_shape_are_linked(self) -> None:
        """From a finding one gets to all places that have to do with it."""
        related = result(ELSEWHERE)["relatedLocations"]
        reasons = result(REASONED)["relatedLocations"]

        uris = [each["physicalLocation"]["artifactLocation"]["uri"] for each in related]
        assert uris[0] == "data/d.ttl"
        assert uris[-1] == "shapes/thing.ttl"
        assert [each["id"] for each in related] == [1, 2, 3, 4, 5, 6]
        assert [each["message"]["text"] for each in reasons] == ["A place has a label."]


class TestRepairs:
    def test_repair_replaces_exactly_its_letters(self) -> None:
        """A tool that applies the repair changes what ours would change."""
        (fix,) = result(REPAIR)["fixes"]

        (change,) = fix["artifactChanges"]
        assert change["replacements"] == [
            {
                "deletedRegion": {
                    "startLine": 2,
                    "startColumn": 18,
                    "endLine": 2,
                    "endColumn": 23,
                },
                "insertedContent": {"text": "en-gb"},
            }
        ]

    def test_repair_in_two_files_is_one(self) -> None:
        """All parts of a repair are applied or none."""
        edits = tuple(Edit(Location(f"{name}.ttl", 1, 1, 1, 1), "x") for name in "aba")

        (fix,) = result(replace(REPAIR, edits=edits))["fixes"]

        assert [len(each["replacements"]) for each in fix["artifactChanges"]] == [2, 1]

    @pytest.mark.parametrize(
        "location", [Location("a.ttl", 1), Location("a.ttl", 1, 4), Location("", 1, 1, 1, 2)]
    )
    def test_repair_without_an_exact_place_is_left_out(self, location: Location) -> None:
        """A region without end goes to the end of its line: too much to delete."""
        edits = (*REPAIR.edits, Edit(location, "x"))

        assert "fixes" not in result(replace(REPAIR, edits=edits))


class TestText:
    def test_data_makes_no_links(self) -> None:
        """What looks like a link in a message is none."""
        assert "](" not in result(HOSTILE)["message"]["text"]

    def test_fingerprint_is_the_checks(self) -> None:
        """A service knows a finding again after edits elsewhere; one without is left to it."""
        assert result(REPAIR)["partialFingerprints"] == {"lod/v1": REPAIR.fingerprint}
        assert "partialFingerprints" not in result(SYNTAX)
