"""end-before-start (error)   Scope: data, separate

Why: what ends before it starts is left out of every timeline, or turns it around. One of the dates
 is wrong.
Fix: Correct the date; for properties of your own, lint/ can hold a rule that compares them.
Says: {to} is {end}, which is before {from} {start}.

Fails:
  ex:visit schema:startDate "2015-03-01"^^xsd:date ; schema:endDate "2014-03-05"^^xsd:date .
Passes:
  ex:visit schema:startDate "2015-03-01"^^xsd:date ; schema:endDate "2015"^^xsd:gYear .
"""

from __future__ import annotations

from lod.checks.lint.slips import Context, Slip
from lod.engine.batch import Row
from lod.rdf.namespaces import DCAT, DCTERMS, PROV, SCHEMA, Namespace
from lod.rdf.periods import read_period
from lod.rdf.terms import read_term

_TIME = Namespace("http://www.w3.org/2006/time#")
_SCHEMA_HTTP = Namespace("http://schema.org/")
_PAIRS = (
    (DCAT.startDate, DCAT.endDate),
    (DCTERMS.created, DCTERMS.modified),
    (PROV.generatedAtTime, PROV.invalidatedAtTime),
    (PROV.startedAtTime, PROV.endedAtTime),
    *(
        (each[start], each[end])
        for each in (SCHEMA, _SCHEMA_HTTP)
        for start, end in (
            ("birthDate", "deathDate"),
            ("dateCreated", "dateModified"),
            ("foundingDate", "dissolutionDate"),
            ("startDate", "endDate"),
            ("validFrom", "validThrough"),
        )
    ),
)
_INSTANTS = " ".join(
    str(_TIME[name])
    for name in (
        "inXSDDate",
        "inXSDDateTimeStamp",
        "inXSDDateTime",
        "inXSDgYear",
        "inXSDgYearMonth",
    )
)
QUERY = f"""
SELECT ?subject ?from ?start ?to ?end WHERE {{
  {{
    VALUES (?from ?to) {{ {" ".join(f"({start} {end})" for start, end in _PAIRS)} }}
    ?subject ?from ?start ; ?to ?end .
    # Of several values nobody knows which belong together.
    FILTER NOT EXISTS {{ ?subject ?from ?start2 . FILTER(!sameTerm(?start, ?start2)) }}
    FILTER NOT EXISTS {{ ?subject ?to ?end2 . FILTER(!sameTerm(?end, ?end2)) }}
  }} UNION {{
    BIND({_TIME.hasBeginning} AS ?from)
    BIND({_TIME.hasEnd} AS ?to)
    VALUES ?in {{ {_INSTANTS} }}
    VALUES ?at {{ {_INSTANTS} }}
    ?subject ?from ?first ; ?to ?last .
    ?first ?in ?start .
    ?last ?at ?end .
  }}
  FILTER(isLITERAL(?start) && isLITERAL(?end))
  # Most pairs are in order as texts, and need no closer look.
  FILTER(
    STR(?end) < STR(?start) || CONTAINS(STR(?end), "T") || CONTAINS(STR(?start), "T")
    || REGEX(STR(?end), "^-|^[0-9]{{5}}") || REGEX(STR(?start), "^-|^[0-9]{{5}}")
  )
}}
"""


def weigh(row: Row, context: Context) -> Slip | None:  # noqa: ARG001 - as all are asked
    """Return an end that is before its start whatever the precision of both."""
    texts = [str(getattr(read_term(row[name]), "value", "")) for name in ("start", "end")]
    start, end = (read_period(text) for text in texts)
    if start is None or end is None or not end.is_before(start):
        return None
    of_instants = row["to"] == str(_TIME.hasEnd)
    return Slip(
        values=row,
        subject=row["subject"],
        path=row["to"],
        value=None if of_instants else row["end"],
    )
