"""Comments that accept a finding where it stands: ``# lod: ignore[shacl/min-count] the reason``.

A waiver is about the line it stands in; one with a line of its own is about the next line that is
no comment. It names one code or more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from lod.checks.catalogue import Catalogue
from lod.dataset import Dataset, SourceFile
from lod.diagnostics import Diagnostic, Location, Severity
from lod.rdf.formats import N_QUADS, N_TRIPLES, TRIG, TURTLE
from lod.rdf.lines import Lines
from lod.rdf.tokens import NotScannableError, Span, tokens

_MARK = b"lod:"
_WAIVER = re.compile(r"#+\s*lod:\s*ignore\b(?:\s*\[(?P<codes>[^\]]*)\])?(?P<reason>.*)")
_TEXTS = (TURTLE, TRIG, N_TRIPLES, N_QUADS)
"""The formats with such comments."""
CODE = "lint/waiver"


@dataclass(frozen=True, slots=True)
class _Waiver:
    codes: tuple[str, ...]
    reason: str
    location: Location
    line: int
    """The line it is about."""


@dataclass(frozen=True, slots=True)
class Waived:
    """The findings that are left, those about waivers among them, and how many are waived."""

    findings: tuple[Diagnostic, ...]
    count: int


def waive(
    dataset: Dataset,
    findings: Iterable[Diagnostic],
    catalogue: Catalogue,
    judged: Collection[str] | None = None,
) -> Waived:
    """Take out the findings that waivers accept; a waiver that is good for nothing is a finding.

    :param judged: the codes that were looked for: a waiver of another may wait; all when None.
    """
    files = {file.name: file for file in dataset.files}
    waivers = [each for file in files.values() for each in _waivers(file)]
    by_line: defaultdict[tuple[str, int], list[_Waiver]] = defaultdict(list)
    for waiver in waivers:
        by_line[waiver.location.path, waiver.line].append(waiver)
    used: set[tuple[Location, str]] = set()
    left = []
    count = 0
    for finding in findings:
        place = finding.location
        here = by_line[place.path, place.line] if place and place.line else []
        accepting = [each for each in here if finding.code in each.codes and each.reason]
        used.update((each.location, finding.code) for each in here if finding.code in each.codes)
        if accepting:
            count += 1
        else:
            left.append(finding)
    for waiver in waivers:
        left.extend(_about(waiver, used, catalogue, judged))
    return Waived(tuple(left), count)


def _about(
    waiver: _Waiver,
    used: Collection[tuple[Location, str]],
    catalogue: Catalogue,
    judged: Collection[str] | None,
) -> Iterator[Diagnostic]:
    problem = Diagnostic(CODE, Severity.WARNING, "", waiver.location, source=CODE)
    if not waiver.codes:
        yield replace(
            problem,
            message="The waiver names no code.",
            cure="Write the code in brackets: # lod: ignore[shacl/min-count] and the reason.",
        )
    elif not waiver.reason:
        yield replace(
            problem,
            message="The waiver gives no reason, so it accepts nothing.",
            cure="Say behind the bracket why the finding is right to stay.",
        )
    for code in waiver.codes:
        if (waiver.location, code) in used:
            continue
        if not catalogue.knows(code) or "/" not in code:
            near = catalogue.near(code)
            yield replace(
                problem,
                message=f"The waiver names an unknown code: {code}.",
                cure=f"Did you mean {near}?" if near else "'lod explain' lists the codes.",
            )
        elif waiver.reason and (judged is None or code in judged):
            yield replace(
                problem,
                message=f"The waiver of {code} accepts nothing.",
                cure="Remove it: what it accepted is mended.",
            )


def _waivers(file: SourceFile) -> Iterator[_Waiver]:
    if file.format not in _TEXTS:
        return
    try:
        content = file.path.read_bytes()
        if _MARK not in content:
            return
        text = content.decode("utf-8")
        comments = [each for each in tokens(text) if each.kind == "comment"]
    except (OSError, UnicodeDecodeError, NotScannableError):
        return  # what is wrong with the file is told already
    lines = Lines(file.name, text)
    for comment in comments:
        found = _WAIVER.match(comment.text)
        if found:
            location = lines.location(comment.span)
            codes = tuple(
                each.strip() for each in (found["codes"] or "").split(",") if each.strip()
            )
            line = _line_about(text, comment.span, location.line or 1)
            reason = found["reason"].strip() if re.search(r"\w", found["reason"]) else ""
            yield _Waiver(tuple(dict.fromkeys(codes)), reason, location, line)


def _line_about(text: str, comment: Span, line: int) -> int:
    before = text[text.rfind("\n", 0, comment.start) + 1 : comment.start]
    if before.strip():
        return line
    for behind in text[comment.end :].split("\n")[1:]:
        line += 1
        if behind.strip() and not behind.lstrip().startswith("#"):
            break
    return line
