"""The canonical form sees what graphs say, not how their blank nodes are called."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from lod.rdf.canonical import canonicalize
from properties.strategies import Row, graphs


def n_quads(rows: list[Row]) -> bytes:
    return "".join(f"{' '.join(row)} .\n" for row in rows).encode()


class TestCanonicalize:
    @given(graphs(), st.randoms(use_true_random=False))
    def test_labels_and_order_do_not_matter(self, rows: list[Row], mix: random.Random) -> None:
        """The same graph under other labels and in another order is the same text."""
        labels = sorted({term for row in rows for term in row if term.startswith("_:")})
        others = [f"_:x{number}" for number in range(len(labels))]
        mix.shuffle(others)
        renamed = dict(zip(labels, others, strict=True))
        other = [(renamed.get(row[0], row[0]), row[1], renamed.get(row[2], row[2])) for row in rows]
        mix.shuffle(other)

        assert canonicalize(n_quads(other)) == canonicalize(n_quads(rows))

    @given(graphs())
    def test_canonical_form_is_its_own(self, rows: list[Row]) -> None:
        """What is canonical stays as it is."""
        canonical = canonicalize(n_quads(rows))

        assert canonicalize(canonical) == canonical
        assert len(canonical.split(b"\n")) == len(set(rows)) + 1
