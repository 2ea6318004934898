"""Each document of both datasets, made the short way and the long."""

from __future__ import annotations

import pytest

from lod.addresses import document_path
from lod.rdf import formats
from lod.rdf.terms import Line
from lod.rdf.turtle import write_turtle
from lod.release import Release
from lod.representation import DocumentWriter, document_graph
from lod.representation.documents import Subjects
from lod.store import ReleaseStore
from support.compaction import compacted
from support.graphs import read


@pytest.fixture(params=["flagship", "herbarium"])
def store(request: pytest.FixtureRequest) -> ReleaseStore:
    release: Release = request.getfixturevalue(request.param)
    return ReleaseStore(release)


def iris(store: ReleaseStore) -> list[str]:
    """Return the IRIs that are described."""
    rows = store._rows("SELECT subject FROM record ORDER BY subject")
    return [iri for (iri,) in rows]


def document(store: ReleaseStore, iri: str, *, with_graphs: bool) -> list[Line]:
    path = document_path(iri, store.project.base) or ""
    subjects = Subjects(store.project.base + path, [iri])
    return document_graph(store, subjects, issued="2026-01-01", with_graphs=with_graphs)


def triples(lines: list[Line]) -> list[tuple[str, str, str]]:
    return sorted({line[:3] for line in lines})


class TestEveryDocument:
    def test_links_are_the_same_with_and_without_their_graphs(self, store: ReleaseStore) -> None:
        """What the index says of links is what the records of those who link say."""
        for iri in iris(store):
            short, whole = (document(store, iri, with_graphs=each) for each in (False, True))
            assert triples(short) == triples(whole), iri

    def test_json_ld_is_what_a_processor_compacts(self, store: ReleaseStore) -> None:
        """Byte for byte, for all that is published."""
        writer = DocumentWriter(store.prefixes)

        for iri in iris(store):
            lines = document(store, iri, with_graphs=False)
            written = writer.write(lines, formats.JSON_LD)
            assert written == compacted(triples(lines), store.prefixes), iri

    def test_turtle_of_a_writer_that_remembers_is_that_of_a_new_one(
        self, store: ReleaseStore
    ) -> None:
        """What documents before it used does not show in a document, and it reads back the same."""
        writer = DocumentWriter(store.prefixes)

        for iri in iris(store):
            lines = document(store, iri, with_graphs=False)
            written = writer.write(lines, formats.TURTLE)
            assert written == write_turtle(triples(lines), store.prefixes).encode(), iri
            assert read(written, "ttl") == read(writer.write(lines, formats.N_TRIPLES), "nt"), iri
