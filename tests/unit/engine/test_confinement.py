"""What a query cannot do even where no guard read it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from lod.config import Limits
from lod.engine.operation import FromClauses, QueryForm, QueryOperation
from lod.errors import EngineError, QueryError
from support.engines import SMALL_ANSWER, Started, select, started, write_data


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    limits = Limits(query_seconds=2, workers=1, wait_seconds=5)
    with started(write_data(tmp_path_factory.mktemp("engine")), limits) as found:
        yield found


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        found.listen()
        found.settimeout(0.3)
        yield found


def nobody_called(listener: socket.socket) -> bool:
    try:
        connection, _ = listener.accept()
    except TimeoutError:
        return True
    connection.close()
    return False


class TestNetwork:
    @pytest.mark.parametrize(
        "text",
        [
            "SELECT * {{ SERVICE <{}> {{ ?s ?p ?o }} }}",
            "SELECT * {{ SERVICE SILENT <{}> {{ ?s ?p ?o }} }}",
            "SELECT * {{ BIND(<{}> AS ?where) SERVICE ?where {{ ?s ?p ?o }} }}",
            "SELECT * FROM <{}> {{ ?s ?p ?o }}",
            "SELECT * FROM NAMED <{}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
            "SELECT * {{ GRAPH <{}> {{ ?s ?p ?o }} }}",
        ],
    )
    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
    def test_no_query_reaches_another_server(
        self, engine: Started, listener: socket.socket, text: str, host: str
    ) -> None:
        """Whatever a query names, no connection leaves the machine's query worker."""
        address = f"http://{host}:{listener.getsockname()[1]}/sparql"

        try:
            rows = engine.ask(text.format(address)).count(b"\r\n") - 1
        except (EngineError, QueryError) as error:
            assert "Permission" in str(error) or error.code.startswith(("query/", "engine/"))  # noqa: PT017 - an answer without rows is right as well
        else:
            assert rows <= 1

        assert nobody_called(listener)
        assert engine.ask() == SMALL_ANSWER

    def test_listener_would_notice(self, listener: socket.socket) -> None:
        """The listener of these tests does hear who calls."""
        with socket.create_connection(listener.getsockname()):
            assert not nobody_called(listener)


class TestFiles:
    @pytest.mark.parametrize("form", ["FROM", "FROM NAMED"])
    def test_no_query_reads_a_file(self, engine: Started, tmp_path: Path, form: str) -> None:
        """A file named as a graph is a graph that is not there."""
        secret = tmp_path / "secret.nt"
        secret.write_text('<x:s> <x:p> "secret" .\n')
        token = f"<{secret.as_uri()}>"
        clauses = FromClauses(default=(token,)) if form == "FROM" else FromClauses(named=(token,))
        text = f"SELECT ?o {form} {token} {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"

        answer = engine.engine.query(QueryOperation(text, QueryForm.SELECT, clauses), "csv")

        assert b"".join(answer) == b"o\r\n"


class TestWriting:
    @pytest.mark.parametrize(
        "text",
        [
            "INSERT DATA { <x:a> <x:b> <x:c> }",
            "DELETE WHERE { ?s ?p ?o }",
            "DROP ALL",
            "SELECT * { ?s ?p ?o } ; DROP ALL",
        ],
    )
    def test_no_query_changes_the_data(self, engine: Started, text: str) -> None:
        """Text that would write is not even understood by what evaluates queries."""
        with pytest.raises(QueryError) as caught:
            b"".join(engine.engine.query(select(text), "csv"))

        assert caught.value.code == "query/syntax"
        assert engine.ask() == SMALL_ANSWER
