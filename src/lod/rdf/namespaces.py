"""The terms of well-known vocabularies that the toolkit itself reads or writes."""

from __future__ import annotations

from pyoxigraph import NamedNode


class Namespace:
    """The IRI all terms of a vocabulary start with: ``RDFS.label`` or ``RDFS["label"]``."""

    def __init__(self, iri: str) -> None:
        self.iri = iri

    def __getitem__(self, name: str) -> NamedNode:
        return NamedNode(self.iri + name)

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__"):
            raise AttributeError(name)
        return self[name]


DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
PROV = Namespace("http://www.w3.org/ns/prov#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
SCHEMA = Namespace("https://schema.org/")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
SH = Namespace("http://www.w3.org/ns/shacl#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VANN = Namespace("http://purl.org/vocab/vann/")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
VOID = Namespace("http://rdfs.org/ns/void#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")

LINKS = (
    *(OWL.sameAs, OWL.equivalentClass, OWL.equivalentProperty, RDFS.seeAlso),
    *(SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch),
)
"""Properties that join a thing of one dataset to a thing of another."""

PREFERRED_LABELS = (
    SKOS.prefLabel.value,
    RDFS.label.value,
    DCTERMS.title.value,
    SCHEMA.name.value,
    FOAF.name.value,
    "http://purl.org/dc/elements/1.1/title",
    "http://schema.org/name",
)
"""Properties that name an entity; an earlier one wins."""

OTHER_LABELS = (SKOS.altLabel.value, SKOS.hiddenLabel.value)
"""Properties that give further names, found by search."""

DESCRIPTIONS = (
    SKOS.definition.value,
    DCTERMS.description.value,
    RDFS.comment.value,
    SCHEMA.description.value,
    "http://schema.org/description",
)
"""Properties that say in a sentence what an entity is; an earlier one wins."""

WELL_KNOWN_PREFIXES = {
    "dcat": DCAT.iri,
    "dcterms": DCTERMS.iri,
    "foaf": FOAF.iri,
    "owl": OWL.iri,
    "prov": PROV.iri,
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "schema": SCHEMA.iri,
    "sd": SD.iri,
    "sh": SH.iri,
    "skos": SKOS.iri,
    "spdx": SPDX.iri,
    "vann": VANN.iri,
    "vcard": VCARD.iri,
    "void": VOID.iri,
    "xsd": XSD.iri,
}
"""Prefixes every project knows without saying so; its own win."""
