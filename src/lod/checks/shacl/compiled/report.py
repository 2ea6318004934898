"""Violations as results, with what the shape asks for and the reasons within."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from lod.checks.shacl.compiled import literals
from lod.checks.shacl.compiled.evaluation import Run, Violation
from lod.checks.shacl.compiled.graph import Graph
from lod.checks.shacl.compiled.queries import COMPONENT
from lod.checks.shacl.compiled.reasons import Branch, Reasons
from lod.checks.shacl.compiled.shapes import Shape
from lod.checks.shacl.extent import DEPTH, DETAILS, LISTS, MEMBERS, TOGETHER
from lod.checks.shacl.results import Result
from lod.rdf.namespaces import SH
from lod.rdf.terms import is_blank

_COUNTED = {SH.MinCountConstraintComponent.value, SH.MaxCountConstraintComponent.value}
_NODE = SH.NodeConstraintComponent.value
_PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")


class ReportWriter:
    """Makes results of violations.

    :param shapes: the graph the shapes are from.
    :param depth: how deep reasons go.
    """

    def __init__(self, run: Run, shapes: Graph, depth: int = DEPTH) -> None:
        self._run = run
        self._graph = shapes
        self._depth = depth
        self._reasons = Reasons(run)
        self._asked: dict[tuple[str, str], dict[str, list[str]]] = {}

    def results(self, violations: Iterable[Violation]) -> list[Result]:
        """Return results with their reasons, sorted."""
        # In a stable order, for not all may have their reasons looked for.
        ordered = sorted(violations, key=_early_key)
        return sorted((self._result(each, 0) for each in ordered), key=_sort_key)

    def _result(self, violation: Violation, depth: int, branch: str = "") -> Result:
        shape, constraint, found = violation
        counted = constraint.component in _COUNTED
        return Result(
            focus=found.focus,
            severity=shape.severity,
            component=constraint.component,
            shape=shape.node,
            messages=_messages(violation),
            path=found.path or shape.path_text,
            value=found.value,
            parameters=self._parameters(shape, constraint.component),
            count=len(self._values(shape, found.focus)) if counted else None,
            branch=branch,
            details=self._details(violation, depth),
        )

    def _values(self, shape: Shape, focus: str) -> Sequence[str]:
        return shape.values(self._run.graph, (focus,))[focus]

    def _details(self, violation: Violation, depth: int) -> tuple[Result, ...]:
        if depth >= self._depth:
            return ()
        if violation.constraint.component == _NODE and violation.found.value is not None:
            (shape,) = violation.constraint.nested
            found = self._run.violations(shape, (violation.found.value,))
            results = [self._result(each, depth + 1) for each in islice(found, DETAILS)]
            return tuple(sorted(results, key=_sort_key))
        return tuple(
            detail
            for branch in self._reasons.of(violation)
            for detail in self._branch(branch, violation, depth + 1)
        )

    def _branch(self, branch: Branch, violation: Violation, depth: int) -> Iterator[Result]:
        label = "" if branch.outcome else branch.label
        found = islice(branch.violations, DETAILS)
        results = sorted((self._result(each, depth, label) for each in found), key=_sort_key)
        if not branch.outcome:
            yield from results
            return
        yield Result(
            focus=violation.found.focus,
            severity=SH.Violation.value,
            component=violation.constraint.component,
            shape=branch.shape,
            messages={},
            value=branch.value,
            branch=branch.label,
            outcome=branch.outcome,
            details=tuple(results),
        )

    def _parameters(self, shape: Shape, component: str) -> dict[str, list[str]]:
        """Return what the shape asks for: values by the parameter's local name."""
        key = (component, shape.node)
        if key not in self._asked:
            self._asked[key] = self._asked_for(shape, component)
        return self._asked[key]

    def _asked_for(self, shape: Shape, component: str) -> dict[str, list[str]]:
        if not component.startswith(SH.iri) or component == COMPONENT:
            return {}
        local = component.removeprefix(SH.iri).removesuffix("ConstraintComponent")
        name = local[:1].lower() + local[1:]
        found: dict[str, list[str]] = {}
        for each in TOGETHER.get(name, (name,)):
            values = sorted(self._graph.values(shape.node, f"<{SH.iri}{each}>"), key=_plain)
            if values:
                found[each] = self._members(values, found) if each in LISTS else values
        return found

    def _members(self, lists: Sequence[str], found: dict[str, list[str]]) -> list[str]:
        """Return the members of lists; of many the first, and how many follow."""
        members = [member for each in lists for member in self._graph.members(each)]
        if len(members) > MEMBERS:
            found["more"] = [str(len(members) - MEMBERS)]
        return members[:MEMBERS]


def _messages(violation: Violation) -> Mapping[str, str]:
    """Return by language what the shape says; nothing where it leaves that to the engine."""
    shape, constraint, found = violation
    if constraint.asker is None:
        return shape.messages
    solution = found.solution or {}
    if "message" in solution:
        message = solution["message"]
        return {literals.language(message): literals.string(message)}
    terms = {**constraint.bound, **solution, "this": found.focus}
    if found.value is not None:
        terms.setdefault("value", found.value)
    if shape.path_text is not None:
        terms.setdefault("path", shape.path_text)
    templates = {**shape.messages, **constraint.messages}
    return {language: _filled(text, terms) for language, text in templates.items()}


def _filled(template: str, terms: Mapping[str, str]) -> str:
    """Return a message with its placeholders filled (SHACL §5.3.2)."""

    def term(found: re.Match[str]) -> str:
        name = found[1]
        return _plain(terms[name]) if name in terms else found[0]

    return _PLACEHOLDER.sub(term, template)


def _plain(term: str) -> str:
    if term.startswith('"'):
        return literals.string(term)
    if term.startswith("<") and term.endswith(">"):
        return term[1:-1]
    return term[2:] if is_blank(term) else term


def _early_key(violation: Violation) -> tuple[str, ...]:
    shape, constraint, found = violation
    return found.focus, constraint.component, shape.node, found.value or ""


def _sort_key(result: Result) -> tuple[str, ...]:
    return (
        result.focus,
        result.path or "",
        result.component,
        result.value or "",
        result.shape,
        str(result.messages or ""),
    )
