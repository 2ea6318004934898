"""The scanner agrees with the parser on any text the parser takes, skipping or not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, RdfFormat, Triple, parse

from lod.rdf.scan_labels import Labels
from lod.rdf.scanner import PlacedTriple, scan
from lod.rdf.terms import Term, is_blank, is_iri

pytestmark = pytest.mark.thorough

BASE = "https://data.example/folder/a"
START = "PREFIX ex: <https://data.example/> PREFIX : <a#> PREFIX p.q: <b/>\n"

_GAPS = (" ", " ", " ", "\n", "\t", "\r\n", ' # ex:a ex:p 1 . [ ( "\n', "#'''\n", ' # """ <\r\n\n')
_NAMES = (
    *("ex:a", "ex:a", "ex:b", "ex:", ":", ":a", "ex:a.b", "p.q:c", "ex:a:b", "ex:a-1", "ex:1.5"),
    *("ex:a\\,b", "ex:a\\'b", "ex:\\#", "ex:a\\.", "ex:a%41.%42", "ex:é", "ex:𐀀x", "ex:a\\~\\;"),
    *("<>", "<a>", "<#a>", "<../b>", "<https://data.example/a>", "<\\u0061>", "<//data.example/b>"),
    *("<urn:x;y,z.(1)~'>", "<https://data.example/a.b>"),
)
_LABELS = ("_:x", "_:y", "_:a.b", "_:1", "_:é-", "_:c0ffeec0ffeec0ffeec0ffee12", "_:a0")
_STRINGS = (
    *('"x"', "'x'", '""', "''", '"."', '" ; ex:b ex:p 1 . "', "'[ ] ( ) { } ~ <<'", '"#"', "'\\''"),
    *('"\\""', '"\\\\"', "'\\u0022'", '"""a " b ""\n . # """', "'''it's ''\r\n] '''", '"""\\""""'),
    *('""""""', "'''\\\\'''", '"é😀"'),
)
_SUFFIXES = ("", "", "@en", "@lt-LT", "@ar--rtl", "^^ex:T", " ^^ <T>", "\n# ^^\n@en", " # @lt\n")
_PLAIN = ("1", "01", "-1", "1.5", "-.5", "+1.e3", "1e3", ".5E-1", "true", "false", "()", "[]")
_DIRECTIVES = (
    *("PREFIX ex: <https://other.example/>\n", "@prefix ex: <https://data.example/> .", "BASE <b>"),
    *("@base <https://data.example/folder/x/> .", "prefix : <> ", "VERSION '1.2'\n"),
)


def _gap() -> st.SearchStrategy[str]:
    return st.sampled_from(_GAPS)


