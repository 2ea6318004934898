"""Things lead to documents, and documents come in the format the client likes best."""

from __future__ import annotations

import csv
import io
from urllib.parse import quote, urljoin

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat, parse

from lod.rdf.formats import DOCUMENT_FORMATS
from lod.rdf.namespaces import DCTERMS, FOAF, VOID
from lod.release import Release
from lod.store import ReleaseStore
from support.graphs import read, triples
from support.places import Place, links, vary

NEGOTIATED = {"accept", "accept-language"}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
GRAPHS = ("ttl", "nt", "jsonld", "rdf")
EXTENSIONS = [each.extension for each in DOCUMENT_FORMATS]


class TestThings:
    @pytest.mark.parametrize("accept", [None, "text/turtle", BROWSER, "image/png"])
    def test_thing_leads_to_its_document(self, thing: Place, accept: str | None) -> None:
        """A thing is no document: asking for it leads with 303 to the document about it."""
        response = thing.get(accept)

        assert response.status_code == 303
        path = thing.path.removeprefix("id/")
        assert response.headers["Location"] == f"/doc/{quote(path)}"
        assert response.data == b""
        assert vary(response) >= NEGOTIATED

    @pytest.mark.parametrize("extension", GRAPHS)
    def test_document_says_something_of_the_thing(self, thing: Place, extension: str) -> None:
        """Followed with an RDF Accept, a thing's IRI gives a graph in which it is a subject."""
        media_type = next(e.media_type for e in DOCUMENT_FORMATS if e.extension == extension)
        address = thing.get(media_type).headers["Location"]

        response = thing.client.get(address, headers={"Accept": media_type})

        assert response.status_code == 200
        assert response.mimetype == media_type
        assert any(line.startswith(f"<{thing.iri}> ") for line in read(response.data, extension))

    def test_query_string_stays(self, thing: Place) -> None:
        """A format wished for in the address is not lost on the way."""
        location = thing.get(suffix="?format=ttl").headers["Location"]

        assert location.endswith("?format=ttl")
        assert thing.client.get(location).mimetype == "text/turtle"

    @pytest.mark.parametrize("suffix", [".ttl", ".html", ".nt"])
    def test_suffix_leads_to_the_document_with_that_suffix(self, thing: Place, suffix: str) -> None:
        """A format behind a thing's address leads to the document in that format."""
        response = thing.get(suffix=suffix)

        assert response.status_code == 303
        assert response.headers["Location"].startswith("/doc/")
        assert response.headers["Location"].endswith(suffix)
        assert thing.client.get(response.headers["Location"]).status_code == 200


NEGOTIATION = [
    (None, "text/html"),
    ("", "text/html"),
    ("*/*", "text/html"),
    (BROWSER, "text/html"),
    *((each.media_type, each.media_type) for each in DOCUMENT_FORMATS),
    ("TEXT/Turtle", "text/turtle"),
    ("text/turtle;charset=utf-8", "text/turtle"),
    ("text/turtle; q=0.5, application/ld+json;q=0.9", "application/ld+json"),
    ("text/turtle;q=0.333, text/html;q=0.332", "text/turtle"),
    ("text/*;q=0.1, application/n-triples;q=0.2", "application/n-triples"),
    ("text/*;q=0.9, text/html;q=0.1, text/turtle;q=0.5", "text/csv"),
    ("*/*;q=0.9, text/turtle", "text/turtle"),
    ("text/html;q=0, */*", "text/turtle"),
    ("text/html;q=0, text/turtle;q=0, */*;q=0.1", "application/ld+json"),
    ("image/png, */*;q=0.001", "text/html"),
    ("application/x-turtle", "text/turtle"),
    ("text/n3", "text/turtle"),
    ("text/plain", "application/n-triples"),
    ("application/json", "application/ld+json"),
    ("application/xml", "application/rdf+xml"),
    ("application/x-trig", "application/trig"),
]


class TestNegotiation:
    @pytest.mark.parametrize(("accept", "media_type"), NEGOTIATION)
    def test_what_the_client_likes_best_comes(
        self, sample: Place, accept: str | None, media_type: str
    ) -> None:
        """Weights decide, then how exactly a range names a format, then the server."""
        response = sample.get(accept)

        assert response.status_code == 200
        assert response.mimetype == media_type
        assert vary(response) >= NEGOTIATED

    def test_several_header_lines_are_one_list(self, sample: Place) -> None:
        """Accept may be sent in several lines (RFC 9110 §5.3)."""
        response = sample.client.get(
            f"/{sample.path}",
            headers=[("Accept", "text/html;q=0.1"), ("Accept", "text/turtle;q=0.8")],
        )

        assert response.mimetype == "text/turtle"

    @pytest.mark.parametrize(
        "accept", ["image/png", "text/turtle;q=0", "audio/*", "text/html;q=0", "*/*;q=0"]
    )
    def test_what_there_is_not_is_406_with_what_there_is(self, sample: Place, accept: str) -> None:
        """When nothing fits, the answer lists every format with its address, and these answer."""
        response = sample.get(accept)

        assert response.status_code == 406
        assert vary(response) >= NEGOTIATED
        offered = {each.target for each in links(response) if each.relation == "alternate"}
        assert offered == {f"/{quote(sample.path)}.{each}" for each in EXTENSIONS}
        assert response.get_json()["status"] == 406

    @pytest.mark.parametrize(
        "accept", [";", ",,,", "text", "text/", "/", "q=1", "text/turtle;q=x", "\xff", "*", '"']
    )
    def test_malformed_wish_is_no_accident(self, sample: Place, accept: str) -> None:
        """A header that makes no sense gives a document or 406, never an error of the server."""
        response = sample.get(accept)

        assert response.status_code in {200, 406}
        assert vary(response) >= NEGOTIATED

    @pytest.mark.parametrize("extension", EXTENSIONS)
    def test_suffix_and_parameter_name_a_format(self, sample: Place, extension: str) -> None:
        """Every format has an address of its own, and ?format= works where Accept does."""
        expected = next(e.media_type for e in DOCUMENT_FORMATS if e.extension == extension)

        by_suffix = sample.get("image/png", f".{extension}")
        by_parameter = sample.get("image/png", f"?format={extension}")

        assert by_suffix.mimetype == by_parameter.mimetype == expected
        assert "accept" not in vary(by_suffix)
        assert by_suffix.data == by_parameter.data

    def test_unknown_format_is_406(self, sample: Place) -> None:
        """A format nobody offers is told with those that are."""
        response = sample.get(suffix="?format=docx")

        assert response.status_code == 406
        assert links(response)

    def test_content_location_is_the_address_of_the_chosen_format(self, document: Place) -> None:
        """A negotiated answer says which address is that very format's (RFC 9110 §8.7)."""
        for each in DOCUMENT_FORMATS:
            response = document.get(each.media_type)
            address = response.headers["Content-Location"]
            again = document.client.get(urljoin(f"/{document.path}", address))
            assert again.status_code == 200
            assert again.mimetype == each.media_type
            assert again.data == response.data


