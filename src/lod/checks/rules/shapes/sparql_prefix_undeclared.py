"""sparql-prefix-undeclared (warning)   Scope: shapes

Why: the prefixes of the file mean nothing in a query; engines refuse one that is not declared for
 it, or, worse, know another namespace by that name.
Fix: Declare it with sh:declare, and name the node that does so with sh:prefixes.
Says: The query uses the prefix "{prefix}:", which nothing declares for it.

Fails:
  ex:PersonShape sh:targetClass ex:Person ;
    sh:sparql [ sh:select "SELECT $this WHERE { $this schema:age -1 }" ] .
Passes:
  ex:prefixes sh:declare [
    sh:prefix "schema" ; sh:namespace "https://schema.org/"^^xsd:anyURI
  ] .
  ex:PersonShape sh:targetClass ex:Person ;
    sh:sparql [
      sh:prefixes ex:prefixes ; sh:select "SELECT $this WHERE { $this schema:age -1 }"
    ] .
"""

from __future__ import annotations

import re

from lod.checks.lint.slips import Context, Slip
from lod.engine.batch import Row
from lod.rdf.terms import lexical_form

QUERY = """
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX sh: <http://www.w3.org/ns/shacl#>

SELECT ?subject ?path ?value (GROUP_CONCAT(DISTINCT ?prefix) AS ?declared) WHERE {
  VALUES ?path { sh:select sh:ask sh:construct }
  ?subject ?path ?value .
  FILTER isLiteral(?value)
  OPTIONAL { ?subject sh:prefixes/owl:imports*/sh:declare/sh:prefix ?prefix }
}
GROUP BY ?subject ?path ?value
"""

_NOT_NAMES = re.compile(r"<[^<>\s]*>|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|#[^\n]*")
_NAME = re.compile(r"(?<![\w?$.:-])([A-Za-z][\w.-]*):")
_DECLARATION = re.compile(r"\bPREFIX\s+([\w.-]*):", re.IGNORECASE)
_ALWAYS = frozenset({"owl", "rdf", "rdfs", "sh", "xsd"})
"""What stands for the same namespace everywhere, and engines know."""


def weigh(row: Row, _context: Context) -> Slip | None:
    """Return the finding for the first prefix, by name, that is not declared."""
    query = _NOT_NAMES.sub(" ", lexical_form(row["value"]))
    declared = {*lexical_form(row.get("declared", '""')).split(), *_DECLARATION.findall(query)}
    missing = sorted(set(_NAME.findall(query)) - declared - _ALWAYS)
    if not missing:
        return None
    return Slip(
        values={"prefix": missing[0]},
        subject=row["subject"],
        path=row["path"],
        value=row["value"],
    )
