"""The W3C tests of SPARQL's grammar, through our guard and the engine's parser."""

from __future__ import annotations

import pytest

from conformance.known_failures import KNOWN_FAILURES
from conformance.manifests import Entry, read_suite, suites_folder
from conformance.questions import refusal, text
from lod.config import Limits
from lod.engine.guard import inspect
from lod.errors import QueryError

ENTRIES = read_suite(suites_folder(), "sparql")


def of_types(*types: str, known: bool = False) -> list[pytest.ParameterSet]:
    """Return the tests of these types that are known to fail, or else those that are not."""
    return [
        pytest.param(entry, id=entry.id)
        for entry in ENTRIES
        if entry.type in types
        and entry.action.document.path.suffix == ".rq"
        and (entry.iri in KNOWN_FAILURES) is known
    ]


def updates() -> list[pytest.ParameterSet]:
    """Return the tests about an update, right or wrong."""
    return [
        pytest.param(entry, id=entry.id)
        for entry in ENTRIES
        if entry.action.document.path.suffix == ".ru"
    ]


def federated() -> list[pytest.ParameterSet]:
    """Return the tests whose query asks other endpoints."""
    return [
        pytest.param(entry, id=entry.id)
        for entry in ENTRIES
        if entry.suite in {"sparql/sparql11/service", "sparql/sparql11/syntax-fed"}
    ]


POSITIVE = ("PositiveSyntaxTest", "PositiveSyntaxTest11")
NEGATIVE = ("NegativeSyntaxTest", "NegativeSyntaxTest11")


class TestQueries:
    @pytest.mark.parametrize("entry", of_types(*POSITIVE))
    def test_valid_query_passes_guard_and_parser(self, entry: Entry) -> None:
        """A query that the standard calls valid is taken."""
        reason = refusal(entry.action.document)

        assert reason is None

    @pytest.mark.parametrize("entry", of_types(*NEGATIVE))
    def test_broken_query_is_refused(self, entry: Entry) -> None:
        """A query that breaks the grammar is refused, by the guard or by the engine's parser."""
        reason = refusal(entry.action.document)

        assert reason is not None

    @pytest.mark.parametrize("entry", of_types(*POSITIVE, known=True))
    def test_valid_query_known_to_be_refused_still_is(self, entry: Entry) -> None:
        """A query on the list of known failures leaves the list when it is taken."""
        reason = refusal(entry.action.document)

        assert reason is not None, f"passes now, take it off the list: {entry.iri}"

    @pytest.mark.parametrize("entry", of_types(*NEGATIVE, known=True))
    def test_broken_query_known_to_be_taken_still_is(self, entry: Entry) -> None:
        """A query on the list of known failures leaves the list when it is refused."""
        reason = refusal(entry.action.document)

        assert reason is None, f"passes now, take it off the list: {entry.iri}"


class TestRefused:
    @pytest.mark.parametrize("entry", updates())
    def test_update_is_refused_before_the_engine_sees_it(self, entry: Entry) -> None:
        """The guard takes no update for a query, however it is written."""
        update = text(entry.action.document)

        with pytest.raises(QueryError) as caught:
            inspect(update, Limits(), {})

        assert caught.value.code in {"query/update", "query/empty"}

    @pytest.mark.parametrize("entry", federated())
    def test_query_that_asks_others_is_refused_before_the_engine_sees_it(
        self, entry: Entry
    ) -> None:
        """The guard lets no query leave the machine; the cure is told with the place."""
        query = text(entry.action.document)

        with pytest.raises(QueryError) as caught:
            inspect(query, Limits(), {})

        assert caught.value.code == "query/service"
        assert caught.value.line
