"""Describe an entity from the store's bounded reads, in a fixed number of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import cast

from lod.description.model import (
    Claim,
    Description,
    Entry,
    Fact,
    LinkGroup,
    Name,
    Reference,
    Value,
)
from lod.rdf.namespaces import DESCRIPTIONS, OTHER_LABELS, PREFERRED_LABELS, RDF
from lod.rdf.terms import Line, is_blank, is_iri
from lod.recent import Recent
from lod.release.labels import DESCRIPTION, OTHER
from lod.store import Display, Link, Store

FIRST_LINKS = 10
"""Entries shown of each group of links before it is paged."""

MOST_MARKED = 300
"""Values of a page whose claims are looked up; a longer list shows plain names."""

_FEW_LINKS = 60
"""So many links are read at once; of more, the first with each property."""

_REFERENCES_KEPT = 10_000
"""So many references are remembered: what most pages name, as classes and properties."""

_TYPE = str(RDF.type)
_IN_HEADER = {
    _TYPE,
    *(f"<{each}>" for each in (*PREFERRED_LABELS, *OTHER_LABELS, *DESCRIPTIONS)),
}
_DEEPEST = 4

Groups = Mapping[tuple[str, bool, int], Sequence[str]]
"""Who points at an entity, by (property, apart, count)."""


class Describer:
    """Describes what a store holds; one for all threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: Recent[Reference] = Recent(_REFERENCES_KEPT)
        self._displays: Recent[Sequence[Display]] = Recent(_REFERENCES_KEPT)
        self._part = frozenset(store.prefixes.expand(name) for name in store.project.claims.part)

    def describe(self, iri: str) -> Description | None:
        """Return all about an IRI, None when nothing is said of it."""
        record = self._store.record(iri)
        if record is None:
            return None
        lines, apart = (record.lines, record.apart) if record.lines else (record.apart, ())
        types = _types(lines, iri)
        displays = self._displays_of(types)
        support = self._store.support(iri)
        incoming = self._store.incoming(iri, most=_FEW_LINKS)
        groups = self._groups(iri, incoming, displays)
        marked = self._claims(
            [
                *(each for entries in groups.values() for each in entries),
                *[each for claims in support.values() for each in claims][:MOST_MARKED],
                *_iris(lines)[:MOST_MARKED],
                iri,
            ]
        )
        book = self._book([iri, *types], (*lines, *apart), groups, marked)
        facts = _Facts(book, marked, displays, support)
        reference = book[iri]
        return Description(
            reference=reference,
            other_names=reference.others,
            types=tuple([book[each] for each in types]),
            facts=facts.of(iri, lines),
            claim=marked.get(iri),
            groups=_link_groups(groups, displays, book, marked),
            lines=lines,
            apart=apart,
            apart_facts=facts.of(iri, apart) if apart else (),
            references=book,
            kind=record.kind,
            incoming=incoming,
        )

    def has_parts(self, description: Description) -> bool:
        """Whether something is part of the entity, so that it may have an outline."""
        return any(
            not each.is_apart and each.property.iri in self._part for each in description.groups
        )

    def page_of_links(
        self, iri: str, predicate: str, *, is_apart: bool, after: str, limit: int
    ) -> LinkGroup | None:
        """Return one page of who points at an IRI with a property, None when nobody does."""
        counts = {(each.property, each.is_apart): each.count for each in self._store.links(iri)}
        count = counts.get((predicate, is_apart))
        if count is None:
            return None
        record = self._store.record(iri)
        displays = self._displays_of(_types(record.lines if record else (), iri))
        found = self._store.linked(iri, predicate, is_apart=is_apart, after=after, limit=limit + 1)
        marked = self._claims(found[:limit])
        book = self._references([predicate, *found[:limit], *_mentioned(marked.values())])
        return LinkGroup(
            book[predicate],
            _names(displays, predicate, is_inverse=True),
            is_apart,
            count,
            tuple(Entry(book[each], marked.get(each)) for each in found[:limit]),
            found[limit - 1] if len(found) > limit else None,
        )

    def refer(self, iris: Collection[str]) -> dict[str, Reference]:
        """Return how a page refers to each of these IRIs."""
        return self._references(iris)

    def entries(self, iris: Collection[str]) -> list[Entry]:
        """Return these IRIs as entries of a list, in the order given."""
        marked = self._claims(iris)
        book = self._references([*iris, *_mentioned(marked.values())])
        return [Entry(book[iri], marked.get(iri)) for iri in iris]

    # What the parts are made of

    def _displays_of(self, types: Sequence[str]) -> Sequence[Display]:
        key = tuple(types)
        found = self._displays.get(key)
        return self._displays.put(key, self._store.displays(types)) if found is None else found

    def _groups(
        self, iri: str, incoming: Sequence[Link] | None, displays: Sequence[Display]
    ) -> Groups:
        """Return the first who point at an IRI, in page order."""
        if incoming is not None:
            groups = _grouped(incoming)
        else:
            groups = {
                (each.property, each.is_apart, each.count): self._store.linked(
                    iri, each.property, is_apart=each.is_apart, limit=FIRST_LINKS + 1
                )
                for each in self._store.links(iri)
            }
        if len(groups) < 2:
            return groups
        positions = {each.property: each.position for each in displays if each.is_inverse}

        def order(key: tuple[str, bool, int]) -> tuple[bool, float, str]:
            return key[1], positions.get(key[0], float("inf")), key[0]

        return {key: groups[key] for key in sorted(groups, key=order)}

    def _claims(self, iris: Collection[str]) -> Mapping[str, Claim]:
        """Return those of the IRIs that are claims: they have a source or a qualifier."""
        found = self._store.claims(iris)
        if not found:
            return {}
        wanted = {*found}
        for parts in found.values():
            wanted |= {*parts.sources, *parts.qualifiers}
        book = self._references(wanted)
        return {
            iri: Claim(
                book[iri],
                tuple(book[each] for each in parts.sources),
                tuple(parts.citations),
                tuple(book[each] for each in parts.qualifiers),
            )
            for iri, parts in found.items()
        }

    def _book(
        self,
        iris: Sequence[str],
        lines: Sequence[Line],
        groups: Groups,
        marked: Mapping[str, Claim],
    ) -> dict[str, Reference]:
        """Return references to every IRI the description mentions."""
        return self._references(
            [
                *iris,
                *[predicate[1:-1] for _, predicate, _, _ in lines],
                *_iris(lines),
                *[predicate for predicate, _, _ in groups],
                *[each for entries in groups.values() for each in entries],
                *_mentioned(marked.values()),
            ]
        )

    def _references(self, iris: Iterable[str]) -> dict[str, Reference]:
        known = self._known.get
        found = {iri: known(iri) for iri in dict.fromkeys(iris)}
        unknown = [iri for iri, reference in found.items() if reference is None]
        references = cast(dict[str, Reference], found)
        if unknown:
            references.update(self._look_up(unknown))
        return references

    def _look_up(self, iris: Sequence[str]) -> Iterator[tuple[str, Reference]]:
        labels = self._store.labels(iris)
        make = Name._make  # two thirds of the time of a call with two arguments
        for iri in iris:
            names: list[Name] = []
            descriptions: list[Name] = []
            others: list[Name] = []
            for text, language, rank in labels.get(iri, ()):
                name = make((text, language))
                if rank < OTHER:
                    names.append(name)
                elif rank >= DESCRIPTION:
                    descriptions.append(name)
                elif rank == OTHER:  # hidden names are for search alone
                    others.append(name)
            reference = Reference(iri, tuple(names), tuple(descriptions), tuple(others))
            yield iri, self._known.put(iri, reference)


