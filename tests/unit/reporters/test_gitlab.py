"""GitLab's code quality report."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft4Validator

from lod.diagnostics import Location, Report, Severity
from lod.reporters import REPORTERS
from support.findings import ELSEWHERE, FINDINGS, NO_PLACE, REPORT, REPORTING, SYNTAX

SCHEMA = Draft4Validator(
    {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
                "description": {"type": "string", "minLength": 1},
                "check_name": {"type": "string", "minLength": 1},
                "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        "path": {"type": "string", "pattern": "^[^/]"},
                        "lines": {
                            "type": "object",
                            "required": ["begin"],
                            "properties": {"begin": {"type": "integer", "minimum": 1}},
                        },
                    },
                },
            },
            "additionalProperties": False,
        },
    }
)
"""What GitLab's documentation asks of a report; it publishes no schema."""


def issues(report: Report) -> list[dict[str, Any]]:
    return list(json.loads(REPORTERS["gitlab"](report, REPORTING)))


class TestIssues:
    def test_report_has_what_gitlab_asks_for(self) -> None:
        """Each finding is an issue with every key GitLab needs."""
        found = issues(REPORT)

        assert [error.message for error in SCHEMA.iter_errors(found)] == []
        assert [issue["check_name"] for issue in found] == [each.code for each in FINDINGS]

    @pytest.mark.parametrize(
        ("severity", "name"),
        [(Severity.ERROR, "major"), (Severity.WARNING, "minor"), (Severity.INFO, "info")],
    )
    def test_severity_has_gitlabs_name(self, severity: Severity, name: str) -> None:
        """Errors stand above warnings, warnings above remarks."""
        (issue,) = issues(Report((replace(SYNTAX, severity=severity),)))

        assert issue["severity"] == name

    @pytest.mark.parametrize(
        ("location", "place"),
        [
            (None, ("lod.toml", 1)),
            (Location("data/a.ttl"), ("data/a.ttl", 1)),
            (Location("data/a.ttl", 7), ("data/a.ttl", 7)),
        ],
        ids=["nowhere", "file", "line"],
    )
    def test_issue_always_has_a_place(
        self, location: Location | None, place: tuple[str, int]
    ) -> None:
        """GitLab drops issues without path and line, and a dropped finding would be a pass."""
        (issue,) = issues(Report((replace(SYNTAX, location=location),)))

        assert (issue["location"]["path"], issue["location"]["lines"]["begin"]) == place

    def test_same_findings_have_fingerprints_of_their_own(self) -> None:
        """Of issues with one fingerprint GitLab shows one."""
        prints = [each["fingerprint"] for each in issues(Report((SYNTAX, SYNTAX, NO_PLACE) * 3))]

        assert len(set(prints)) == 9

    @pytest.mark.parametrize("finding", [SYNTAX, ELSEWHERE], ids=["made here", "the check's"])
    def test_fingerprint_stays_when_lines_move(self, finding: Any) -> None:
        """A finding is known again when lines above it come or go."""
        moved = replace(finding, location=replace(finding.location, line=99))

        (before,), (after,) = issues(Report((finding,))), issues(Report((moved,)))

        assert before["fingerprint"] == after["fingerprint"]
        assert before["location"] != after["location"]
