"""The parts of a description, as frozen values that every representation is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lod.rdf.terms import Line
from lod.store import Link


class Name(NamedTuple):
    """A text and its language tag, which may be empty."""

    text: str
    language: str


class Reference(NamedTuple):
    """An IRI as a page refers to it: its names and descriptions, best first.

    ``others`` are further names, which its own page shows.
    """

    iri: str
    names: tuple[Name, ...] = ()
    descriptions: tuple[Name, ...] = ()
    others: tuple[Name, ...] = ()

    def name(self, languages: Sequence[str]) -> Name:
        """Return the name for readers of these languages, else the last part of the IRI."""
        return choose_name(self.names, languages) or Name(local_name(self.iri), "")

    def description(self, languages: Sequence[str]) -> Name | None:
        """Return the description for readers of these languages."""
        return choose_name(self.descriptions, languages)


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement with a source: where it comes from, and what qualifies it.

    ``qualifiers`` holds only what is worth telling: plain values are left out.
    """

    reference: Reference
    sources: tuple[Reference, ...] = ()
    citations: tuple[str, ...] = ()
    qualifiers: tuple[Reference, ...] = ()


class Value(NamedTuple):
    """One value of a fact; ``term`` is its canonical text.

    ``reference`` is there for an IRI, ``inner`` for a blank node, ``claim`` when the value is
    itself a claim; ``support`` are the claims a derived value follows from.
    """

    term: str
    reference: Reference | None = None
    inner: tuple[Fact, ...] = ()
    claim: Claim | None = None
    support: tuple[Claim, ...] = ()


class Fact(NamedTuple):
    """A property of the entity and its values.

    ``names`` are what a shape calls it here; ``position`` is the place shapes give it, the same
    for all they do not mention.
    """

    property: Reference
    names: Mapping[str, str]
    values: tuple[Value, ...]
    position: int


class Entry(NamedTuple):
    """Something that points at the entity."""

    reference: Reference
    claim: Claim | None


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Who points at the entity with one property: how many, and the first of them."""

    property: Reference
    names: Mapping[str, str]
    is_apart: bool
    count: int
    entries: tuple[Entry, ...]
    following: str | None = None


@dataclass(frozen=True, slots=True)
class Description:
    """An entity with all a page or a document says about it.

    ``kind`` names the list it stands in; ``lines`` are the statements themselves, ``apart`` those
    of graphs that are only named. ``incoming`` are all who point at it, None when these are many.
    """

    reference: Reference
    other_names: tuple[Name, ...]
    types: tuple[Reference, ...]
    facts: tuple[Fact, ...]
    claim: Claim | None
    groups: tuple[LinkGroup, ...]
    lines: tuple[Line, ...]
    apart: tuple[Line, ...] = ()
    apart_facts: tuple[Fact, ...] = ()
    references: Mapping[str, Reference] = field(default_factory=dict)
    kind: str | None = None
    incoming: Sequence[Link] | None = None

    @property
    def iri(self) -> str:
        """The entity's canonical IRI."""
        return self.reference.iri


def choose_name(names: Sequence[Name], languages: Sequence[str]) -> Name | None:
    """Return the first name in the first of the languages that has one, else without, else any."""
    for language in (*languages, ""):
        for name in names:
            if name.language == language:
                return name
    return names[0] if names else None


def local_name(iri: str) -> str:
    """Return the last part of an IRI, for want of a name."""
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2] or iri
