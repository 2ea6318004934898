"""A seeded dataset of agreements with slips in one of a hundred, and twenty shapes for it."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import TypeVar

EX = "https://data.example/"
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
XSD = "http://www.w3.org/2001/XMLSchema#"
TRIPLES_EACH = 21
"""About how many triples there are to an agreement."""

Value = TypeVar("Value", str, int)

_SEED = 2016
_DEFECTS = 0.01
_STATES = ("planned", "signed", "inForce", "ended")

SHAPES = """\
@prefix ex: <https://data.example/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

ex:AgreementShape a sh:NodeShape ; sh:targetClass ex:Agreement ;
  sh:property ex:A-partner , ex:A-approved , ex:A-kind , ex:A-title , ex:A-code , ex:A-state ,
    ex:A-ends , ex:A-not , ex:A-host , ex:A-observer , ex:A-label , ex:A-order , ex:A-lang ,
    ex:A-languages , ex:A-partnerName , ex:A-amount ;
  sh:xone ( ex:A-mail ex:A-phone ) ;
  sh:sparql ex:A-later .

ex:A-partner a sh:PropertyShape ; sh:path ex:partner ; sh:class ex:Country .
ex:A-approved a sh:PropertyShape ; sh:path ex:approved ; sh:datatype xsd:date .
ex:A-kind a sh:PropertyShape ; sh:path ex:partner ; sh:nodeKind sh:IRI .
ex:A-title a sh:PropertyShape ; sh:path ex:title ; sh:minCount 1 ; sh:maxCount 2 .
ex:A-code a sh:PropertyShape ; sh:path ex:code ; sh:pattern "^[A-Z]{2}-[0-9]{4}$" .
ex:A-state a sh:PropertyShape ; sh:path ex:state ;
  sh:in ( ex:planned ex:signed ex:inForce ex:ended ) .
ex:A-ends a sh:PropertyShape ; sh:path ex:ends ;
  sh:or ( [ sh:datatype xsd:date ] [ sh:datatype xsd:gYear ] ) .
ex:A-mail a sh:PropertyShape ; sh:path ex:mail ; sh:minCount 1 .
ex:A-phone a sh:PropertyShape ; sh:path ex:phone ; sh:minCount 1 .
ex:A-not a sh:PropertyShape ; sh:path ex:partner ; sh:not [ sh:hasValue ex:nobody ] .
ex:A-host a sh:PropertyShape ; sh:path ex:partner ;
  sh:qualifiedValueShape ex:HostShape ; sh:qualifiedMinCount 1 .
ex:HostShape a sh:NodeShape ; sh:property ex:Host-is .
ex:Host-is a sh:PropertyShape ; sh:path ex:isHost ; sh:hasValue true .
ex:A-observer a sh:PropertyShape ; sh:path ex:observer ; sh:disjoint ex:partner .
ex:A-label a sh:PropertyShape ; sh:path ex:title ; sh:equals ex:label .
ex:A-order a sh:PropertyShape ; sh:path ex:signed ; sh:lessThanOrEquals ex:inForceFrom .
ex:A-lang a sh:PropertyShape ; sh:path ex:title ; sh:uniqueLang true .
ex:A-languages a sh:PropertyShape ; sh:path ex:title ; sh:languageIn ( "en" "lt" ) .
ex:A-partnerName a sh:PropertyShape ; sh:path ( ex:partner ex:name ) ; sh:minLength 3 .
ex:A-amount a sh:PropertyShape ; sh:path ex:amount ; sh:node ex:AmountShape .
ex:AmountShape a sh:NodeShape ; sh:closed true ; sh:property ex:Amount-value , ex:Amount-unit .
ex:Amount-value a sh:PropertyShape ; sh:path ex:value ; sh:minInclusive 0 ; sh:maxCount 1 .
ex:Amount-unit a sh:PropertyShape ; sh:path ex:unit ; sh:maxLength 3 .
ex:CountryShape a sh:NodeShape ; sh:targetClass ex:Country ; sh:property ex:Country-used .
ex:Country-used a sh:PropertyShape ; sh:path [ sh:inversePath ex:partner ] ; sh:minCount 1 .
ex:A-later a sh:SPARQLConstraint ; sh:message "It ends before it is signed."@en ;
  sh:select \"\"\"SELECT $this ?value WHERE {
    $this <https://data.example/startYear> ?start ; <https://data.example/endYear> ?value .
    FILTER (?value < ?start) }\"\"\" .
