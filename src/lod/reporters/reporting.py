"""What reporters are told besides the findings."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

import lod
from lod.checks.catalogue import Catalogue
from lod.diagnostics import Location, Report, Severity
from lod.rdf.prefixes import Prefixes
from lod.reporters.source import Source

Paint = Callable[[str, Severity], str]
"""Colours a word by severity."""


def unpainted(word: str, _: Severity) -> str:
    """Return the word as it is."""
    return word


@dataclass(frozen=True, slots=True)
class Reporting:
    """What reporters need of the project and of those who will read.

    ``rules_page`` is the address of a rule's page, with ``{code}`` where the code stands.
    ``folder`` is where the project lies in its repository: services that show findings beside
    files go by paths from there.
    """

    prefixes: Prefixes
    catalogue: Catalogue = field(default_factory=Catalogue)
    version: str = lod.__version__
    paint: Paint = unpainted
    source: Source | None = None
    rules_page: str | None = None
    folder: str = ""

    def file(self, location: Location | None) -> str | None:
        """Return the path of a location's file from the repository's root, None without a file."""
        if location is None or not location.path:
            return None
        return posixpath.normpath(posixpath.join(self.folder, location.path))

    def help_page(self, code: str) -> str | None:
        """Return the address of the page about a code, if there are such pages."""
        if self.rules_page is None or self.catalogue.get(code) is None:
            return None
        return self.rules_page.replace("{code}", quote(code, safe="/"))


Reporter = Callable[[Report, Reporting], str]
"""Writes a report in one format."""
