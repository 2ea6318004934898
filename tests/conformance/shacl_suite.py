"""Read the W3C SHACL test suite: what is checked, and the report that is expected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from lod.rdf.namespaces import RDF, SH
from lod.rdf.terms import Term

SITE = "https://w3c.github.io/data-shapes/data-shapes-test-suite/tests/"

_MANIFEST = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_TEST = "http://www.w3.org/ns/shacl-test#"
_MARKS = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}

Row = tuple[str, ...]
"""Focus, path, value, component, severity and shape of a result; empty for what is not there."""


@dataclass(frozen=True, slots=True)
class ShaclTest:
    """One test: its data and shapes as N-Triples, and the results expected.

    :param expected: None when the shapes must be refused.
    :param messages: what the results must say, if the test says so.
    """

    iri: str
    data: bytes
    shapes: bytes
    expected: Counter[Row] | None
    messages: frozenset[str]
    is_whole: bool
    """Whether the folder has its documents."""

    @property
    def id(self) -> str:
        """The short name it is reported by, such as ``core/node/and-001``."""
        return self.iri.removeprefix(SITE)


class _Facts:
    """The triples of a document."""

    def __init__(self, quads: Sequence[Quad]) -> None:
        self._quads = quads

    def all(self, subject: Term | None, predicate: NamedNode) -> list[Term]:
        return [
            quad.object
            for quad in self._quads
            if quad.predicate == predicate and subject in {None, quad.subject}
        ]

    def one(self, subject: Term, predicate: NamedNode) -> Term | None:
        return next(iter(self.all(subject, predicate)), None)

    def items(self, head: Term | None) -> Iterator[Term]:
        while head is not None and head != RDF.nil:
            yield from self.all(head, RDF.first)
            head = self.one(head, RDF.rest)


def read_tests(folder: Path) -> tuple[ShaclTest, ...]:
    """Return the tests of the suite in a folder, in the order of its manifests."""
    return tuple(_tests(folder, "manifest.ttl"))


def _tests(folder: Path, name: str) -> Iterator[ShaclTest]:
    quads = _parsed(folder, name)
    facts = _Facts(quads)
    for included in facts.all(None, NamedNode(f"{_MANIFEST}include")):
        yield from _tests(folder, _name(included))
    for head in facts.all(None, NamedNode(f"{_MANIFEST}entries")):
        for test in facts.items(head):
            yield _test(folder, name, quads, test)


def _test(folder: Path, name: str, quads: list[Quad], test: Term) -> ShaclTest:
    facts = _Facts(quads)
    action = facts.one(test, NamedNode(f"{_MANIFEST}action"))
    report = facts.one(test, NamedNode(f"{_MANIFEST}result"))
    assert action is not None
    assert report is not None
    graphs = [facts.one(action, NamedNode(_TEST + each)) for each in ("dataGraph", "shapesGraph")]
    names = [_name(graph) for graph in graphs]
    is_whole = all((folder / each).is_file() for each in names)
    # Where all is one document its blank nodes can be told apart.
    content = [
        _lines(quads if each == name else _parsed(folder, each)) if is_whole else b""
        for each in names
    ]
    results = facts.all(report, SH.result)
    return ShaclTest(
        iri=str(getattr(test, "value", test)),
        data=content[0],
        shapes=content[1],
        expected=None
        if report == NamedNode(f"{_TEST}Failure")
        else Counter(_row(facts, each) for each in results),
        messages=frozenset(
            str(message) for each in results for message in facts.all(each, SH.resultMessage)
        ),
        is_whole=is_whole,
    )


def _row(facts: _Facts, result: Term) -> Row:
    path = facts.one(result, SH.resultPath)
    terms = [
        facts.one(result, each)
        for each in (
            *(SH.focusNode, SH.value, SH.sourceConstraintComponent),
            *(SH.resultSeverity, SH.sourceShape),
        )
    ]
    focus, *others = ("" if term is None else str(term) for term in terms)
    return (focus, "" if path is None else _path(facts, path), *others)


def _path(facts: _Facts, path: Term) -> str:
    """Return a property path as SPARQL writes it."""
    if isinstance(path, NamedNode):
        return str(path)
    if inverse := facts.one(path, SH.inversePath):
        return f"^{_path(facts, inverse)}"
    if alternatives := facts.one(path, SH.alternativePath):
        return f"({'|'.join(_path(facts, each) for each in facts.items(alternatives))})"
    for predicate, mark in _MARKS.items():
        if repeated := facts.one(path, predicate):
            return f"{_path(facts, repeated)}{mark}"
    return f"({'/'.join(_path(facts, each) for each in facts.items(path))})"


def _parsed(folder: Path, name: str) -> list[Quad]:
    path = folder / name
    return list(parse(path=path, format=RdfFormat.TURTLE, base_iri=SITE + name, lenient=True))


def _lines(quads: Sequence[Quad]) -> bytes:
    return "".join(f"{quad.triple} .\n" for quad in quads).encode()


def _name(document: Term | None) -> str:
    """Return the name of a document within the suite."""
    assert isinstance(document, NamedNode)
    return document.value.removeprefix(SITE)


def without_labels(rows: Counter[Row]) -> Counter[Row]:
    """Return rows whose blank nodes have no labels, for what stands in several documents."""
    plain: Counter[Row] = Counter()
    for row, number in rows.items():
        plain[tuple("_:" if each.startswith("_:") else each for each in row)] += number
    return plain
