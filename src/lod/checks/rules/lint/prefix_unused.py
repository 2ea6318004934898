"""prefix-unused (info)   Scope: data, ontology, shapes, separate

Why: readers take a prefix at the top for something the file is about.
Fix: Remove the declaration.
Says: The prefix {prefix}: is declared and not used.

Fails:
  @prefix ex: <https://data.example/> .
  @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
  ex:oak ex:near ex:beech .
Passes:
  @prefix ex: <https://data.example/> .
  ex:oak ex:near ex:beech .
"""

from __future__ import annotations

from collections.abc import Iterator

from lod.checks.lint.slips import Slip, TextFile
from lod.checks.lint.source_text import whole_lines


def read(file: TextFile) -> Iterator[Slip]:
    """Yield each prefix that no name has."""
    for each in file.declarations:
        if not each.is_used:
            line = whole_lines(file.text, each.span)
            yield Slip(
                values={"prefix": each.prefix}, span=each.span, edits=((line, ""),) if line else ()
            )
