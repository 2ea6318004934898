"""The terms of well-known vocabularies: as rdflib lists them, with what its lists lack."""

from __future__ import annotations

import json
from collections.abc import Collection
from importlib import resources

from lod.rdf.namespaces import DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SKOS, VANN, VOID, XSD

COMPLETE = frozenset(
    {
        DCTERMS.iri,
        FOAF.iri,
        OWL.iri,
        PROV.iri,
        RDF.iri,
        RDFS.iri,
        SKOS.iri,
        VANN.iri,
        VOID.iri,
        XSD.iri,
        "http://purl.org/dc/dcam/",
        "http://purl.org/dc/dcmitype/",
        "http://purl.org/dc/elements/1.1/",
        "http://www.w3.org/ns/org#",
    }
)
"""Vocabularies that no longer grow and of which the list has every term.

The others grow faster than rdflib's lists: a term that is not there need not be wrong.
"""


def namespace_of(iri: str) -> str:
    """Return an IRI up to its last ``#`` or ``/``.

    >>> namespace_of("http://www.w3.org/ns/shacl#path")
    'http://www.w3.org/ns/shacl#'
    """
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def well_known_terms(namespaces: Collection[str] | None = None) -> dict[str, frozenset[str]]:
    """Return the term IRIs of well-known vocabularies, by namespace IRI.

    They are in a file, for rdflib, whose lists they are, takes longer to load than the rest of a
    check; a test holds both together.

    :param namespaces: the namespaces wanted; all when left out.
    """
    text = resources.files("lod.checks.lint").joinpath("vocabularies.json").read_text("utf-8")
    names: dict[str, str] = json.loads(text)
    return {
        iri: frozenset(iri + name for name in listed.split())
        for iri, listed in names.items()
        if namespaces is None or iri in namespaces
    }
