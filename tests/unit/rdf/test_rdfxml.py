"""What RDF/XML cannot say is refused before it is written."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from lod.rdf.namespaces import RDF
from lod.rdf.rdfxml import NotWritableError, checked

BASE = "https://data.example/"
S = NamedNode(f"{BASE}s")
P = NamedNode(f"{BASE}p")


def about(predicate: str) -> Triple:
    """Return a triple with a property of this local name."""
    return Triple(S, NamedNode(BASE + predicate), Literal("x"))


def written(triple: Triple) -> list[Triple]:
    """Return what is read back from RDF/XML."""
    content = serialize(checked([triple]), format=RdfFormat.RDF_XML) or b""
    return [quad.triple for quad in parse(content, format=RdfFormat.RDF_XML)]


class TestChecked:
    def test_what_can_be_said_passes_unchanged(self) -> None:
        """Plain statements pass as they are, in their order, doubles included."""
        triples = [about("p"), Triple(BlankNode("b"), P, S), about("p"), about("p")]

        assert list(checked(triples)) == triples

    def test_it_is_found_only_when_reached(self) -> None:
        """Statements pass one by one, so that a large graph need not be held."""
        passing = checked([about("p"), about("1")])

        assert next(passing) == about("p")
        with pytest.raises(NotWritableError):
            next(passing)

    @pytest.mark.parametrize("predicate", ["p", "1a", "a1", "höhe", "a.b", "a-", "_", "x/y#z", "č"])
    def test_property_that_ends_in_a_name_is_written(self, predicate: str) -> None:
        """A property becomes an element, whose name is the end of its IRI."""
        assert written(about(predicate)) == [about(predicate)]

    @pytest.mark.parametrize("predicate", ["", "1", "2015", "p/", "p#", "p?a=", "a-1/", "%41", "."])
    def test_property_without_a_name_at_its_end_is_refused(self, predicate: str) -> None:
        """The message names the property that no XML element can stand for."""
        with pytest.raises(NotWritableError) as caught:
            list(checked([about(predicate)]))

        assert f"<{BASE}{predicate}>" in str(caught.value)

    @pytest.mark.parametrize(
        "name", ["li", "Description", "RDF", "ID", "about", "aboutEach", "bagID", "resource"]
    )
    def test_property_that_is_syntax_is_refused(self, name: str) -> None:
        """RDF/XML reads some of its own names as syntax, so they cannot be properties in it."""
        with pytest.raises(NotWritableError):
            list(checked([Triple(S, RDF[name], S)]))

    @pytest.mark.parametrize("name", ["_1", "value", "first", "type"])
    def test_property_of_rdf_itself_is_written(self, name: str) -> None:
        """Other names of RDF are properties like any."""
        triple = Triple(S, RDF[name], S)

        assert written(triple) == [triple]

    @pytest.mark.parametrize("character", ["\0", "\b", "\x0b", "\x1b", "\x1f", "\ufffe", "\uffff"])
    def test_text_with_a_character_xml_has_not_is_refused(self, character: str) -> None:
        """XML cannot hold control characters, not even escaped."""
        with pytest.raises(NotWritableError, match="control character"):
            list(checked([Triple(S, P, Literal(f"a{character}b"))]))

    @pytest.mark.parametrize(
        "text",
        ["\t \n \r \r\n", "<b>&amp;</b>", "]]>", "\"'", " a ", "\x7f\x85\u2028\ufeff", "😀ąč", ""],
    )
    def test_any_other_text_is_read_back_the_same(self, text: str) -> None:
        """Every other character comes back as it was, ends of lines and spaces included."""
        triple = Triple(S, P, Literal(text, language="lt"))

        assert written(triple) == [triple]

    @pytest.mark.parametrize(
        "triple",
        [Triple(S, P, Triple(S, P, S)), Triple(S, P, Triple(S, P, Triple(S, P, S)))],
        ids=["triple", "triple in a triple"],
    )
    def test_statement_about_a_statement_is_refused(self, triple: Triple) -> None:
        """RDF/XML 1.1 has no triple terms."""
        with pytest.raises(NotWritableError, match="triple term"):
            list(checked([triple]))

    @pytest.mark.parametrize("label", ["b", "f0xa1", "a-b", "_b", "a.b"])
    def test_blank_node_whose_label_is_a_name_is_written(self, label: str) -> None:
        """A label that is an XML name names the node."""
        content = serialize(
            checked([Triple(BlankNode(label), P, S), Triple(S, P, BlankNode(label))]),
            format=RdfFormat.RDF_XML,
        )

        assert len(list(parse(content or b"", format=RdfFormat.RDF_XML))) == 2

    @pytest.mark.parametrize("label", ["0", "0a", "9.b"])
    @pytest.mark.parametrize("side", ["subject", "object"])
    def test_blank_node_whose_label_is_no_name_is_refused(self, label: str, side: str) -> None:
        """A label that starts with a digit cannot stand in XML."""
        node = BlankNode(label)

        with pytest.raises(NotWritableError, match="label"):
            list(checked([Triple(node, P, S) if side == "subject" else Triple(S, P, node)]))
