"""Processes of a server that are killed come back by themselves."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from http.client import HTTPException

import pytest

from acceptance.servers import Answer, Server, serving
from lod.release import Release
from support.processes import eventually, still_alive
from unit.cli.commands import Home, family

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
WHOLE = "n\r\n54\r\n"


@pytest.fixture(scope="module")
def mended(herbarium: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that is wounded again and again."""
    with serving(Home(tmp_path_factory.mktemp("mended")), herbarium.folder) as server:
        yield server


def kill(numbers: set[int]) -> None:
    """Kill processes in a way they cannot notice."""
    assert numbers
    for number in numbers:
        os.kill(number, signal.SIGKILL)


def answers_until_whole(server: Server, seconds: float = 10) -> list[Answer]:
    """Ask until a query is answered again, and return all answers."""
    end = time.monotonic() + seconds
    answers = []
    while time.monotonic() < end:
        answers.append(server.query(COUNT))
        if answers[-1].status == 200:
            return answers
        time.sleep(0.1)
    return answers


class TestHealing:
    def test_engine_that_lost_its_data_loads_it_again(self, mended: Server) -> None:
        """When the process that holds the data is killed, queries are answered again soon."""
        assert mended.query(COUNT).text == WHOLE
        before = mended.zygotes()

        kill(before)
        eventually(lambda: not still_alive(before))
        answers = answers_until_whole(mended)

        assert answers[-1].text == WHOLE
        assert all(each.status in {200, 503} for each in answers)
        assert all(each.headers["Retry-After"] for each in answers if each.status == 503)
        assert eventually(lambda: len(mended.zygotes() - before) == 1)
        assert answers_until_whole(mended)[-1].text == WHOLE

    def test_engine_that_ended_is_started_again(self, mended: Server) -> None:
        """When the whole engine is killed, it is started again; pages never needed it."""
        before = mended.brokers()
        engine = {*before, *(each for broker in before for each in family(broker))}

        kill(before)
        statuses = [mended.ask(path).status for path in ("/arten", "/arten.ttl", "/downloads/")]
        answers = answers_until_whole(mended)

        assert statuses == [200] * 3
        assert answers[-1].text == WHOLE
        assert all(each.status in {200, 503} for each in answers)
        assert mended.says("the query engine ended and is started again")
        assert eventually(lambda: not still_alive(engine))
        assert len([*mended.home.temporary.glob("lod-engine-*")]) <= 1

    def test_answering_process_is_replaced(self, mended: Server) -> None:
        """When the process that answers requests is killed, another takes its place."""
        before = mended.answering()

        kill(before)

        assert eventually(lambda: _is_healthy(mended), 10)
        assert not mended.answering() & before
        assert mended.query(COUNT).text == WHOLE


def _is_healthy(server: Server) -> bool:
    try:
        return server.ask("/healthz").status == 200
    except (OSError, HTTPException):
        return False
