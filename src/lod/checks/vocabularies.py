"""The terms of well-known vocabularies, as rdflib lists them."""

from __future__ import annotations

from collections.abc import Collection, Iterable


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
            if namespaces is None or iri in namespaces:
                found[iri] = frozenset(_terms(dir(each), iri))
    return found


def _terms(names: Iterable[str], namespace: str) -> Iterable[str]:
    return (str(name) for name in names if str(name).startswith(namespace))
