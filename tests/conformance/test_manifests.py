"""That the W3C suites are whole, and that every test of them is run or left out by name."""

from __future__ import annotations

from collections import Counter

import pytest

from conformance.known_failures import EQUAL_BY_VALUE, KNOWN_FAILURES
from conformance.manifests import read_suite, suites_folder

FOLDER = suites_folder()
ENTRIES = (*read_suite(FOLDER, "rdf"), *read_suite(FOLDER, "sparql"))

TESTS = Counter(entry.suite for entry in ENTRIES)
KINDS = {entry.type for entry in ENTRIES}

AT_LEAST = {
    "rdf/rdf11/rdf-n-quads": 87,
    "rdf/rdf11/rdf-n-triples": 70,
    "rdf/rdf11/rdf-trig": 356,
    "rdf/rdf11/rdf-turtle": 313,
    "rdf/rdf12/rdf-n-quads/c14n": 41,
    "rdf/rdf12/rdf-n-quads/syntax": 27,
    "rdf/rdf12/rdf-n-triples/c14n": 41,
    "rdf/rdf12/rdf-n-triples/syntax": 29,
    "rdf/rdf12/rdf-trig/eval": 25,
    "rdf/rdf12/rdf-trig/syntax": 35,
    "rdf/rdf12/rdf-turtle/eval": 29,
    "rdf/rdf12/rdf-turtle/syntax": 74,
    "sparql/sparql10/algebra": 14,
    "sparql/sparql10/ask": 4,
    "sparql/sparql10/basic": 27,
    "sparql/sparql10/boolean-effective-value": 7,
    "sparql/sparql10/bound": 1,
    "sparql/sparql10/cast": 7,
    "sparql/sparql10/expr-builtin": 25,
    "sparql/sparql10/expr-equals": 15,
    "sparql/sparql10/expr-ops": 18,
    "sparql/sparql10/i18n": 5,
    "sparql/sparql10/open-world": 18,
    "sparql/sparql10/optional": 7,
    "sparql/sparql10/optional-filter": 5,
    "sparql/sparql10/reduced": 2,
    "sparql/sparql10/regex": 21,
    "sparql/sparql10/solution-seq": 13,
    "sparql/sparql10/syntax-sparql1": 81,
    "sparql/sparql10/syntax-sparql2": 53,
    "sparql/sparql10/syntax-sparql3": 51,
    "sparql/sparql10/syntax-sparql4": 12,
    "sparql/sparql10/syntax-sparql5": 2,
    "sparql/sparql10/triple-match": 4,
    "sparql/sparql10/type-promotion": 30,
    "sparql/sparql11/aggregates": 47,
    "sparql/sparql11/cast": 6,
    "sparql/sparql11/clear": 4,
    "sparql/sparql11/construct": 7,
    "sparql/sparql11/copy": 6,
    "sparql/sparql11/csv-tsv-res": 6,
    "sparql/sparql11/delete": 19,
    "sparql/sparql11/delete-data": 6,
    "sparql/sparql11/delete-insert": 17,
    "sparql/sparql11/drop": 4,
    "sparql/sparql11/exists": 6,
    "sparql/sparql11/functions": 75,
    "sparql/sparql11/json-res": 4,
    "sparql/sparql11/move": 6,
    "sparql/sparql11/project-expression": 7,
    "sparql/sparql11/property-path": 33,
    "sparql/sparql11/service": 7,
    "sparql/sparql11/subquery": 14,
    "sparql/sparql11/syntax-fed": 3,
    "sparql/sparql11/syntax-query": 94,
    "sparql/sparql11/syntax-update-1": 54,
    "sparql/sparql11/syntax-update-2": 1,
    "sparql/sparql11/update-silent": 13,
    "sparql/sparql12/eval-triple-terms": 41,
    "sparql/sparql12/lang-basedir": 11,
    "sparql/sparql12/syntax": 6,
    "sparql/sparql12/syntax-triple-terms-negative": 65,
    "sparql/sparql12/syntax-triple-terms-positive": 113,
    "sparql/sparql12/version": 9,
}
"""Tests by suite: more may come, none may be lost."""

ASKED = {
    *("TestTurtleEval", "TestTurtlePositiveSyntax", "TestTurtleNegativeSyntax"),
    *("TestTrigEval", "TestTrigPositiveSyntax", "TestTrigNegativeSyntax"),
    *("TestNTriplesPositiveSyntax", "TestNTriplesNegativeSyntax", "TestNTriplesPositiveC14N"),
    *("TestNQuadsPositiveSyntax", "TestNQuadsNegativeSyntax", "TestNQuadsPositiveC14N"),
    *("QueryEvaluationTest", "CSVResultFormatTest"),
    *("PositiveSyntaxTest", "PositiveSyntaxTest11", "NegativeSyntaxTest", "NegativeSyntaxTest11"),
}
"""Kinds of tests that must come out as the suites say."""

REFUSED = {
    "UpdateEvaluationTest",
    *("PositiveUpdateSyntaxTest", "PositiveUpdateSyntaxTest11"),
    *("NegativeUpdateSyntaxTest", "NegativeUpdateSyntaxTest11"),
}
"""Kinds of tests that must be refused: the published data is read-only."""

LEFT_OUT = {"TestXMLEval", "TestXMLNegativeSyntax"}
"""Kinds of tests that are not run: RDF/XML is written, never read."""


class TestSuites:
    @pytest.mark.parametrize("suite", sorted(AT_LEAST))
    def test_no_test_of_a_suite_is_lost(self, suite: str) -> None:
        """A suite has at least the tests it had when it was first run."""
        assert TESTS[suite] >= AT_LEAST[suite]

    def test_every_kind_of_test_is_run_or_left_out_by_name(self) -> None:
        """No kind of test is passed over in silence."""
        assert KINDS == ASKED | REFUSED | LEFT_OUT

    def test_every_file_a_test_names_is_there(self) -> None:
        """No test is about a file that the folder lacks."""
        named = [
            document
            for entry in ENTRIES
            for document in (entry.action.document, *entry.action.data, *entry.action.graphs)
        ] + [entry.result for entry in ENTRIES if entry.result]

        assert [document for document in named if not document.path.is_file()] == []

    def test_short_names_tell_tests_apart(self) -> None:
        """Each test is reported by a name of its own."""
        assert len({entry.id for entry in ENTRIES}) == len(ENTRIES)


class TestLists:
    def test_lists_name_only_tests_there_are(self) -> None:
        """A test that is on a list is in the suites."""
        listed = {*KNOWN_FAILURES, *EQUAL_BY_VALUE}

        assert listed - {entry.iri for entry in ENTRIES} == set()

    def test_no_test_is_on_both_lists(self) -> None:
        """A test fails or is equal by value, not both."""
        assert {*KNOWN_FAILURES} & {*EQUAL_BY_VALUE} == set()
