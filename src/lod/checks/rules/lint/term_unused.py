"""term-unused (info)   Scope: ontology

Why: a term that nothing uses costs everyone who reads the ontology, and may be the old name of
 another one.
Fix: Use it, or remove it if it was never published.
Says: Nothing uses {subject}.

Fails:
  ex:Tree a owl:Class .
  ex:Shrub a owl:Class .
  == data/oak.ttl ==
  ex:oak a ex:Tree .
Passes:
  ex:Tree a owl:Class .
  ex:Plant a owl:Class .
  ex:Tree rdfs:subClassOf ex:Plant .
  ex:tall a skos:Concept ; skos:inScheme ex:heights .
  ex:low a skos:Concept ; skos:inScheme ex:heights .
  ex:heights a skos:ConceptScheme .
  == data/oak.ttl ==
  ex:oak a ex:Tree ; ex:height ex:tall .
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lod.checks.lint.query_files import derivations, questions, text_at
from lod.checks.lint.slips import Context, Slip
from lod.engine.batch import Row

QUERY = """
PREFIX lod: <urn:lod:>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT DISTINCT ?subject WHERE {
  {
    # Datatypes are used in literals, which no pattern finds.
    VALUES ?kind {
      owl:Class rdfs:Class rdf:Property owl:ObjectProperty owl:DatatypeProperty
      owl:AnnotationProperty
    }
    ?subject a ?kind .
    BIND(REPLACE(STR(?subject), "[^#/]*$", "") AS ?namespace)
    FILTER EXISTS { GRAPH lod:project { lod:project lod:ownNamespace ?namespace } }
    FILTER NOT EXISTS {
      GRAPH ?used { ?user ?property ?subject }
      FILTER(?user != ?subject)
    }
    FILTER NOT EXISTS { GRAPH ?using { ?one ?subject ?other } }
  } UNION {
    # A code list is published whole, and some of its concepts wait to be used.
    GRAPH lod:project { lod:project lod:base ?base }
    ?subject a skos:ConceptScheme .
    FILTER STRSTARTS(STR(?subject), ?base)
    FILTER NOT EXISTS {
      ?concept skos:inScheme|skos:topConceptOf|^skos:hasTopConcept ?subject .
      # EXISTS, as for a join the engine would go through all triples for each scheme.
      FILTER EXISTS {
        GRAPH ?said { ?speaker ?about ?concept }
        FILTER(?about NOT IN (
          skos:hasTopConcept, skos:broader, skos:narrower, skos:related, skos:member,
          skos:broaderTransitive, skos:narrowerTransitive
        ))
      }
    }
    FILTER NOT EXISTS {
      GRAPH ?graph { ?someone ?names ?subject }
      FILTER(?names NOT IN (skos:inScheme, skos:topConceptOf))
    }
  }
}
"""


def gather(rows: Iterable[Row], context: Context) -> Iterator[Slip]:
    """Yield each term that no triple uses, and no query of the project names."""
    names = _names_in_queries(context)
    for row in rows:
        iri = row["subject"][1:-1]
        if iri not in names and re.split("[#/]", iri)[-1] not in names:
            yield Slip(values=row, subject=row["subject"])


def _names_in_queries(context: Context) -> set[str]:
    """Return all that may be an IRI or the local part of a name in the project's queries."""
    names: set[str] = set()
    for _, path in (*derivations(context), *questions(context), *context.dataset.lint_rules()):
        names.update(re.findall(r"(?<=:)[\w.%-]*\w|(?<=<)[^<>\s]+", text_at(path) or ""))
    return names
