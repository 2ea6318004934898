"""Findings as JSON with stable keys, for programs and for the release."""

from __future__ import annotations

from typing import Any

from lod.diagnostics import Diagnostic, Edit, Location, Reason, Report, Severity
from lod.reporters.escaping import json_text

FORMAT = 1

_DEEPEST = 50
"""Reasons below reasons; nobody reads deeper, and a writer of JSON may not get there."""


def report_json(report: Report) -> str:
    """Return a report as JSON; the same findings give the same text."""
    content = {
        "format": FORMAT,
        "summary": {
            "files": report.files,
            "triples": report.triples,
            "shapes": report.shapes,
            "rules": report.rules,
            "engines": list(report.engines),
            **{f"{severity.value}s": report.count(severity) for severity in Severity},
            "waived": report.waived,
            "accepted": report.accepted,
        },
        "findings": [_finding(finding) for finding in report.findings],
    }
    return json_text(content)


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
        "origin": _place(finding.origin) if finding.origin else None,
        "reasons": [_reason(each, _DEEPEST) for each in finding.reasons],
        "edits": [_edit(each) for each in finding.edits],
        "fingerprint": finding.fingerprint,
    }


def _reason(reason: Reason, deepest: int) -> dict[str, Any]:
    return {
        "message": reason.message,
        **_place(reason.location),
        "focus": reason.focus,
        "path": reason.path,
        "value": reason.value,
        "reasons": [_reason(each, deepest - 1) for each in reason.reasons] if deepest else [],
    }


def _edit(edit: Edit) -> dict[str, Any]:
    return {**_place(edit.location), "text": edit.text}


def _place(location: Location | None) -> dict[str, Any]:
    place = location or Location("")
    return {
        "file": place.path or None,
        "line": place.line,
        "column": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
