"""prefix-unusual (warning)   Scope: data, ontology, shapes, separate

Why: whoever knows the prefix reads another term than the one that is written.
Fix: Use another prefix here, or bind this one as everywhere else.
Says: {prefix}: stands for <{written}> here; {where} it is <{usual}>.

Fails:
  @prefix ex: <https://data.example/> .
  @prefix rdfs: <https://data.example/terms#> .
  ex:oak rdfs:label "Oak"@en .
Passes:
  @prefix ex: <https://data.example/> .
  @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
  ex:oak rdfs:label "Oak"@en .
"""

from __future__ import annotations

from collections.abc import Iterator

from lod.checks.lint.slips import Slip, TextFile
from lod.rdf.namespaces import WELL_KNOWN_PREFIXES
from lod.rdf.near_namespaces import near_namespace

_EITHER = {"schema": frozenset({"http://schema.org/", "https://schema.org/"})}
"""Prefixes of which more than one binding is usual."""


def read(file: TextFile) -> Iterator[Slip]:
    """Yield each prefix that is bound to something else than in the project or everywhere."""
    for each in file.declarations:
        own = file.prefixes.get(each.prefix)
        usual = own or WELL_KNOWN_PREFIXES.get(each.prefix)
        if usual is None or each.iri == usual or near_namespace(each.iri):
            continue
        if own is None and each.iri in _EITHER.get(each.prefix, ()):
            continue
        where = "in lod.toml" if own else "usually"
        yield Slip(
            values={"prefix": each.prefix, "written": each.iri, "where": where, "usual": usual},
            span=each.iri_span,
        )
