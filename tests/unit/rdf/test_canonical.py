"""Canonical blank node labels."""

from __future__ import annotations

import itertools

import pytest

from lod.rdf.canonical import canonicalize

P = "<https://data.example/p>"
Q = "<https://data.example/q>"
G = "<https://data.example/g>"

# Two nodes that point at each other, one of which says something; and a third by itself.
LINES = [
    f"_:a {P} _:b .\n",
    f"_:b {P} _:a .\n",
    f'_:b {Q} "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n',
    f'_:c {Q} "labas"@lt {G} .\n',
]


def labelled(labels: str) -> str:
    """Return the quads with other labels."""
    text = "".join(LINES)
    for old, new in zip("abc", labels, strict=True):
        text = text.replace(f"_:{old}", f"_:new{new}")
    return text


class TestCanonicalize:
    def test_labels_and_order_of_lines_do_not_matter(self) -> None:
        """The same graphs are the same text, whatever their blank nodes are called."""
        results = {
            canonicalize("".join(order).encode()) for order in itertools.permutations(LINES)
        } | {canonicalize(labelled("".join(labels)).encode()) for labels in ["xyz", "zyx", "bca"]}

        assert len(results) == 1

    def test_labels_are_those_of_the_specification(self) -> None:
        """Blank nodes are called c14n0, c14n1 and so on; the lines are sorted."""
        result = canonicalize(labelled("xyz").encode()).decode()

        assert result.splitlines() == sorted(result.splitlines())
        assert all(f"_:c14n{number}" in result for number in range(3))
        assert "_:new" not in result

    def test_text_of_literals_is_kept(self) -> None:
        """Only labels change: 1.50 stays 1.50 and a named graph keeps its name."""
        result = canonicalize("".join(LINES).encode()).decode()

        assert '"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>' in result
        assert f'"labas"@lt {G} .' in result

    def test_other_graph_is_another_text(self) -> None:
        """A graph that says something else is told apart."""
        other = [line.replace(f"{Q} ", f"{P} ") for line in LINES]

        assert canonicalize("".join(other).encode()) != canonicalize("".join(LINES).encode())

    def test_nothing_stays_nothing(self) -> None:
        """An empty dataset has an empty form."""
        assert canonicalize(b"") == b""

    def test_text_that_is_no_n_quads_is_refused(self) -> None:
        """What cannot be read is not passed over in silence."""
        with pytest.raises(SyntaxError):
            canonicalize(b"_:a what .\n")
