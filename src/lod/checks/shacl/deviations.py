"""Where pySHACL is known to give other results than the specification, and how to tell.

What pySHACL passes over or adds is not wrong in the toolkit's engine; a cross-check tells only what
none of these explains.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from lod.checks.shacl.compiled import literals
from lod.checks.shacl.compiled.engine import Checked
from lod.checks.shacl.compiled.evaluation import DEEPEST
from lod.checks.shacl.compiled.shapes import Shape
from lod.rdf.namespaces import RDF, RDFS, SH
from lod.rdf.terms import is_blank, is_literal

_INVERSE_SEQUENCE = re.compile(r"\^+\([^)]*/|\^+\(.*\).*/")
_MOST_WITHIN = 1000
"""Results of shapes within that are looked at for a reason."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A result that one engine has and the other has not; terms as in ``Result``."""

    is_ours: bool
    """Whether the toolkit's engine has it."""
    focus: str
    path: str | None
    value: str | None
    component: str
    shape: str

    @property
    def parameter(self) -> str:
        """The parameter's local name."""
        local = self.component.removeprefix(SH.iri).removesuffix("ConstraintComponent")
        return local[:1].lower() + local[1:]


@dataclass(frozen=True, slots=True)
class Deviation:
    """One way in which pySHACL deviates.

    :param section: of the specification that says otherwise.
    """

    name: str
    section: str
    what: str
    explains: Callable[[Difference, Checked], bool]


def _is_incomparable(difference: Difference, checked: Checked) -> bool:
    order, value = checked.run.order, difference.value
    if not difference.is_ours or value is None:
        return False
    return any(not order.can_compare(value, bound) for bound in _bounds(difference, checked))


def _bounds(difference: Difference, checked: Checked) -> Iterator[str]:
    """Yield what a value is compared with."""
    for value in _asked(difference, checked):
        if difference.parameter in {"lessThan", "lessThanOrEquals"}:
            yield from checked.run.graph.values(difference.focus, value)
        elif difference.parameter in {
            *("minInclusive", "minExclusive", "maxInclusive", "maxExclusive"),
        }:
            yield value


def _asked(difference: Difference, checked: Checked) -> tuple[str, ...]:
    graph = checked.reader.graph
    return tuple(graph.values(difference.shape, f"<{SH.iri}{difference.parameter}>"))


def _is_without_zone(difference: Difference, checked: Checked) -> bool:
    value = difference.value
    return (
        not difference.is_ours
        and value is not None
        and any(
            literals.datatype(each).endswith(("#dateTime", "#date", "#time"))
            for each in _bounds(difference, checked)
            if is_literal(each)
        )
        and any(
            _has_zone(value) != _has_zone(each)
            for each in _bounds(difference, checked)
            if is_literal(each)
        )
    )


def _has_zone(literal: str) -> bool:
    text = literals.string(literal)
    return text.endswith("Z") or text[-6:-5] in {"+", "-"}


def _is_inverse_sequence(difference: Difference, checked: Checked) -> bool:
    shapes = checked.reader.shapes
    shape = shapes.get(difference.shape)
    around = [difference.shape, *(shape.within if shape else ())]
    return any(each in shapes and has_inverse_sequence(shapes[each]) for each in around)


def has_inverse_sequence(shape: Shape) -> bool:
    """Whether a sequence is inverted somewhere in the path of a shape."""
    return _INVERSE_SEQUENCE.search(shape.path_text or "") is not None


def _is_empty_blank(difference: Difference, checked: Checked) -> bool:
    least = (literals.string(each) for each in _asked(difference, checked))
    return (
        difference.is_ours
        and difference.parameter == "minLength"
        and is_blank(difference.value or "")
        and any(int(each) == 0 for each in least)
    )


def _is_language_range(difference: Difference, _: Checked) -> bool:
    return (
        not difference.is_ours
        and difference.parameter == "languageIn"
        and literals.language(difference.value or '""').count("-") > 1
    )


def _is_resource(difference: Difference, _: Checked) -> bool:
    return (
        difference.is_ours
        and difference.parameter == "closed"
        and (difference.path, difference.value) == (str(RDF.type), str(RDFS.Resource))
    )


def _is_pattern_of_xpath(difference: Difference, checked: Checked) -> bool:
    if difference.parameter != "pattern" or difference.value is None:
        return False
    flags = checked.reader.graph.values(difference.shape, str(SH.flags))
    has_flags = any(set("sxq") & set(literals.string(each)) for each in flags)
    text = literals.string(difference.value) if not is_blank(difference.value) else ""
    asked = "".join(map(literals.string, _asked(difference, checked)))
    has_lines = any(not letter.isprintable() for letter in text) and any(
        each in asked for each in ("$", ".", "\\s", "\\S")
    )
    return has_flags or has_lines or any(each in asked for each in ("\\i", "\\c", "-["))


def _is_white_space(difference: Difference, _: Checked) -> bool:
    value = difference.value or ""
    text = literals.string(value) if is_literal(value) else ""
    return difference.is_ours and difference.parameter == "datatype" and text != text.strip()


def _is_own_component(difference: Difference, checked: Checked) -> bool:
    shape = checked.reader.shapes.get(difference.shape)
    is_own = not difference.component.startswith(SH.iri)
    return is_own and shape is not None and shape.path is not None


