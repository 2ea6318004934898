"""Canonical blank node labels (RDF Dataset Canonicalization, RDFC-1.0).

The algorithm is exponential for graphs made to be slow, and holds the interpreter meanwhile:
callers run it in a limited process.
"""

from __future__ import annotations

from io import BytesIO

from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from lod.rdf.terms import lines


def canonicalize(quads: bytes) -> bytes:
    """Return N-Quads with blank nodes labelled ``c14n0``, ``c14n1`` … as RDFC-1.0 has it.

    Labels depend only on quads that hold blank nodes, so only these need to be given.

    :param quads: N-Quads.
    """
    dataset = Dataset(parse(BytesIO(quads), format=RdfFormat.N_QUADS, lenient=True))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return b"".join(sorted(lines(dataset).splitlines(keepends=True)))
