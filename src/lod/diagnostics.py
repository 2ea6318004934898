"""Findings: one value for syntax errors, lint and SHACL results alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum


class Severity(Enum):
    """How binding a finding is: must, should, could (SHACL violation, warning, info)."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file of the project; lines and columns count from 1, columns in characters."""

    path: str
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)


@dataclass(frozen=True, slots=True)
class Edit:
    """A safe repair: the text from a location's start to its end becomes ``text``."""

    location: Location
    text: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a part of a shape was not met (``sh:detail``, SHACL §3.6.2.5)."""

    message: str
    focus: str | None = None
    path: str | None = None
    value: str | None = None
    location: Location | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about one place in the project's files."""

    code: str  # "shacl/min-count", "lint/label-missing", "turtle/syntax"
    severity: Severity
    message: str
    location: Location | None  # None only when no file says it
    focus: str | None = None  # IRI of the entity it is about
    cure: str | None = None
    source: str | None = None  # IRI of the shape or name of the rule that found it
    path: str | None = None  # the property path concerned, as SPARQL writes it
    value: str | None = None  # the offending term, as N-Triples writes it
    related: tuple[Location, ...] = ()
    origin: Location | None = None  # where the shape or rule that found it is written
    reasons: tuple[Reason, ...] = ()
    edits: tuple[Edit, ...] = ()
    component: str | None = None  # IRI of the SHACL constraint component that was not met
    fingerprint: str = ""  # the same after edits elsewhere in the file; given by the check

    def sort_key(self) -> tuple[str, int, int, str, str, str, str]:
        """Findings read file by file, from top to bottom."""
        place = self.location or Location("")
        return (
            place.path,
            place.line or 0,
            place.column or 0,
            self.code,
            self.focus or "",
            self.message,
            self.value or "",
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found, and what it looked at."""

    findings: tuple[Diagnostic, ...]
    files: int = 0
    triples: int = 0
    shapes: int = 0
    rules: int = 0
    engines: tuple[str, ...] = field(default=())
    waived: int = 0
    """Findings that a comment beside the data accepts."""
    accepted: int = 0
    """Findings that the baseline accepts."""
    is_complete: bool = True
    """Whether all that was wanted was looked for, which needs files that can be read."""

    def count(self, severity: Severity) -> int:
        """Return how many findings have this severity."""
        return Counter(finding.severity for finding in self.findings)[severity]

    @property
    def has_errors(self) -> bool:
        """Whether anything must be mended before a release."""
        return self.count(Severity.ERROR) > 0
