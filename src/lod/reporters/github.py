"""Findings as annotations of GitHub Actions: orders to its runner, one a line."""

from __future__ import annotations

from collections.abc import Iterator

from lod.diagnostics import Diagnostic, Location, Report, Severity
from lod.reporters.escaping import plain
from lod.reporters.reporting import Reporting
from lod.reporters.wording import about, because, cure_of, message_of

_ORDERS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def report_github(report: Report, reporting: Reporting) -> str:
    """Return one annotation for each finding; GitHub shows the first ten of each severity."""
    return "".join(f"{_annotation(finding, reporting)}\n" for finding in report.findings)


def _annotation(finding: Diagnostic, reporting: Reporting) -> str:
    properties = ",".join(
        f"{name}={_escaped(plain(value), _PROPERTY)}"
        for name, value in _properties(finding, reporting)
    )
    message = _escaped("\n".join(_lines(finding, reporting)), _DATA)
    return f"::{_ORDERS[finding.severity]} {properties}::{message}"


def _properties(finding: Diagnostic, reporting: Reporting) -> Iterator[tuple[str, str]]:
    path = reporting.file(finding.location)
    if path and finding.location:
        yield "file", path
        yield from _range(finding.location)
    yield "title", finding.code


def _range(location: Location) -> Iterator[tuple[str, str]]:
    """Yield the lines, or one line and its columns: the runner refuses columns of several lines."""
    if not location.line:
        return
    yield "line", str(location.line)
    end = location.end_line or location.line
    if end > location.line:
        yield "endLine", str(end)
    elif location.column:
        yield "col", str(location.column)
        if location.end_column and location.end_column >= location.column:
            yield "endLine", str(end)
            yield "endColumn", str(location.end_column)


def _lines(finding: Diagnostic, reporting: Reporting) -> Iterator[str]:
    shorten = reporting.prefixes.shorten
    yield message_of(finding) or plain(finding.code)
    named = about(finding, shorten)
    if named:
        yield f"about: {named}"
    yield from because(finding.reasons, shorten, finding.location)
    cure = cure_of(finding)
    if cure:
        yield f"cure: {cure}"


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(each, each) for each in text)
