"""prefix-rebound (warning)   Scope: data, ontology, shapes, separate

Why: the same name means two things in one file, which nobody sees who reads only a part of it.
Fix: Give the second namespace a prefix of its own.
Says: The prefix {prefix}: stands for <{other}> from here on; above it was <{first}>.

Fails:
  @prefix ex: <https://data.example/> .
  ex:oak ex:near ex:beech .
  @prefix ex: <https://data.example/other/> .
  ex:oak ex:near ex:beech .
Passes:
  @prefix ex: <https://data.example/> .
  @prefix other: <https://data.example/other/> .
  ex:oak ex:near other:oak .
"""

from __future__ import annotations

from collections.abc import Iterator

from lod.checks.lint.slips import Slip, TextFile


def read(file: TextFile) -> Iterator[Slip]:
    """Yield each declaration that gives a prefix another meaning."""
    bound: dict[str, str] = {}
    for each in file.declarations:
        first = bound.get(each.prefix)
        if first is not None and first != each.iri:
            yield Slip(
                values={"prefix": each.prefix, "first": first, "other": each.iri}, span=each.span
            )
        bound[each.prefix] = each.iri