class _Facts:
    """Turns statements into facts, in the order shapes give and then by name."""

    def __init__(
        self,
        book: Mapping[str, Reference],
        marked: Mapping[str, Claim],
        displays: Sequence[Display],
        support: Mapping[tuple[str, str], Sequence[str]],
    ) -> None:
        self._book = book
        self._marked = marked
        self._displays = displays
        self._support = support
        self._order = {
            each.property: position for position, each in enumerate(displays) if not each.is_inverse
        }

    def of(self, iri: str, lines: Sequence[Line]) -> tuple[Fact, ...]:
        """Return the facts about an IRI; what the page's header says is left out."""
        return self._about(f"<{iri}>", lines, _IN_HEADER, 0)

    def _about(
        self, subject: str, lines: Sequence[Line], hidden: Collection[str], depth: int
    ) -> tuple[Fact, ...]:
        by_property: dict[str, dict[str, None]] = {}
        for about, predicate, value, _ in lines:
            if about == subject and predicate not in hidden:
                by_property.setdefault(predicate, {})[value] = None
        facts = [
            self._fact(name[1:-1], values, lines, depth) for name, values in by_property.items()
        ]
        facts.sort(key=_position)
        return tuple(facts)

    def _fact(self, name: str, terms: Iterable[str], lines: Sequence[Line], depth: int) -> Fact:
        values = tuple([self._value(name, term, lines, depth) for term in terms])
        names = _names(self._displays, name, is_inverse=False)
        position = self._order.get(name, len(self._order))
        return Fact(self._book[name], names, values, position)

    def _value(self, name: str, term: str, lines: Sequence[Line], depth: int) -> Value:
        if term[0] == '"':
            return Value(term)
        if is_iri(term):
            iri = term[1:-1]
            claims = self._support.get((name, iri), ()) if self._support else ()
            support = tuple([self._marked[each] for each in claims if each in self._marked])
            return Value(term, self._book[iri], (), self._marked.get(iri), support)
        if is_blank(term) and depth < _DEEPEST:
            return Value(term, inner=self._about(term, lines, (), depth + 1))
        return Value(term)


