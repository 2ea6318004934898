"""The W3C tests of what queries answer, asked over HTTP and read from what is sent.

One server holds the documents of all tests, each as a named graph under its own address. A request
names the documents of its test as the protocol lets it (``default-graph-uri``,
``named-graph-uri``), so that a server for each set of data is not needed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
    serialize,
)
from werkzeug.test import TestResponse

from conformance.answers import Answer, Graph, Match, Refusal, answer, match
from conformance.expectations import read_expected
from conformance.known_failures import AS_RELEASE, EQUAL_BY_VALUE, KNOWN_FAILURES
from conformance.manifests import Action, Document, Entry, read_suite, suites_folder
from conformance.questions import asks_for_order, named_by, text
from conformance.text_tables import CSV_COMMA, as_numbers, columns
from lod.config import Limits
from lod.web.settings import Settings
from support.apps import served
from support.projects import CONFIGURATION, release_of, write_project

pytestmark = pytest.mark.thorough

ENTRIES = [
    entry
    for entry in read_suite(suites_folder(), "sparql")
    if entry.type in {"QueryEvaluationTest", "CSVResultFormatTest"}
    and entry.suite != "sparql/sparql11/service"
]
SOLUTIONS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}
BOOLEANS = ("application/sparql-results+json", "application/sparql-results+xml")
TEXTS = {".csv": ("text/csv", CSV_COMMA), ".tsv": ("text/tab-separated-values", "\t")}
NOT_PUBLISHED = {"sparql/sparql12/eval-triple-terms", "sparql/sparql12/lang-basedir"}
"""Suites with data that only RDF 1.2 has, which a release does not hold yet."""
NOTHING = "https://data.example/no-such-graph"
"""A graph that holds nothing, for a test without data."""
REPRESENTATIVE = (
    "sparql/sparql10/algebra",
    "sparql/sparql10/i18n",
    "sparql/sparql10/optional",
    "sparql/sparql11/aggregates",
    "sparql/sparql11/construct",
    "sparql/sparql11/exists",
    "sparql/sparql11/project-expression",
    "sparql/sparql11/subquery",
)
"""Suites asked again, each set of data a release of its own: a second or so for each."""

Served = AbstractContextManager[Flask]
AnyTerm = TypeVar("AnyTerm", NamedNode | BlankNode, NamedNode | BlankNode | Literal)


def asked_over(entry: Entry) -> list[Document]:
    """Return the documents that a test, or its query, names as its data."""
    action = entry.action
    return [*action.data, *action.graphs, *named_by(action.document)]


def is_published(document: Document) -> bool:
    """Whether a release can hold a document: what only RDF 1.2 has cannot be published yet."""
    objects = (quad.object for quad in parse(path=document.path, base_iri=document.iri))
    return not any(
        isinstance(each, Triple) or (isinstance(each, Literal) and each.direction)
        for each in objects
    )


def documents() -> Mapping[str, Document]:
    """Return the documents that tests are asked over, by address."""
    found: dict[str, Document] = {}
    for entry in ASKED:
        for each in asked_over(entry):
            assert found.setdefault(each.iri, each).path == each.path, each
    return found


def quads_of_all(documents: Iterable[Document], scope: str) -> list[Quad]:
    """Return documents as named graphs, none with a blank node of another."""
    return [
        Quad(
            apart(quad.subject, f"{scope}{number}"),
            quad.predicate,
            apart(quad.object, f"{scope}{number}"),
            NamedNode(document.iri),
        )
        for number, document in enumerate(documents)
        for quad in parse(path=document.path, base_iri=document.iri)
    ]


def apart(term: AnyTerm, scope: str) -> AnyTerm:
    """Return a term; a blank node has a label that no other scope has."""
    return type(term)(f"{scope}x{term.value}") if isinstance(term, BlankNode) else term


ASKED = [entry for entry in ENTRIES if all(map(is_published, asked_over(entry)))]


def served_quads(folder: Path, separate: Iterable[Quad], data: Iterable[Quad]) -> Served:
    """Return a context that serves some graphs as they are named, and some data."""
    named, default = (serialize(each, format=RdfFormat.N_QUADS) for each in (separate, data))
    assert named is not None
    assert default is not None
    toml = f'{CONFIGURATION}\n[paths]\nseparate = ["data/separate"]\n'
    files = {"data/separate/documents.nq": named.decode(), "data/default.nq": default.decode()}
    write_project(folder / "project", {**files, "lod.toml": toml})
    patient = Settings(limits=replace(Limits(), wait_seconds=60, client_seconds=100_000))
    return served(release_of(folder / "project", folder / "out"), patient)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A server that holds the documents of all tests."""
    quads = quads_of_all(documents().values(), "any")
    with served_quads(tmp_path_factory.mktemp("evaluation"), quads, []) as app:
        yield app.test_client()