class TestGraphs:
    @pytest.mark.parametrize("extension", GRAPHS)
    def test_every_format_says_the_same(self, document: Place, extension: str) -> None:
        """RDF formats hold the same graph, each triple of it."""
        expected = read(document.get(suffix=".nt").data, "nt")

        assert expected
        assert read(document.get(suffix=f".{extension}").data, extension) == expected

    def test_trig_says_the_same_graph_by_graph(self, document: Place) -> None:
        """TriG holds the same triples, in the graphs they stand in."""
        content = document.get(suffix=".trig").data
        quads = list(parse(io.BytesIO(content), format=RdfFormat.TRIG))

        assert triples(quads) == read(document.get(suffix=".nt").data, "nt")
        assert all(isinstance(quad.graph_name, NamedNode) for quad in quads)

    def test_table_has_a_row_for_each_statement(self, document: Place) -> None:
        """CSV holds each statement of TriG in one row."""
        quads = list(parse(io.BytesIO(document.get(suffix=".trig").data), format=RdfFormat.TRIG))

        header, *rows = csv.reader(io.StringIO(document.get(suffix=".csv").get_data(as_text=True)))

        assert header[:3] == ["subject", "property", "value"]
        assert len(rows) == len(set(quads))
        assert all(len(row) == len(header) for row in rows)

    def test_document_holds_all_that_is_said_of_its_entities(self, document: Place) -> None:
        """Every statement of the default graph about the document's entities is in it."""
        store = ReleaseStore(document.release)
        base, slug = document.release.project.base, document.path.removeprefix("doc/")
        iris = store.fragments(document.path, limit=1000) or [f"{base}id/{slug}", f"{base}{slug}"]
        records = store.records(iris)
        said = {" ".join(line[:3]) for each in records.values() for line in each.lines}

        found = read(document.get(suffix=".nt").data, "nt")

        assert records
        assert {line for line in said if "_:" not in line} <= found

    def test_document_says_what_it_is_itself(self, document: Place) -> None:
        """A document names its topic, its dataset, its licence and its date."""
        release = document.release
        found = list(parse(io.BytesIO(document.get(suffix=".nt").data), format=RdfFormat.N_TRIPLES))
        own = {
            quad.predicate: quad.object for quad in found if quad.subject == NamedNode(document.iri)
        }

        assert FOAF.primaryTopic in own or FOAF.topic in own
        assert own[VOID.inDataset] == NamedNode(f"{release.project.base}dataset")
        assert own[DCTERMS.license] == NamedNode(release.project.licence or "")
        assert DCTERMS.issued in own or DCTERMS.title in own

    def test_document_holds_who_points_at_the_entity(
        self, flagship: Release, flagship_client: FlaskClient
    ) -> None:
        """Incoming links are part of the description."""
        store = ReleaseStore(flagship)
        iri = f"{flagship.project.base}id/initiative/sucbas"
        incoming = {
            f"<{subject}> <{group.property}> <{iri}>"
            for group in store.links(iri)
            if not group.is_apart
            for subject in store.linked(iri, group.property, is_apart=False, limit=100)
        }

        found = read(flagship_client.get("/doc/initiative/sucbas.nt").data, "nt")

        assert incoming
        assert incoming <= found

    def test_text_formats_name_their_charset(self, document: Place) -> None:
        """Text types say that they are UTF-8."""
        for extension in ("html", "ttl", "csv"):
            content_type = document.get(suffix=f".{extension}").headers["Content-Type"]
            assert content_type.endswith("; charset=utf-8")


class TestTriples:
    def test_who_takes_triples_gets_triples(self, document: Place) -> None:
        """A client that likes TriG better still finds its statements in the default graph."""
        mixed = "application/trig;q=0.95, text/turtle;q=0.6, */*;q=0.1"

        assert document.get(mixed).mimetype != "application/trig"
        assert document.get("application/trig").mimetype == "application/trig"
        assert document.get("application/trig, */*;q=0.1").mimetype == "application/trig"
