"""The toolkit's SHACL engine and pySHACL find the same, but for what is known of pySHACL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from lod.checks.shacl.compiled.engine import CompiledShapes
from lod.checks.shacl.crosscheck import COMPONENT, CrossCheck
from lod.checks.shacl.results import Result
from support.shacl import refereed
from support.shacl_cases import random_data, random_shapes


@dataclass(frozen=True)
class Referee:
    """pySHACL in this process, which would take half a second to start."""

    name: str = "pyshacl"

    def validate(self, data: bytes, shapes: bytes) -> Sequence[Result]:
        """Return its results; that these shapes are well-formed is looked at by the other."""
        return refereed(data, shapes, meta=False)


def triples(turtle: str) -> bytes:
    """Return Turtle as N-Triples."""
    quads = parse(turtle.encode(), format=RdfFormat.TURTLE, lenient=True)
    return "".join(f"{quad.triple} .\n" for quad in quads).encode()


def differences(random: Random) -> list[tuple[str, str]]:
    """Return what the engines differ in over random data and shapes."""
    data, shapes = triples(random_data(random)), triples(random_shapes(random))
    results = CrossCheck(CompiledShapes(), Referee()).validate(data, shapes)
    return [
        (each.focus, text)
        for each in results
        if each.component == COMPONENT
        for text in each.messages.values()
    ]


class TestEngines:
    @settings(max_examples=60, deadline=None)
    @given(st.randoms(use_true_random=False))
    def test_a_few_random_shapes_have_the_same_results(self, random: Random) -> None:
        """Whatever is asked of whatever data, two engines find the same broken."""
        assert differences(random) == []

    @pytest.mark.thorough
    @settings(max_examples=2000, deadline=None)
    @given(st.randoms(use_true_random=False))
    def test_many_random_shapes_have_the_same_results(self, random: Random) -> None:
        """So it is when thousands of them are tried."""
        assert differences(random) == []
