"""deprecated-term (warning)   Scope: data, ontology, separate

Why: what is marked as deprecated will go, and what is said with it will no longer be found.
Fix: Use what takes its place.
Says: {term} is deprecated{instead}.

Fails:
  ex:oak a ex:Wood .
  == ontology/terms.ttl ==
  ex:Wood a owl:Class ; owl:deprecated true ; dcterms:isReplacedBy ex:Tree .
  ex:Tree a owl:Class .
Passes:
  ex:oak a ex:Tree .
  == ontology/terms.ttl ==
  ex:Wood a owl:Class ; owl:deprecated true ; dcterms:isReplacedBy ex:Tree .
  ex:Tree a owl:Class ; dcterms:replaces ex:Wood .
"""

from __future__ import annotations

from lod.checks.lint.slips import Context, Slip
from lod.engine.batch import Row

QUERY = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX obo: <http://purl.obolibrary.org/obo/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX schema-http: <http://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX vs: <http://www.w3.org/2003/06/sw-vocab-status/ns#>

SELECT ?subject ?path ?value ?term ?replacement WHERE {
  {
    SELECT ?term (IRI(MIN(STR(?other))) AS ?replacement) WHERE {
      {
        ?term owl:deprecated ?flag .
        FILTER(STR(?flag) IN ("true", "1"))
      } UNION {
        VALUES ?kind { owl:DeprecatedClass owl:DeprecatedProperty }
        ?term a ?kind .
      } UNION {
        ?term vs:term_status ?status .
        FILTER(LCASE(STR(?status)) IN ("deprecated", "archaic", "obsolete"))
      }
      FILTER isIRI(?term)
      OPTIONAL {
        ?term dcterms:isReplacedBy|obo:IAO_0100001|schema:supersededBy|schema-http:supersededBy
          ?other .
        FILTER isIRI(?other)
      }
    } GROUP BY ?term
  }
  {
    ?subject ?term ?anything .
    BIND(?term AS ?path)
  } UNION {
    ?subject ?path ?term .
    BIND(?term AS ?value)
    # What tells its history, lists it or links it with others must go on naming it.
    FILTER(?path NOT IN (
      dcterms:replaces, dcterms:isReplacedBy, dcterms:isVersionOf, dcterms:hasVersion,
      dcterms:hasPart, obo:IAO_0100001, schema:supersededBy, schema-http:supersededBy,
      owl:priorVersion, owl:sameAs, owl:equivalentClass, owl:equivalentProperty,
      prov:wasRevisionOf, prov:wasDerivedFrom, rdfs:seeAlso, rdfs:isDefinedBy,
      skos:hasTopConcept, skos:member, skos:exactMatch, skos:closeMatch, skos:broadMatch,
      skos:narrowMatch, skos:relatedMatch
    ))
  }
  FILTER(?subject != ?term)
  FILTER NOT EXISTS { ?subject owl:deprecated ?old }
}
"""


def weigh(row: Row, context: Context) -> Slip:
    """Return a use of a deprecated term, with what takes its place where that is known."""
    replacement = row.get("replacement")
    instead = ""
    if replacement:
        instead = f"; use {context.dataset.prefixes.shorten(replacement[1:-1]) or replacement}"
    return Slip(
        values={**row, "instead": instead},
        subject=row["subject"],
        path=row["path"],
        value=row.get("value"),
    )
