"""slug-form (info)   Scope: data, ontology, separate

Why: addresses are read aloud, typed and put into file names; letters of any case or script get
 changed or encoded on the way.
Fix: Use lower-case ASCII letters, digits and hyphens; an address that is published must stay.
Says: The address of {subject} has {what}.

Fails:
  <https://data.example/id/tree/Common_Oak> rdfs:label "Common oak"@en .
Passes:
  <https://data.example/id/tree/common-oak> rdfs:label "Common oak"@en .
  <https://elsewhere.example/Common_Oak> rdfs:label "Common oak"@en .
  ex:CommonTree a owl:Class .
"""

from __future__ import annotations

import re

from lod.checks.lint.slips import Context, Slip
from lod.engine.batch import Row

QUERY = """
PREFIX lod: <urn:lod:>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?subject WHERE {
  GRAPH lod:project { lod:project lod:base ?base }
  { SELECT ?subject WHERE { ?subject ?property ?value } GROUP BY ?subject }
  FILTER(isIRI(?subject) && STRSTARTS(STR(?subject), ?base))
  FILTER(!REGEX(SUBSTR(STR(?subject), STRLEN(?base) + 1), "^[a-z0-9/#-]*$"))
  # Terms, files, ontologies and versions of the dataset have names of another form.
  BIND(REPLACE(STR(?subject), "[^#/]*$", "") AS ?namespace)
  FILTER NOT EXISTS { GRAPH lod:project { lod:project lod:ownNamespace ?namespace } }
  FILTER NOT EXISTS { GRAPH lod:project { ?subject lod:file ?file } }
  FILTER NOT EXISTS {
    VALUES ?kind {
      owl:Ontology owl:Class rdfs:Class rdfs:Datatype rdf:Property owl:ObjectProperty
      owl:DatatypeProperty owl:AnnotationProperty
    }
    ?subject a ?kind .
  }
  FILTER(!STRSTARTS(STR(?subject), CONCAT(?base, "dataset/")))
}
"""
_ODD = re.compile(r"[^a-z0-9/#.-]|(?<![0-9])\.|\.(?![0-9])")
"""A point may stand in a number, as in that of a version."""


def weigh(row: Row, context: Context) -> Slip | None:
    """Return what is odd about an address, the first thing that is."""
    path = row["subject"][1 + len(context.dataset.project.base) : -1]
    odd = _ODD.search(path)
    if odd is None:
        return None
    return Slip(values={**row, "what": _named(path, odd.start())}, subject=row["subject"])


def _named(path: str, at: int) -> str:
    character = path[at]
    encoded = re.match("(?:%[0-9A-Fa-f]{2})+", path[at:])
    if encoded:
        return f"a percent-encoded character ({encoded[0]})"
    if not character.isascii():
        return f'a character that is not ASCII ("{character}")'
    if character.isupper():
        return f'a capital letter ("{character}")'
    return f'the character "{character}"'
