"""Compare tables written as text: CSV and TSV."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import count

CSV_COMMA = r',(?=(?:[^"]*"[^"]*")*[^"]*$)'
"""A comma that stands in no quoted cell."""
BLANK_NODE = re.compile(r"_:[\w.-]+")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


def columns(content: str, separator: str) -> list[tuple[str, ...]]:
    """Return the columns of a text table by name, for SELECT * gives them no order.

    Cells are as written, quotes and all, but blank nodes are numbered and line ends left out.
    """
    rows = [re.split(separator, line) for line in content.splitlines()]
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    return [
        tuple(BLANK_NODE.sub(lambda label: f"_:{numbers[label[0]]}", cell) for cell in column)
        for column in sorted(zip(*rows, strict=True))
    ]


def as_numbers(table: list[tuple[str, ...]]) -> list[tuple[str | float, ...]]:
    """Return columns with numbers for the cells that say one."""
    return [
        tuple(float(cell) if NUMBER.fullmatch(cell) else cell for cell in column)
        for column in table
    ]
