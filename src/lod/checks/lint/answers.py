"""Compare the answer of a question with the one that is kept beside it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lod.rdf.tokens import Span


class Line(NamedTuple):
    """One row of a CSV text, and where in the text it stands."""

    values: tuple[str, ...]
    span: Span


class Change(NamedTuple):
    """How an answer differs, in words, and the place in the one that is kept."""

    words: str
    span: Span | None


def read_rows(text: str) -> list[Line]:
    """Return the rows of a CSV text, its header among them; empty lines are no rows.

    Blank nodes are numbered as they come, as their names mean nothing.
    """
    physical = text.splitlines(keepends=True)
    reader = csv.reader(io.StringIO(text, newline=""))
    starts = [0]
    for line in physical:
        starts.append(starts[-1] + len(line))
    rows = []
    names: dict[str, str] = {}
    before = 0
    for values in reader:
        start, end = starts[before], starts[min(reader.line_num, len(physical))]
        before = reader.line_num
        if values:
            row = tuple(_named(each, names) for each in values)
            rows.append(Line(row, Span(start, start + len(text[start:end].rstrip("\r\n")))))
    return rows


def _named(value: str, names: dict[str, str]) -> str:
    return names.setdefault(value, f"_:{len(names)}") if value.startswith("_:") else value


def compare(expected: Sequence[Line], found: Sequence[Line], *, is_ordered: bool) -> Change | None:
    """Return how an answer differs from the expected one, None when it does not.

    :param is_ordered: whether the order of rows is part of the answer.
    """
    if not expected or not found or expected[0].values != found[0].values:
        columns = ", ".join(found[0].values) if found else ""
        return Change(f"its columns are {columns or 'none'}", _span(expected[:1]))
    kept = Counter(line.values for line in expected[1:])
    new = Counter(line.values for line in found[1:])
    missing, added = kept - new, new - kept
    if missing or added:
        return Change(_words(missing, added), _place(expected, missing))
    if is_ordered:
        for mine, its in zip(expected[1:], found[1:], strict=True):
            if mine.values != its.values:
                return Change(f"{_shown(its.values)} comes here now", mine.span)
    return None


def _words(missing: Counter[tuple[str, ...]], added: Counter[tuple[str, ...]]) -> str:
    words = []
    for rows, what in ((added, "new"), (missing, "missing")):
        if rows:
            number = rows.total()
            first = _shown(min(rows))
            words.append(f"{number} {'row is' if number == 1 else 'rows are'} {what} ({first})")
    return ", ".join(words)


def _shown(row: Iterable[str]) -> str:
    text = ", ".join(row)
    return text if len(text) <= 120 else f"{text[:119]}…"


def _place(expected: Sequence[Line], missing: Counter[tuple[str, ...]]) -> Span | None:
    """Return the place of the first row that is missing, of the header when none is."""
    gone = [line.span for line in expected[1:] if line.values in missing]
    return gone[0] if gone else _span(expected[:1])


def _span(lines: Sequence[Line]) -> Span | None:
    return lines[0].span if lines else None
