"""Findings that are accepted for now, kept in a file that may only become shorter."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lod.diagnostics import Diagnostic, Location, Report, Severity
from lod.errors import ConfigError

FORMAT = 1
CODE = "lint/baseline-stale"

_FINGERPRINT = re.compile(r'"fingerprint": *"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Entry:
    """An accepted finding: its fingerprint decides, the rest is for people."""

    fingerprint: str
    code: str
    file: str
    message: str


def read_baseline(path: Path) -> tuple[Entry, ...]:
    """Return what a baseline accepts.

    :raises ConfigError: when there is no such file, or it is no baseline.
    """
    try:
        return _entries(json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        raise ConfigError(
            "config/no-baseline",
            f"{path} does not exist.",
            cure="Write it once with --write-baseline.",
        ) from None
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(
            "config/baseline",
            f"{path} is no baseline: {getattr(error, 'strerror', None) or error}.",
            cure="Take it from git again, or remove it and write it anew with --write-baseline.",
        ) from error


def _entries(content: object) -> tuple[Entry, ...]:
    """Return the entries in the content of a baseline.

    :raises ValueError: when it is not what ``baseline_text`` writes.
    """
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ValueError(f"it does not say that it is of format {FORMAT}")
    rows = content.get("findings")
    if not isinstance(rows, list) or not all(_is_row(each) for each in rows):
        raise ValueError(f"each of its findings must have {', '.join(Entry.__slots__)}")
    return tuple(Entry(**each) for each in rows)


def _is_row(row: object) -> bool:
    return (
        isinstance(row, dict)
        and row.keys() == set(Entry.__slots__)
        and all(isinstance(each, str) for each in row.values())
    )


def baseline_text(entries: Sequence[Entry]) -> str:
    """Return a baseline as JSON, one finding a line, sorted, so that diffs are small."""
    rows = [
        json.dumps({name: getattr(each, name) for name in Entry.__slots__}, ensure_ascii=False)
        for each in sorted(entries, key=lambda each: (each.file, each.code, each.fingerprint))
    ]
    ordered = ",".join(f"\n  {row}" for row in rows)
    return f'{{\n "format": {FORMAT},\n "findings": [{ordered}\n ]\n}}\n'


def entries_of(findings: Sequence[Diagnostic]) -> tuple[Entry, ...]:
    """Return the entries that accept some findings."""
    return tuple(
        Entry(
            each.fingerprint,
            each.code,
            each.location.path if each.location else "",
            each.message,
        )
        for each in findings
    )


def apply_baseline(
    report: Report, entries: Sequence[Entry], path: Path, *, name: str, stale: Severity | None
) -> Report:
    """Return a report without the findings a baseline accepts.

    :param path: of the baseline, to find the lines of entries.
    :param name: of the baseline as findings give it.
    :param stale: the severity of an entry that accepts nothing; None when not all findings were
        looked for, so that nobody knows.
    """
    accepted = {entry.fingerprint for entry in entries}
    left = [each for each in report.findings if each.fingerprint not in accepted]
    count = len(report.findings) - len(left)
    if stale is not None:
        found = {each.fingerprint for each in report.findings}
        lines = _lines(path)
        for entry in _mended(entries, found):
            location = Location(name, lines.get(entry.fingerprint))
            left.append(_finding(entry, location, stale))
    left.sort(key=Diagnostic.sort_key)
    return replace(report, findings=tuple(left), accepted=count)


def shrunk(entries: Sequence[Entry], findings: Sequence[Diagnostic]) -> tuple[Entry, ...]:
    """Return the entries that still accept a finding."""
    found = {each.fingerprint for each in findings}
    return tuple(entry for entry in entries if entry.fingerprint in found)


def _mended(entries: Sequence[Entry], found: Collection[str]) -> Iterator[Entry]:
    return (entry for entry in entries if entry.fingerprint not in found)


def _lines(path: Path) -> dict[str, int]:
    """Return in which line of a baseline each fingerprint stands."""
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return {}
    return {
        mark: number for number, line in enumerate(lines, 1) for mark in _FINGERPRINT.findall(line)
    }


def _finding(entry: Entry, location: Location, severity: Severity) -> Diagnostic:
    return Diagnostic(
        code=CODE,
        severity=severity,
        message=f"The baseline accepts {entry.code}, which is mended: {entry.message}",
        location=location,
        cure="Take it out: --write-baseline does.",
        source=CODE,
        fingerprint=entry.fingerprint,
    )
