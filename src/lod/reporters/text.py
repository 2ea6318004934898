"""Findings as text for people: one a paragraph, file first, cure last."""

from __future__ import annotations

from collections.abc import Callable

from lod.diagnostics import Diagnostic, Report, Severity
from lod.reporters.source import Source, excerpt

Paint = Callable[[str, Severity], str]


def report_text(
    report: Report,
    shorten: Callable[[str], str | None],
    paint: Paint,
    source: Source | None = None,
) -> str:
    """Return all findings.

    :param shorten: gives the prefixed name of an IRI, if there is one.
    :param paint: colours a word by severity.
    :param source: gives the lines to show; without it none is shown.
    """
    return "".join(_paragraph(finding, shorten, paint, source) for finding in report.findings)


def summary(report: Report) -> str:
    """Return one line: what was looked at, and how much was found."""
    found = [
        _count(number, severity.value if severity is not Severity.INFO else "remark")
        for severity in Severity
        if (number := report.count(severity))
    ]
    looked_at = [_count(report.files, "file"), _count(report.triples, "triple")]
    looked_at.append(_count(report.shapes, "shape"))
    if report.shapes and not report.engines:
        found.append("shapes were not checked")
    return f"Checked {', '.join(looked_at)}: {', '.join(found) or 'nothing to mend'}."


def _paragraph(
    finding: Diagnostic,
    shorten: Callable[[str], str | None],
    paint: Paint,
    source: Source | None,
) -> str:
    location = finding.location
    place = f"{_plain(str(location))}: " if location else ""
    severity = paint(finding.severity.value, finding.severity)
    lines = [f"{place}{severity} {_plain(finding.code)}: {_plain(finding.message)}"]
    line = source(location) if source and location and location.column else None
    if line is not None and location is not None:
        lines.extend(excerpt(_plain(line), location).split("\n"))
    about = [_plain(shorten(finding.focus) or finding.focus)] if finding.focus else []
    if finding.path:
        about.append(_plain(finding.path))
    if finding.value:
        value = finding.value
        about.append(_plain((shorten(value[1:-1]) if value.startswith("<") else None) or value))
    if about:
        lines.append(f"  about: {'  '.join(about)}")
    if finding.cure:
        lines.append(f"  cure: {_plain(finding.cure)}")
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """Return a text without characters that a terminal would obey."""
    return "".join(each if each.isprintable() else " " for each in text)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
