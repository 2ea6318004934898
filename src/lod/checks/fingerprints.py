"""Give each finding a name that stays the same while other lines of the project change."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lod.checks.sources import Source
from lod.config.fields import IRI
from lod.diagnostics import Diagnostic, Location

_LONG = 1000
"""Letters of a line that are as good as all of it."""

_NUMBER = re.compile(r"\d+")


def fingerprinted(findings: Iterable[Diagnostic], source: Source) -> Iterator[Diagnostic]:
    """Yield findings with their fingerprints, in the order given.

    A finding about an entity with an IRI is known by its code, entity, property, value and words,
    wherever the entity stands; another one by its file and the words of its line. The second of the
    same is known as the second.
    """
    seen: Counter[str] = Counter()
    for finding in findings:
        key = "\0".join(_marks(finding, source))
        seen[key] += 1
        digest = hashlib.sha256(f"{key}\0{seen[key]}".encode("utf-8", "replace"))
        yield replace(finding, fingerprint=digest.hexdigest()[:20])


def _marks(finding: Diagnostic, source: Source) -> Iterator[str]:
    location = finding.location
    yield finding.code
    yield finding.source or ""
    yield finding.path or ""
    yield _value(finding)
    if finding.focus is not None and IRI.fullmatch(finding.focus):
        yield finding.focus
        yield _NUMBER.sub("", finding.message)
    else:
        line = source(location) if location and location.line else None
        yield location.path if location else ""
        yield _NUMBER.sub("", finding.message) if line is None else _words(line, location)


def _words(line: str, location: Location | None) -> str:
    """Return the line; of a very long one what begins at the place."""
    if len(line) <= _LONG or location is None:
        return line.strip()
    start = (location.column or 1) - 1
    return line[start : start + _LONG]


def _value(finding: Diagnostic) -> str:
    """Return the value; the label of a blank node is another one after an edit elsewhere."""
    value = finding.value or ""
    return "_:" if value.startswith("_:") else value
