"""Describe an entity from the store's bounded reads, in a fixed number of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

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
from lod.rdf.terms import Term
from lod.release.labels import DESCRIPTION, OTHER
from lod.store import Display, Store

FIRST_LINKS = 10
"""Entries shown of each group of links before it is paged."""

MOST_MARKED = 300
"""Values of a page whose claims are looked up; a longer list shows plain names."""

_TYPE = RDF.type.value
_IN_HEADER = {_TYPE, *PREFERRED_LABELS, *OTHER_LABELS, *DESCRIPTIONS}
_DEEPEST = 4


class Describer:
    """Describes what a store holds, with the project's idea of a claim."""

    def __init__(self, store: Store) -> None:
        self._store = store
        expand = store.prefixes.expand
        claims = store.project.claims
        self._sources = frozenset(expand(name) for name in claims.source)
        self._citations = frozenset(expand(name) for name in claims.citation)
        self._qualifiers = [expand(name) for name in claims.qualifiers]
        self._plain = frozenset(expand(name) for name in claims.plain)

    def describe(self, iri: str) -> Description | None:
        """Return all about an IRI, None when nothing is said of it."""
        record = self._store.record(iri)
        if record is None:
            return None
        quads, apart = (record.quads, record.apart) if record.quads else (record.apart, ())
        types = sorted(_objects(quads, iri, [_TYPE]))
        displays = self._store.displays(types)
        support = self._store.support(iri)
        groups = self._groups(iri, displays)
        marked = self._claims(
            [
                *(each for entries in groups.values() for each in entries),
                *[each for claims in support.values() for each in claims][:MOST_MARKED],
                *[each.value for each in _iris(quads)][:MOST_MARKED],
                iri,
            ]
        )
        book = self._book([iri, *types], quads, apart, displays, groups, marked)
        facts = _Facts(book, marked, displays, support)
        return Description(
            reference=book[iri],
            other_names=self._other_names(iri),
            types=tuple(book[each] for each in types),
            facts=facts.of(iri, quads),
            claim=marked.get(iri),
            groups=_link_groups(groups, displays, book, marked),
            quads=quads,
            apart=apart,
            apart_facts=facts.of(iri, apart),
            references=book,
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
        types = _objects(record.quads if record else (), iri, [_TYPE])
        displays = self._store.displays(types)
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

    def _groups(
        self, iri: str, displays: Sequence[Display]
    ) -> dict[tuple[str, bool, int], Sequence[str]]:
        """Return the first who point at an IRI, by (property, apart, count), in page order."""
        positions = {each.property: each.position for each in displays if each.is_inverse}
        links = sorted(
            self._store.links(iri),
            key=lambda each: (
                each.is_apart,
                positions.get(each.property, float("inf")),
                each.property,
            ),
        )
        return {
            (each.property, each.is_apart, each.count): self._store.linked(
                iri, each.property, is_apart=each.is_apart, limit=FIRST_LINKS + 1
            )
            for each in links
        }

    def _claims(self, iris: Collection[str]) -> dict[str, Claim]:
        """Return those of the IRIs that are claims: they have a source or a qualifier."""
        found: dict[str, tuple[set[str], list[str], list[str]]] = {}
        for iri, record in self._store.records(iris).items():
            quads = (*record.quads, *record.apart)
            sources = _objects(quads, iri, self._sources)
            qualifiers = [
                each
                for name in self._qualifiers
                for each in sorted(_qualifying(quads, iri, name))
                if each not in self._plain
            ]
            if sources or qualifiers:
                citations = sorted(_texts(quads, iri, self._citations))
                found[iri] = (sources, citations, qualifiers)
        wanted = {*found}
        for sources, _, qualifiers in found.values():
            wanted |= {*sources, *qualifiers}
        book = self._references(wanted)
        return {
            iri: Claim(
                book[iri],
                tuple(book[each] for each in sorted(sources)),
                tuple(citations),
                tuple(book[each] for each in qualifiers),
            )
            for iri, (sources, citations, qualifiers) in found.items()
        }

    def _book(
        self,
        iris: Iterable[str],
        quads: Sequence[Quad],
        apart: Sequence[Quad],
        displays: Sequence[Display],
        groups: Mapping[tuple[str, bool, int], Sequence[str]],
        marked: Mapping[str, Claim],
    ) -> dict[str, Reference]:
        """Return references to every IRI the description mentions."""
        both = (*quads, *apart)
        return self._references(
            [
                *iris,
                *(quad.predicate.value for quad in both),
                *(each.value for each in _iris(both)),
                *(each.property for each in displays),
                *(predicate for predicate, _, _ in groups),
                *(each for entries in groups.values() for each in entries),
                *_mentioned(marked.values()),
            ]
        )

    def _references(self, iris: Iterable[str]) -> dict[str, Reference]:
        wanted = list(dict.fromkeys(iris))
        kinds = self._store.kinds_of(wanted)
        names: defaultdict[str, list[Name]] = defaultdict(list)
        descriptions: defaultdict[str, list[Name]] = defaultdict(list)
        for iri, labels in self._store.labels(wanted).items():
            for label in labels:
                if label.rank < OTHER:
                    names[iri].append(Name(label.text, label.language))
                elif label.rank >= DESCRIPTION:
                    descriptions[iri].append(Name(label.text, label.language))
        return {
            iri: Reference(iri, tuple(names[iri]), tuple(descriptions[iri]), kinds.get(iri))
            for iri in wanted
        }

    def _other_names(self, iri: str) -> tuple[Name, ...]:
        labels = self._store.labels([iri]).get(iri, ())
        return tuple(
            Name(label.text, label.language)
            for label in labels
            if label.rank == OTHER  # hidden names are for search alone
        )


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

    def of(self, iri: str, quads: Sequence[Quad]) -> tuple[Fact, ...]:
        """Return the facts about an IRI; what the page's header says is left out."""
        return self._about(NamedNode(iri), quads, _IN_HEADER, 0)

    def _about(
        self, subject: Term, quads: Sequence[Quad], hidden: Collection[str], depth: int
    ) -> tuple[Fact, ...]:
        by_property: defaultdict[str, dict[Term, None]] = defaultdict(dict)
        for quad in quads:
            if quad.subject == subject and quad.predicate.value not in hidden:
                by_property[quad.predicate.value][quad.object] = None
        facts = (
            self._fact(name, list(values), quads, depth) for name, values in by_property.items()
        )
        last = len(self._order)
        return tuple(sorted(facts, key=lambda fact: (self._order.get(fact.property.iri, last),)))

    def _fact(self, name: str, terms: list[Term], quads: Sequence[Quad], depth: int) -> Fact:
        values = tuple(self._value(name, term, quads, depth) for term in terms)
        names = _names(self._displays, name, is_inverse=False)
        position = self._order.get(name, len(self._order))
        return Fact(self._book[name], names, values, position)

    def _value(self, name: str, term: Term, quads: Sequence[Quad], depth: int) -> Value:
        if isinstance(term, NamedNode):
            claims = self._support.get((name, term.value), ())
            return Value(
                term,
                reference=self._book[term.value],
                claim=self._marked.get(term.value),
                support=tuple(self._marked[each] for each in claims if each in self._marked),
            )
        if isinstance(term, BlankNode) and depth < _DEEPEST:
            return Value(term, inner=self._about(term, quads, (), depth + 1))
        return Value(term)


def _link_groups(
    groups: Mapping[tuple[str, bool, int], Sequence[str]],
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


def _objects(quads: Iterable[Quad], iri: str, predicates: Collection[str]) -> set[str]:
    """Return the IRIs that a subject has as values of some properties."""
    subject = NamedNode(iri)
    return {
        quad.object.value
        for quad in quads
        if quad.subject == subject
        and quad.predicate.value in predicates
        and isinstance(quad.object, NamedNode)
    }


def _texts(quads: Iterable[Quad], iri: str, predicates: Collection[str]) -> set[str]:
    subject = NamedNode(iri)
    return {
        quad.object.value
        for quad in quads
        if quad.subject == subject
        and quad.predicate.value in predicates
        and isinstance(quad.object, Literal)
    }


def _qualifying(quads: Iterable[Quad], iri: str, predicate: str) -> set[str]:
    """Return what qualifies a claim; a property that is just ``true`` qualifies by itself."""
    found = _objects(quads, iri, [predicate])
    return found | ({predicate} if "true" in _texts(quads, iri, [predicate]) else set())


def _iris(quads: Iterable[Quad]) -> list[NamedNode]:
    return [quad.object for quad in quads if isinstance(quad.object, NamedNode)]


def _mentioned(claims: Iterable[Claim]) -> list[str]:
    return [
        each.iri
        for claim in claims
        for each in (claim.reference, *claim.sources, *claim.qualifiers)
    ]