def _position(fact: Fact) -> int:
    return fact.position


def _grouped(links: Iterable[Link]) -> dict[tuple[str, bool, int], Sequence[str]]:
    found: defaultdict[tuple[str, bool], list[str]] = defaultdict(list)
    for name, subject, is_apart, _ in links:
        found[name, is_apart].append(subject)
    return {(*key, len(each)): each[: FIRST_LINKS + 1] for key, each in found.items()}


def _link_groups(
    groups: Groups,
    displays: Sequence[Display],
    book: Mapping[str, Reference],
    marked: Mapping[str, Claim],
) -> tuple[LinkGroup, ...]:
    return tuple(
        LinkGroup(
            book[predicate],
            _names(displays, predicate, is_inverse=True),
            is_apart,
            count,
            tuple(Entry(book[each], marked.get(each)) for each in subjects[:FIRST_LINKS]),
            subjects[FIRST_LINKS - 1] if len(subjects) > FIRST_LINKS else None,
        )
        for (predicate, is_apart, count), subjects in groups.items()
    )


def _names(displays: Sequence[Display], predicate: str, *, is_inverse: bool) -> Mapping[str, str]:
    for each in displays:
        if each.property == predicate and each.is_inverse == is_inverse:
            return each.names
    return {}


def _types(lines: Iterable[Line], iri: str) -> list[str]:
    """Return the classes of a subject, sorted."""
    subject = f"<{iri}>"
    return sorted(
        {
            value[1:-1]
            for about, predicate, value, _ in lines
            if predicate == _TYPE and about == subject and is_iri(value)
        }
    )


def _iris(lines: Iterable[Line]) -> list[str]:
    return [value[1:-1] for _, _, value, _ in lines if value[0] == "<" and value[1] != "<"]


def _mentioned(claims: Iterable[Claim]) -> list[str]:
    return [
        each.iri
        for claim in claims
        for each in (claim.reference, *claim.sources, *claim.qualifiers)
    ]
