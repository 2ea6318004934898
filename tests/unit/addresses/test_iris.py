"""Which document describes an IRI, and back."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from lod.addresses import (
    DERIVED_GRAPH,
    document_path,
    graph_iri,
    is_internal,
    thing_path,
    thing_paths,
)

BASE = "https://data.example/set/"


class TestIsInternal:
    @pytest.mark.parametrize("iri", [BASE, f"{BASE}id/thing/oak", f"{BASE}def#Term"])
    def test_iri_below_the_base_is_our_own(self, iri: str) -> None:
        """What starts with the base is ours to answer for."""
        assert is_internal(iri, BASE)

    @pytest.mark.parametrize(
        "iri",
        [
            "https://data.example/set",
            "https://data.example/other",
            "http://data.example/set/id/thing/oak",
            "https://evil.example/https://data.example/set/",
            "urn:x",
            "",
        ],
    )
    def test_iri_elsewhere_is_not(self, iri: str) -> None:
        """Another host, path or scheme is somebody else's."""
        assert not is_internal(iri, BASE)
        assert document_path(iri, BASE) is None


class TestDocumentPath:
    @pytest.mark.parametrize(
        ("local", "path"),
        [
            ("id/thing/oak", "doc/thing/oak"),
            ("id/oak", "doc/oak"),
            ("id/id/oak", "doc/id/oak"),
            ("scheme/field/air", "doc/scheme/field/air"),
            ("idea", "doc/idea"),
            ("doc/thing", "doc/doc/thing"),
            ("", "doc/"),
        ],
    )
    def test_thing_is_described_by_a_document(self, local: str, path: str) -> None:
        """A thing under id/ has its document under doc/, and so has any other path."""
        assert document_path(BASE + local, BASE) == path

    @pytest.mark.parametrize(
        ("local", "path"),
        [
            ("def/cooperation#Term", "def/cooperation"),
            ("id/garden#oak", "id/garden"),
            ("def#", "def"),
            ("#top", ""),
            ("def#a#b", "def"),
        ],
    )
    def test_name_in_a_document_is_described_by_that_document(self, local: str, path: str) -> None:
        """An IRI with a fragment is described where it is named, as no server sees fragments."""
        assert document_path(BASE + local, BASE) == path

    @pytest.mark.parametrize(
        ("local", "path"),
        [
            ("id/art/gänseblümchen", "doc/art/gänseblümchen"),
            ("id/art/g%C3%A4nseblume", "doc/art/gänseblume"),
            ("id/a%20b", "doc/a b"),
            ("id/100%25", "doc/100%"),
        ],
    )
    def test_path_is_decoded(self, local: str, path: str) -> None:
        """A path is what a server is asked for, whether or not the IRI was encoded."""
        assert document_path(BASE + local, BASE) == path


class TestThingPath:
    @pytest.mark.parametrize(
        ("local", "path"),
        [
            ("id/thing/oak", "id/thing/oak"),
            ("def#Term", "def"),
            ("id/a%20b", "id/a b"),
            ("id/ą", "id/ą"),
            ("", ""),
        ],
    )
    def test_path_is_what_the_server_is_asked_for(self, local: str, path: str) -> None:
        """The base and the fragment are no part of what is asked for here."""
        assert thing_path(BASE + local, BASE) == path


class TestThingPaths:
    def test_thing_under_id_is_likeliest(self) -> None:
        """A document may be about a thing under id/ or about a path of its own."""
        assert thing_paths("doc/thing/oak") == ("id/thing/oak", "thing/oak")

    @pytest.mark.parametrize("path", ["", "id/thing/oak", "document/x", "def", "doc"])
    def test_path_that_is_no_document_is_about_nothing(self, path: str) -> None:
        """Only paths under doc/ are documents about a thing."""
        assert thing_paths(path) == ()

    @pytest.mark.parametrize("local", ["id/thing/a%20b", "id/art/g%C3%A4nseblume", "a%20b"])
    def test_thing_with_encoded_letters_is_among_them(self, local: str) -> None:
        """A thing whose IRI holds percent signs has a document that is about it."""
        iri = BASE + local

        path = document_path(iri, BASE)

        assert path is not None
        assert thing_path(iri, BASE) in thing_paths(path)


class TestGraphIri:
    @pytest.mark.parametrize(
        ("file", "local"),
        [
            ("data/partners.ttl", "graph/data/partners"),
            ("data/cooperation/poland.trig", "graph/data/cooperation/poland"),
            ("data/v1.2.ttl", "graph/data/v1.2"),
            ("data/a b#c?.ttl", "graph/data/a%20b%23c%3F"),
            ("data/50%.ttl", "graph/data/50%25"),
            ("data/ą.ttl", "graph/data/%C4%85"),
            ("data/(x)+y=z.ttl", "graph/data/(x)+y=z"),
        ],
    )
    def test_graph_is_named_by_the_path_without_its_ending(self, file: str, local: str) -> None:
        """The name outlives the format of the file, and is a valid IRI whatever the file's name."""
        assert graph_iri(PurePosixPath(file), BASE) == BASE + local

    def test_derived_triples_have_a_graph_beside_the_files(self) -> None:
        """No file in a folder can take the name of the graph that rules fill."""
        assert DERIVED_GRAPH == "graph/derived"
        assert graph_iri(PurePosixPath("data/derived.ttl"), BASE) != BASE + DERIVED_GRAPH
