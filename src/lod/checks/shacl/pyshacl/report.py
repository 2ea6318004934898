"""pySHACL's results as plain values, with what the shape asks for and the reasons within.

pySHACL gives ``sh:detail`` for sh:node alone; for the others ``reasons`` asks again, one value at
a time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import rdflib
from pyshacl import Validator
from rdflib.namespace import SH
from rdflib.term import Literal, Node, URIRef

from lod.checks.shacl.extent import DEPTH, DETAILS, LISTS, MEMBERS, TOGETHER
from lod.checks.shacl.pyshacl.reasons import Branch, Case, Reasons
from lod.checks.shacl.pyshacl.shapes import UNSAID
from lod.checks.shacl.pyshacl.terms import path_text, text

Raw = tuple[Any, Node, Iterable[tuple[Any, Any, Any]]]
"""A result as pySHACL's constraints make it: description, node, triples."""

_COUNTED = {SH.MinCountConstraintComponent, SH.MaxCountConstraintComponent}
_WITH_OWN_TEXT = {
    str(SH.SPARQLConstraintComponent),
    str(SH.JSConstraintComponent),
    str(SH.ExpressionConstraintComponent),
}
_PLACEHOLDER = re.compile(r"\{[?$]\w+\}")


@dataclass(frozen=True, slots=True)
class _Facts:
    """The triples of some results, by subject and predicate."""

    values: Mapping[Node, Mapping[Node, Sequence[Node]]]

    @classmethod
    def of(cls, raw: Iterable[Raw]) -> _Facts:
        values: defaultdict[Node, defaultdict[Node, list[Node]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for _, _, triples in raw:
            for subject, predicate, value in triples:
                # A term of one of the graphs comes with its graph.
                term = value[1] if isinstance(value, tuple) else value
                values[subject][predicate].append(term)
        return cls(values)

    def one(self, subject: Node, predicate: Node) -> Node | None:
        return next(iter(self.all(subject, predicate)), None)

    def all(self, subject: Node, predicate: Node) -> Sequence[Node]:
        return self.values.get(subject, {}).get(predicate, ())

    def sort_key(self, subject: Node) -> tuple[str, ...]:
        told = (SH.focusNode, SH.sourceConstraintComponent, SH.sourceShape, SH.value)
        return tuple(text(self.one(subject, predicate)) for predicate in told)


class ReportReader:
    """Reads the results of one validation."""

    def __init__(self, validator: Validator, depth: int = DEPTH) -> None:
        self._depth = depth
        # The same for all results of a constraint, and maybe long.
        self._asked: dict[tuple[Node | None, Node | None], dict[str, list[str]]] = {}
        self._shapes: rdflib.Graph = validator.shacl_graph.graph
        self._reasons = Reasons(validator)

    def results(self, raw: Iterable[Raw]) -> list[dict[str, Any]]:
        """Return results with their reasons, sorted."""
        given = list(raw)
        facts = _Facts.of(given)
        # In a stable order, for not all may have their reasons looked for.
        nodes = sorted((node for _, node, _ in given), key=facts.sort_key)
        return sorted((self._result(facts, node, 0) for node in nodes), key=_sort_key)

    def _result(self, facts: _Facts, node: Node, depth: int) -> dict[str, Any]:
        path = facts.one(node, SH.resultPath)
        value = facts.one(node, SH.value)
        component = facts.one(node, SH.sourceConstraintComponent)
        case = Case(
            component, facts.one(node, SH.sourceShape), facts.one(node, SH.focusNode), value
        )
        return {
            "focus": text(case.focus),
            "severity": str(facts.one(node, SH.resultSeverity)),
            "component": str(component),
            "shape": text(case.shape),
            "messages": self._messages(facts, node, case),
            "path": None if path is None else path_text(self._shapes, path),
            "value": None if value is None else text(value),
            "parameters": self._parameters(case),
            "count": self._reasons.count(case) if component in _COUNTED else None,
            "details": self._details(facts, node, case, depth),
        }

    def _details(self, facts: _Facts, node: Node, case: Case, depth: int) -> list[dict[str, Any]]:
        if depth >= self._depth:
            return []
        given = facts.all(node, SH.detail)
        if given:
            found = [self._result(facts, each, depth + 1) for each in given[:DETAILS]]
            return sorted(found, key=_sort_key)
        return [
            detail
            for branch in self._reasons.of(case)
            for detail in self._branch(branch, case, depth + 1)
        ]

    def _branch(self, branch: Branch, case: Case, depth: int) -> Iterator[dict[str, Any]]:
        raw: list[Raw] = list(islice(branch.raw, DETAILS))
        facts = _Facts.of(raw)
        results = sorted((self._result(facts, node, depth) for _, node, _ in raw), key=_sort_key)
        if branch.outcome:
            yield {
                "focus": text(case.focus),
                "severity": str(SH.Violation),
                "component": str(case.component),
                "shape": text(branch.shape),
                "messages": {},
                "value": text(branch.value),
                "branch": branch.label,
                "outcome": branch.outcome,
                "details": results,
            }
        else:
            yield from ({**each, "branch": branch.label} for each in results)

    def _messages(self, facts: _Facts, node: Node, case: Case) -> dict[str, str]:
        """Return by language what the shape says; nothing where it leaves that to the engine."""
        constraint = facts.one(node, SH.sourceConstraint)
        templates = [
            each
            for owner in (constraint, case.shape)
            if owner is not None
            for each in self._shapes.objects(owner, SH.message)
            if isinstance(each, Literal) and each.language and each != UNSAID
        ]
        messages: dict[str, str] = {}
        for message in sorted(facts.all(node, SH.resultMessage), key=str):
            if str(message) == str(UNSAID):
                continue
            messages.setdefault(_language(message, templates), str(message))
        return messages

    def _parameters(self, case: Case) -> dict[str, list[str]]:
        """Return what the shape asks for: values by the parameter's local name."""
        key = (case.component, case.shape)
        if key not in self._asked:
            self._asked[key] = self._asked_for(case)
        return self._asked[key]

    def _asked_for(self, case: Case) -> dict[str, list[str]]:
        component = str(case.component)
        if not component.startswith(str(SH)) or component in _WITH_OWN_TEXT:
            return {}
        local = component.removeprefix(str(SH)).removesuffix("ConstraintComponent")
        name = local[:1].lower() + local[1:]
        found: dict[str, list[str]] = {}
        for each in TOGETHER.get(name, (name,)):
            values = sorted(self._shapes.objects(case.shape, URIRef(str(SH) + each)), key=str)
            if values:
                members = self._members(values, found) if each in LISTS else values
                found[each] = [text(member) for member in members]
        return found

    def _members(self, lists: Sequence[Node], found: dict[str, list[str]]) -> list[Node]:
        """Return the members of lists; of many the first, and how many follow."""
        members = [member for each in lists for member in self._shapes.items(each)]
        if len(members) > MEMBERS:
            found["more"] = [str(len(members) - MEMBERS)]
        return members[:MEMBERS]


def _language(message: Node, templates: Iterable[Literal]) -> str:
    """Return the language of a message, found by its template where pySHACL has lost it."""
    if not isinstance(message, Literal):
        return ""
    if message.language:
        return message.language
    for template in templates:
        parts = _PLACEHOLDER.split(str(template))
        if len(parts) > 1 and re.fullmatch(".*".join(map(re.escape, parts)), message, re.DOTALL):
            return str(template.language)
    return ""


def _sort_key(result: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(
        str(result.get(name) or "")
        for name in ("focus", "path", "component", "value", "shape", "messages")
    )
