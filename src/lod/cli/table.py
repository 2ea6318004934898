"""An answer as a table of plain text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from pyoxigraph import Literal, NamedNode

from lod.rdf.terms import Term
from lod.sparql import Table

_NARROWEST = 8


def render(table: Table, shorten: Callable[[str], str | None], width: int) -> str:
    """Return a table with one line a row and a count at the end.

    :param shorten: gives the prefixed name of an IRI, if there is one.
    :param width: columns of the terminal, 0 when lines may be as long as they are.
    """
    if table.boolean is not None:
        return "yes\n" if table.boolean else "no\n"
    rows = [[_cell(term, shorten) for term in row] for row in table.rows]
    lines = [list(table.variables), *rows]
    widths = [max(_columns(line[index]) for line in lines) for index in range(len(lines[0]))]
    if width and widths:
        _narrow(widths, width)
    body = ["  ".join(_fit(*each) for each in zip(line, widths, strict=True)) for line in lines]
    count = f"{len(rows):,} row{'' if len(rows) == 1 else 's'}"
    return "\n".join([*(line.rstrip() for line in body), count]) + "\n"


def _cell(term: Term | None, shorten: Callable[[str], str | None]) -> str:
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return shorten(term.value) or f"<{term.value}>"
    text = term.value if isinstance(term, Literal) else str(term)
    return "".join(each if each.isprintable() else " " for each in text)


def _narrow(widths: list[int], width: int) -> None:
    """Make the widest columns narrower until the table fits."""
    while sum(widths) + 2 * (len(widths) - 1) > width and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1


def _fit(text: str, width: int) -> str:
    if _columns(text) <= width:
        return text + " " * (width - _columns(text))
    kept = text
    while _columns(kept) > width - 1:
        kept = kept[:-1]
    return f"{kept}…" + " " * (width - 1 - _columns(kept))


def _columns(text: str) -> int:
    """Return how many columns a terminal needs for a text (Unicode annex 11)."""
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1
        for each in text
    )
