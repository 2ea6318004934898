"""sparql-without-this (warning)   Scope: shapes

Why: the query of a constraint is asked for each entity with $this bound to it; a query that never
 says $this does not look at the entity at all.
Fix: Write $this where the entity stands.
Says: The query of {subject} does not say $this.

Fails:
  ex:PersonShape sh:targetClass ex:Person ;
    sh:sparql [ sh:select "SELECT ?person WHERE { ?person <https://data.example/age> -1 }" ] .
Passes:
  ex:PersonShape sh:targetClass ex:Person ;
    sh:sparql [ sh:select "SELECT $this WHERE { $this <https://data.example/age> -1 }" ] .
"""

from __future__ import annotations

import re

from lod.checks.lint.slips import Context, Slip
from lod.engine.batch import Row
from lod.rdf.terms import lexical_form

QUERY = """
PREFIX sh: <http://www.w3.org/ns/shacl#>

SELECT ?subject ?path ?value WHERE {
  ?shape sh:sparql ?subject .
  VALUES ?path { sh:select sh:ask }
  ?subject ?path ?value .
  FILTER isLiteral(?value)
}
"""


def weigh(row: Row, _context: Context) -> Slip | None:
    """Return the finding for a query without the variable."""
    if re.search(r"[$?]this\b", lexical_form(row["value"])):
        return None
    return Slip(values=row, subject=row["subject"], path=row["path"], value=row["value"])
