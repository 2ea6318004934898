"""RDF/XML and JSON-LD: read in full or refused with a reason, never fetched, never without end."""

from __future__ import annotations

import time

import pytest
from pyoxigraph import Quad

from lod.dataset.foreign import read_foreign
from lod.diagnostics import Diagnostic, Location, Severity
from lod.rdf.formats import JSON_LD, RDF_XML, Format

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="https://data.example/"'
THING = '<ex:Thing rdf:about="a"><ex:p xml:lang="en">ą</ex:p></ex:Thing>'
BASE = "https://data.example/"
TRIPLES = {
    '<https://data.example/a> <https://data.example/p> "ą"@en',
    "<https://data.example/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    " <https://data.example/Thing>",
}
SECONDS = 15
"""More than any of these takes on a busy machine; those that had no bound took minutes."""


def read(content: str | bytes, kind: Format) -> tuple[list[Quad], list[Diagnostic]]:
    findings: list[Diagnostic] = []
    data = content if isinstance(content, bytes) else content.encode()
    quads = list(read_foreign(data, kind, BASE, findings.append, "data/a.x"))
    return quads, findings


def refused(content: str | bytes, kind: Format) -> Diagnostic:
    """Return the one finding about a document nothing is read of, told in time."""
    started = time.monotonic()
    quads, (finding,) = read(content, kind)
    assert time.monotonic() - started < SECONDS
    assert quads == []
    assert finding.severity is Severity.ERROR
    return finding


def bomb(levels: int) -> str:
    """Return a document of some hundred letters that stands for 10 to the power of levels."""
    entities = "".join(
        f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, levels + 1)
    )
    return (
        f'<!DOCTYPE rdf:RDF [<!ENTITY e0 "lol">{entities}]>'
        f'<rdf:RDF {RDF}><ex:Thing rdf:about="a"><ex:p>&e{levels};</ex:p></ex:Thing></rdf:RDF>'
    )


class TestRead:
    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            (f"<rdf:RDF {RDF}>{THING}</rdf:RDF>", RDF_XML),
            (
                '{"@context": {"@vocab": "https://data.example/"}, "@id": "a", "@type": "Thing",'
                ' "p": {"@value": "ą", "@language": "en"}}',
                JSON_LD,
            ),
        ],
    )
    def test_triples_are_those_of_the_document(self, content: str, kind: Format) -> None:
        """Both formats give their triples, relative addresses resolved."""
        quads, findings = read(content, kind)

        assert {str(quad.triple) for quad in quads} == TRIPLES
        assert findings == []

    def test_entities_of_good_will(self) -> None:
        """Ontology editors write namespaces as entities; these are read."""
        content = (
            '<!DOCTYPE rdf:RDF [<!ENTITY base "https://data.example/"><!ENTITY a "&base;a">]>'
            f"<rdf:RDF {RDF}>{THING.replace(chr(34) + 'a' + chr(34), chr(34) + '&a;' + chr(34))}"
            "</rdf:RDF>"
        )

        quads, findings = read(content, RDF_XML)

        assert {str(quad.triple) for quad in quads} == TRIPLES
        assert findings == []

    def test_depth_of_good_will(self) -> None:
        """What people write is never too deep, and brackets in texts are none."""
        deep = "<ex:A><ex:p>" * 100 + "</ex:p></ex:A>" * 100

        assert len(read(f"<rdf:RDF {RDF}>{deep}</rdf:RDF>", RDF_XML)[0]) == 200
        assert len(read(f'{{"@id": "a", "x:p": "{"[{" * 3000}"}}', JSON_LD)[0]) == 1

    def test_what_stands_before_an_error_is_read(self) -> None:
        """Reading ends with the first error, whose place is told."""
        quads, (finding,) = read(f"<rdf:RDF {RDF}>\n{THING}\n<ex:B", RDF_XML)

        assert {str(quad.triple) for quad in quads} == TRIPLES
        assert finding.code == "rdf/syntax"
        assert finding.location is not None
        assert finding.location.path == "data/a.x"


