"""A generated project: the same size gives the same triples."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BASE = "https://benchmark.example/"
VOCABULARY = f"{BASE}def/v#"
NAME = "benchmark"
HUBS = 10
CLASSES = 10
_TRIPLES_EACH = 10
_SEED = 2026

_CONFIGURATION = f"""\
[project]
name = "{NAME}"
base = "{BASE}"
languages = ["en", "lt"]
version = "1"
issued = 2026-01-01
title.en = "Benchmark"
title.lt = "Našumo matavimas"

[prefixes]
v = "{VOCABULARY}"
thing = "{BASE}id/thing/"
hub = "{BASE}id/hub/"

[server]
proxies = 1
"""
_PREFIXES = f"""\
@prefix hub: <{BASE}id/hub/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix thing: <{BASE}id/thing/> .
@prefix v: <{VOCABULARY}> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_WORDS = ("amber", "birch", "copper", "dune", "estuary", "fern", "granite", "harbour", "island")
_PROPERTIES = {
    "knows": ("ObjectProperty", "knows", "pažįsta"),
    "partOf": ("ObjectProperty", "part of", "yra dalis"),
    "size": ("DatatypeProperty", "size", "dydis"),
    "weight": ("DatatypeProperty", "weight", "svoris"),
    "date": ("DatatypeProperty", "date", "data"),
}


@dataclass(frozen=True, slots=True)
class Contents:
    """How many entities a project of some size has, and their addresses."""

    triples: int

    @property
    def things(self) -> int:
        """How many things there are beside the hubs."""
        return self.triples // _TRIPLES_EACH

    @staticmethod
    def thing(number: int) -> str:
        """Return the path of a thing below the base, without ``id/``."""
        return f"thing/t{number}"

    @staticmethod
    def hub(number: int = 0) -> str:
        """Return the path of a hub; the first has nearly half of all incoming links."""
        return f"hub/h{number}"

    def sample(self, count: int, *, start: float = 0.0, end: float = 1.0) -> list[str]:
        """Return the paths of things spread evenly over a part of all."""
        first, last = int(self.things * start), int(self.things * end)
        count = min(count, last - first)
        return [self.thing(first + (last - first) * each // count) for each in range(count)]


def iri(path: str) -> str:
    """Return the IRI of an entity."""
    return f"{BASE}id/{path}"


def write_project(folder: Path, contents: Contents) -> None:
    """Write a project folder for ``lod build``."""
    (folder / "data").mkdir(parents=True)
    (folder / "ontology").mkdir()
    (folder / "lod.toml").write_text(_CONFIGURATION, "utf-8")
    (folder / "ontology" / "v.ttl").write_text(_PREFIXES + "".join(_ontology()), "utf-8")
    (folder / "data" / "hubs.ttl").write_text(_PREFIXES + "".join(_hubs()), "utf-8")
    with (folder / "data" / "things.ttl").open("w", encoding="utf-8") as file:
        file.write(_PREFIXES)
        file.writelines(_things(contents))


def _ontology() -> Iterator[str]:
    for number in range(CLASSES):
        yield f'v:C{number} a owl:Class ; rdfs:label "Class {number}"@en , "Klasė {number}"@lt .\n'
    yield 'v:Hub a owl:Class ; rdfs:label "hub"@en , "mazgas"@lt .\n'
    for name, (kind, english, lithuanian) in _PROPERTIES.items():
        yield f'v:{name} a owl:{kind} ; rdfs:label "{english}"@en , "{lithuanian}"@lt .\n'


def _hubs() -> Iterator[str]:
    for number in range(HUBS):
        yield f'hub:h{number} a v:Hub ; rdfs:label "Hub {number}"@en , "Mazgas {number}"@lt .\n'


def _things(contents: Contents) -> Iterator[str]:
    choice, things = random.Random(_SEED), contents.things  # noqa: S311 - not for secrets
    for number in range(things):
        one, other = choice.randrange(things), choice.randrange(1, things)
        hub = int(HUBS * choice.random() ** 3)
        date = f"{1990 + number % 30}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
        yield (
            f"thing:t{number} a v:C{number % CLASSES} ;"
            f' rdfs:label "Thing {number}"@en , "Daiktas {number}"@lt ;'
            f' rdfs:comment "{" ".join(choice.choices(_WORDS, k=8))}."@en ;'
            f" v:knows thing:t{one} , thing:t{(one + other) % things} ; v:partOf hub:h{hub} ;"
            f" v:size {choice.randrange(1000)} ; v:weight {choice.randrange(1, 10_000)}.5 ;"
            f' v:date "{date}"^^xsd:date .\n'
        )
