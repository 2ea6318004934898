"""Give each finding a name that stays the same while other lines of the project change."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lod.checks.sources import Source
from lod.diagnostics import Diagnostic


def fingerprinted(findings: Iterable[Diagnostic], source: Source) -> Iterator[Diagnostic]:
    """Yield findings with their fingerprints, in the order given.

    A finding about an entity is known by its code, file, entity, property and value, another one by
    the words of its line; the second of the same is known as the second.
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
    yield location.path if location else ""
    if finding.focus is not None:
        yield finding.focus
        yield finding.path or ""
        yield finding.value or ""
        yield finding.source or ""
    else:
        line = source(location) if location and location.line else None
        yield finding.message if line is None else line.strip()
