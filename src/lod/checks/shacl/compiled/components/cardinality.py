"""How many values there are (SHACL §4.2)."""

from __future__ import annotations

from collections.abc import Iterator

from lod.checks.shacl.compiled.declared import Declared
from lod.checks.shacl.compiled.shapes import Constraint, each_focus


def min_count(declared: Declared) -> Iterator[Constraint]:
    """MinCountConstraintComponent (§4.2.1): there are so many value nodes or more."""
    least = declared.count()
    yield declared.constraint("MinCount", each_focus(lambda nodes: len(nodes) >= least))


def max_count(declared: Declared) -> Iterator[Constraint]:
    """MaxCountConstraintComponent (§4.2.2): there are so many value nodes at most."""
    most = declared.count()
    yield declared.constraint("MaxCount", each_focus(lambda nodes: len(nodes) <= most))
