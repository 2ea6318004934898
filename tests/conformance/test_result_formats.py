"""The answers of the W3C query tests in every format they are offered in."""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import count
from typing import Any

import pytest
from pyoxigraph import QueryResultsFormat, RdfFormat, Triple, parse, parse_query_results

from conformance.answers import Answer, Graph, Match, Table, answer, match, row
from conformance.expectations import read_expected
from conformance.known_failures import EQUAL_BY_VALUE
from conformance.manifests import Entry, read_suite, suites_folder
from conformance.questions import ask, ask_in, asks_for_order, refusal, text
from conformance.text_tables import CSV_COMMA, as_numbers, columns
from lod import sparql
from lod.config import Limits
from lod.engine.guard import inspect
from lod.engine.operation import QueryForm
from lod.engine.request import TABLE
from lod.rdf.formats import CSV, JSON_LD, RDF_XML, TSV, Format
from lod.rdf.rdfxml import NotWritableError
from lod.sparql import formats_for, read_table

FOLDER = suites_folder()
ENTRIES = [
    entry
    for entry in read_suite(FOLDER, "sparql")
    if entry.type == "QueryEvaluationTest"
    and entry.suite != "sparql/sparql11/service"
    and refusal(entry.action.document) is None
]
FILES = (
    *read_suite(FOLDER, "sparql/sparql11/csv-tsv-res"),
    *read_suite(FOLDER, "sparql/sparql11/json-res"),
)
WITHOUT_TRIPLE_TERMS = (JSON_LD, RDF_XML)


def written(*, holdable: bool) -> list[pytest.ParameterSet]:
    """Return each test with each format its answer is offered in, CSV apart: nobody reads it back.

    :param holdable: whether to return the formats that can hold the answer, or those that cannot.
    """
    return [
        pytest.param(entry, target, id=f"{entry.id}-{target.extension}")
        for entry in ENTRIES
        for target in formats_for(form_of(entry))
        if target is not CSV and can_hold(target, entry) is holdable
    ]


def form_of(entry: Entry) -> QueryForm:
    """Return the form of the query of a test."""
    return inspect(text(entry.action.document), Limits(), {}).form


def can_hold(target: Format, entry: Entry) -> bool:
    """Whether a format has a way to say the answer: some have none for triple terms."""
    if target not in WITHOUT_TRIPLE_TERMS:
        return True
    expected = read_expected(entry.expected, is_ordered=False)
    assert isinstance(expected, Graph)
    return not any(isinstance(each.object, Triple) for each in expected.triples)


def read_back(content: bytes, target: Format, *, is_ordered: bool) -> Answer:
    """Return the answer that a file says."""
    results = QueryResultsFormat.from_media_type(target.media_type)
    if results is not None:
        return answer(parse_query_results(content, results), is_ordered=is_ordered)
    graph = RdfFormat.from_media_type(target.media_type)
    return Graph(frozenset(quad.triple for quad in parse(content, format=graph)))


def shown() -> list[pytest.ParameterSet]:
    """Return the tests whose answer is a table or a yes or no, as a page shows it."""
    return [pytest.param(entry, id=entry.id) for entry in ENTRIES if not form_of(entry).gives_graph]


def on_page(table: sparql.Table, *, is_ordered: bool) -> Answer:
    """Return the answer that a page has to show."""
    if table.boolean is not None:
        return table.boolean
    rows = [row(dict(zip(table.variables, each, strict=True))) for each in table.rows]
    return Table(frozenset(table.variables), tuple(rows), is_ordered)


def files(suffix: str, *, by_value: bool = False) -> list[pytest.ParameterSet]:
    """Return the tests whose result is such a file, those listed as equal by value apart."""
    return [
        pytest.param(entry, id=entry.id)
        for entry in FILES
        if entry.expected.path.suffix == suffix and (entry.iri in EQUAL_BY_VALUE) is by_value
    ]


def document(content: str) -> dict[str, Any]:
    """Return a JSON document, its variables by name and its blank nodes numbered."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    found: dict[str, Any] = json.loads(content)
    found["head"].get("vars", []).sort()
    for binding in found.get("results", {}).get("bindings", ()):
        for _, term in sorted(binding.items()):
            if term["type"] == "bnode":
                term["value"] = numbers[term["value"]]
    return found


class TestRoundTrip:
    @pytest.mark.parametrize(("entry", "target"), written(holdable=True))
    def test_answer_is_read_back_the_same(self, entry: Entry, target: Format) -> None:
        """An answer says the same in every format it is offered in."""
        is_ordered = asks_for_order(entry)
        given = ask(entry)

        content = ask_in(entry, target.extension)

        again = read_back(content, target, is_ordered=is_ordered)
        assert match(given, again) is Match.EXACT, f"\ngiven {given}\nagain {again}"

    @pytest.mark.parametrize("entry", shown())
    def test_table_for_a_page_is_read_back_the_same(self, entry: Entry) -> None:
        """A page about a query shows the terms of its answer."""
        given = ask(entry)

        content = ask_in(entry, TABLE)

        again = on_page(read_table([content]), is_ordered=asks_for_order(entry))
        assert match(given, again) is Match.EXACT, f"\ngiven {given}\nagain {again}"

    @pytest.mark.parametrize(("entry", "target"), written(holdable=False))
    def test_answer_a_format_cannot_hold_is_refused(self, entry: Entry, target: Format) -> None:
        """Triple terms are never written wrongly: a format without a way to say them refuses."""
        with pytest.raises((NotWritableError, OSError), match=r"triple term|RDF 1\.2"):
            ask_in(entry, target.extension)


class TestFiles:
    """ORDER BY orders the rows of all these, so they are compared in their order."""

    @pytest.mark.parametrize("entry", files(".csv"))
    def test_csv_is_the_official_file(self, entry: Entry) -> None:
        """Our CSV has the rows and cells of the official file, character by character."""
        expected = columns(text(entry.expected), CSV_COMMA)

        given = columns(ask_in(entry, "csv").decode(), CSV_COMMA)

        assert given == expected

    @pytest.mark.parametrize("entry", files(".csv", by_value=True))
    def test_csv_has_the_numbers_of_the_official_file(self, entry: Entry) -> None:
        """Where the engine writes numbers in its own form, our CSV has at least their values."""
        expected = columns(text(entry.expected), CSV_COMMA)

        given = columns(ask_in(entry, "csv").decode(), CSV_COMMA)

        assert given != expected
        assert as_numbers(given) == as_numbers(expected)

    @pytest.mark.parametrize("entry", files(".tsv"))
    def test_tsv_is_the_official_file(self, entry: Entry) -> None:
        """Our TSV has the rows and cells of the official file, character by character."""
        expected = columns(text(entry.expected), "\t")

        given = columns(ask_in(entry, "tsv").decode(), "\t")

        assert given == expected

    @pytest.mark.parametrize("entry", files(".tsv", by_value=True))
    def test_tsv_has_the_values_of_the_official_file(self, entry: Entry) -> None:
        """Where the engine writes numbers in its own form, our TSV has at least their values."""
        expected = read_expected(entry.expected, is_ordered=True)

        given = read_back(ask_in(entry, "tsv"), TSV, is_ordered=True)

        assert match(expected, given) is Match.BY_VALUE

    @pytest.mark.parametrize("entry", files(".srj"))
    def test_json_is_the_official_file(self, entry: Entry) -> None:
        """Our JSON says all that the official file says, and nothing else."""
        expected = document(text(entry.expected))

        given = document(ask_in(entry, "json").decode())

        assert given == expected
