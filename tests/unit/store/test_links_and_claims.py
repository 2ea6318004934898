"""Links read at once, and claims as the build noted them."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode

from lod.store import ReleaseStore
from support.expected import Expected


class TestLinksAtOnce:
    def test_few_links_are_those_of_each_property(
        self, store: ReleaseStore, expected: Expected
    ) -> None:
        """All who point at an entity, read at once, are those that are read by property."""
        for iri in expected.iris():
            found = store.incoming(iri, most=10_000)
            assert found is not None
            told = [(each.is_apart, each.property, each.subject) for each in found]
            assert told == [
                (each.is_apart, each.property, subject)
                for each in store.links(iri)
                for subject in store.linked(
                    iri, each.property, is_apart=each.is_apart, limit=10_000
                )
            ]

    def test_more_than_few_are_not_read(self, store: ReleaseStore, expected: Expected) -> None:
        """A hub's links are left to who reads them page by page."""
        counts = {iri: sum(each.count for each in store.links(iri)) for iri in expected.iris()}
        hub = max(counts, key=lambda iri: counts[iri])

        assert counts[hub] > 3
        assert store.incoming(hub, most=counts[hub] - 1) is None
        assert len(store.incoming(hub, most=counts[hub]) or ()) == counts[hub]

    def test_direct_links_are_triples_of_their_own(
        self, store: ReleaseStore, expected: Expected
    ) -> None:
        """A link that only a blank node of the subject has is no triple of the subject."""
        said = {
            (quad.subject.value, quad.predicate.value, quad.object.value)
            for quad in expected.quads
            if expected.is_default(quad)
            and isinstance(quad.subject, NamedNode)
            and isinstance(quad.object, NamedNode)
        }

        for iri in expected.iris():
            for each in store.incoming(iri, most=10_000) or ():
                if not each.is_apart:
                    assert each.is_direct == ((each.subject, each.property, iri) in said)
            for link in store.links(iri):
                if not link.is_apart:
                    direct = store.linked_directly(iri, link.property, limit=10_000)
                    assert set(direct) == {
                        subject
                        for subject, name, value in said
                        if (name, value) == (link.property, iri)
                    }


class TestClaims:
    def test_claims_are_what_records_say(self, store: ReleaseStore, expected: Expected) -> None:
        """Sources, citations and qualifiers that the build noted are those of the statements."""
        expand, claims = store.prefixes.expand, store.project.claims
        plain = {expand(name) for name in claims.plain}

        def values(
            iri: str, names: Sequence[str], kind: type[NamedNode] | type[Literal]
        ) -> list[str]:
            wanted = {expand(name) for name in names}
            return sorted(
                {
                    quad.object.value
                    for quad in expected.by_subject[NamedNode(iri)]
                    if quad.predicate.value in wanted and isinstance(quad.object, kind)
                }
            )

        found = store.claims(expected.iris())

        for iri in expected.iris():
            sources = values(iri, claims.source, NamedNode)
            qualifiers = [
                each
                for name in claims.qualifiers
                for each in sorted(
                    {
                        *values(iri, [name], NamedNode),
                        *([expand(name)] if "true" in values(iri, [name], Literal) else []),
                    }
                )
                if each not in plain
            ]
            told = found.get(iri)
            assert (told is not None) == bool(sources or qualifiers), iri
            if told is not None:
                assert (told.sources, told.qualifiers) == (sources, qualifiers)
                assert told.citations == values(iri, claims.citation, Literal)
