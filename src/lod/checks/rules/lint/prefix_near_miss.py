"""prefix-near-miss (warning)   Scope: data, ontology, shapes, separate

Why: a namespace that differs from a well-known one in one character has other terms, which no
 program, shape or query knows.
Fix: Bind the prefix to the namespace as its vocabulary writes it.
Says: {prefix}: stands for <{written}>; <{known}> is probably meant.

Fails:
  @prefix ex: <https://data.example/> .
  @prefix skos: <http://www.w3.org/2004/02/skos/core/> .
  ex:oak skos:broader ex:tree .
Passes:
  @prefix ex: <https://data.example/> .
  @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
  ex:oak skos:broader ex:tree .
"""

from __future__ import annotations

from collections.abc import Iterator

from lod.checks.lint.slips import Slip, TextFile
from lod.rdf.near_namespaces import near_namespace


def read(file: TextFile) -> Iterator[Slip]:
    """Yield each prefix of a namespace that is nearly a well-known one."""
    own = set(file.prefixes.values())
    for each in file.declarations:
        near = near_namespace(each.iri) if each.iri not in own else None
        if near:
            yield Slip(
                values={"prefix": each.prefix, "written": each.iri, "known": near.namespace},
                span=each.iri_span,
                edits=((each.iri_span, f"<{near.namespace}>"),) if near.is_certain else (),
            )
