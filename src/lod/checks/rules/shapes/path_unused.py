"""path-unused (info)   Scope: data, ontology, separate

Why: as long as nothing has the property, the constraint checks nothing; perhaps the data use
 another property.
Fix: Look whether this is the property that the data use.
Says: Nothing has {value} yet.

Fails:
  ex:ada a ex:Person .
  == ontology/example.ttl ==
  ex:nickname a rdf:Property .
  == shapes/example.ttl ==
  ex:PersonShape sh:targetClass ex:Person ;
    sh:property [ sh:path ex:nickname ; sh:maxCount 1 ] .
Passes:
  ex:ada a ex:Person ; ex:nickname "Countess" .
  == ontology/example.ttl ==
  ex:nickname a rdf:Property .
  == shapes/example.ttl ==
  ex:PersonShape sh:targetClass ex:Person ;
    sh:property [ sh:path ex:nickname ; sh:maxCount 1 ] .
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lod.checks.lint.slips import Context, Slip
from lod.engine.batch import Row

QUERY = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX lod: <urn:lod:>

SELECT DISTINCT ?subject ?path ?value WHERE {
  GRAPH lod:shapes {
    {
      VALUES ?path { sh:path sh:equals sh:disjoint sh:lessThan sh:lessThanOrEquals }
      ?subject ?path ?value .
      BIND (?subject AS ?owner)
      FILTER NOT EXISTS { ?component sh:parameter ?subject }
    }
    UNION
    {
      ?owner sh:path ?complex .
      FILTER isBlank(?complex)
      ?complex (
        rdf:first|rdf:rest|sh:alternativePath|sh:inversePath
        |sh:zeroOrMorePath|sh:oneOrMorePath|sh:zeroOrOnePath
      )* ?subject .
      FILTER isBlank(?subject)
      ?subject ?path ?value .
      FILTER (?path NOT IN (rdf:rest, rdf:type))
    }
    FILTER NOT EXISTS { ?owner sh:maxCount ?none . FILTER (?none = 0) }
  }
  FILTER (isIRI(?value) && !REGEX(STR(?value), "#_[0-9]+$"))
  FILTER EXISTS { GRAPH lod:data { ?anything ?has ?something } }
  FILTER NOT EXISTS { ?one ?value ?other }
  FILTER (
    EXISTS { ?value ?says ?described }
    || EXISTS { GRAPH lod:shapes { ?value ?states ?stated } }
    || EXISTS { GRAPH lod:project { ?value lod:namespace ?namespace } }
  )
  # Where the class of the shape is empty, target-class-empty says it all.
  # EXISTS in EXISTS: the engine looks these up, where it would make a table of a join.
  FILTER NOT EXISTS {
    GRAPH lod:shapes { ?shape sh:property ?owner }
    FILTER EXISTS {
      GRAPH lod:shapes { ?shape sh:targetClass ?class }
      FILTER NOT EXISTS {
        ?subclass rdfs:subClassOf* ?class .
        FILTER EXISTS { ?instance a ?subclass }
      }
    }
  }
}
"""

_PREFIX = re.compile(r"PREFIX\s+([^\s:]*):\s*<([^<>]*)>", re.IGNORECASE)


def weigh(row: Row, context: Context) -> Slip | None:
    """Return the finding, unless a rule of the project derives the property at each build."""
    iri = row["value"][1:-1]
    if any(iri in _named(text) for text in _rules(context)):
        return None
    return Slip(values=row, subject=row["subject"], path=row["path"], value=row["value"])


def _rules(context: Context) -> Iterator[str]:
    for _, path in context.dataset.rules():
        try:
            yield path.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            continue  # what else reads it says so


def _named(query: str) -> set[str]:
    """Return the IRIs a query names, and some that its comments name."""
    prefixes = dict(_PREFIX.findall(query))
    short = re.findall(r"([\w.-]*):([\w.-]*\w)", query)
    return {
        *re.findall(r"<([^<>\s]*)>", query),
        *(prefixes[prefix] + local for prefix, local in short if prefix in prefixes),
    }
