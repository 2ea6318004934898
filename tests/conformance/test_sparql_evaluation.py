"""The W3C tests of what queries answer, through our guard, evaluation and result formats."""

from __future__ import annotations

from collections.abc import Container

import pytest

from conformance.answers import Answer, Match, match
from conformance.expectations import read_expected
from conformance.known_failures import EQUAL_BY_VALUE, KNOWN_FAILURES
from conformance.manifests import Entry, read_suite, suites_folder
from conformance.questions import ask, asks_for_order

ENTRIES = [
    entry
    for entry in read_suite(suites_folder(), "sparql")
    if entry.type == "QueryEvaluationTest" and entry.suite != "sparql/sparql11/service"
]
LISTED = {*KNOWN_FAILURES, *EQUAL_BY_VALUE}


def listed(names: Container[str]) -> list[pytest.ParameterSet]:
    """Return the tests with these IRIs."""
    return [pytest.param(entry, id=entry.id) for entry in ENTRIES if entry.iri in names]


def unlisted() -> list[pytest.ParameterSet]:
    """Return the tests that are on no list."""
    return [pytest.param(entry, id=entry.id) for entry in ENTRIES if entry.iri not in LISTED]


def expected_of(entry: Entry) -> Answer:
    """Return the answer a test expects."""
    return read_expected(entry.expected, is_ordered=asks_for_order(entry))


class TestAnswers:
    @pytest.mark.parametrize("entry", unlisted())
    def test_answer_has_the_expected_terms(self, entry: Entry) -> None:
        """A query is answered with exactly the terms that the standard wants."""
        expected = expected_of(entry)

        given = ask(entry)

        found = match(expected, given, is_lax=entry.is_lax)
        assert found is Match.EXACT, f"\nexpected {expected}\ngiven    {given}"

    @pytest.mark.parametrize("entry", listed(EQUAL_BY_VALUE))
    def test_answer_listed_as_equal_by_value_is_that(self, entry: Entry) -> None:
        """Some answers have the right values in another lexical form; they are named one by one."""
        expected = expected_of(entry)

        given = ask(entry)

        found = match(expected, given, is_lax=entry.is_lax)
        assert found is Match.BY_VALUE, f"\nexpected {expected}\ngiven    {given}"

    @pytest.mark.parametrize("entry", listed(KNOWN_FAILURES))
    def test_answer_known_to_be_wrong_still_is(self, entry: Entry) -> None:
        """A test on the list of known failures leaves the list when it passes."""
        expected = expected_of(entry)

        given = ask(entry)

        found = match(expected, given, is_lax=entry.is_lax)
        assert found is Match.NONE, f"passes now, take it off the list: {entry.iri}"
