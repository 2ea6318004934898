"""Find the claims among the subjects: those that say where they come from or how sure they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lod.config.project import Claims
from lod.rdf.prefixes import Prefixes
from lod.rdf.terms import is_iri, is_literal, lexical_form
from lod.release.staging import Statement

SOURCE = -2
CITATION = -1
"""Parts of a claim; from 0 on they are qualifiers, numbered as the project lists them."""


@dataclass(frozen=True, slots=True)
class ClaimTerms:
    """The properties of claims, as canonical text, and the values that are not worth telling."""

    sources: frozenset[str] = frozenset()
    citations: frozenset[str] = frozenset()
    qualifiers: tuple[str, ...] = ()
    plain: frozenset[str] = frozenset()
    any: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Put together what decides whether to look any closer."""
        every = self.sources | self.citations | frozenset(self.qualifiers)
        object.__setattr__(self, "any", every)

    @classmethod
    def of(cls, claims: Claims, prefixes: Prefixes) -> ClaimTerms:
        """Return what a project's configuration means."""

        def terms(names: Sequence[str]) -> list[str]:
            return [f"<{prefixes.expand(name)}>" for name in names]

        return cls(
            frozenset(terms(claims.source)),
            frozenset(terms(claims.citation)),
            tuple(terms(claims.qualifiers)),
            frozenset(terms(claims.plain)),
        )

    def parts(self, statements: Sequence[Statement]) -> Iterator[tuple[int, str]]:
        """Yield the parts of a claim: (which, IRI or text).

        A property that is just ``true`` qualifies by itself.
        """
        for predicate, value, _ in statements:
            if predicate not in self.any:
                continue
            if predicate in self.sources and is_iri(value):
                yield SOURCE, value[1:-1]
            if predicate in self.citations and is_literal(value):
                yield CITATION, lexical_form(value)
            for number, each in enumerate(self.qualifiers):
                if each != predicate:
                    continue
                found = predicate if is_literal(value) and lexical_form(value) == "true" else value
                if is_iri(found) and found not in self.plain:
                    yield number, found[1:-1]
