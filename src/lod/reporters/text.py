"""Findings as text for people: one a paragraph, file first, cure last; or one a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lod.checks.catalogue import Catalogue
from lod.diagnostics import Diagnostic, Report, Severity
from lod.reporters.escaping import plain
from lod.reporters.reporting import Paint, Reporting, unpainted
from lod.reporters.source import Source, excerpt
from lod.reporters.wording import (
    Shorten,
    about,
    because,
    counted,
    counted_severity,
    cure_of,
    message_of,
    place_of,
    places,
)

_WIDEST = 100
"""Letters of a line that remarks share."""


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who the text is for: what is short to them, in colour or not, with lines or not."""

    shorten: Shorten
    paint: Paint
    source: Source | None
    catalogue: Catalogue = field(default_factory=Catalogue)


def report_full(report: Report, reporting: Reporting) -> str:
    """Return all findings with the lines they are about, why, and what to do."""
    reader = _Reader(
        reporting.prefixes.shorten, reporting.paint, reporting.source, reporting.catalogue
    )
    return "".join(_paragraph(finding, reader) for finding in report.findings)


def report_text(
    report: Report, shorten: Shorten, paint: Paint, source: Source | None = None
) -> str:
    """Return all findings as ``report_full`` does, for those who have no catalogue of rules.

    :param source: gives the lines to show; without it none is shown.
    """
    reader = _Reader(shorten, paint, source)
    return "".join(_paragraph(finding, reader) for finding in report.findings)


def report_concise(report: Report, reporting: Reporting) -> str:
    """Return one line for each finding, as editors read them."""
    return "".join(headline(finding, reporting.paint) + "\n" for finding in report.findings)


def headline(finding: Diagnostic, paint: Paint = unpainted) -> str:
    """Return ``file:line:column: severity code: message``, as far as the place is known."""
    place = place_of(finding.location)
    severity = paint(finding.severity.value, finding.severity)
    start = f"{place}: " if place else ""
    return f"{start}{severity} {plain(finding.code)}: {message_of(finding)}"


def summary(report: Report) -> str:
    """Return one line: what was looked at, how much was found, and what was let pass."""
    looked_at = [counted(report.files, "file"), counted(report.triples, "triple")]
    looked_at.append(counted(report.shapes, "shape"))
    if report.rules:
        looked_at.append(counted(report.rules, "rule"))
    found = [
        counted_severity(number, severity)
        for severity in Severity
        if (number := report.count(severity))
    ]
    if report.shapes and not report.engines:
        found.append("shapes were not checked")
    passed = f"; {report.waived:,} waived" if report.waived else ""
    if report.accepted:
        passed += f"; {report.accepted:,} in the baseline"
    return f"Checked {', '.join(looked_at)}: {', '.join(found) or 'nothing to mend'}{passed}."


def _paragraph(finding: Diagnostic, reader: _Reader) -> str:
    lines = [headline(finding, reader.paint), *_excerpt(finding, reader.source)]
    named = about(finding, reader.shorten)
    if named:
        lines.append(f"  about: {named}")
    lines.extend(f"  {line}" for line in because(finding.reasons, reader.shorten, finding.location))
    lines.extend(_packed(_elsewhere(finding)))
    lines.extend(_packed(_advice(finding, reader.catalogue)))
    return "\n".join(lines) + "\n"


def _excerpt(finding: Diagnostic, source: Source | None) -> list[str]:
    location = finding.location
    if source is None or location is None or not (location.line and location.column):
        return []
    line = source(location)
    if line is None:
        return []
    before = source(replace(location, line=location.line - 1)) or ""
    return excerpt(line, location, before).split("\n")


def _elsewhere(finding: Diagnostic) -> Iterator[str]:
    also = places(finding.related)
    if also:
        yield f"also: {also}"
    origin = place_of(finding.origin)
    if origin:
        yield f"{'shape' if finding.code.startswith('shacl/') else 'rule'}: {origin}"


def _advice(finding: Diagnostic, catalogue: Catalogue) -> Iterator[str]:
    rule = catalogue.get(finding.code)
    cure = cure_of(finding) or (plain(rule.fix) if rule else "")
    if cure:
        yield f"cure: {cure}"
    if rule:
        yield f"explain: lod explain {rule.code}"


def _packed(parts: Iterator[str]) -> list[str]:
    """Return remarks on one line where they fit, else one a line."""
    told = list(parts)
    line = "   ".join(told)
    if len(line) > _WIDEST:
        return [f"  {each}" for each in told]
    return [f"  {line}"] if line else []
