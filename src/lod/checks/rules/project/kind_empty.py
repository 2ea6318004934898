"""kind-empty (info)

Why: a kind without members is an empty list on the site.
Fix: Remove the kind from [kinds] until the data have one.
Says: No entity is of the class {class}, nor of a subclass.

Fails:
  ex:oak a ex:Tree .
  == ontology/terms.ttl ==
  ex:Flower a owl:Class .
  == lod.toml ==
  [kinds]
  flower = "ex:Flower"
Passes:
  ex:oak a ex:Oak .
  ex:Oak rdfs:subClassOf ex:Tree .
  == lod.toml ==
  [kinds]
  tree = "ex:Tree"
"""

from __future__ import annotations

from lod.checks.lint.configuration import kind_slip
from lod.checks.lint.slips import Context, Slip
from lod.engine.batch import Row

QUERY = """
PREFIX lod: <urn:lod:>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?class WHERE {
  GRAPH lod:project { lod:project lod:kind ?class }
  FILTER EXISTS { ?class ?property ?value }
  FILTER NOT EXISTS { ?entity a ?class }
  FILTER NOT EXISTS { ?subclass rdfs:subClassOf+ ?class . ?entity a ?subclass }
}
"""


def weigh(row: Row, context: Context) -> Slip | None:
    """Return the place of the kind whose class this is; nothing in a project without data."""
    return kind_slip(context, row) if any(context.triples_by_file.values()) else None
