"""The data that stands in the pages of documents is that of the documents' other formats."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyld import jsonld
from pyoxigraph import Quad, RdfFormat, parse

from lod.addresses import document_path, quoted
from lod.release import Release
from lod.store import ReleaseStore
from lod.web.document_page import PER_DOCUMENT
from support.apps import served
from support.graphs import Graph, canonical, read
from support.html import Page
from support.places import Place
from support.projects import release_of, write_project

JSON_LD = "application/ld+json"
TEXTS = {
    "closing": "</script><script>alert(1)</script>",
    "comment": "<!-- <script> --> ]]> <![CDATA[",
    "lines": "a\u2028b\u2029c\r\n\t\u0085d",
    "quotes": '"\'\\ \\u003c \\" & &lt; {{ 7 * 7 }}',
    "beyond": "ąžuolas 🌳 \U0010fffd",
    "control": "\u0001\u001f",
}


def block(response_text: str) -> str:
    """Return what the only block of data in a page holds, as a browser reads it."""
    (found,) = [each for each in Page(response_text).all("script") if each.get("type") == JSON_LD]
    return "".join(found.text)


def page_of(client: FlaskClient, path: str, **query: str) -> str:
    response = client.get(f"/{quoted(path)}", query_string=query, headers={"Accept": "text/html"})
    assert response.mimetype == "text/html", path
    return response.get_data(as_text=True)


def documents(store: ReleaseStore) -> list[str]:
    """Return the paths of all documents."""
    base = store.project.base
    iris = [iri for (iri,) in store._rows("SELECT subject FROM record")]
    paths = {path for iri in iris if (path := document_path(iri, base)) is not None}
    return sorted(paths | {*store.documents(limit=1000)})


def described(client: FlaskClient, path: str) -> Graph:
    """Return the statements of a document as JSON-LD for programs."""
    response = client.get(f"/{quoted(path)}", headers={"Accept": JSON_LD})
    assert response.mimetype == JSON_LD, path
    return read(response.data, "jsonld")


def pages(client: FlaskClient, store: ReleaseStore, path: str) -> Iterator[str]:
    """Yield the data of each page of a document."""
    after = ""
    while True:
        yield block(page_of(client, path, **({"after": after} if after else {})))
        iris = store.fragments(path, after=after, limit=PER_DOCUMENT + 1)
        if len(iris) <= PER_DOCUMENT:
            return
        after = iris[PER_DOCUMENT - 1]


def statements(texts: list[str]) -> list[Quad]:
    return [quad for text in texts for quad in parse(text.encode(), format=RdfFormat.JSON_LD)]


class TestEveryPage:
    def test_data_is_that_of_the_document(self, client: FlaskClient, release: Release) -> None:
        """All pages of a document together say what its JSON-LD says, for every document."""
        store = ReleaseStore(release)
        paths = documents(store)
        several = 0

        for path in paths:
            texts = list(pages(client, store, path))
            several += len(texts) > 1
            assert canonical(statements(texts)) == described(client, path), path

        assert len(paths) > 20
        assert several or release.manifest.name == "herbarium"

    def test_other_processor_reads_the_same(self, document: Place) -> None:
        """PyLD, which knows no more than the standard, finds the same statements."""
        text = block(document.get("text/html").get_data(as_text=True))

        # A document of many pages is compared by its first.
        found = jsonld.to_rdf(json.loads(text), {"format": "application/n-quads"})

        assert read(found.encode(), "nq") == read(text.encode(), "jsonld")
        assert len(json.loads(text)) > 1

    def test_language_of_the_page_makes_no_difference(self, flagship_client: FlaskClient) -> None:
        """The data is the same in each language's page."""
        english, lithuanian = (
            block(page_of(flagship_client, f"doc/initiative/sucbas.{each}.html"))
            for each in ("en", "lt")
        )

        assert english == lithuanian


def literal(text: str) -> str:
    """Return a text as Turtle."""
    return '"' + "".join(f"\\U{ord(letter):08X}" for letter in text) + '"'


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of a dataset whose texts try to leave the block."""
    folder = tmp_path_factory.mktemp("embedded")
    texts = "".join(
        f"thing:{name} a v:Thing ; rdfs:label {literal(text)}@en ; v:other thing:{name} ;\n"
        f"  v:text {literal(text)} , {literal(text)}^^v:type ; v:to [ v:in {literal(text)} ] .\n"
        for name, text in TEXTS.items()
    )
    prefixes = """\
@prefix thing: <https://data.example/id/thing/> .
@prefix v: <https://data.example/def#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
    odd = 'thing:odd a v:Thing , "type:text" ; v:list ( 1 ( "b"@en ) ) .\n'
    write_project(folder / "project", {"data/a.ttl": prefixes + texts + odd})
    with served(release_of(folder / "project", folder / "out")) as app:
        yield app.test_client()


class TestHostileTexts:
    @pytest.mark.parametrize("name", [*TEXTS, "odd"])
    def test_text_comes_through_whole(self, hostile: FlaskClient, name: str) -> None:
        """Whatever a text holds, the data in the page is that of the document."""
        path = f"doc/thing/{name}"

        text = block(page_of(hostile, path))

        assert read(text.encode(), "jsonld") == described(hostile, path)

    @pytest.mark.parametrize("name", TEXTS)
    def test_nothing_ends_the_block_or_a_line_of_it(self, hostile: FlaskClient, name: str) -> None:
        """No letter that means something to HTML or ends a line of JavaScript stands in it."""
        text = block(page_of(hostile, f"doc/thing/{name}"))

        assert not {"<", "\u2028", "\u2029"} & {*text}
        assert TEXTS[name] in [each["@value"] for node in json.loads(text) for each in values(node)]


def values(node: dict[str, object]) -> Iterator[dict[str, str]]:
    """Yield the literals of a node in expanded form."""
    for members in node.values():
        if isinstance(members, list):
            yield from (each for each in members if isinstance(each, dict) and "@value" in each)


class TestCost:
    def test_data_is_written_once_for_each_page(self, tmp_path: Path) -> None:
        """A page has one block, also where nothing but the document is said."""
        write_project(tmp_path / "p", {"data/a.ttl": "<https://data.example/id/thing/a> a <x:y> ."})
        with served(release_of(tmp_path / "p", tmp_path / "out")) as app:
            text = page_of(app.test_client(), "doc/thing/a")

        assert len(json.loads(block(text))) == 2
