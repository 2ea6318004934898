"""The formats and their names."""

from __future__ import annotations

import pytest

from lod.rdf import formats
from lod.rdf.formats import (
    BOOLEAN_FORMATS,
    CSV,
    DOCUMENT_FORMATS,
    GRAPH_FORMATS,
    HTML,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_XML,
    RESULTS_JSON,
    SOLUTION_FORMATS,
    SOURCE_FORMATS,
    TRIG,
    TURTLE,
    Format,
    by_any_name,
    by_extension,
)

GROUPS = {
    "graphs": GRAPH_FORMATS,
    "documents": DOCUMENT_FORMATS,
    "solutions": SOLUTION_FORMATS,
    "booleans": BOOLEAN_FORMATS,
    "sources": SOURCE_FORMATS,
}


class TestFormat:
    @pytest.mark.parametrize(
        ("each", "content_type"),
        [
            (TURTLE, "text/turtle; charset=utf-8"),
            (HTML, "text/html; charset=utf-8"),
            (CSV, "text/csv; charset=utf-8"),
            (N_TRIPLES, "application/n-triples"),
            (JSON_LD, "application/ld+json"),
            (RESULTS_JSON, "application/sparql-results+json"),
        ],
        ids=lambda value: value.name if isinstance(value, Format) else "",
    )
    def test_text_types_state_their_charset(self, each: Format, content_type: str) -> None:
        """Only a text type has a charset; the others define their encoding themselves."""
        assert each.content_type == content_type

    @pytest.mark.parametrize(
        ("each", "name"),
        [
            (TURTLE, "Turtle"),
            (N_TRIPLES, "N-Triples"),
            (N_QUADS, "N-Quads"),
            (TRIG, "TriG"),
            (JSON_LD, "JSON-LD"),
            (RDF_XML, "RDF_XML"),
        ],
        ids=lambda value: value.name if isinstance(value, Format) else "",
    )
    def test_format_has_the_name_w3c_gives_it(self, each: Format, name: str) -> None:
        """A service description names formats by the IRIs W3C has published for them."""
        assert each.iri == f"http://www.w3.org/ns/formats/{name}"


class TestGroups:
    @pytest.mark.parametrize("group", GROUPS.values(), ids=GROUPS.keys())
    def test_format_is_told_apart_by_extension_and_media_type(
        self, group: tuple[Format, ...]
    ) -> None:
        """One extension or media type never means two formats of the same choice."""
        media_types = [name for each in group for name in (each.media_type, *each.aliases)]

        assert len({each.extension for each in group}) == len(group)
        assert len(set(media_types)) == len(media_types)

    def test_csv_and_tsv_are_not_offered_for_yes_or_no(self) -> None:
        """ASK has no answer in CSV and TSV, for their specification defines none."""
        assert not {formats.CSV, formats.TSV} & set(BOOLEAN_FORMATS)


class TestByExtension:
    @pytest.mark.parametrize("extension", ["ttl", "TTL", "Ttl"])
    def test_extension_is_found_in_any_case(self, extension: str) -> None:
        """A file named in capitals is read like any other."""
        assert by_extension(SOURCE_FORMATS, extension) is TURTLE

    @pytest.mark.parametrize("extension", ["", ".ttl", "tt", "md", "jsonld"])
    def test_extension_that_is_not_among_them_is_none(self, extension: str) -> None:
        """An extension means a format only where that format is to be had."""
        assert by_extension(SOURCE_FORMATS, extension) is None


class TestByAnyName:
    @pytest.mark.parametrize(
        ("name", "found"),
        [
            ("ttl", TURTLE),
            ("turtle", TURTLE),
            ("Turtle", TURTLE),
            ("text/turtle", TURTLE),
            ("n3", TURTLE),
            ("rdf", RDF_XML),
            ("rdf+xml", RDF_XML),
            ("xml", RDF_XML),
            ("json-ld", JSON_LD),
            ("application/ld+json", JSON_LD),
            ("n-triples", N_TRIPLES),
        ],
    )
    def test_names_that_programs_send_are_known(self, name: str, found: Format) -> None:
        """SPARQLWrapper sends names of its own, others send media types."""
        assert by_any_name(GRAPH_FORMATS, name) is found

    def test_extension_goes_first(self) -> None:
        """What is called json among results is JSON, and among graphs JSON-LD."""
        assert by_any_name(SOLUTION_FORMATS, "json") is RESULTS_JSON
        assert by_any_name(GRAPH_FORMATS, "json") is JSON_LD

    @pytest.mark.parametrize("name", ["", "nothing", "text", "text/"])
    def test_other_names_are_none(self, name: str) -> None:
        """A name nobody uses means no format."""
        assert by_any_name(GRAPH_FORMATS, name) is None
