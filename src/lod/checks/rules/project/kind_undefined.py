"""kind-undefined (warning)

Why: a kind whose class nobody uses or describes stays empty; most often its name is misspelt.
Fix: Name a class of the data in [kinds].
Says: {class} is the class of no entity, and nothing describes it.

Fails:
  ex:oak a ex:Tree .
  == lod.toml ==
  [kinds]
  tree = "ex:Trea"
Passes:
  ex:oak a ex:Tree .
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
  FILTER NOT EXISTS { ?entity a ?class }
  FILTER NOT EXISTS { ?class ?property ?value }
  FILTER NOT EXISTS { ?subclass rdfs:subClassOf ?class }
}
"""


def weigh(row: Row, context: Context) -> Slip | None:
    """Return the place of the kind whose class this is; nothing in a project without data."""
    return kind_slip(context, row) if any(context.triples_by_file.values()) else None
