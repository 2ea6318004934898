"""The interface of SHACL engines, and how a validation result becomes a finding."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from lod.checks.shacl.messages import Asked, one_line, outcome, sentence
from lod.diagnostics import Diagnostic, Location, Reason, Severity
from lod.errors import ProjectError
from lod.rdf.namespaces import SH
from lod.rdf.prefixes import Prefixes
from lod.rdf.terms import is_iri

_SEVERITIES = {
    SH.Violation.value: Severity.ERROR,
    SH.Warning.value: Severity.WARNING,
    SH.Info.value: Severity.INFO,
}
_IRI = re.compile(r"<([^<>]*)>")
_CAPITAL = re.compile(r"(?:A|At|Each|It|No|One|The) ")


@dataclass(frozen=True, slots=True)
class Result:
    """One validation result (SHACL §3.6.2); terms are canonical N-Triples text.

    ``path`` is a SPARQL property path. ``messages`` are by language tag; there is none where the
    shape leaves the wording to us, which is done from ``parameters``, what the shape asks for, and
    ``count``, how many values there are.

    ``details`` are the results within. There ``branch`` names the part of the shape it is about,
    such as ``option 1 of 2``; ``outcome`` is what became of the value where that is not a failure:
    ``met``, ``counted``, ``uncounted`` or ``shared``.
    """

    focus: str
    severity: str
    component: str
    shape: str
    messages: Mapping[str, str]
    path: str | None = None
    value: str | None = None
    parameters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    count: int | None = None
    branch: str = ""
    outcome: str = ""
    details: tuple[Result, ...] = ()


class ShapesRefusedError(ProjectError):
    """The shapes are no shapes; ``results`` are about these, not about the data."""

    def __init__(self, message: str, results: Sequence[Result] = ()) -> None:
        super().__init__(
            "shacl/shapes",
            message,
            cure="Mend the shapes; SHACL's own shapes (W3C, SHACL §C) say what is wrong.",
        )
        self.results = tuple(results)


class ShapesEngine(Protocol):
    """Validates data against shapes."""

    @property
    def name(self) -> str:
        """What the engine is called; two that check together have a comma between."""

    @property
    def is_quick(self) -> bool:
        """Whether it takes so little that other checks may go on meanwhile."""

    def validate(self, data: bytes, shapes: bytes) -> Sequence[Result]:
        """Return the results of N-Triples data against N-Triples shapes.

        :raises ProcessError: when the engine does not end or breaks.
        :raises ShapesRefusedError: when the shapes are no shapes.
        """


def to_diagnostic(
    result: Result, location: Location | None, languages: Sequence[str], prefixes: Prefixes
) -> Diagnostic:
    """Return a result as the maintainer reads it; its reasons are in the order of its details.

    :param languages: of the message, best first.
    """
    return Diagnostic(
        code=f"shacl/{_code(result.component)}",
        severity=_SEVERITIES.get(result.severity, Severity.ERROR),
        message=_message(result, languages, prefixes),
        location=location,
        focus=_plain(result.focus),
        source=result.shape[1:-1] if is_iri(result.shape) else None,
        path=_shortened(result.path, prefixes) if result.path else None,
        value=result.value,
        reasons=_reasons(result, languages, prefixes),
        component=result.component,
    )


def to_refusal(
    result: Result, location: Location | None, languages: Sequence[str], prefixes: Prefixes
) -> Diagnostic:
    """Return a result about an ill-formed shape as the maintainer reads it."""
    finding = to_diagnostic(result, location, languages, prefixes)
    return replace(finding, code="shacl/shapes", severity=Severity.ERROR)


def _reasons(result: Result, languages: Sequence[str], prefixes: Prefixes) -> tuple[Reason, ...]:
    return tuple(
        Reason(
            message=_reason(each, languages, prefixes),
            focus=_plain(each.focus),
            path=_shortened(each.path, prefixes) if each.path else None,
            value=each.value,
            reasons=_reasons(each, languages, prefixes),
        )
        for each in result.details
    )


def _reason(result: Result, languages: Sequence[str], prefixes: Prefixes) -> str:
    """Return what is wrong with a part; it stands alone, so our own words name the property."""
    message = _message(result, languages, prefixes, is_part=True)
    before = [result.branch] if result.branch else []
    if result.path and not result.messages:
        before.append(_shortened(result.path, prefixes))
    if before and not result.messages and _CAPITAL.match(message):
        message = message[0].lower() + message[1:]
    return ": ".join([*before, message])


def _plain(term: str) -> str:
    return term[1:-1] if is_iri(term) else term


def _code(component: str) -> str:
    """Return ``min-count`` for ``…#MinCountConstraintComponent``."""
    local = re.split("[#/:]", component)[-1].removesuffix("ConstraintComponent") or "constraint"
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", local).lower()


def _message(
    result: Result, languages: Sequence[str], prefixes: Prefixes, *, is_part: bool = False
) -> str:
    for language in (*languages, "en", ""):
        if language in result.messages:
            return _bounded(result, result.messages[language])
    for message in result.messages.values():
        return _bounded(result, message)
    asked = Asked(
        component=result.component.removeprefix(SH.iri).removesuffix("ConstraintComponent"),
        parameters=result.parameters,
        value=result.value,
        path=_shortened(result.path, prefixes) if result.path else None,
        count=result.count,
        subject="The value" if result.path else "It" if is_part else "The entity",
        prefixes=prefixes,
    )
    if result.outcome:
        return outcome(result.outcome, asked, result.shape)
    return sentence(asked)


def _bounded(result: Result, message: str) -> str:
    """Return what a shape of SHACL Core says as it is; the others may put whole values into it."""
    is_core = result.component.startswith(SH.iri) and "SPARQL" not in result.component
    return message if is_core else one_line(message)


def _shortened(path: str, prefixes: Prefixes) -> str:
    return _IRI.sub(lambda found: prefixes.shorten(found[1]) or found[0], path)
