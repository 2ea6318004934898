"""not-formatted (info)   Scope: data, ontology, shapes, separate

Why: files in one layout are easy to compare: a change of one statement changes one line.
Fix: Run lod format.
Says: From here on the file is not laid out as lod format would.

Fails:
  @prefix ex: <https://data.example/> .
  ex:oak ex:near ex:beech ; a ex:Tree .
Passes:
  @prefix ex: <https://data.example/> .

  ex:oak
    a ex:Tree ;
    ex:near ex:beech ;
  .
"""

from __future__ import annotations

from collections.abc import Iterator

from lod.checks.slips import Slip, TextFile
from lod.rdf.formats import TRIG, TURTLE
from lod.rdf.formatting import format_turtle
from lod.rdf.tokens import Span

_LONGEST = 2_000_000
"""Characters; longer files are the work of programs, and to lay them out takes seconds."""


def read(file: TextFile) -> Iterator[Slip]:
    """Yield the first line that is not as the formatter writes it."""
    if file.file.format not in {TURTLE, TRIG} or len(file.text) > _LONGEST:
        return
    formatted = format_turtle(file.text)
    if formatted != file.text:
        yield Slip(span=_first_difference(file.text, formatted))


def _first_difference(text: str, other: str) -> Span:
    """Return the first line of a text that is another in the other text."""
    start = 0
    for mine, its in zip(text.splitlines(keepends=True), other.splitlines(True), strict=False):
        if mine != its:
            break
        start += len(mine)
    start = min(start, max(len(text) - 1, 0))
    end = text.find("\n", start)
    return Span(start, len(text) if end < 0 else end)
