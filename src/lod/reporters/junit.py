"""Findings as JUnit XML: each file with findings is a test case that failed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from html import escape

from lod.diagnostics import Diagnostic, Report, Severity
from lod.reporters.escaping import plain
from lod.reporters.reporting import Reporting
from lod.reporters.text import headline
from lod.reporters.wording import counted_severity

_SUITE = "lod check"
_NO_FILE = "(no file)"


def report_junit(report: Report, reporting: Reporting) -> str:
    """Return a report as JUnit XML, in the words all readers of it know (Ant's and Jenkins's).

    Errors and warnings fail the case of their file; remarks are its output. Without findings one
    case passes, as services take an empty suite for a run that broke.
    """
    cases: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for finding in report.findings:
        path = reporting.file(finding.location)
        cases[path or _NO_FILE].append(finding)
    failed = sum(any(map(_fails, findings)) for findings in cases.values())
    counts = f'tests="{len(cases) or 1}" failures="{failed}" errors="0"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="{_SUITE}" {counts}>',
        f'<testsuite name="{_SUITE}" {counts} skipped="0">',
        *(line for name, findings in cases.items() for line in _case(name, findings)),
    ]
    if not cases:
        lines.extend(_case(_SUITE, ()))
    return "\n".join([*lines, "</testsuite>", "</testsuites>"]) + "\n"


def _case(name: str, findings: Sequence[Diagnostic]) -> Iterator[str]:
    failing = [finding for finding in findings if _fails(finding)]
    remarks = [finding for finding in findings if not _fails(finding)]
    start = f'<testcase classname="lod.check" name="{escape(plain(name))}"'
    if not findings:
        yield f"{start}/>"
        return
    yield f"{start}>"
    if failing:
        counts = Counter(finding.severity for finding in failing)
        worst = Severity.ERROR if counts[Severity.ERROR] else Severity.WARNING
        told = ", ".join(counted_severity(counts[each], each) for each in Severity if counts[each])
        yield f'<failure type="{worst.value}" message="{told}">{_lines(failing)}</failure>'
    if remarks:
        yield f"<system-out>{_lines(remarks)}</system-out>"
    yield "</testcase>"


def _fails(finding: Diagnostic) -> bool:
    return finding.severity is not Severity.INFO


def _lines(findings: Sequence[Diagnostic]) -> str:
    # Lines of plain text: XML 1.0 has no way to write most control characters.
    return escape("\n".join(headline(finding) for finding in findings))