DEVIATIONS = (
    Deviation(
        "inverse-of-a-sequence",
        "SHACL §2.3.1.4, SPARQL 1.1 §18.2.2.3",
        "It goes along the parts of an inverted sequence in their order, not against it.",
        _is_inverse_sequence,
    ),
    Deviation(
        "comparison-without-operator",
        "SHACL §4.3 and §4.5.3, SPARQL 1.1 §17.3",
        "It compares what SPARQL has no operator for, such as a text with a date, two IRIs, an "
        "ill-typed number or a text with a language; there must be a result.",
        _is_incomparable,
    ),
    Deviation(
        "time-without-zone",
        "SHACL §4.3, XML Schema 1.1 Datatypes §E.3.3",
        "It compares no time that has a zone with one that has none, however far they are apart.",
        _is_without_zone,
    ),
    Deviation(
        "min-length-of-blank-node",
        "SHACL §4.4.1",
        "It lets a blank node meet sh:minLength 0; a blank node never meets sh:minLength.",
        _is_empty_blank,
    ),
    Deviation(
        "language-range-of-parts",
        "SHACL §4.4.4, RFC 4647 §3.3.1",
        'It matches "en-GB-oed" with the range "en", but not with "en-GB".',
        _is_language_range,
    ),
    Deviation(
        "closed-resource",
        "SHACL §4.8.1",
        "It lets every closed shape have the type rdfs:Resource.",
        _is_resource,
    ),
    Deviation(
        "pattern-of-python",
        "SHACL §4.4.3, SPARQL 1.1 §17.4.3.14, XPath Functions §5.6.1",
        "It reads patterns as Python does: the flags s, x and q do nothing, $ is also before a "
        "last line end, the dot is a carriage return too, and \\i, \\c and [a-z-[b]] are unknown.",
        _is_pattern_of_xpath,
    ),
    Deviation(
        "white-space-around",
        "SHACL §4.1.2, RDF 1.1 §5.1",
        "It takes white space away before it looks whether a literal is well-formed.",
        _is_white_space,
    ),
    Deviation(
        "own-component",
        "SHACL §6.2.3",
        "It tells no value for a component of the project's own at a property shape, asks a SELECT "
        "validator once for each value, and not at all where there is no value.",
        _is_own_component,
    ),
)

REFUSALS: Mapping[str, tuple[str, str]] = {
    "to compare a BlankNode": (
        "SHACL §4.5.3",
        "It refuses shapes whose sh:lessThan meets a blank node; there must be a result.",
    ),
    "to compare a Blank": (
        "SHACL §4.5.4",
        "It refuses shapes whose sh:lessThanOrEquals meets a blank node, likewise.",
    ),
    "nested too deep for pySHACL": (
        "SHACL §3.4",
        f"It gives up when shapes are nested 15 deep; {DEEPEST} are checked here.",
    ),
    "refers to itself": (
        "SHACL §3.4.3",
        "It calls shapes recursive after some steps, though the data have an end.",
    ),
    "Shapes Graph is not currently supported": (
        "SHACL §5.3.1",
        "It has no $shapesGraph, whose support is optional.",
    ),
    "decimal.InvalidOperation": (
        "SHACL §4.3",
        "It breaks where NaN is compared with a decimal; there must be a result.",
    ),
    "not supported between instances of": (
        "SHACL §4.5.4",
        "It breaks where values have no order that it knows; there must be a result.",
    ),
    "no regular expression": (
        "XPath Functions §5.6.1",
        "It knows Python's regular expressions, not those of XPath.",
    ),
}
"""What pySHACL refuses though it need not: by words of what it says, the section and why."""


def explained(difference: Difference, checked: Checked) -> Deviation | None:
    """Return the deviation that a difference comes from, None where no known one does."""
    for deviation in DEVIATIONS:
        if deviation.explains(difference, checked):
            return deviation
    shape = checked.reader.shapes.get(difference.shape)
    if shape is None or difference.component not in {
        constraint.component for constraint in shape.constraints if constraint.nested
    }:
        return None
    return _within(difference, shape, checked)


def _within(difference: Difference, shape: Shape, checked: Checked) -> Deviation | None:
    """Return the deviation in a shape within, by which a value meets the shape around or not."""
    nodes = (
        [difference.value]
        if difference.value is not None
        else shape.values(checked.run.graph, [difference.focus])[difference.focus]
    )
    waiting = [
        (nested, node)
        for constraint in shape.constraints
        for nested in constraint.nested
        for node in nodes
    ]
    seen = set(waiting)
    while waiting and len(seen) < _MOST_WITHIN:
        nested, node = waiting.pop()
        if has_inverse_sequence(nested):
            return DEVIATIONS[0]
        for violation in checked.run.violations(nested, [node]):
            found = violation.found
            inner = Difference(
                True,
                found.focus,
                found.path or violation.shape.path_text,
                found.value,
                violation.constraint.component,
                violation.shape.node,
            )
            for deviation in DEVIATIONS:
                if deviation.explains(inner, checked):
                    return deviation
        values = nested.values(checked.run.graph, [node])[node]
        following = {(each, value) for each in nested.references() for value in values} - seen
        seen |= following
        waiting.extend(following)
    return None
