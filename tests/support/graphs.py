"""Compare graphs whatever their blank nodes are called and in whichever order they stand."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, parse

FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
}

Graph = frozenset[str]
"""Statements as canonical N-Quads, blank nodes labelled by RDFC-1.0."""


def canonical(quads: Iterable[Quad]) -> Graph:
    """Return the statements; two graphs that mean the same are equal."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(map(str, dataset))


def read(content: bytes, extension: str, *, base: str | None = None) -> Graph:
    """Return the statements of a document in the format with this extension."""
    return canonical(parse(BytesIO(content), format=FORMATS[extension], base_iri=base))


def triples(quads: Iterable[Quad]) -> Graph:
    """Return the statements without the graphs they stand in."""
    return canonical(Quad(*quad.triple) for quad in quads)
