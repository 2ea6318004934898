"""Read the manifests of the W3C test suites.

The suites are data outside the repository, in the folder that ``W3C_TESTS`` names. Their documents
have addresses under ``SITE``, and what they say is resolved against these: the results rely on it.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from lod.rdf.namespaces import RDF
from lod.rdf.terms import Term

VARIABLE = "W3C_TESTS"
SITE = "https://w3c.github.io/rdf-tests/"

MANIFEST = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_QUERY = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
_UPDATE = "http://www.w3.org/2009/sparql/tests/test-update#"
_DAWG_APPROVAL = "http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#approval"
_RDF_APPROVAL = "http://www.w3.org/ns/rdftest#approval"


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the suites and the address it stands for."""

    path: Path
    iri: str


@dataclass(frozen=True, slots=True)
class Action:
    """What a test is about: a document, and for a query the data it is asked over."""

    document: Document
    data: tuple[Document, ...] = ()
    graphs: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One test of a manifest.

    :param suite: the manifest's folder, as its path below the folder of all suites.
    :param type: local name of the test's class, such as ``TestTurtleEval``.
    :param approval: local name of its standing, such as ``Approved``.
    :param is_lax: whether the result may hold fewer duplicates.
    """

    suite: str
    iri: str
    name: str
    type: str
    action: Action
    result: Document | None
    approval: str | None
    is_lax: bool

    @property
    def id(self) -> str:
        """The short name it is reported by, such as ``rdf11/rdf-turtle/IRI_subject``."""
        return f"{self.suite.partition('/')[2]}/{local_name(self.iri)}"

    @property
    def expected(self) -> Document:
        """The result, of a test that has one."""
        if self.result is None:
            raise ValueError(f"{self.id} has no result")
        return self.result


def suites_folder() -> Path:
    """Return the folder of the suites; skip the module that asks when nothing names one."""
    named = os.environ.get(VARIABLE)
    if not named:
        pytest.skip(f"set {VARIABLE} to the folder of the W3C test suites", allow_module_level=True)
    return Path(named)


def read_suite(folder: Path, suite: str) -> tuple[Entry, ...]:
    """Return the tests of all manifests below a suite: manifests by path, tests in their order.

    Left out are the tests of protocols, which are about requests and not about documents.
    """
    paths = sorted((folder / suite).rglob("manifest.ttl"))
    return tuple(entry for path in paths for entry in _Manifest(folder, path).entries())


class Facts:
    """What a Turtle document says, to be asked term by term."""

    def __init__(self, path: Path, address: str) -> None:
        facts: defaultdict[tuple[Term, str], list[Term]] = defaultdict(list)
        for quad in parse(path=path, format=RdfFormat.TURTLE, base_iri=address):
            facts[quad.subject, quad.predicate.value].append(quad.object)
        self._facts: Mapping[tuple[Term, str], Sequence[Term]] = dict(facts)

    def members(self, cell: Term) -> Iterator[Term]:
        """Yield the members of a collection."""
        while first := self.all(cell, RDF.first.value):
            yield first[0]
            cell = self.all(cell, RDF.rest.value)[0]

    def one(self, node: Term, predicate: str) -> Term | None:
        """Return a value of a node, None when it has none."""
        return next(iter(self.all(node, predicate)), None)

    def all(self, node: Term, predicate: str) -> Sequence[Term]:
        """Return the values of a node."""
        return self._facts.get((node, predicate), ())

    def of_any(self, predicate: str) -> list[Term]:
        """Return the values of all nodes."""
        return [
            value
            for (_, name), values in self._facts.items()
            if name == predicate
            for value in values
        ]


class _Manifest:
    def __init__(self, folder: Path, path: Path) -> None:
        self._folder = path.parent
        self._suite = path.parent.relative_to(folder).as_posix()
        self._own_base = f"{SITE}{self._suite}/"
        self._facts = Facts(path, f"{self._own_base}{path.name}")
        assumed = self._facts.of_any(f"{MANIFEST}assumedTestBase")
        self._base = text_of(assumed[0]) if assumed else self._own_base

    def entries(self) -> Iterator[Entry]:
        """Yield what ``mf:entries`` lists; a test that no list names was withdrawn."""
        for head in self._facts.of_any(f"{MANIFEST}entries"):
            for node in self._facts.members(head):
                action = self._action(node)
                if action is not None:
                    yield self._entry(node, action)

    def _entry(self, node: Term, action: Action) -> Entry:
        result = self._facts.one(node, f"{MANIFEST}result")
        approval = self._facts.one(node, _DAWG_APPROVAL) or self._facts.one(node, _RDF_APPROVAL)
        cardinality = self._facts.one(node, f"{MANIFEST}resultCardinality")
        return Entry(
            suite=self._suite,
            iri=text_of(node),
            name=text_of(self._facts.one(node, f"{MANIFEST}name")),
            type=local_name(text_of(self._facts.one(node, RDF.type.value))),
            action=action,
            result=self._document(result) if isinstance(result, NamedNode) else None,
            approval=None if approval is None else local_name(text_of(approval)),
            is_lax=cardinality is not None and text_of(cardinality).endswith("#LaxCardinality"),
        )

    def _action(self, node: Term) -> Action | None:
        action = self._facts.one(node, f"{MANIFEST}action")
        if action is None:
            return None
        if isinstance(action, NamedNode):
            return Action(self._document(action))
        asked = self._facts.one(action, f"{_QUERY}query") or self._facts.one(
            action, f"{_UPDATE}request"
        )
        if asked is None:
            return None
        return Action(
            self._document(asked),
            tuple(map(self._document, self._facts.all(action, f"{_QUERY}data"))),
            tuple(map(self._document, self._facts.all(action, f"{_QUERY}graphData"))),
        )

    def _document(self, node: Term) -> Document:
        name = text_of(node).removeprefix(self._own_base)
        return Document(self._folder / name, f"{self._base}{name}")


def text_of(term: Term | None) -> str:
    """Return the IRI or lexical form of a term; manifests give nothing else here."""
    return "" if term is None else str(getattr(term, "value", term))


def local_name(iri: str) -> str:
    """Return what stands behind the ``#`` of an IRI."""
    return iri.rpartition("#")[2]
