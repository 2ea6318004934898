"""What to say of shapes that an engine cannot use."""

from __future__ import annotations

from collections.abc import Sequence

from lod.checks.shacl.results import Result, ShapesRefusedError
from lod.rdf.namespaces import SH
from lod.rdf.terms import is_iri


def ill_formed(results: Sequence[Result]) -> ShapesRefusedError:
    """Return the refusal of shapes that do not meet SHACL's own shapes (SHACL §C)."""
    number = len({result.focus for result in results})
    return ShapesRefusedError(
        f"{number} of the shapes {'is' if number == 1 else 'are'} ill-formed.", results
    )


def unusable(text: str, shapes: Sequence[str] = (), component: str = "") -> ShapesRefusedError:
    """Return the refusal of shapes for the reason in ``text``.

    :param shapes: those concerned, the innermost last.
    :param component: IRI of the constraint that is wrong.
    """
    results = [
        Result(
            focus=shape,
            severity=SH.Violation.value,
            component=component or SH.ConstraintComponent.value,
            shape=shape,
            messages={"en": text},
        )
        for shape in shapes[-1:]
    ]
    return ShapesRefusedError(f"The shapes cannot be used{at(shapes, component)}: {text}", results)


def at(shapes: Sequence[str], component: str = "") -> str:
    """Return the place among the shapes: the constraint, and the innermost shape with a name."""
    named = [shape for shape in shapes if is_iri(shape)]
    local = component.removeprefix(SH.iri).removesuffix("ConstraintComponent")
    name = local.lower() if local.isupper() else local[:1].lower() + local[1:]
    constraint = f" at sh:{name}" if local else ""
    place = f" {'of' if constraint else 'at'} {named[-1]}" if named else ""
    return constraint + place
