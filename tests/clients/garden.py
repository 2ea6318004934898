"""The data that programs of others are tried on: Lithuanian texts, and names beyond ASCII."""

from __future__ import annotations

from urllib.parse import quote

BASE = "https://sodas.example/"
TERMS = f"{BASE}def/sodas#"
OAK = f"{BASE}id/augalas/ąžuolas"
ROSE = f"{BASE}id/augalas/erškėtis"
GROWS_IN = f"{TERMS}augaVietoje"
HEIGHT = f"{TERMS}aukštis"
PLACE = f"{BASE}id/vieta/šalia-tvoros"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
OAK_LABEL = "Ąžuolas „Žaliūkas“, š"
ROSE_LABEL = "Erškėtis, <&> ir 🌹"

SELECT = f"""\
PREFIX s: <{TERMS}>
SELECT ?augalas ?vardas ?aukštis {{
  ?augalas s:augaVietoje <{PLACE}> ; <{LABEL}> ?vardas .
  OPTIONAL {{ ?augalas s:aukštis ?aukštis }}
  FILTER(LANG(?vardas) = "lt" && ?vardas != "ėįū"@lt)
}} ORDER BY ?augalas
"""
"""Two rows; the second has no height."""

ASK = f'ASK {{ <{OAK}> <{LABEL}> "{OAK_LABEL}"@lt }}'
CONSTRUCT = (
    f"CONSTRUCT {{ ?s <{TERMS}žymė> ?l }} WHERE {{ ?s <{LABEL}> ?l ; s:aukštis ?a }}".replace(
        "s:aukštis", f"<{HEIGHT}>"
    )
)
"""One triple."""
BROKEN = "SELECT ?ž WHERE ?ž }"

GARDEN = {
    "lod.toml": f"""\
[project]
name = "sodas"
base = "{BASE}"
languages = ["lt"]
version = "1.0"
issued = 2025-01-31
title = "Sodas"
licence = "https://creativecommons.org/publicdomain/zero/1.0/"

[prefixes]
s = "{TERMS}"
augalas = "{BASE}id/augalas/"
vieta = "{BASE}id/vieta/"

[kinds]
augalas = ["s:Augalas"]
vieta = ["s:Vieta"]
""",
    "data/augalai.ttl": f"""\
@prefix augalas: <{BASE}id/augalas/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix s: <{TERMS}> .
@prefix vieta: <{BASE}id/vieta/> .

augalas:erškėtis
  a s:Augalas ;
  rdfs:label "{ROSE_LABEL}"@lt ;
  s:augaVietoje vieta:šalia-tvoros ;
.

augalas:ąžuolas
  a s:Augalas ;
  rdfs:label "{OAK_LABEL}"@lt ;
  s:augaVietoje vieta:šalia-tvoros ;
  s:aukštis 28.5 ;
.

vieta:šalia-tvoros
  a s:Vieta ;
  rdfs:label "Šalia tvoros"@lt ;
.
""",
    "ontology/sodas.ttl": f"""\
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix s: <{TERMS}> .

s:Augalas
  a owl:Class ;
  rdfs:label "augalas"@lt ;
.

s:Vieta
  a owl:Class ;
  rdfs:label "vieta"@lt ;
.

s:augaVietoje
  a owl:ObjectProperty ;
  rdfs:label "auga vietoje"@lt ;
.

s:aukštis
  a owl:DatatypeProperty ;
  rdfs:label "aukštis"@lt ;
.
""",
}


def sent_path(iri: str) -> str:
    """Return the path of an IRI as programs send it."""
    return "/" + quote(iri.removeprefix(BASE))