class TestRefused:
    @pytest.mark.parametrize(
        ("content", "kind", "code"),
        [
            ("nonsense", JSON_LD, "jsonld/syntax"),
            ('{"@id": ', JSON_LD, "jsonld/syntax"),
            ("nonsense", RDF_XML, "rdf/syntax"),
            (f"<rdf:RDF {RDF}><rdf:li rdf:foo='1'/></rdf:RDF>", RDF_XML, "rdf/syntax"),
            (b'{"@id": "caf\xe9"}', JSON_LD, "jsonld/syntax"),
            (b'<?xml version="1.0" encoding="latin-1"?><a>\xe9</a>', RDF_XML, "rdf/syntax"),
        ],
    )
    def test_syntax_error(self, content: str | bytes, kind: Format, code: str) -> None:
        """What is no document of its format is a finding with the words of a person."""
        finding = refused(content, kind)

        assert finding.code == code
        assert finding.message[0].isupper()
        assert finding.message.endswith(".")
        assert "Parser error" not in finding.message

    @pytest.mark.parametrize("levels", [9, 12])
    def test_entities_that_expand_without_end(self, levels: int) -> None:
        """A small file that stands for gigabytes is told for what it is."""
        finding = refused(bomb(levels), RDF_XML)

        assert finding.message == "Its entities expand to far more than the file."
        assert finding.cure

    def test_entity_that_is_repeated(self) -> None:
        """A long entity that is used very often is told as well."""
        content = (
            f'<!DOCTYPE rdf:RDF [<!ENTITY a "{"a" * 100_000}">]>'
            f'<rdf:RDF {RDF}><ex:Thing rdf:about="a"><ex:p>{"&a;" * 20_000}</ex:p></ex:Thing>'
            "</rdf:RDF>"
        )

        assert refused(content, RDF_XML).cure

    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            (
                f"<rdf:RDF {RDF}>{'<ex:A><ex:p>' * 50_000}{'</ex:p></ex:A>' * 50_000}</rdf:RDF>",
                RDF_XML,
            ),
            ('{"@id":"x:a","x:p":' * 20_000 + '"a"' + "}" * 20_000, JSON_LD),
            ("[" * 100_000 + "]" * 100_000, JSON_LD),
            ("[" * 100_000, JSON_LD),
        ],
    )
    def test_deep_nesting(self, content: str, kind: Format) -> None:
        """What nobody writes is told with its line before it takes all memory."""
        finding = refused(content, kind)

        assert "stand more than 1,000 deep in one another" in finding.message
        assert finding.location is not None
        assert finding.location.line == 1

    @pytest.mark.parametrize("context", ['"https://schema.org/"', '["file:///etc/passwd"]'])
    def test_context_elsewhere(self, context: str) -> None:
        """A context that stands in the network or in another file is not fetched."""
        finding = refused(f'{{"@context": {context}, "@id": "x:a", "p": "b"}}', JSON_LD)

        assert finding.message == (
            "The file takes its @context from the network, and nothing is fetched."
        )
        assert finding.cure == "Write the context into the file, or expand the file first."

    @pytest.mark.parametrize(
        "entity", ['SYSTEM "file:///etc/passwd"', 'SYSTEM "https://data.example/x"']
    )
    def test_entity_elsewhere(self, entity: str) -> None:
        """An entity that stands in another file is not read."""
        content = (
            f"<!DOCTYPE rdf:RDF [<!ENTITY a {entity}>]>"
            f'<rdf:RDF {RDF}><ex:Thing rdf:about="a"><ex:p>&a;</ex:p></ex:Thing></rdf:RDF>'
        )

        quads, findings = read(content, RDF_XML)

        assert findings
        assert not any("root:" in str(quad) for quad in quads)

    def test_finding_leads_to_the_file(self) -> None:
        """A document with no place to lead to leads to its file."""
        assert refused(bomb(9), RDF_XML).location == Location("data/a.x")
