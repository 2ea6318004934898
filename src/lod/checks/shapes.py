"""The interface of SHACL engines, and how a validation result becomes a finding."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from lod.diagnostics import Diagnostic, Location, Severity
from lod.rdf.namespaces import SH
from lod.rdf.prefixes import Prefixes
from lod.rdf.terms import is_iri

_SEVERITIES = {
    SH.Violation.value: Severity.ERROR,
    SH.Warning.value: Severity.WARNING,
    SH.Info.value: Severity.INFO,
}
_IRI = re.compile(r"<([^<>]*)>")


@dataclass(frozen=True, slots=True)
class Result:
    """One validation result (SHACL §3.6.2); terms are canonical N-Triples text.

    ``path`` is a SPARQL property path; ``messages`` are by language tag.
    """

    focus: str
    severity: str
    component: str
    shape: str
    messages: Mapping[str, str]
    path: str | None = None
    value: str | None = None


class ShapesEngine(Protocol):
    """Validates data against shapes."""

    @property
    def name(self) -> str:
        """What the engine is called."""

    def validate(self, data: bytes, shapes: bytes) -> Sequence[Result]:
        """Return the results of N-Triples data against N-Triples shapes.

        :raises ProcessError: when the engine does not end or breaks.
        :raises ProjectError: when the shapes are no shapes.
        """


def to_diagnostic(
    result: Result, location: Location | None, languages: Sequence[str], prefixes: Prefixes
) -> Diagnostic:
    """Return a result as the maintainer reads it.

    :param languages: of the message, best first.
    """
    return Diagnostic(
        code=f"shacl/{_code(result.component)}",
        severity=_SEVERITIES.get(result.severity, Severity.ERROR),
        message=_message(result.messages, languages),
        location=location,
        focus=result.focus[1:-1] if is_iri(result.focus) else result.focus,
        source=result.shape[1:-1] if is_iri(result.shape) else None,
        path=_shortened(result.path, prefixes) if result.path else None,
        value=result.value,
    )


def _code(component: str) -> str:
    """Return ``min-count`` for ``…#MinCountConstraintComponent``."""
    local = re.split("[#/:]", component)[-1].removesuffix("ConstraintComponent") or "constraint"
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", local).lower()


def _message(messages: Mapping[str, str], languages: Sequence[str]) -> str:
    for language in (*languages, "en", ""):
        if language in messages:
            return messages[language]
    return next(iter(messages.values()), "The shape is not met.")


def _shortened(path: str, prefixes: Prefixes) -> str:
    return _IRI.sub(lambda found: prefixes.shorten(found[1]) or found[0], path)