"""


def lines(triples: int) -> Iterator[str]:
    """Yield N-Triples, about so many."""
    random = Random(_SEED)  # noqa: S311 - the same each time
    countries = [_iri(f"country-{number}") for number in range(200)]
    for number, country in enumerate(countries):
        yield f"{country} {RDF_TYPE} {_iri('Country')} .\n"
        yield f'{country} {_iri("name")} "Country {number}" .\n'
        if number % 4 == 0:
            yield f"{country} {_iri('isHost')} {_typed('true', 'boolean')} .\n"
    for number in range(max(1, (triples - 450) // TRIPLES_EACH)):
        subject = _iri(f"agreement-{number}")
        for predicate, value in _agreement(random, number, countries):
            yield f"{subject} {predicate} {value} .\n"
        amount = _iri(f"amount-{number}")
        yield f"{amount} {_iri('value')} {_typed(str(number), 'integer')} .\n"
        yield f'{amount} {_iri("unit")} "{_or(random, "EUR", "euros")}" .\n'
        if random.random() < _DEFECTS / 10:
            yield f'{amount} {_iri("note")} "not allowed" .\n'


def _agreement(random: Random, number: int, countries: list[str]) -> Iterator[tuple[str, str]]:
    year, month = 1992 + number % 30, 1 + number % 12
    hosts = countries[::4]
    yield RDF_TYPE, _iri("Agreement")
    yield _iri("partner"), _or(random, hosts[number % len(hosts)], _iri("nobody"))
    yield _iri("partner"), countries[number % len(countries)]
    observer = countries[(number + 7) % len(countries)]
    yield _iri("observer"), _or(random, observer, countries[number % len(countries)])
    yield _iri("title"), _or(random, f'"Agreement {number}"@en', f'"Abkommen {number}"@de')
    yield _iri("title"), _or(random, f'"Sutartis {number}"@lt', f'"Accord {number}"@en')
    yield _iri("label"), f'"Agreement {number}"@en'
    yield _iri("label"), f'"Sutartis {number}"@lt'
    yield _iri("code"), f'"{_or(random, f"LT-{number % 10000:04}", f"lt{number}")}"'
    yield _iri("state"), _or(random, _iri(_STATES[number % 4]), _iri("lost"))
    date = f"{year}-{month:02}-{1 + number % 28:02}"
    yield _iri("approved"), _typed(_or(random, date, f"{date}th"), "date")
    yield _iri("signed"), _typed(date, "date")
    yield _iri("inForceFrom"), _typed(_or(random, f"{year + 1}-01-01", "1990-01-01"), "date")
    yield _iri("ends"), _typed(str(year + 10), _or(random, "gYear", "integer"))
    yield _iri("startYear"), _typed(str(year), "integer")
    yield _iri("endYear"), _typed(str(_or(random, year + 10, year - 1)), "integer")
    yield _iri("mail"), f'"a{number}@data.example"'
    if random.random() < _DEFECTS:
        yield _iri("phone"), f'"+370 {number}"'
    yield _iri("amount"), _iri(f"amount-{number}")


def _or(random: Random, right: Value, wrong: Value) -> Value:
    """Return what is right, or seldom what is wrong."""
    return wrong if random.random() < _DEFECTS / 10 else right


def _iri(name: str) -> str:
    return f"<{EX}{name}>"


def _typed(text: str, datatype: str) -> str:
    return f'"{text}"^^<{XSD}{datatype}>'
