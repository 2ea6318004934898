"""Apply the safe repairs that findings carry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from lod.diagnostics import Diagnostic, Edit

Texts = Mapping[str, str]
"""The text of each file by its name."""


def edits_by_file(findings: Iterable[Diagnostic]) -> dict[str, list[Edit]]:
    """Return the repairs of some findings, by file name."""
    found: defaultdict[str, dict[Edit, None]] = defaultdict(dict)
    for finding in findings:
        for edit in finding.edits:
            found[edit.location.path][edit] = None
    return {name: list(edits) for name, edits in found.items()}


def repaired(text: str, edits: Sequence[Edit]) -> str:
    """Return a text with the edits made; of two that overlap only the first is."""
    starts = [0]
    starts.extend(index + 1 for index, each in enumerate(text) if each == "\n")
    spans = sorted(
        (
            starts[(edit.location.line or 1) - 1] + (edit.location.column or 1) - 1,
            starts[(edit.location.end_line or 1) - 1] + (edit.location.end_column or 1) - 1,
            edit.text,
        )
        for edit in edits
    )
    pieces = []
    position = 0
    for start, end, replacement in spans:
        if start < position:
            continue
        pieces += [text[position:start], replacement]
        position = end
    return "".join([*pieces, text[position:]])