class Releases:
    """One server at a time, of a release that holds the data of a test and nothing else."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self._action: Action | None = None
        self._client: FlaskClient | None = None

    def client(self, action: Action) -> FlaskClient:
        """Return a client of the server with the data of a test; it ends the one before."""
        if self._client is None or self._action is None or over(action) != over(self._action):
            self._stack.close()
            data = [Quad(*quad.triple) for quad in quads_of_all(action.data, "default")]
            named = quads_of_all(action.graphs, "named")
            folder = Path(tempfile.mkdtemp(dir=self._folder))
            app = self._stack.enter_context(served_quads(folder, named, data))
            self._action, self._client = action, app.test_client()
        return self._client


def over(action: Action) -> tuple[tuple[Document, ...], tuple[Document, ...]]:
    """Return the data of a test."""
    return action.data, action.graphs


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Releases]:
    """A server for each set of data, for as long as tests ask it."""
    with ExitStack() as stack:
        yield Releases(tmp_path_factory.mktemp("releases"), stack)


def dataset(entry: Entry) -> Mapping[str, Sequence[str]]:
    """Return the parameters that name the documents of a test as the dataset."""
    data, graphs = entry.action.data, entry.action.graphs
    if named_by(entry.action.document):
        return {}
    return {
        "named-graph-uri": [each.iri for each in graphs],
        "default-graph-uri": [each.iri for each in data] if data or graphs else [NOTHING],
    }


def send(
    client: FlaskClient,
    entry: Entry,
    media_type: str,
    chosen: Mapping[str, Sequence[str]],
) -> TestResponse:
    """Ask the query of a test in a format; every other one goes by POST."""
    query = entry.action.document
    parameters = {"query": f"BASE <{query.iri}> {text(query)}", **chosen}
    headers = {"Accept": media_type}
    if len(text(query)) % 2:
        return client.post("/sparql", data=parameters, headers=headers)
    return client.get("/sparql", query_string=parameters, headers=headers)


def expected_of(entry: Entry) -> Answer:
    """Return the answer a test expects."""
    return read_expected(entry.expected, is_ordered=asks_for_order(entry))


def given_by(response: TestResponse, media_type: str, *, is_ordered: bool) -> Answer:
    """Return what an answer says, read by its media type."""
    if response.status_code != 200:
        return Refusal(f"{response.status}: {response.text}")
    assert response.mimetype == media_type
    if media_type in SOLUTIONS:
        results = parse_query_results(response.data, format=SOLUTIONS[media_type])
        return answer(results, is_ordered=is_ordered)
    quads = parse(response.data, format=GRAPHS[media_type])
    return Graph(frozenset(quad.triple for quad in quads))


def wanted(entry: Entry, failures: Container[str] = KNOWN_FAILURES) -> Match:
    """Return how far the answer to a test agrees with what the test expects."""
    if entry.iri in failures:
        return Match.NONE
    return Match.BY_VALUE if entry.iri in EQUAL_BY_VALUE else Match.EXACT


def formats_of(expected: Answer) -> Iterable[str]:
    """Return the media types an answer is asked in."""
    if isinstance(expected, Graph):
        return GRAPHS
    return BOOLEANS if isinstance(expected, bool) else SOLUTIONS


def cases(*, of_texts: bool) -> list[pytest.ParameterSet]:
    """Return the tests whose result is a text table, or all others."""
    return [
        pytest.param(entry, id=entry.id)
        for entry in ASKED
        if (entry.expected.path.suffix in TEXTS) is of_texts
    ]


def found_in_each_format(
    client: FlaskClient, entry: Entry, chosen: Mapping[str, Sequence[str]]
) -> Mapping[str, Match]:
    """Return by format how far what a program reads from it is what the test expects."""
    expected = expected_of(entry)
    is_ordered = asks_for_order(entry)

    given = {
        media_type: given_by(
            send(client, entry, media_type, chosen), media_type, is_ordered=is_ordered
        )
        for media_type in formats_of(expected)
    }

    return {name: match(expected, each, is_lax=entry.is_lax) for name, each in given.items()}


def representative() -> list[pytest.ParameterSet]:
    """Return the tests of the suites whose data is published for itself."""
    chosen = (each for each in ASKED if each.suite in REPRESENTATIVE and each.action.data)
    in_order = sorted(chosen, key=lambda each: str(over(each.action)))
    return [pytest.param(entry, id=entry.id) for entry in in_order]


class TestOneServer:
    @pytest.mark.parametrize("entry", cases(of_texts=False))
    def test_answer_in_each_format_is_as_listed(self, client: FlaskClient, entry: Entry) -> None:
        """What a program reads from each format is what the standard wants, or what is listed."""
        found = found_in_each_format(client, entry, dataset(entry))

        assert found == dict.fromkeys(found, wanted(entry))

    @pytest.mark.parametrize("entry", cases(of_texts=True))
    def test_text_table_is_the_official_file(self, client: FlaskClient, entry: Entry) -> None:
        """CSV and TSV have the rows and cells of the official files, or the same numbers."""
        media_type, separator = TEXTS[entry.expected.path.suffix]
        expected = columns(text(entry.expected), separator)

        response = send(client, entry, media_type, dataset(entry))

        given = columns(response.text, separator)
        assert response.content_type == f"{media_type}; charset=utf-8"
        if wanted(entry) is Match.EXACT:
            assert given == expected
        elif separator == CSV_COMMA:  # TSV that is listed has other datatypes, too
            assert given != expected
            assert as_numbers(given) == as_numbers(expected)

    def test_only_rdf_12_is_left_out(self) -> None:
        """Every test is asked but those over data that a release refuses."""
        left_out = {entry.suite for entry in ENTRIES if entry not in ASKED}

        assert left_out == NOT_PUBLISHED
        assert len(ASKED) >= 428


class TestOwnRelease:
    @pytest.mark.parametrize("entry", representative())
    def test_default_graph_of_a_release_is_asked(self, releases: Releases, entry: Entry) -> None:
        """Where the data is the default graph and its graphs are in TriG, answers are the same."""
        found = found_in_each_format(releases.client(entry.action), entry, {})

        assert found == dict.fromkeys(found, wanted(entry, {*KNOWN_FAILURES, *AS_RELEASE}))
