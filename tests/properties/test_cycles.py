"""A circle is found exactly where there is one, and what is shown is one."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from lod.checks.catalogue import Catalogue
from lod.checks.lint.slips import Context
from lod.checks.rules.lint.hierarchy_cycle import gather
from lod.config import Project
from lod.dataset import Dataset
from lod.rdf.namespaces import SKOS

terms = st.integers(0, 7).map(lambda number: NamedNode(f"urn:{number}"))
links = st.sets(st.tuples(terms, st.booleans(), terms), max_size=16)


def above(graph: set[tuple[NamedNode, bool, NamedNode]]) -> set[tuple[str, str]]:
    """Return the pairs (term, a broader one), whichever way they are written."""
    return {
        (str(first), str(second)) if is_up else (str(second), str(first))
        for first, is_up, second in graph
    }


def reaching(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the pairs of which the first reaches the second."""
    reached = set(pairs)
    while True:
        more = {(a, d) for a, b in reached for c, d in pairs if b == c} - reached
        if not more:
            return reached
        reached |= more


@given(graph=links)
def test_circles_are_those_of_the_closure(graph: set[tuple[NamedNode, bool, NamedNode]]) -> None:
    """There is one finding for each set of terms that reach each other, and it goes round."""
    pairs = above(graph)
    closure = reaching(pairs)
    groups = {
        frozenset(b for a, b in closure if a == term and (b, a) in closure)
        for term, same in closure
        if term == same
    }
    rows = [
        {
            "subject": str(first),
            "path": str(SKOS.broader if is_up else SKOS.narrower),
            "value": str(second),
        }
        for first, is_up, second in graph
    ]

    slips = list(gather(rows, context()))

    shown = [each.values["cycle"].split(" → ") for each in slips]
    assert sorted(min(group) for group in groups) == sorted(circle[0] for circle in shown)
    for circle in shown:
        if "more" not in " ".join(circle):
            assert circle[0] == circle[-1]
            assert set(pairwise(circle)) <= pairs
            assert len(set(circle)) == len(circle) - 1


def context() -> Context:
    """Return the context of a project without files."""
    project = Project("x", "https://data.example/", ("en",), "1", {"en": "X"})
    return Context(Dataset(project, ()), Catalogue(), {}, 0)
