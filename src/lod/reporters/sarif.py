"""Findings as SARIF 2.1.0, the format of services that show findings beside the code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from lod.checks.catalogue import Rule
from lod.diagnostics import Diagnostic, Location, Reason, Report, Severity
from lod.reporters.escaping import cut, json_text
from lod.reporters.reporting import Reporting
from lod.reporters.wording import about, because, cure_of

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT = "%SRCROOT%"
"""What paths start from; services take this name for the root of the repository."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_LONGEST_MESSAGE = 4_000
_MOST_RELATED = 100
_FENCE = re.compile(r"`{3,}")

_Object = dict[str, Any]


def report_sarif(report: Report, reporting: Reporting) -> str:
    """Return a report as SARIF with the help of each rule that found something."""
    severities = {finding.code: finding.severity for finding in reversed(report.findings)}
    codes = sorted(severities)
    index = {code: number for number, code in enumerate(codes)}
    driver = {
        "name": "lod",
        "version": reporting.version,
        "rules": [_rule(code, severities[code], reporting) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "results": [
            _result(finding, index[finding.code], reporting) for finding in report.findings
        ],
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str, severity: Severity, reporting: Reporting) -> _Object:
    rule = reporting.catalogue.get(code)
    short = code.rpartition("/")[2].replace("-", " ").capitalize() or "Finding"
    level = _LEVELS[rule.severity if rule else severity]
    content: _Object = {
        "id": code,
        "shortDescription": {"text": short},
        "defaultConfiguration": {"level": level},
    }
    if rule:
        content["fullDescription"] = {"text": rule.why or short}
        content["help"] = {"text": _help(rule) or short, "markdown": _help_page(rule) or short}
    page = reporting.help_page(code)
    return {**content, "helpUri": page} if page else content


def _help(rule: Rule) -> str:
    parts = [rule.why, f"Fix: {rule.fix}" if rule.fix else ""]
    parts.extend(f"{title}:\n{example}" for title, example in _examples(rule))
    return "\n\n".join(part for part in parts if part)


def _help_page(rule: Rule) -> str:
    parts = [rule.why, f"**Fix:** {rule.fix}" if rule.fix else ""]
    for title, example in _examples(rule):
        longest = max((len(found[0]) for found in _FENCE.finditer(example)), default=2)
        fence = "`" * (longest + 1)
        parts.append(f"{title}:\n\n{fence}turtle\n{example}\n{fence}")
    return "\n\n".join(part for part in parts if part)


def _examples(rule: Rule) -> Iterator[tuple[str, str]]:
    for title, example in (("Fails", rule.failing), ("Passes", rule.passing)):
        if example.strip():
            yield title, example.rstrip()


def _result(finding: Diagnostic, index: int, reporting: Reporting) -> _Object:
    result: _Object = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": _words(_message(finding, reporting)),
    }
    place = _physical(finding.location, reporting)
    if place:
        result["locations"] = [{"physicalLocation": place}]
    related = list(_related(finding, reporting))
    if related:
        result["relatedLocations"] = [
            {"id": number, **each} for number, each in enumerate(related[:_MOST_RELATED], 1)
        ]
    if finding.fingerprint:
        result["partialFingerprints"] = {"lod/v1": finding.fingerprint}
    changes = _changes(finding, reporting)
    if changes:
        cure = finding.cure or "Repair what can be repaired safely."
        result["fixes"] = [{"description": _words(cure), "artifactChanges": changes}]
    return result


def _message(finding: Diagnostic, reporting: Reporting) -> str:
    shorten = reporting.prefixes.shorten
    named = about(finding, shorten)
    lines = [cut(finding.message, _LONGEST_MESSAGE) or finding.code]
    lines.extend(because(finding.reasons, shorten, finding.location))
    lines.extend([f"about: {named}"] if named else [])
    cure = cure_of(finding)
    lines.extend([f"cure: {cure}"] if cure else [])
    return "\n".join(lines)


def _words(text: str) -> _Object:
    """Return a message; what looks like a link in it is none (§3.11.6)."""
    return {"text": text.replace("](", "] (")}


def _related(finding: Diagnostic, reporting: Reporting) -> Iterator[_Object]:
    named = [(each, "See also here.") for each in finding.related]
    named.extend(_places_of(finding.reasons))
    if finding.origin:
        named.append((finding.origin, "What found it is written here."))
    for location, text in named:
        place = _physical(location, reporting) if location != finding.location else None
        if place:
            yield {"physicalLocation": place, "message": _words(cut(text, _LONGEST_MESSAGE))}


def _places_of(reasons: Iterable[Reason]) -> Iterator[tuple[Location, str]]:
    waiting = list(reasons)
    while waiting:
        reason = waiting.pop(0)
        if reason.location:
            yield reason.location, reason.message or "The reason is here."
        waiting.extend(reason.reasons)


def _physical(location: Location | None, reporting: Reporting) -> _Object | None:
    if location is None or not location.path:
        return None
    region = _region(location)
    file = {"artifactLocation": _artifact(location, reporting)}
    return {**file, "region": region} if region else file


def _artifact(location: Location, reporting: Reporting) -> _Object:
    """Return the address of a file, relative to the root unless it lies elsewhere."""
    path = reporting.file(location) or ""
    uri = quote(path.encode("utf-8", "surrogateescape" if _is_of_system(path) else "replace"))
    if path.startswith("/"):
        return {"uri": f"file:///{uri.lstrip('/')}"}
    return {"uri": uri} if path.startswith("../") else {"uri": uri, "uriBaseId": _ROOT}


def _is_of_system(path: str) -> bool:
    """Whether the bytes of a file name that is no UTF-8 can be had again."""
    return all(not "\ud800" <= each <= "\udfff" or "\udc80" <= each <= "\udcff" for each in path)


def _region(location: Location) -> _Object:
    line, column = location.line, location.column
    if not line:
        return {}
    region = {"startLine": line}
    if column:
        region["startColumn"] = column
    end = location.end_line or line
    if end > line:
        region["endLine"] = end
    if column and location.end_column and (end, location.end_column) >= (line, column):
        region["endLine"] = end
        region["endColumn"] = location.end_column
    return region


def _changes(finding: Diagnostic, reporting: Reporting) -> list[_Object]:
    """Return the repairs file by file; none where one of them has no exact place."""
    changes: dict[str, _Object] = {}
    for edit in finding.edits:
        location = edit.location
        region = _region(location)
        if not location.path or "endColumn" not in region:
            return []  # without its end, a region goes to the end of the line
        change = changes.setdefault(
            location.path,
            {"artifactLocation": _artifact(location, reporting), "replacements": []},
        )
        change["replacements"].append(
            {"deletedRegion": region, "insertedContent": {"text": edit.text}}
        )
    return list(changes.values())
