"""The toolkit's SHACL engine and pySHACL find the same, but for what is known of pySHACL."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from support.referee import differences
from support.shacl_cases import random_data, random_shapes


def triples(turtle: str) -> bytes:
    """Return Turtle as N-Triples."""
    quads = parse(turtle.encode(), format=RdfFormat.TURTLE, lenient=True)
    return "".join(f"{quad.triple} .\n" for quad in quads).encode()


def found(random: Random) -> list[tuple[str, str]]:
    """Return what the engines differ in over random data and shapes."""
    return differences(triples(random_data(random)), triples(random_shapes(random)))


class TestEngines:
    @settings(max_examples=60, deadline=None)
    @given(st.randoms(use_true_random=False))
    def test_a_few_random_shapes_have_the_same_results(self, random: Random) -> None:
        """Whatever is asked of whatever data, two engines find the same broken."""
        assert found(random) == []

    @pytest.mark.thorough
    @settings(max_examples=2000, deadline=None)
    @given(st.randoms(use_true_random=False))
    def test_many_random_shapes_have_the_same_results(self, random: Random) -> None:
        """So it is when thousands of them are tried."""
        assert found(random) == []
