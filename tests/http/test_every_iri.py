"""Every IRI of a dataset's own namespace answers."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat, parse

from lod.release import Release
from lod.store import ReleaseStore
from support.apps import served
from support.graphs import read
from support.projects import release_of, write_project

ACCEPT = {"Accept": "text/turtle, */*;q=0.1"}


def own_iris(release: Release) -> tuple[set[str], set[str]]:
    """Return the own IRIs a release mentions, and those of them that it describes."""
    base = release.project.base
    mentioned: set[str] = set()
    described: set[str] = set()
    for path, kind in (
        (release.dump("nq"), RdfFormat.N_QUADS),
        (release.path("catalog.ttl"), RdfFormat.TURTLE),
    ):
        for quad in parse(path=path, format=kind, lenient=True):
            for term in (*quad.triple, quad.graph_name):
                if isinstance(term, NamedNode) and term.value.startswith(base):
                    mentioned.add(term.value)
            if isinstance(quad.subject, NamedNode) and quad.subject.value in mentioned:
                described.add(quad.subject.value)
    return mentioned, described


def address(iri: str, base: str) -> str:
    """Return the request for an IRI, as a client makes it: no fragment, and only ASCII."""
    return "/" + quote(iri.removeprefix(base).partition("#")[0], safe="/:@!$&'()*+,;=~%?")


@pytest.fixture(scope="module")
def iris(release: Release) -> tuple[set[str], set[str]]:
    return own_iris(release)


class TestEveryIRI:
    def test_each_mentioned_iri_answers(
        self, client: FlaskClient, release: Release, iris: tuple[set[str], set[str]]
    ) -> None:
        """Entities, terms, concepts, shapes, passages, graphs, files: each address answers."""
        addresses = {address(iri, release.project.base) for iri in iris[0]}

        statuses = {}
        for each in sorted(addresses):
            response = client.get(each, headers=ACCEPT, follow_redirects=True)
            statuses[each] = response.status_code
            response.close()

        assert len(statuses) > 10
        assert {each: code for each, code in statuses.items() if code != 200} == {}

    @pytest.mark.slow
    def test_each_described_iri_is_a_subject_of_its_document(
        self, client: FlaskClient, release: Release, iris: tuple[set[str], set[str]]
    ) -> None:
        """Where an IRI leads, in RDF, something is said of it."""
        cache: dict[str, str] = {}
        missing = []

        for iri in sorted(iris[1]):
            path = address(iri, release.project.base)
            if path not in cache:
                response = client.get(path, headers={"Accept": "application/n-triples"})
                if response.status_code == 303:
                    response = client.get(
                        response.headers["Location"], headers={"Accept": "application/n-triples"}
                    )
                cache[path] = f"\n{response.get_data(as_text=True)}"
            if f"\n<{iri}> " not in cache[path]:
                missing.append(iri)

        assert missing == []

    def test_each_named_graph_answers(
        self, client: FlaskClient, release: Release, store: ReleaseStore
    ) -> None:
        """Each graph that a query can find leads to what is said of it."""
        base = release.project.base

        statuses = {
            graph.iri: client.get(
                address(graph.iri, base), headers=ACCEPT, follow_redirects=True
            ).status_code
            for graph in store.graphs()
            if graph.iri.startswith(base)
        }

        assert len(statuses) > 3
        assert {iri: code for iri, code in statuses.items() if code != 200} == {}

    def test_unknown_iri_does_not(self, client: FlaskClient) -> None:
        """What nobody mentions is 404, whatever is wished for."""
        for path in ("/id/nothing/at-all", "/doc/nothing", "/nothing", "/def/nothing", "/graph/no"):
            for accept in ("text/html", "text/turtle", "application/json", "image/png", "*/*"):
                assert client.get(path, headers={"Accept": accept}).status_code == 404


STRANGE = """\
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://strange.example/id/a.ttl> rdfs:label "ends like a format"@en .
<https://strange.example/id/b.en.html> rdfs:label "ends like a page"@en .
<https://strange.example/id/links> rdfs:label "named like a list of links"@en .
<https://strange.example/id/x/links> rdfs:label "below a thing"@en .
<https://strange.example/id/x> rdfs:label "above it"@en .
<https://strange.example/id/100%25> rdfs:label "percent"@en .
<https://strange.example/id/a%20b> rdfs:label "space"@en .
<https://strange.example/id/ž> rdfs:label "letter"@en .
<https://strange.example/id/a'b&c=(d);e,f> rdfs:label "signs"@en .
<https://strange.example/plain> rdfs:label "no id"@en .
<https://strange.example/a//b> rdfs:label "two slashes"@en .
<https://strange.example/folder/> rdfs:label "folder"@en .
<https://strange.example/hash/> rdfs:label "folder with fragments"@en .
<https://strange.example/hash/#one> rdfs:label "its fragment"@en .
<https://strange.example/both> rdfs:label "document and thing"@en .
<https://strange.example/both#it> rdfs:label "fragment of it"@en .
"""
STRANGE_IRIS = [line.partition(">")[0][1:] for line in STRANGE.splitlines()[1:]]


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("strange")
    configuration = (
        '[project]\nname = "strange"\nbase = "https://strange.example/"\n'
        'languages = ["en"]\nversion = "1"\ntitle = "Strange"\n'
    )
    write_project(folder / "project", {"lod.toml": configuration, "data/a.ttl": STRANGE})
    with served(release_of(folder / "project", folder / "out")) as app:
        yield app.test_client()


class TestStrangeNames:
    @pytest.mark.parametrize("iri", STRANGE_IRIS)
    def test_strange_name_answers(self, strange: FlaskClient, iri: str) -> None:
        """However an entity is named, its address leads to what is said of it."""
        response = strange.get(
            address(iri, "https://strange.example/"),
            headers={"Accept": "text/turtle"},
            follow_redirects=True,
        )

        assert response.status_code == 200
        assert response.mimetype == "text/turtle"
        graph = read(response.data, "ttl")
        assert any(line.startswith(f"<{iri}> <http://www.w3.org/2000/01/") for line in graph)

    @pytest.mark.parametrize("iri", STRANGE_IRIS)
    def test_strange_name_has_a_page(self, strange: FlaskClient, iri: str) -> None:
        """However an entity is named, the search leads to its page."""
        response = strange.get("/resolve", query_string={"iri": iri})
        location = response.headers["Location"]

        page = strange.get(location)

        assert response.status_code == 303
        assert page.status_code == 200
        assert page.mimetype == "text/html"
        assert urlsplit(location).netloc == ""
