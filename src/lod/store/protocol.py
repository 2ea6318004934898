"""The questions a page or a query may ask of the published data; each has a bounded answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from lod.config import Project
from lod.engine.client import Answer
from lod.engine.operation import QueryOperation
from lod.rdf.prefixes import Prefixes
from lod.rdf.terms import Line


class Record(NamedTuple):
    """What is said of one IRI, blank nodes below it included.

    ``lines`` are of the default graph, ``apart`` of the graphs that are only named; ``kind`` names
    the list the entity stands in, if it has one.
    """

    iri: str
    lines: tuple[Line, ...]
    apart: tuple[Line, ...] = ()
    kind: str | None = None


class Label(NamedTuple):
    """A name or description; a lower rank is preferred, names from 10 on are further ones."""

    text: str
    language: str
    rank: int


class Link(NamedTuple):
    """A subject that points at an IRI; not directly when only a blank node below it does."""

    property: str
    subject: str
    is_apart: bool
    is_direct: bool


@dataclass(frozen=True, slots=True)
class Links:
    """How many subjects point at an IRI with one property."""

    property: str
    is_apart: bool
    count: int


@dataclass(frozen=True, slots=True)
class ClaimParts:
    """What makes a subject a claim: IRIs of sources and of what qualifies it, texts of citations.

    Values that the project calls plain are left out.
    """

    sources: list[str]
    citations: list[str]
    qualifiers: list[str]


class Located(NamedTuple):
    """What a path means: an IRI that is described, or a document with several, or both."""

    iri: str | None
    fragments: int = 0


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entity that has its own list."""

    segment: str
    classes: tuple[str, ...]
    members: int


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity found by search, with the text that matched (folded)."""

    iri: str
    kind: str | None
    matched: str


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of what a search found, how many there are in all, and how many of each kind.

    ``is_capped`` says that so many match that only a part was looked at: the counts are at least.
    """

    total: int
    hits: tuple[Hit, ...]
    kinds: Mapping[str, int]
    is_capped: bool = False


@dataclass(frozen=True, slots=True)
class Display:
    """How a property of a class is shown: its place, and its names by language."""

    property: str
    is_inverse: bool
    position: float
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Statistic:
    """How many subjects and triples a class and property have; '' stands for all."""

    cls: str
    property: str
    subjects: int
    triples: int


@dataclass(frozen=True, slots=True)
class Graph:
    """A named graph, the part it plays and its number of triples."""

    iri: str
    role: str
    in_default: bool
    triples: int


class Store(Protocol):
    """The published data, here or at a distance."""

    @property
    def project(self) -> Project:
        """What the project says of itself."""

    @property
    def prefixes(self) -> Prefixes:
        """The project's prefixes and the well-known ones."""

    def record(self, iri: str) -> Record | None:
        """Return what is said of an IRI, None when nothing is."""

    def records(self, iris: Collection[str]) -> Mapping[str, Record]:
        """Return what is said of each of these IRIs of which something is."""

    def labels(self, iris: Collection[str]) -> Mapping[str, Sequence[Label]]:
        """Return names and descriptions, best first, of each of these IRIs that has some."""

    def incoming(self, iri: str, *, most: int) -> Sequence[Link] | None:
        """Return all who point at an IRI, sorted; None when these are more than so many."""

    def links(self, iri: str) -> Sequence[Links]:
        """Return who points at an IRI, counted by property."""

    def linked(
        self, iri: str, predicate: str, *, is_apart: bool, after: str = "", limit: int
    ) -> Sequence[str]:
        """Return who points at an IRI with a property: the next ones behind ``after``."""

    def linked_directly(self, iri: str, predicate: str, *, limit: int) -> Sequence[str]:
        """Return those of the first in the default graph that are linked by a triple of their own.

        :param limit: so many are looked at.
        """

    def claims(self, iris: Collection[str]) -> Mapping[str, ClaimParts]:
        """Return those of these IRIs that are claims: they have a source or a qualifier."""

    def support(self, iri: str) -> Mapping[tuple[str, str], Sequence[str]]:
        """Return, by property and object, the claims that bear an IRI's derived triples out."""

    def displays(self, classes: Collection[str]) -> Sequence[Display]:
        """Return how shapes show the properties of these classes and of those above them."""

    def locate(self, path: str) -> Located:
        """Return what a decoded path, relative to the base, means."""

    def fragments(self, document: str, *, after: str = "", limit: int) -> Sequence[str]:
        """Return the IRIs that a document describes by fragment: the next ones behind ``after``."""

    def documents(self, *, limit: int) -> Sequence[str]:
        """Return the paths of documents that describe by fragment, so many at most."""

    def kinds(self) -> Sequence[Kind]:
        """Return the kinds that have a list, in the project's order."""

    def kinds_of(self, iris: Collection[str]) -> Mapping[str, str]:
        """Return the kind of each of these IRIs that has one."""

    def members(self, kind: str, language: str, *, offset: int, limit: int) -> Sequence[str]:
        """Return one page of a kind's list, sorted for readers of a language."""

    def search(self, text: str, *, kind: str | None, offset: int, limit: int) -> Hits:
        """Return the entities whose names or descriptions hold all words of a text."""

    def statistics(self, *, cls: str | None = None) -> Sequence[Statistic]:
        """Return the default graph in numbers: of one class, or of all ('' as class)."""

    def graphs(self) -> Sequence[Graph]:
        """Return the named graphs."""

    def query(self, operation: QueryOperation, extension: str, *, most_rows: int = 0) -> Answer:
        """Return the answer to a query, as ``lod.engine.client.Engine.query`` does."""
