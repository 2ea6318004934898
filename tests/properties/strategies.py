"""Strategies for terms, graphs and what clients send."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

from lod.rdf.namespaces import DCTERMS, OWL, RDF, RDFS, SKOS, XSD
from lod.rdf.prefixes import Prefixes

Row = tuple[str, str, str]
"""A triple as canonical N-Triples text, term by term."""

BASE = "https://data.example/"
NAMESPACES = {"ex": BASE, "thing": f"{BASE}id/thing/", "term": f"{BASE}def#", "odd": f"{BASE}odd-"}
PREFIXES = Prefixes(NAMESPACES)

_AWKWARD = "\t\n\r\f\b\0\x1b\x7f\x85\u2028\u2029\ufeff\ufffe\\\"'<>@^_:. #nrtuUąŠ™😀"
_LOCAL_NAMES = (
    *("", "a", "b", "c", "oak", "gänseblümchen", "2015", "a.b", "a.", ".a", "-a", "a-", "a:b"),
    *("a/b", "a//b", "a%20b", "%C4%85", "a'b", "(a)", "a~b", "a,b", "a;b=c", "a&b", "a?b=c", "ą/č"),
    *("a·b", "😀", "_", "_a", "0"),
)
_PROPERTIES = (
    *(f"{BASE}{name}" for name in ("p", "q", "höhe", "def#r")),
    *(each.value for each in (RDFS.label, SKOS.altLabel, SKOS.definition, DCTERMS.source)),
)
_LEXICAL = ["1", "01", "-0", "+5", "1.50", ".5", "5.", "1e3", "1.0E-7", "INF", "true", "1e", "x"]
_DATATYPES = (
    *(XSD.integer, XSD.decimal, XSD.double, XSD.boolean, XSD.date, XSD.string),
    *(NamedNode(f"{BASE}def#own"), RDF.HTML),
)


def texts(*, max_size: int = 20) -> st.SearchStrategy[str]:
    """Texts of any characters UTF-8 can hold, awkward ones more often."""
    anything = st.characters(exclude_categories=["Cs"])
    return st.text(st.one_of(st.sampled_from(_AWKWARD), anything), max_size=max_size)


def iris() -> st.SearchStrategy[str]:
    """Absolute IRIs inside and outside the prefixes' namespaces."""
    starts = st.sampled_from([*NAMESPACES.values(), "http://other.example/", "urn:uuid:"])
    return st.tuples(starts, st.sampled_from(_LOCAL_NAMES)).map("".join)


def named() -> st.SearchStrategy[str]:
    """IRIs as terms."""
    return iris().map(lambda value: str(NamedNode(value)))


def properties() -> st.SearchStrategy[str]:
    """Predicates, ``rdf:type`` among them."""
    known = st.sampled_from([*_PROPERTIES, RDF.type.value, OWL.sameAs.value])
    return known.map(lambda value: str(NamedNode(value)))


def literals() -> st.SearchStrategy[str]:
    """Texts, texts with a language, and typed literals, valid or not."""
    languages = st.sampled_from(["en", "lt", "en-gb", "de-1996", "zh-hant-tw"])
    datatypes = st.sampled_from(_DATATYPES)
    lexical = st.one_of(st.sampled_from(_LEXICAL), texts(max_size=8))
    return st.one_of(
        texts().map(Literal),
        st.builds(lambda text, tag: Literal(text, language=tag), texts(), languages),
        st.builds(lambda text, kind: Literal(text, datatype=kind), lexical, datatypes),
    ).map(str)


def plain_graphs(*, min_size: int = 0, max_size: int = 30) -> st.SearchStrategy[list[Row]]:
    """Graphs without blank nodes, no triple twice."""
    rows = st.tuples(named(), properties(), st.one_of(named(), literals()))
    return st.lists(rows, min_size=min_size, max_size=max_size, unique=True)


def graphs() -> st.SearchStrategy[list[Row]]:
    """Graphs with blank nodes: used once, shared, in circles, empty, and in collections."""
    both = st.builds(lambda one, other: one + other, _tangled(), _collections())
    return st.one_of(_tangled(), both)


def _tangled() -> st.SearchStrategy[list[Row]]:
    blanks = st.sampled_from([str(BlankNode(f"b{number}")) for number in range(3)])
    values = st.one_of(blanks, blanks, named(), literals())
    rows = st.tuples(st.one_of(named(), blanks, blanks), properties(), values)
    return st.lists(rows, max_size=8, unique=True)


@st.composite
def _collections(draw: st.DrawFn) -> list[Row]:
    """A collection within a collection, whole or spoilt by one triple too many or too few."""
    first, rest, nil = str(RDF.first), str(RDF.rest), str(RDF.nil)
    rows: list[Row] = []

    def collection(members: Sequence[str], name: str) -> str:
        cells = [*(f"_:{name}{number}" for number in range(len(members))), nil]
        for cell, member, following in zip(cells, members, cells[1:], strict=False):
            rows.extend([(cell, first, member), (cell, rest, following)])
        return cells[0]

    members = st.lists(st.one_of(named(), literals()), max_size=3)
    inner = collection(draw(members), "inner")
    outer = collection([*draw(members), inner], "outer")
    rows.append((f"<{BASE}a>", f"<{BASE}p>", outer))
    if draw(st.booleans()):
        rows.append((outer, draw(properties()), draw(literals())))
    if draw(st.booleans()):
        rows.pop(draw(st.integers(0, len(rows) - 1)))
    return list(dict.fromkeys(rows))


def prefix_maps() -> st.SearchStrategy[dict[str, str]]:
    """Prefixes that fit, overlap, are called like a scheme, or end as no prefix may."""
    namespaces = (
        *NAMESPACES.values(),
        *(
            f"{BASE}a",
            f"{BASE}id/",
            f"{BASE}def",
            "http://other.example/",
            "http://other.example/a/",
        ),
        *(RDF.iri, RDFS.iri, XSD.iri, "urn:uuid:", "https://"),
    )
    names = st.sampled_from(["", "a", "b", "ex", "long", "http", "https", "a.b", "rdf"])
    return st.dictionaries(names, st.sampled_from(namespaces), max_size=8)


def accept_headers() -> st.SearchStrategy[str]:
    """Headers such as clients send: ranges with weights, some of them odd."""
    ranges = st.sampled_from(
        [
            *("text/turtle", "text/html", "application/ld+json", "application/rdf+xml"),
            *("text/*", "application/*", "*/*", "application/xml", "text/plain", "image/png"),
        ]
    )
    weights = st.sampled_from(["", ";q=1", ";q=0", ";q=0.5", "; q=0.501", ";a=b;q=0.2", ";q=x"])
    return st.lists(st.tuples(ranges, weights).map("".join), max_size=6).map(", ".join)


def header_texts() -> st.SearchStrategy[str]:
    """Any text, with the signs that mean something in headers more often."""
    signs = st.sampled_from(',;="\\q*/ 01.-\t')
    return st.text(st.one_of(signs, signs, st.characters(exclude_categories=["Cs"])), max_size=40)
