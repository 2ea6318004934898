"""The terms of well-known vocabularies as rdflib lists them, to be kept in a file of the toolkit.

Run ``python -m support.vocabularies`` in the folder of the tests to write it anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import rdflib.namespace as known

from lod.checks.lint import vocabularies
from lod.rdf.namespaces import RDF, RDFS, XSD

KEPT = Path(vocabularies.__file__).with_name("vocabularies.json")

_ALSO = {
    RDF.iri: ("dirLangString", "reifies"),  # RDF 1.2
    RDFS.iri: ("Proposition",),  # RDF 1.2
    XSD.iri: ("anyType", "anySimpleType", "anyAtomicType", "error"),
}
_CORRECTED = {
    "https://www.w3.org/2003/01/geo/wgs84_pos#": "http://www.w3.org/2003/01/geo/wgs84_pos#"
}
"""Namespaces that rdflib writes otherwise than the vocabulary itself."""


def listed() -> dict[str, list[str]]:
    """Return the local names of the terms rdflib knows, by namespace IRI, with what it lacks."""
    found = {}
    for each in vars(known).values():
        if isinstance(each, type(known.DefinedNamespace)) and each is not known.DefinedNamespace:
            iri = str(each._NS)
            iri = _CORRECTED.get(iri, iri)
            found[iri] = sorted(set(_names(each, iri)))
    return dict(sorted(found.items()))


def _names(vocabulary: type, namespace: str) -> Iterator[str]:
    """Yield the local names of a vocabulary; those that are words of Python are listed apart."""
    yield from getattr(vocabulary, "__annotations__", ())
    yield from getattr(vocabulary, "_extras", ())
    yield from _ALSO.get(namespace, ())


def written() -> str:
    """Return the content of the file."""
    lines = (f"{json.dumps(iri)}: {json.dumps(' '.join(names))}" for iri, names in listed().items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    KEPT.write_text(written(), "utf-8")
