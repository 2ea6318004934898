"""Rules about shapes over much data and many shapes."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from support.linting import checked, write_example
from support.pace import slowness

PREFIXES = """\
@prefix ex: <https://data.example/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""


def project(entities: int, shapes: int) -> str:
    """Return an example in which half the classes have instances and most properties values."""
    data = "".join(
        f'ex:e{n} a ex:C{n % 50} ; rdfs:label "e{n}"@en ; ex:p{n % 30} ex:e{n // 2} ; ex:q {n} .\n'
        for n in range(entities)
    )
    ontology = "".join(
        f"ex:C{n} a owl:Class ; rdfs:subClassOf ex:C{n // 2 + 1000} .\nex:p{n} a owl:Thing .\n"
        for n in range(100)
    )
    shape = "".join(
        f"ex:S{n} a sh:NodeShape ; sh:targetClass ex:C{n % 100} ; sh:property ex:P{n} .\n"
        f"ex:P{n} a sh:PropertyShape ; sh:in ( ex:e1 ex:e{n} ) ;\n"
        f"  sh:path ( ex:p{n % 60} [ sh:inversePath ex:p{n % 90} ] ) .\n"
        for n in range(shapes)
    )
    return (
        f"{PREFIXES}{data}== ontology/x.ttl ==\n{PREFIXES}{ontology}"
        f"== shapes/x.ttl ==\n{PREFIXES}{shape}"
    )


@pytest.mark.benchmark
class TestManyShapes:
    def test_a_thousand_shapes_over_a_hundred_thousand_triples(self, tmp_path: Path) -> None:
        """All rules about shapes together take seconds, however many classes are empty."""
        write_example(tmp_path, project(25_000, 1_000))

        began = time.monotonic()
        report = checked(tmp_path, "shapes")

        assert report.triples > 100_000
        assert report.findings
        assert time.monotonic() - began < 15 * slowness()
