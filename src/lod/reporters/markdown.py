"""Findings as a page of Markdown: for the summary of a build, or a merge request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lod.diagnostics import Diagnostic, Location, Report, Severity
from lod.reporters.escaping import cut, plain
from lod.reporters.reporting import Reporting
from lod.reporters.text import summary
from lod.reporters.wording import counted, counted_severity, place_of

_MOST_ROWS = 100
_LONGEST = 300

_HARMLESS = frozenset(" ,;'\"()-/?%=")
"""ASCII, besides letters and digits, that means nothing inside a line of Markdown."""

# Services make links and calls by name of what they find in the text after reading the Markdown.
# A place where the line may break parts the words they look for: addresses, and names after @.
_BREAKS = frozenset("@:")


def report_markdown(report: Report, reporting: Reporting) -> str:
    """Return a heading, what was looked at, and a table for each severity."""
    parts = [f"## lod check\n\n{summary(report)}\n"]
    left = _MOST_ROWS
    for severity in Severity:
        findings = [each for each in report.findings if each.severity is severity]
        if findings and left:
            parts.append(_table(findings[:left], len(findings), reporting))
            left -= min(left, len(findings))
    more = len(report.findings) - (_MOST_ROWS - left)
    if more:
        parts.append(f"{counted(more, 'more finding')} not shown here.\n")
    return "\n".join(parts)


def _table(findings: Sequence[Diagnostic], total: int, reporting: Reporting) -> str:
    severity = findings[0].severity
    lines = [f"### {counted_severity(total, severity).capitalize()}", ""]
    lines.extend(["| Place | Code | Message |", "| --- | --- | --- |"])
    lines.extend(f"| {' | '.join(_row(finding, reporting))} |" for finding in findings)
    return "\n".join(lines) + "\n"


def _row(finding: Diagnostic, reporting: Reporting) -> Iterator[str]:
    path = reporting.file(finding.location)
    location = finding.location or Location("")
    place = place_of(Location(path, location.line, location.column)) if path else ""
    yield _code(place)
    yield _code(finding.code)
    yield _code(finding.message)


def _code(text: str) -> str:
    """Return a text as code, which is shown letter by letter: no links, names, tables or HTML."""
    shown = plain(cut(text, _LONGEST)).strip()
    return f"<code>{''.join(map(_letter, shown))}</code>" if shown else ""


def _letter(letter: str) -> str:
    if not letter.isascii() or letter.isalnum() or letter in _HARMLESS:
        return letter
    return f"&#{ord(letter)};{'<wbr>' if letter in _BREAKS else ''}"
