"""pySHACL as the second engine of a cross-check, in this process, which is quicker to start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lod.checks.shacl.compiled.engine import CompiledShapes
from lod.checks.shacl.crosscheck import COMPONENT, CrossCheck
from lod.checks.shacl.results import Result
from support.shacl import refereed


@dataclass(frozen=True)
class Referee:
    """Gives pySHACL's results; that shapes are well-formed is looked at by the other engine."""

    name: str = "pyshacl"
    is_quick: bool = True

    def validate(self, data: bytes, shapes: bytes) -> Sequence[Result]:
        """Return the results of N-Triples data against N-Triples shapes."""
        return refereed(data, shapes, meta=False)


def differences(data: bytes, shapes: bytes) -> list[tuple[str, str]]:
    """Return what the engines differ in, by focus node, but for what is known of pySHACL."""
    return [
        (each.focus, text)
        for each in CrossCheck(CompiledShapes(), Referee()).validate(data, shapes)
        if each.component == COMPONENT
        for text in each.messages.values()
    ]
