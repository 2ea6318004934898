"""What was measured, what was required, and both as Markdown."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum


class Of(Enum):
    """What a requirement bounds."""

    RATIO = "×"
    VALUE = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """The least or most that is required, of a ratio to a peer or of the figure itself."""

    of: Of
    most: float = math.inf
    least: float = 0.0

    def allows(self, number: float) -> bool:
        """Whether a figure is within; one that is not a number never is."""
        return self.least <= number <= self.most

    def shown(self, unit: str) -> str:
        """Return it as the table says it."""
        sign, number = ("≤", self.most) if self.most < math.inf else ("≥", self.least)
        return f"{sign} {number:g}{self.of.value or f' {unit}'.rstrip()}"


def at_least(times: float) -> Bound:
    """Require a ratio to the peer, or more."""
    return Bound(Of.RATIO, least=times)


def at_most(times: float) -> Bound:
    """Require a ratio to the peer, or less."""
    return Bound(Of.RATIO, most=times)


def no_more(number: float) -> Bound:
    """Require a figure, or less."""
    return Bound(Of.VALUE, most=number)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    :param peer: the same figure of what it is compared with, None where nothing is.
    """

    work: str
    figure: str
    unit: str
    lod: float
    peer: float | None = None
    peer_name: str = ""
    required: Bound | None = None

    @property
    def ratio(self) -> float | None:
        """The figure by that of the peer."""
        if self.peer is None:
            return None
        return self.lod / self.peer if self.peer else math.nan

    @property
    def is_reached(self) -> bool | None:
        """Whether what is required is reached; None when nothing is."""
        if self.required is None:
            return None
        number = self.lod if self.required.of is Of.VALUE else self.ratio
        return number is not None and self.required.allows(number)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one server did in one work."""

    work: str
    server: str
    per_second: float
    cpu_ms: float
    p50_ms: float
    p99_ms: float
    requests: int
    size: float
    failures: int


@dataclass(slots=True)
class Outcome:
    """The lines of one work, and the figures they were made from."""

    rows: list[Row] = field(default_factory=list)
    measured: list[Measured] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Take in the lines of another work."""
        self.rows += other.rows
        self.measured += other.measured


def markdown(outcome: Outcome, facts: Iterable[str]) -> str:
    """Return the report."""
    parts = ["# Performance", "\n".join(facts), "## Results", results_table(outcome.rows)]
    if outcome.measured:
        parts += ["## Measured", _measured(outcome.measured)]
    return "\n\n".join(parts) + "\n"


def results_table(rows: Sequence[Row]) -> str:
    """Return the lines as a table of Markdown."""
    lines = [["work", "figure", "lod", "peer", "ratio", "required", "reached"]]
    for row in rows:
        peer = "—" if row.peer is None else f"{_number(row.peer)} ({row.peer_name})"
        ratio = "—" if row.ratio is None or math.isnan(row.ratio) else f"{_number(row.ratio)}×"
        required = row.required.shown(row.unit) if row.required else "—"
        reached = {None: "—", True: "yes", False: "**no**"}[row.is_reached]
        figure = f"{row.figure}, {row.unit}" if row.unit else row.figure
        lines.append([row.work, figure, _number(row.lod), peer, ratio, required, reached])
    return _laid_out(lines)


def _measured(rows: Sequence[Measured]) -> str:
    head = ["work", "server", "requests/s", "CPU ms/request", "p50 ms", "p99 ms"]
    lines = [[*head, "bytes", "requests", "failures"]]
    lines += [
        [
            row.work,
            row.server,
            *map(_number, (row.per_second, row.cpu_ms, row.p50_ms, row.p99_ms, row.size)),
            f"{row.requests}",
            f"{row.failures}",
        ]
        for row in rows
    ]
    return _laid_out(lines)


def _laid_out(lines: Sequence[Sequence[str]]) -> str:
    head, *rest = ["| " + " | ".join(line) + " |" for line in lines]
    return "\n".join([head, "|" + "---|" * len(lines[0]), *rest])


def _number(number: float) -> str:
    """Return a number with three digits that count, as people write it.

    >>> [_number(each) for each in (0.01234, 1.5, 123.4, 12345.6, 0)]
    ['0.0123', '1.5', '123', '12,346', '0']
    """
    if math.isnan(number):
        return "—"
    if abs(number) >= 100:
        return f"{number:,.0f}"
    return f"{float(f'{number:.3g}'):g}"
