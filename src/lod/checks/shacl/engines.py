"""Which engine checks shapes; each is loaded when it is chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from lod.checks.shacl.results import ShapesEngine

EngineName = Literal["compiled", "pyshacl"]
Inference = Literal["none", "rdfs", "owlrl", "both"]


def shapes_engine(
    name: EngineName = "compiled",
    *,
    inference: Inference = "none",
    cache: Path | None = None,
    cross_check: bool = False,
) -> ShapesEngine:
    """Return an engine.

    :param inference: what pySHACL concludes from the data before; the other engine knows none.
    :param cache: a folder for notes on which shapes were found well-formed.
    :param cross_check: whether both engines check, and what they differ in is a result, too.
    """
    if name == "pyshacl" or cross_check:
        from lod.checks.shacl.pyshacl.engine import PySHACL  # noqa: PLC0415 - the other is quicker

        referee = PySHACL(inference=inference, cache=cache)
        if not cross_check:
            return referee
    from lod.checks.shacl.compiled.engine import CompiledShapes  # noqa: PLC0415

    compiled = CompiledShapes(cache=cache)
    if not cross_check:
        return compiled
    from lod.checks.shacl.crosscheck import CrossCheck  # noqa: PLC0415

    return CrossCheck(compiled, referee)
