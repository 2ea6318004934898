"""entities-alike (info)   Scope: data, ontology, separate

Why: one thing under two names is counted twice, and what is said of it is divided.
Fix: Merge the two, or waive this finding if they are two things.
Says: {subject} looks like {other}: {how}.

Fails:
  ex:sessile-oak a ex:Tree ; rdfs:label "Sessile oak"@en .
  ex:sessile-oak-2 a ex:Tree ; rdfs:label "Sessile-Oak"@en .
Passes:
  ex:sessile-oak a ex:Tree ; rdfs:label "Sessile oak"@en .
  ex:sessile-oak-table a ex:Table ; rdfs:label "Sessile-Oak"@en .
  ex:plot-1-12 a ex:Plot ; rdfs:label "Plot 1.12"@en .
  ex:plot-11-2 a ex:Plot ; rdfs:label "Plot 11.2"@en .
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from lod.checks.lint.label_keys import label_key
from lod.checks.lint.slips import Context, Slip
from lod.engine.batch import Row
from lod.rdf.terms import read_term

QUERY = """
PREFIX lod: <urn:lod:>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX schema: <https://schema.org/>
PREFIX schema-http: <http://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?subject ?group ?path ?value WHERE {
  GRAPH lod:project { lod:project lod:base ?base }
  {
    # Of labels only those that may look like another.
    GRAPH lod:project { lod:project lod:alikeLabel ?value ; lod:labelProperty ?path }
    ?subject ?path ?value .
  } UNION {
    {
      SELECT ?value WHERE {
        ?any owl:sameAs|schema:sameAs|schema-http:sameAs|skos:exactMatch ?value .
      } GROUP BY ?value HAVING(COUNT(DISTINCT ?any) > 1)
    }
    VALUES ?path { owl:sameAs schema:sameAs schema-http:sameAs skos:exactMatch }
    ?subject ?path ?value .
    FILTER isIRI(?value)
  }
  FILTER(isIRI(?subject) && STRSTARTS(STR(?subject), ?base))
  # Concepts are of one class in all schemes.
  {
    ?subject a ?group .
    FILTER(?group != skos:Concept)
  } UNION {
    ?subject skos:inScheme ?group .
  }
}
"""


def gather(rows: Iterable[Row], context: Context) -> Iterator[Slip]:
    """Yield each entity that looks like one before it, once."""
    alike: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    keys: dict[str, str] = {}
    for row in rows:
        value = row["value"]
        key = keys.get(value)
        if key is None:
            key = keys[value] = value if value.startswith("<") else label_key(value)
        if key:
            alike[row["group"], key].append(row)
    told: set[tuple[str, str]] = set()
    for _, same in sorted(alike.items()):
        if len(same) > 1:
            yield from _pairs(same, told, context)


def _pairs(same: list[Row], told: set[tuple[str, str]], context: Context) -> Iterator[Slip]:
    same.sort(key=lambda row: (row["subject"], row["value"]))
    first = same[0]
    own = {row["value"] for row in same if row["subject"] == first["subject"]}
    for row in same:
        pair = (first["subject"], row["subject"])
        is_label = row["value"].startswith('"')
        # The same label twice is what label-duplicate tells.
        if pair[0] == pair[1] or pair in told or (is_label and row["value"] in own):
            continue
        told.add(pair)
        yield Slip(
            values={**row, "other": first["subject"], "how": _how(first, row, context)},
            subject=row["subject"],
            path=row["path"],
            value=row["value"],
        )


def _how(first: Row, second: Row, context: Context) -> str:
    if second["value"].startswith("<"):
        iri = second["value"][1:-1]
        name = context.dataset.prefixes.shorten(second["path"][1:-1]) or second["path"]
        return f"both have {name} {context.dataset.prefixes.shorten(iri) or f'<{iri}>'}"
    texts = [str(getattr(read_term(each["value"]), "value", "")) for each in (first, second)]
    return f'"{texts[0]}" and "{texts[1]}" differ only in case, accents, spaces or punctuation'
