"""Every question a page may ask of a release, answered from its index."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from lod.addresses import document_path, thing_path
from lod.engine.guard import inspect
from lod.errors import EngineError
from lod.rdf.namespaces import OWL, RDF, RDFS, SKOS
from lod.rdf.terms import Line, read_quads
from lod.release import Release
from lod.store import ReleaseStore, Store
from support.expected import Expected

TYPE = RDF.type


def quads_of(lines: Iterable[Line]) -> list[Quad]:
    return read_quads("".join(f"{' '.join(line)} .\n" for line in lines).encode())


class TestRecords:
    def test_record_is_all_that_is_said(self, store: ReleaseStore, expected: Expected) -> None:
        """The record of every IRI holds its statements and those of its blank nodes, exactly."""
        records = store.records(expected.iris())
        catalog = NamedNode(f"{expected.base}graph/catalog")

        for iri in expected.iris():
            found = {
                quad
                for quad in quads_of((*records[iri].lines, *records[iri].apart))
                if quad.graph_name != catalog
            }
            assert found == expected.closure(NamedNode(iri))

    def test_record_keeps_default_graph_and_others_apart(
        self, store: ReleaseStore, expected: Expected
    ) -> None:
        """What plain queries see and what they do not see are told apart."""
        for record in store.records(expected.iris()).values():
            assert all(expected.is_default(quad) for quad in quads_of(record.lines))
            assert not any(expected.is_default(quad) for quad in quads_of(record.apart))

    def test_unknown_iri_has_no_record(self, store: ReleaseStore) -> None:
        """Of an IRI nobody describes there is no record."""
        assert store.record("https://nobody.example/") is None
        assert store.record("") is None
        assert store.record("' OR 1=1 --") is None
        assert store.records(["https://nobody.example/"]) == {}
        assert store.records([]) == {}

    def test_more_iris_than_one_statement_takes(
        self, store: ReleaseStore, expected: Expected
    ) -> None:
        """Thousands of IRIs may be asked for at once."""
        wanted = [*expected.iris(), *(f"https://nobody.example/{n}" for n in range(3000))]

        assert set(store.records(wanted)) == set(expected.iris())


class TestLabels:
    def test_labels_come_best_first(self, store: ReleaseStore, expected: Expected) -> None:
        """Names come before other names, these before descriptions."""
        for labels in store.labels(expected.iris()).values():
            ranks = [label.rank for label in labels]
            assert ranks == sorted(ranks)

    def test_every_name_is_there(self, store: ReleaseStore, expected: Expected) -> None:
        """Each rdfs:label and skos:prefLabel of each entity is a label."""
        labels = store.labels(expected.iris())

        for quad in expected.quads:
            if quad.predicate in {RDFS.label, SKOS.prefLabel, SKOS.altLabel} and isinstance(
                quad.subject, NamedNode
            ):
                assert isinstance(quad.object, Literal)
                told = {(each.text, each.language) for each in labels[quad.subject.value]}
                assert (quad.object.value, quad.object.language or "") in told

    def test_unknown_iri_has_none(self, store: ReleaseStore) -> None:
        """Of an IRI without names there are none."""
        assert dict(store.labels(["https://nobody.example/"])) == {}


class TestLinks:
    def test_counts_are_those_of_the_data(self, store: ReleaseStore, expected: Expected) -> None:
        """Who points at an entity is counted by property, blank nodes for their owners."""
        counted: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        owners = _owners(expected)
        for quad in expected.quads:
            if isinstance(quad.object, NamedNode) and expected.is_default(quad):
                for owner in owners.get(quad.subject, {quad.subject}):
                    if isinstance(owner, NamedNode):
                        counted[quad.object.value].add((quad.predicate.value, owner.value))

        for iri in expected.iris():
            told = {each.property: each.count for each in store.links(iri) if not each.is_apart}
            assert told == dict(Counter(predicate for predicate, _ in counted[iri]))

    def test_pages_of_links_are_whole_and_in_order(
        self, store: ReleaseStore, expected: Expected
    ) -> None:
        """Page by page one gets everyone who points at a hub, each once, in order."""
        hub, group = max(
            ((iri, each) for iri in expected.iris() for each in store.links(iri)),
            key=lambda pair: pair[1].count,
        )
        found: list[str] = []

        while page := store.linked(
            hub,
            group.property,
            is_apart=group.is_apart,
            after=found[-1] if found else "",
            limit=3,
        ):
            found.extend(page)

        assert len(found) == group.count > 3
        assert found == sorted(set(found))

    def test_nobody_points_at_nothing(self, store: ReleaseStore) -> None:
        """What nobody points at has no links."""
        assert store.links("https://nobody.example/") == []
        assert store.linked("https://nobody.example/", "x:p", is_apart=False, limit=5) == []


def _owners(expected: Expected) -> dict[object, set[object]]:
    """Return the IRIs that each blank node hangs below."""
    found: defaultdict[object, set[object]] = defaultdict(set)
    for iri in expected.iris():
        for quad in expected.closure(NamedNode(iri)):
            if isinstance(quad.subject, BlankNode):
                found[quad.subject].add(NamedNode(iri))
    return found


class TestAddresses:
    def test_every_own_iri_is_located(self, store: ReleaseStore, expected: Expected) -> None:
        """The path of each IRI of the own namespace leads back to it."""
        own = [iri for iri in expected.iris() if iri.startswith(expected.base)]

        assert own
        for iri in own:
            if "#" in iri:
                document = document_path(iri, expected.base)
                assert document is not None
                assert store.locate(document).fragments
            else:
                assert store.locate(thing_path(iri, expected.base)).iri == iri

    def test_fragments_are_paged(self, store: ReleaseStore, expected: Expected) -> None:
        """Page by page one gets all entities a document describes, each once, in order."""
        own = [iri for iri in expected.iris() if iri.startswith(expected.base) and "#" in iri]
        document = document_path(own[0], expected.base)
        assert document is not None
        found: list[str] = []

        while page := store.fragments(document, after=found[-1] if found else "", limit=2):
            found.extend(page)

        assert len(found) == store.locate(document).fragments
        assert found == sorted(
            each for each in own if document_path(each, expected.base) == document
        )

    @pytest.mark.parametrize("path", ["", "/", "nowhere", "id/", "../etc/passwd", "%00", "ž"])
    def test_other_path_means_nothing(self, store: ReleaseStore, path: str) -> None:
        """A path nobody has is located nowhere."""
        located = store.locate(path)

        assert located.iri is None
        assert located.fragments == 0
        assert store.fragments(path, limit=5) == []


class TestKinds:
    def test_members_are_those_of_the_classes_and_their_subclasses(
        self, store: ReleaseStore, expected: Expected
    ) -> None:
        """A kind lists each entity of its classes once, in each language."""
        instances: defaultdict[str, set[str]] = defaultdict(set)
        for quad in expected.quads:
            if quad.predicate == TYPE and expected.is_default(quad):
                assert isinstance(quad.object, NamedNode)
                if isinstance(quad.subject, NamedNode):
                    instances[quad.object.value].add(quad.subject.value)

        for kind in store.kinds():
            members = set().union(*(instances[each] for each in kind.classes))
            assert kind.members == len(members)
            for language in store.project.languages:
                listed = store.members(kind.segment, language, offset=0, limit=10_000)
                assert set(listed) == members
                assert len(listed) == len(members)

    def test_project_decides_on_kinds_else_classes_do(self, store: ReleaseStore) -> None:
        """Kinds are those of lod.toml in its order; without any, every class has a list."""
        segments = [kind.segment for kind in store.kinds()]

        if store.project.kinds:
            assert segments == [kind.segment for kind in store.project.kinds]
        else:
            assert segments == ["baum", "beet", "pflanze"]

    def test_pages_of_a_list_follow_each_other(self, store: ReleaseStore) -> None:
        """Pages put together are the whole list."""
        kind = max(store.kinds(), key=lambda each: each.members)
        language = store.project.languages[0]
        whole = store.members(kind.segment, language, offset=0, limit=10_000)

        pages = [
            each
            for offset in range(0, kind.members, 2)
            for each in store.members(kind.segment, language, offset=offset, limit=2)
        ]

        assert pages == whole

    def test_kind_of_an_entity_is_the_list_it_stands_in(self, store: ReleaseStore) -> None:
        """Each member of a list knows a kind that lists it."""
        language = store.project.languages[0]
        lists = {
            kind.segment: set(store.members(kind.segment, language, offset=0, limit=10_000))
            for kind in store.kinds()
        }
        everyone = set().union(*lists.values())

        kinds = store.kinds_of(everyone)

        assert set(kinds) == everyone
        assert all(iri in lists[segment] for iri, segment in kinds.items())
        assert store.kinds_of(["https://nobody.example/"]) == {}

    def test_unknown_kind_has_no_members(self, store: ReleaseStore) -> None:
        """A list nobody keeps is empty."""
        assert store.members("no-such-kind", "en", offset=0, limit=5) == []


class TestNumbers:
    def test_statistics_count_the_default_graph(
        self, store: ReleaseStore, expected: Expected
    ) -> None:
        """Classes are told with their subjects, properties with their triples."""
        triples = {
            (quad.subject, quad.predicate, quad.object)
            for quad in expected.quads
            if expected.is_default(quad)
        }
        of_class = Counter(str(value) for _, predicate, value in triples if predicate == TYPE)
        of_property = Counter(str(predicate) for _, predicate, _ in triples)

        classes = {f"<{each.cls}>": each.subjects for each in store.statistics() if each.cls}
        properties = {
            f"<{each.property}>": each.triples for each in store.statistics(cls="") if each.property
        }
        (whole,) = [each for each in store.statistics() if not each.cls and not each.property]

        assert classes == of_class
        assert properties == of_property
        assert whole.triples == len(triples)

    def test_graphs_are_told_with_their_size(self, store: ReleaseStore, expected: Expected) -> None:
        """Each named graph has its number of triples; the catalog is one of them."""
        sizes = Counter(str(quad.graph_name)[1:-1] for quad in expected.quads)
        told = {graph.iri: graph.triples for graph in store.graphs()}

        assert told.pop(f"{expected.base}graph/catalog") > 0
        assert told == sizes


class TestDisplays:
    def test_properties_come_in_the_order_of_the_shapes(self, store: ReleaseStore) -> None:
        """What shapes put first is shown first."""
        for kind in store.kinds():
            positions = [each.position for each in store.displays(kind.classes)]
            assert positions == sorted(positions)

    def test_subclass_is_shown_as_the_class_above(self, herbarium: Release) -> None:
        """A class without a shape of its own is shown as its superclass is."""
        store = ReleaseStore(herbarium)
        begriff = "https://pflanzen.example/begriffe#"

        shown = store.displays([f"{begriff}Baum"])

        assert [(each.property, each.names) for each in shown] == [
            (f"{begriff}wächstIn", {"de": "Standort"}),
            (f"{begriff}höhe", {"de": "Höhe"}),
        ]

    def test_class_without_shapes_has_no_order(self, store: ReleaseStore) -> None:
        """Nothing is known of a class no shape targets."""
        assert store.displays([OWL.Ontology.value]) == []
        assert store.displays([]) == []


class TestSharing:
    def test_threads_read_at_once(self, store: ReleaseStore, expected: Expected) -> None:
        """Many threads read one release and get the same answers."""
        iris = expected.iris()[:60]
        alone = {iri: store.record(iri) for iri in iris}

        def read(_: int) -> bool:
            return {iri: store.record(iri) for iri in iris} == alone and bool(
                store.search("a", kind=None, offset=0, limit=5)
            )

        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(read, range(24)))

    def test_store_has_every_method_of_the_protocol(self, store: ReleaseStore) -> None:
        """Whatever asks a store can ask a release."""
        typed: Store = store

        assert typed.project.name == store.release.manifest.name
        assert typed.prefixes == store.release.prefixes

    def test_index_is_opened_for_reading_only(self, release: Release) -> None:
        """No reader can change a release."""
        before = release.path("index.sqlite").read_bytes()

        ReleaseStore(release).kinds()

        assert release.path("index.sqlite").read_bytes() == before
        assert {path.name for path in release.folder.iterdir() if "sqlite" in path.name} == {
            "index.sqlite"
        }

    def test_without_an_engine_no_query_is_answered(self, release: Release) -> None:
        """A store that has no engine says so."""
        operation = inspect("ASK { ?s ?p ?o }", release.project.limits, {})

        with pytest.raises(EngineError) as caught:
            ReleaseStore(release).query(operation, "json")

        assert caught.value.code == "engine/none"
