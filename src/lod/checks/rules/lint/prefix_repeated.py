"""prefix-repeated (info)   Scope: data, ontology, shapes, separate

Why: with two prefixes for one namespace a term has two names; a search for one misses the other.
Fix: Keep one prefix for a namespace.
Says: <{iri}> has the prefix {first}: already.

Fails:
  @prefix ex: <https://data.example/> .
  @prefix data: <https://data.example/> .
  ex:oak ex:near data:beech .
Passes:
  @prefix ex: <https://data.example/> .
  ex:oak ex:near ex:beech .
"""

from __future__ import annotations

from collections.abc import Iterator

from lod.checks.lint.slips import Slip, TextFile
from lod.checks.lint.source_text import Declaration, whole_lines
from lod.rdf.tokens import Span


def read(file: TextFile) -> Iterator[Slip]:
    """Yield each declaration of a namespace that has a prefix already."""
    prefixes: dict[str, str] = {}
    bound: dict[str, str] = {}
    for each in file.declarations:
        first = prefixes.get(each.iri)
        if first is not None and bound[first] == each.iri:
            yield Slip(
                values={"iri": each.iri, "first": first},
                span=each.span,
                edits=_without(file, each) if first == each.prefix else (),
            )
        else:
            prefixes[each.iri] = each.prefix
        bound[each.prefix] = each.iri


def _without(file: TextFile, repeated: Declaration) -> tuple[tuple[Span, str], ...]:
    """Return the repair of a declaration that says again what one above says."""
    line = whole_lines(file.text, repeated.span)
    return ((line, ""),) if line else ()
