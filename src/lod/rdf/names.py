"""Names as the declarations of a text go on: which IRI one means, and how an IRI is written."""

from __future__ import annotations

import re
from typing import NamedTuple

from lod.rdf.prefixes import Prefixes
from lod.rdf.ranks import LAST_RANK, RANKS, TYPE

_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*:[^\\]*>")
"""An IRI that no base changes and no escape hides."""

_ESCAPE = re.compile(r"\\(.)")
_MOST_KEPT = 100_000


class Verb(NamedTuple):
    """A predicate as it is to be written, what it means, and its rank."""

    text: str
    iri: str
    rank: int


class Names:
    """What is declared so far."""

    def __init__(self) -> None:
        self._declared: dict[str, str] = {}
        self._prefixes = Prefixes({}, well_known=False)
        self._terms: dict[str, str] = {}
        self._verbs: dict[str, Verb] = {}

    def declare(self, prefix: str, iri: str) -> None:
        """Remember a declaration; a relative IRI makes names, but shortens none."""
        self._declared.pop(prefix, None)
        if _ABSOLUTE.fullmatch(iri):
            self._declared[prefix] = iri[1:-1]
        self._prefixes = Prefixes(self._declared, well_known=False)
        self._terms.clear()
        self._verbs.clear()

    def term(self, text: str) -> str:
        """Return an IRI as a prefixed name where a prefix fits, any other term as it is."""
        found = self._terms.get(text)
        if found is None:
            if not _ABSOLUTE.fullmatch(text):
                return text
            if len(self._terms) > _MOST_KEPT:
                self._terms.clear()
            found = self._terms[text] = self._prefixes.shorten(text[1:-1]) or text
        return found

    def verb(self, text: str) -> Verb:
        """Return how a predicate is to be written and where it stands."""
        found = self._verbs.get(text)
        if found is None:
            iri = TYPE if text == "a" else self._meant(text)
            written = "a" if iri == TYPE else self.term(text)
            found = self._verbs[text] = Verb(written, iri, RANKS.get(iri, LAST_RANK))
        return found

    def _meant(self, text: str) -> str:
        """Return the IRI a text stands for, the text itself where that is not known."""
        prefix, _, local = text.partition(":")
        if text.startswith("<") or prefix not in self._declared:
            return text
        plain = _ESCAPE.sub(r"\1", local)
        return f"<{self._declared[prefix]}{plain}>"