def _joined(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Parts with gaps between."""
    mixed = [each for part in parts for each in (part, _gap())]
    return st.tuples(*mixed).map("".join)


_names = st.sampled_from(_NAMES)
_nodes = st.one_of(_names, _names, st.sampled_from(_LABELS))
_literals = st.one_of(
    st.tuples(st.sampled_from(_STRINGS), st.sampled_from(_SUFFIXES)).map("".join),
    st.sampled_from(_PLAIN[:10]),
)
_verbs = st.one_of(_names, st.just("a"))
_just = st.just


def _more(objects: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Objects that hold others."""
    # The parser refuses long strings within triples, against the grammar.
    short = st.one_of(_nodes, _literals.filter(lambda each: each[:3] not in {'"""', "'''"}))
    triple = (_nodes, _verbs, short)
    reifier = st.sampled_from(("", "~", "~ ex:r", "~ _:x"))
    return st.one_of(
        _joined(_just("["), _properties(objects), _just("]")),
        st.lists(objects, min_size=1, max_size=3).map(lambda each: f"( {' '.join(each)} )"),
        _joined(_just("<<("), *triple, _just(")>>")),
        _joined(_just("<<"), *triple, reifier, _just(">>")),
    )


def _properties(objects: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    annotated = st.one_of(
        objects,
        objects,
        objects,
        _joined(objects, _just("{|"), _verbs, objects, _just("|}")),
        _joined(objects, st.sampled_from(("~", "~ ex:r", "~ _:y {| ex:p 1 |}"))),
    )
    values = st.lists(annotated, min_size=1, max_size=3).map(" , ".join)
    return st.lists(_joined(_verbs, values), min_size=1, max_size=3).map(" ; ".join)


_objects = st.recursive(st.one_of(_nodes, _literals, st.sampled_from(_PLAIN)), _more, max_leaves=6)
_subjects = st.one_of(
    _nodes, _nodes, st.just("[]"), _more(_objects).filter(lambda each: "<<(" not in each[:3])
)
_triples = st.one_of(
    _joined(_subjects, _properties(_objects)),
    _joined(_nodes, _properties(_objects)),
    _joined(_just("["), _properties(_objects), _just("]")),
)
_statements = st.tuples(_triples, st.sampled_from((".", " .", ".\n", "# end\n. "))).map("".join)
_graphs = st.tuples(
    st.sampled_from(("ex:g", "GRAPH <g>", "", "_:x", "[]", "GRAPH _:c0ffeec0ffeec0ffeec0ffee12")),
    st.lists(_triples, max_size=3).map(" . ".join),
).map(lambda both: f"{both[0]} {{ {both[1]} }}\n")
_texts = st.lists(
    st.one_of(_statements, _statements, _statements, st.sampled_from(_DIRECTIVES), _graphs),
    min_size=1,
    max_size=6,
).map(lambda parts: START + "".join(parts))

Row = tuple[str, str, str, str]


def parsed(text: str) -> list[Row] | None:
    """Return what the parser reads, blank nodes without a label by number; None: it is refused."""
    labels = Labels()

    def shown(term: Term | DefaultGraph) -> str:
        if isinstance(term, Triple):  # what is within is numbered from left to right
            parts = [shown(term.subject), shown(term.predicate), shown(term.object)]
            return f"<<( {' '.join(parts)} )>>"
        if isinstance(term, BlankNode):
            return f"_:{labels.label(term.value)}"
        return "" if isinstance(term, DefaultGraph) else str(term)

    try:
        quads = list(parse(text.encode(), format=RdfFormat.TRIG, base_iri=BASE))
    except SyntaxError:
        return None
    return [
        (shown(each.subject), shown(each.predicate), shown(each.object), shown(each.graph_name))
        for each in quads
    ]


def row(triple: PlacedTriple) -> Row:
    return triple.subject.term, triple.predicate.term, triple.object.term, triple.graph


def with_node(triples: Sequence[PlacedTriple], node: str, *, is_object: bool) -> list[PlacedTriple]:
    """Return all triples of the statements that say something of a node."""
    wanted = {
        each.statement
        for each in triples
        if node == (each.object.term if is_object else each.subject.term)
    }
    return [each for each in triples if each.statement in wanted]


class TestScan:
    @given(_texts)
    def test_it_reads_what_the_parser_reads(self, text: str) -> None:
        """Triples, their order and the numbers of blank nodes are the parser's."""
        expected = parsed(text)
        assume(expected is not None)

        assert [row(each) for each in scan(text, BASE)] == expected

    @given(_texts)
    def test_what_is_skipped_changes_nothing(self, text: str) -> None:
        """Asked for some nodes, it tells exactly the statements with them that there are."""
        assume(parsed(text) is not None)
        everything = list(scan(text, BASE))
        subjects = dict.fromkeys(each.subject.term for each in everything)
        objects = dict.fromkeys(each.object.term for each in everything)

        for node in subjects:
            expected = with_node(everything, node, is_object=False)
            assert list(scan(text, BASE, {node})) == expected
        for node in objects:
            if is_blank(node) or (is_iri(node) and not node.startswith("<<")):
                expected = with_node(everything, node, is_object=True)
                assert list(scan(text, BASE, (), {node})) == expected
        assert list(scan(text, BASE, {"<urn:nobody>", "_:nobody", "_:-1000"})) == []
