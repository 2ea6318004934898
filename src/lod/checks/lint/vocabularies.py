"""The terms of well-known vocabularies: as rdflib lists them, with what its lists lack."""

from __future__ import annotations

from collections.abc import Collection, Iterator

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

_ALSO = {
    RDF.iri: ("dirLangString", "reifies"),  # RDF 1.2
    RDFS.iri: ("Proposition",),  # RDF 1.2
    XSD.iri: ("anyType", "anySimpleType", "anyAtomicType", "error"),
}
_CORRECTED = {
    "https://www.w3.org/2003/01/geo/wgs84_pos#": "http://www.w3.org/2003/01/geo/wgs84_pos#"
}
"""Namespaces that rdflib writes otherwise than the vocabulary itself."""


def namespace_of(iri: str) -> str:
    """Return an IRI up to its last ``#`` or ``/``.

    >>> namespace_of("http://www.w3.org/ns/shacl#path")
    'http://www.w3.org/ns/shacl#'
    """
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def well_known_terms(namespaces: Collection[str] | None = None) -> dict[str, frozenset[str]]:
    """Return the term IRIs of the vocabularies that rdflib knows, by namespace IRI.

    :param namespaces: the namespaces wanted; all when left out.
    """
    import rdflib.namespace as known  # noqa: PLC0415 - slow, and a clean start needs none

    found = {}
    for each in vars(known).values():
        if isinstance(each, type(known.DefinedNamespace)) and each is not known.DefinedNamespace:
            iri = str(each._NS)
            iri = _CORRECTED.get(iri, iri)
            if namespaces is None or iri in namespaces:
                found[iri] = frozenset(iri + name for name in _names(each, iri))
    return found


def _names(listed: type, namespace: str) -> Iterator[str]:
    """Yield the local names of a vocabulary; those that are words of Python are listed apart."""
    yield from getattr(listed, "__annotations__", ())
    yield from getattr(listed, "_extras", ())
    yield from _ALSO.get(namespace, ())
