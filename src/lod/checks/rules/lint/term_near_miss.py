"""term-near-miss (warning)   Scope: data, ontology, separate

Why: a term that its vocabulary does not have says nothing to anyone. Of a vocabulary that grows no
 list is complete, so that only names which are nearly those of a known term are told.
Fix: Write the known term if it is meant; waive the finding if the term is newer than the list.
Says: {term} is not known, and {near} is.

Fails:
  ex:oak schema:birthplace ex:forest .
Passes:
  ex:oak schema:birthPlace ex:forest ; schema:newTerm ex:forest .
"""

from __future__ import annotations

import re
from collections.abc import Collection

from lod.checks.lint.slips import Context, Slip
from lod.checks.lint.vocabularies import COMPLETE, namespace_of, well_known_terms
from lod.config.fields import IRI
from lod.engine.batch import Row
from lod.rdf.namespaces import RDF

_QUERY = f"""
SELECT ?subject ?path ?value ?term ?near WHERE {{
  VALUES (?term ?near) {{ @TERMS@ }}
  {{
    ?subject ?term ?anything .
    BIND(?term AS ?path)
  }} UNION {{
    BIND({RDF.type} AS ?path)
    ?subject ?path ?term .
    BIND(?term AS ?value)
  }}
}}
"""
_SHORTEST = 6
"""Letters a name must have: of shorter ones too many are one letter apart."""


def query(context: Context) -> str:
    """Return the query for the uses of terms whose name is one slip away from a known one's."""
    used = {term[1:-1] for term in context.usage.properties | context.usage.classes}
    growing = {namespace_of(term) for term in used} - COMPLETE - set(context.own_namespaces)
    rows = []
    for namespace, known in well_known_terms(growing).items():
        for term in sorted(used - set(context.terms.get(namespace, ()))):
            near = _near(term, known) if namespace_of(term) == namespace else None
            if near and IRI.fullmatch(term):
                rows.append(f"(<{term}> <{near}>)")
    return _QUERY.replace("@TERMS@", " ".join(rows)) if rows else ""


def weigh(row: Row, context: Context) -> Slip:  # noqa: ARG001 - as all are asked
    """Return a use of such a term."""
    return Slip(
        values={"term": row["term"], "near": row["near"]},
        subject=row["subject"],
        path=row["path"],
        value=row.get("value"),
    )


def _near(term: str, known: Collection[str]) -> str | None:
    """Return the known term a term is a slip for, None where it may be one of its own."""
    start = len(namespace_of(term))
    name = term[start:]
    for each in sorted(known):
        if _folded(each[start:]) == _folded(name):
            return each
    if len(name) < _SHORTEST:
        return None
    return next((each for each in sorted(known) if _is_one_slip(name, each[start:])), None)


def _folded(name: str) -> str:
    return re.sub("[_-]", "", name).casefold()


def _is_one_slip(given: str, known: str) -> bool:
    """Whether a letter within a word is left out, added, changed or swapped with the next.

    The end does not count, as plural and participle are terms of their own, nor do digits.
    """
    if abs(len(given) - len(known)) > 1 or given[0] != known[0] or given[-1] != known[-1]:
        return False
    start = 0
    while start < min(len(given), len(known)) and given[start] == known[start]:
        start += 1
    end = 0
    while end < min(len(given), len(known)) - start and given[-1 - end] == known[-1 - end]:
        end += 1
    mine, its = given[start : len(given) - end], known[start : len(known) - end]
    if not (mine + its).isalpha():
        return False
    is_swapped = len(mine) == len(its) == 2 and mine == its[::-1]
    return is_swapped or (len(mine) <= 1 and len(its) <= 1)
