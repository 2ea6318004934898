"""What a lint rule finds, and what it is shown to find it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lod.checks.catalogue import Catalogue
from lod.checks.lint.source_text import Declaration, declarations
from lod.checks.lint.usage import Usage
from lod.config import Limits
from lod.dataset import Dataset, SourceFile
from lod.engine.operation import QueryOperation
from lod.rdf.formats import N_TRIPLES
from lod.rdf.lines import Lines
from lod.rdf.tokens import Span, Token, tokens


@dataclass(frozen=True, slots=True)
class Slip:
    """One thing a rule found.

    ``values`` fill the braces of the rule's message: canonical N-Triples terms of a graph rule,
    plain text otherwise. A rule that knows where in a file it is says so (``file``, ``span``); else
    the place is looked up from the triple it names (``subject``, ``path``, ``value``).
    """

    values: Mapping[str, str] = field(default_factory=dict)
    file: str | None = None
    span: Span | None = None
    subject: str | None = None
    path: str | None = None
    value: str | None = None
    edits: tuple[tuple[Span, str], ...] = ()
    unknown: str | None = None
    """The IRI for which the nearest known one is to be offered."""


class TextFile:
    """One Turtle, TriG or N-Triples file that a parser found valid, as a text rule reads it."""

    def __init__(
        self, file: SourceFile, text: str, prefixes: Mapping[str, str] | None = None
    ) -> None:
        self.file = file
        self.text = text
        self.prefixes = prefixes or {}
        """The prefixes that ``lod.toml`` binds."""

    @cached_property
    def tokens(self) -> list[Token]:
        """All tokens, comments among them.

        :raises NotScannableError: when the file is no longer what was parsed.
        """
        return list(tokens(self.text))

    @cached_property
    def declarations(self) -> list[Declaration]:
        """The prefixes the file declares."""
        return [] if self.file.format is N_TRIPLES else declarations(self.text)

    @cached_property
    def lines(self) -> Lines:
        """Where the lines of the text start."""
        return Lines(self.file.name, self.text)


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule about the project as a whole may look at.

    ``broken`` are the names of the files with syntax errors, ``terms`` the known terms by their
    namespace, of well-known vocabularies and of the project's, ``own_namespaces`` the latter's.
    """

    dataset: Dataset
    catalogue: Catalogue
    triples_by_file: Mapping[str, int]
    shape_count: int
    broken: Collection[str] = ()
    terms: Mapping[str, Collection[str]] = field(default_factory=dict)
    own_namespaces: Collection[str] = ()
    usage: Usage = field(default_factory=Usage)
    operations: dict[tuple[str, Limits], QueryOperation] = field(default_factory=dict)
    """What texts of the project's queries were found to ask for; see ``inspected``."""

    @property
    def is_loose(self) -> bool:
        """Whether the files belong to no project: folders and ``lod.toml`` are then others'."""
        return self.dataset.is_loose

    @property
    def root(self) -> Path:
        """The project folder."""
        return self.dataset.project.root
