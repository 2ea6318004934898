"""Findings as GitLab's code quality report."""

from __future__ import annotations

import hashlib
from collections import Counter

from lod.config import FILE_NAME
from lod.diagnostics import Diagnostic, Location, Report, Severity
from lod.reporters.escaping import json_text
from lod.reporters.reporting import Reporting
from lod.reporters.wording import about, message_of

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def report_gitlab(report: Report, reporting: Reporting) -> str:
    """Return a report as GitLab reads it, each finding with a fingerprint of its own."""
    seen: Counter[str] = Counter()
    issues = []
    for finding in report.findings:
        key = finding.fingerprint or _key(finding)
        seen[key] += 1
        # GitLab shows only one of the issues that share a fingerprint.
        issues.append(_issue(finding, _digest(f"{key}\0{seen[key]}"), reporting))
    return json_text(issues)


def _issue(finding: Diagnostic, fingerprint: str, reporting: Reporting) -> dict[str, object]:
    location = finding.location
    # GitLab drops an issue without path or line, so that one nobody's file says stands at the
    # project's own file, and one without a line at the first. No other format does so.
    path = reporting.file(location) or reporting.file(Location(FILE_NAME))
    line = location.line if location and location.path else None
    return {
        "description": _description(finding, reporting),
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": path, "lines": {"begin": line or 1}},
    }


def _description(finding: Diagnostic, reporting: Reporting) -> str:
    named = about(finding, reporting.prefixes.shorten)
    return message_of(finding) + (f" ({named})" if named else "")


def _key(finding: Diagnostic) -> str:
    """Return what a finding is known by where the check gave it no fingerprint."""
    path = finding.location.path if finding.location else ""
    parts = (finding.code, path, finding.focus, finding.path, finding.value, finding.message)
    return _digest("\0".join(part or "" for part in parts))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
