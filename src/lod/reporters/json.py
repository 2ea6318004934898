"""Findings as JSON with stable keys, for programs and for the release."""

from __future__ import annotations

import json
import re
from typing import Any

from lod.diagnostics import Diagnostic, Location, Report, Severity

FORMAT = 1

_CONTROL = re.compile(r"[\x7f-\x9f]")
"""Control characters JSON need not escape, and terminals obey."""


def report_json(report: Report) -> str:
    """Return a report as JSON; the same findings give the same text."""
    content = {
        "format": FORMAT,
        "summary": {
            "files": report.files,
            "triples": report.triples,
            "shapes": report.shapes,
            "engines": list(report.engines),
            **{f"{severity.value}s": report.count(severity) for severity in Severity},
        },
        "findings": [_finding(finding) for finding in report.findings],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def _finding(finding: Diagnostic) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        **_place(finding.location),
        "focus": finding.focus,
        "path": finding.path,
        "value": finding.value,
        "source": finding.source,
        "cure": finding.cure,
        "related": [_place(each) for each in finding.related],
    }


def _place(location: Location | None) -> dict[str, Any]:
    place = location or Location("")
    return {
        "file": place.path or None,
        "line": place.line,
        "column": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
