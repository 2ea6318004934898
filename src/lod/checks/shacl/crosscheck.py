"""Two engines for the same shapes: what they differ in is a result, too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lod.checks.shacl.compiled.engine import Checked, CompiledShapes
from lod.checks.shacl.deviations import REFUSALS, Difference, explained
from lod.checks.shacl.results import Result, ShapesEngine, ShapesRefusedError
from lod.errors import ProcessError
from lod.rdf.namespaces import SH

COMPONENT = "urn:x-lod:EnginesDifferConstraintComponent"
"""What results about a difference have as their component."""

Row = tuple[str, str | None, str | None, str, str, str]
"""Focus, path, value, component, severity and shape of a result: what makes two results equal."""


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """Gives the results of the first engine, and one for each difference to the second."""

    engine: CompiledShapes
    referee: ShapesEngine

    @property
    def is_quick(self) -> bool:
        """It is not: two engines take longer than one."""
        return False

    @property
    def name(self) -> str:
        """Both names."""
        return f"{self.engine.name}, {self.referee.name}"

    def validate(self, data: bytes, shapes: bytes) -> Sequence[Result]:
        """Return the results of N-Triples data against N-Triples shapes.

        :raises ProcessError: when the first engine does not end in time.
        :raises ShapesRefusedError: when both refuse the shapes.
        """
        refused: ShapesRefusedError | None = None
        checked: Checked | None = None
        results: Sequence[Result] = ()
        try:
            checked = self.engine.checked(data, shapes)
            results = checked.results()
        except ShapesRefusedError as error:
            refused = error
        try:
            others = self.referee.validate(data, shapes)
        except (ShapesRefusedError, ProcessError) as error:
            if refused is not None:
                raise refused from error
            return [*results, *_refused_by(self.referee.name, error)]
        if refused is not None:
            return [*others, *_refused_by(self.engine.name, refused)]
        assert checked is not None  # noqa: S101 - or it was refused
        return [*results, *_differences(checked, results, others)]


def rows(results: Sequence[Result]) -> Counter[Row]:
    """Return what makes results equal, and how often there is each."""
    return Counter(
        (each.focus, each.path, each.value, each.component, each.severity, each.shape)
        for each in results
    )


def _differences(
    checked: Checked, ours: Sequence[Result], theirs: Sequence[Result]
) -> Iterator[Result]:
    one, other = rows(ours), rows(theirs)
    for is_ours, found in ((True, one - other), (False, other - one)):
        for focus, path, value, component, _, shape in sorted(found, key=repr):
            difference = Difference(is_ours, focus, path, value, component, shape)
            if explained(difference, checked) is None:
                having, lacking = ("compiled", "pyshacl") if is_ours else ("pyshacl", "compiled")
                said = f"The engine {having} finds sh:{difference.parameter} broken here, "
                yield Result(
                    focus=focus,
                    severity=SH.Violation.value,
                    component=COMPONENT,
                    shape=shape,
                    messages={"en": f"{said}{lacking} does not."},
                    path=path,
                    value=value,
                )


def _refused_by(name: str, error: ShapesRefusedError | ProcessError) -> Iterator[Result]:
    """Yield the result for an engine that gave none, unless that is known of it."""
    if any(words in error.message for words in REFUSALS):
        return
    results = error.results if isinstance(error, ShapesRefusedError) else ()
    shape = next((each.shape for each in results), "_:shapes")
    said = f"The engine {name} gives no results, the other does: {error.message}"
    yield Result(shape, SH.Violation.value, COMPONENT, shape, {"en": said})
