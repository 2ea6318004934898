"""SHACL's own shapes for shapes (SHACL §C), which say whether a shapes graph is well-formed."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from lod.checks.shacl.compiled.evaluation import Run
from lod.checks.shacl.compiled.graph import Graph
from lod.checks.shacl.compiled.reading import ShapesReader
from lod.checks.shacl.compiled.report import ReportWriter
from lod.checks.shacl.results import Result
from lod.errors import ProcessError
from lod.rdf.namespaces import SH

_EITHER = SH.XoneConstraintComponent.value


def ill_formed_shapes(shapes: Graph) -> Sequence[Result]:
    """Return how a shapes graph fails SHACL's own shapes; nothing when it does not."""
    own = Graph(_own_shapes())
    reader = ShapesReader(own)
    run = Run(shapes)
    violations = [
        violation
        for shape in reader.shapes.values()
        for violation in run.violations(shape, reader.foci(shape, shapes))
    ]
    return _told_once(ReportWriter(run, own, depth=1).results(violations))


def _told_once(results: Sequence[Result]) -> Sequence[Result]:
    """Return results without those that only say that a shape is of neither kind, if others do."""
    others = {each.focus for each in results if each.component != _EITHER}
    return [each for each in results if each.component != _EITHER or each.focus not in others]


def _own_shapes() -> bytes:
    """Return SHACL's own shapes as N-Triples, from where pySHACL keeps them; it is not loaded."""
    found = find_spec("pyshacl")
    if found is None or found.origin is None:
        raise ProcessError(
            "shacl/failed", "SHACL's own shapes are missing: pySHACL, which has them, is too."
        )
    path = Path(found.origin).parent / "assets" / "shacl-shacl.ttl"
    quads = parse(path=path, format=RdfFormat.TURTLE, lenient=True)
    return "".join(f"{quad.triple} .\n" for quad in quads).encode()
