"""pattern-never-matches (warning)   Scope: shapes

Why: ^ is where the text begins and $ where it ends; a letter before the one or after the other can
 never be, so that no value matches, and nobody notices while nothing has the property.
Fix: Move ^ to the start and $ to the end of the pattern, or escape what is meant as it is.
Says: The pattern {value} matches no text: there is something {where}.

Fails:
  ex:PersonShape sh:targetClass ex:Person ;
    sh:property [ sh:path ex:code ; sh:pattern "$[A-Z][A-Z]^" ] .
Passes:
  ex:PersonShape sh:targetClass ex:Person ;
    sh:property [ sh:path ex:code ; sh:pattern "^[A-Z]{3}$" ] .
"""

from __future__ import annotations

import re

from lod.checks.lint.slips import Context, Slip
from lod.engine.batch import Row
from lod.rdf.terms import lexical_form

QUERY = """
PREFIX sh: <http://www.w3.org/ns/shacl#>

SELECT ?subject ?path ?value WHERE {
  BIND (sh:pattern AS ?path)
  ?subject ?path ?value .
  FILTER isLiteral(?value)
  FILTER NOT EXISTS { ?subject sh:flags ?flags . FILTER REGEX(STR(?flags), "[mxq]") }
}
"""

_ONE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_AFTER_END = re.compile(r"\$\w(?![*?{])")
_BEFORE_START = re.compile(r"\w\^")


def weigh(row: Row, _context: Context) -> Slip | None:
    """Return the finding for a pattern with a character beyond the ends of the text."""
    pattern = _ONE.sub("x", lexical_form(row["value"]))
    if "|" in pattern:
        return None  # one of the alternatives may match
    if _AFTER_END.search(pattern):
        where = "after $"
    elif _BEFORE_START.search(pattern):
        where = "before ^"
    else:
        return None
    return Slip(
        values={"value": lexical_form(row["value"]), "where": where},
        subject=row["subject"],
        path=row["path"],
        value=row["value"],
    )
