"""The catalog is what portals of public data take: DCAT-AP 3, asked of a second SHACL engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, URIRef

from lod.release import Release

SHAPES = Path(__file__).with_name("dcat_ap.ttl")
SPDX = "http://spdx.org/rdf/terms#"
MANDATORY = [
    (DCAT.Catalog, DCTERMS.publisher),
    (DCAT.Dataset, DCTERMS.description),
    (DCAT.Distribution, DCAT.accessURL),
    (DCAT.DataService, DCAT.endpointURL),
    (FOAF.Agent, FOAF.name),
    (URIRef(f"{SPDX}Checksum"), URIRef(f"{SPDX}checksumValue")),
]


@pytest.fixture
def catalog(release: Release) -> Graph:
    return Graph().parse(release.path("catalog.ttl"), format="turtle")


def conforms(catalog: Graph) -> tuple[bool, str]:
    """Return whether a catalog meets the shapes, and what was found."""
    found, _, text = validate(catalog, shacl_graph=Graph().parse(SHAPES))
    return bool(found), str(text)


def test_catalog_conforms(catalog: Graph) -> None:
    """All that is mandatory is there, and values are of the kinds asked for."""
    assert conforms(catalog) == (True, "Validation Report\nConforms: True\n")


@pytest.mark.parametrize(("cls", "predicate"), MANDATORY, ids=str)
def test_each_mandatory_value_is_missed(catalog: Graph, cls: URIRef, predicate: URIRef) -> None:
    """The shapes are not passed by a catalog that lacks something."""
    node = next(iter(catalog.subjects(RDF.type, cls)))
    catalog.remove((node, predicate, None))

    assert not conforms(catalog)[0]
