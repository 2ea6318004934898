"""JSON-LD made compact with the project's prefixes."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterable
from typing import NoReturn

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from lod.rdf.jsonld import write_jsonld
from lod.rdf.namespaces import RDF, RDFS, XSD
from lod.rdf.prefixes import Prefixes
from lod.rdf.terms import as_lines, lines
from support.graphs import read

BASE = "https://data.example/"
PREFIXES = Prefixes({"ex": BASE, "note": "https://note.example/", "isbn": "https://isbn.example/"})
S, P, VALUE = (NamedNode(BASE + name) for name in "spo")

FIRST, REST, NIL = RDF.first, RDF.rest, RDF.nil
COLLECTION = f"""\
{S} {P} _:a .
_:a {FIRST} "1" .
_:a {REST} _:b .
_:b {FIRST} "1" .
_:b {REST} {NIL} .
"""


def rows(triples: Iterable[Triple]) -> list[tuple[str, str, str]]:
    """Return a graph as canonical texts."""
    return [line[:3] for line in as_lines(triples)]


def of(*objects: Literal | NamedNode) -> list[tuple[str, str, str]]:
    """Return a graph of one subject and one property."""
    return rows(Triple(S, P, each) for each in objects)


def parsed(n_triples: str) -> list[tuple[str, str, str]]:
    """Return the triples of N-Triples as canonical texts."""
    return rows(quad.triple for quad in parse(n_triples, format=RdfFormat.N_TRIPLES))


class TestDocument:
    def test_document_is_compact_and_readable(self) -> None:
        """Entities stand by name, texts with their language, values with their exact form."""
        graph = rows(
            [
                Triple(NamedNode(f"{BASE}z"), RDF.type, NamedNode("http://other.example/T")),
                Triple(S, RDF.type, NamedNode(f"{BASE}T")),
                Triple(S, RDFS.label, Literal("ąžuolas", language="lt")),
                Triple(S, P, Literal("1.50", datatype=XSD.decimal)),
                Triple(S, P, VALUE),
                Triple(S, P, Literal("plain")),
            ]
        )

        document = json.loads(write_jsonld(graph, PREFIXES))

        assert document == {
            "@context": {"ex": BASE, "rdfs": RDFS.iri, "xsd": XSD.iri},
            "@graph": [
                {
                    "@id": "ex:s",
                    "@type": "ex:T",
                    "ex:p": [
                        {"@type": "xsd:decimal", "@value": "1.50"},
                        {"@id": "ex:o"},
                        "plain",
                    ],
                    "rdfs:label": {"@language": "lt", "@value": "ąžuolas"},
                },
                {"@id": "ex:z", "@type": "http://other.example/T"},
            ],
        }

    def test_text_is_not_escaped_and_ends_its_last_line(self) -> None:
        """People can read the file: letters are letters, and it ends like any text file."""
        written = write_jsonld(of(Literal("ąžuolas 😀")), PREFIXES).decode()

        assert "ąžuolas 😀" in written
        assert written.endswith("}\n")

    def test_empty_graph_is_an_empty_document(self) -> None:
        """Where there is nothing to say the document is still JSON-LD."""
        assert json.loads(write_jsonld([], PREFIXES)) == {"@context": {}, "@graph": []}


class TestContext:
    def test_prefixes_that_are_not_used_are_left_out(self) -> None:
        """The context holds what the document needs, sorted, and nothing else."""
        graph = of(NamedNode("https://note.example/n"), NamedNode("http://other.example/x"))

        document = json.loads(write_jsonld(graph, PREFIXES))

        assert list(document["@context"]) == ["ex", "note"]

    @pytest.mark.parametrize("text", ["note: see there", 'a "note:b"', "isbn:1"])
    def test_text_that_looks_like_a_prefixed_name_uses_none(self, text: str) -> None:
        """A prefix is not needed only because some text starts like it."""
        document = json.loads(write_jsonld(of(Literal(text)), PREFIXES))

        assert list(document["@context"]) == ["ex"]

    @pytest.mark.parametrize(
        "triple",
        [
            Triple(S, RDF.type, NamedNode("https://note.example/")),
            Triple(S, NamedNode("https://note.example/"), VALUE),
            Triple(S, P, NamedNode("https://note.example/")),
            Triple(NamedNode("https://note.example/"), P, VALUE),
            Triple(S, P, Literal("x", datatype=NamedNode("https://note.example/"))),
        ],
        ids=["class", "property", "object", "subject", "datatype"],
    )
    def test_namespace_itself_is_still_its_iri(self, triple: Triple) -> None:
        """An IRI that is just what a prefix stands for is not lost."""
        written = write_jsonld(rows([triple]), PREFIXES)

        assert [quad.triple for quad in parse(written, format=RdfFormat.JSON_LD)] == [triple]

    @pytest.mark.parametrize("iri", ["isbn:9780131103627", "note:1", "ex:y"])
    def test_iri_whose_scheme_is_also_a_prefix_stays_itself(self, iri: str) -> None:
        """A prefix that is called like a scheme does not change what other IRIs mean."""
        triple = Triple(S, P, NamedNode(iri))

        written = write_jsonld(rows([triple]), PREFIXES)

        assert [quad.triple for quad in parse(written, format=RdfFormat.JSON_LD)] == [triple]

    def test_empty_prefix_is_not_declared(self) -> None:
        """JSON-LD has no empty prefix: such IRIs stand whole."""
        written = write_jsonld(of(VALUE), Prefixes({"": BASE}))

        assert json.loads(written)["@context"] == {}
        assert [quad.object for quad in parse(written, format=RdfFormat.JSON_LD)] == [VALUE]


class TestTexts:
    @pytest.mark.parametrize(
        "text",
        [
            *("\t", "\n", "\r\n", "\b", "\f", "\v", "\0", "\x1b", "\x1f", "\x7f", "\x85", "\ufffe"),
            *("\u2028", "\u2029", "\ufeff", "\u00a0", "😀", "ą\u0328", '"', "'", "\\", "/"),
            *("C:\\new\\table", "\\u0041", "\\\\n", '\\"', '"@en', '" .\n<x:s> <x:p> "', ""),
        ],
        ids=ascii,
    )
    def test_text_is_read_back_to_the_letter(self, text: str) -> None:
        """Backslashes, control characters and ends of lines come back as they were."""
        written = write_jsonld(of(Literal(text)), PREFIXES)

        assert [quad.object for quad in parse(written, format=RdfFormat.JSON_LD)] == [Literal(text)]

    @pytest.mark.parametrize(
        ("lexical", "datatype"),
        [
            ("01", XSD.integer),
            ("1.50", XSD.decimal),
            ("1E3", XSD.double),
            ("1", XSD.boolean),
            ("true", XSD.boolean),
            ("2015-13-01", XSD.date),
            ('{"b": 1,  "a": 2.0}', RDF.JSON),
            ("{ no JSON", RDF.JSON),
            ("x", NamedNode("https://www.w3.org/ns/i18n#en_rtl")),
        ],
    )
    def test_typed_value_keeps_its_form(self, lexical: str, datatype: NamedNode) -> None:
        """Values stand as they were given, be they valid or not."""
        literal = Literal(lexical, datatype=datatype)

        written = write_jsonld(of(literal), PREFIXES)

        assert [quad.object for quad in parse(written, format=RdfFormat.JSON_LD)] == [literal]


class TestCollections:
    def test_collection_is_a_list(self) -> None:
        """Ordered values stand in their order, the same value twice if need be."""
        document = json.loads(write_jsonld(parsed(COLLECTION), PREFIXES))

        assert document["@graph"] == [{"@id": "ex:s", "ex:p": {"@list": ["1", "1"]}}]

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("", ""),
            ('"1"', "_:b"),
            ("_:b .", "_:a ."),
            (f'_:a {FIRST} "1" .\n', ""),
            (f'_:b {FIRST} "1" .\n', ""),
            ("_:a", f"{VALUE}"),
            (f"{NIL}", f"{VALUE}"),
            (f"_:b {REST}", f'_:b {P} "more" .\n_:b {REST}'),
        ],
        ids=["whole", "shared", "circle", "headless", "hollow", "named", "endless", "with more"],
    )
    def test_collection_however_spoilt_is_read_back_the_same(self, old: str, new: str) -> None:
        """What is no collection after all is written as the nodes it is made of."""
        graph = COLLECTION.replace(old, new) if old else COLLECTION

        written = write_jsonld(parsed(graph), PREFIXES)

        assert read(written, "jsonld") == read(graph.encode(), "nt")


class TestNetwork:
    def test_nothing_is_fetched(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """No context is ever asked for, also when the data speaks of one."""

        def refuse(*arguments: object, **named: object) -> NoReturn:
            raise AssertionError("the network was asked")

        monkeypatch.setattr(socket, "getaddrinfo", refuse)
        monkeypatch.setattr(socket.socket, "connect", refuse)
        context = NamedNode("https://schema.org/")
        triple = Triple(S, NamedNode("http://www.w3.org/ns/json-ld#context"), context)

        written = write_jsonld(rows([triple]), {"schema": context.value})

        assert read(written, "jsonld") == read(lines([triple]), "nt")
