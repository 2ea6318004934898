"""A worker is kept from one query to the next, and nobody waits for it because of that."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from lod.config import Limits
from lod.engine.client import Engine
from lod.engine.loans import Loan
from lod.engine.sources import Sources
from lod.errors import EngineError
from support.engines import SMALL, SMALL_ANSWER, Started, select, started, write_data
from support.processes import eventually, look_at

LIMITS = Limits(query_seconds=2, workers=1, wait_seconds=2, client_seconds=4)
WORK = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER (?c != ?f) }"
"""Some milliseconds of work, short of what makes a worker go back."""


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    return write_data(tmp_path_factory.mktemp("loans"))


@pytest.fixture
def alone(sources: Sources) -> Iterator[Started]:
    with started(sources, LIMITS) as found:
        yield found


def ask(engine: Engine, client: str = "", text: str = SMALL) -> bytes:
    return b"".join(engine.query(replace(select(text), client=client), "csv"))


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def ask_until(engine: Engine, client: str, end: float) -> None:
    while time.monotonic() < end:
        ask(engine, client, WORK)


def test_broker_is_not_asked_for_every_query(alone: Started) -> None:
    """Many small queries in a row cost it next to nothing."""
    ask(alone.engine)
    broker = look_at(alone.broker)
    assert broker is not None

    for _ in range(2000):
        assert ask(alone.engine) == SMALL_ANSWER

    after = look_at(alone.broker)
    assert after is not None
    assert after.cpu_seconds - broker.cpu_seconds <= 0.03  # 0.3 when it was asked each time


def test_another_process_gets_the_worker_soon(alone: Started) -> None:
    """With one worker for all, who goes on and on does not keep it from others."""
    other = Engine(alone.engine.socket, LIMITS)
    is_over = False

    def go_on() -> int:
        number = 0
        while not is_over:
            ask(alone.engine, "first")
            number += 1
        return number

    with ThreadPoolExecutor() as pool:
        busy = pool.submit(go_on)
        taken = []
        for _ in range(20):
            time.sleep(0.005)
            began = time.monotonic()
            assert ask(other, "second") == SMALL_ANSWER
            taken.append(time.monotonic() - began)
        is_over = True
        assert busy.result() > 20
    assert sorted(taken)[10] < 0.05
    other.close()


def test_wish_that_comes_with_the_worker_is_heard(tmp_path: Path) -> None:
    """The broker may want a worker back before its client has read that it was given."""
    said = b'{"worker": true, "whole": true, "much": false}\n{"wanted": true}\n'
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "broker"))
        listener.listen()
        loan = Loan(tmp_path / "broker", patience=5)
        broker, _ = listener.accept()
        ours, theirs = socket.socketpair()
        with broker, ours, theirs:
            socket.send_fds(broker, [said], [theirs.fileno()])

            assert loan.ask("anyone", whole=False)["worker"]
            assert loan.is_wanted_back()
            loan.close()


def test_worker_is_given_back_when_nothing_is_asked(alone: Started) -> None:
    """A moment later another process finds it free at once."""
    ask(alone.engine)
    assert alone.engine._loans._kept
    assert eventually(lambda: not alone.engine._loans._kept)

    began = time.monotonic()
    assert ask(Engine(alone.engine.socket, LIMITS)) == SMALL_ANSWER
    assert time.monotonic() - began < 0.5


def test_what_is_asked_of_a_kept_worker_is_charged(sources: Sources) -> None:
    """Many short queries use a budget up as a few long ones do, and are refused then."""
    with started(sources, replace(LIMITS, client_seconds=1)) as alone:
        with pytest.raises(EngineError) as caught:
            ask_until(alone.engine, "greedy", time.monotonic() + 60)

        assert caught.value.code == "engine/budget"
        assert ask(alone.engine, "modest") == SMALL_ANSWER


def test_worker_that_died_while_kept_is_noticed(alone: Started) -> None:
    """The next query gets another one."""
    ask(alone.engine)
    (worker,) = alone.workers()
    os.kill(worker, signal.SIGKILL)
    assert eventually(lambda: alone.workers() not in (set(), {worker}))

    assert ask(alone.engine) == SMALL_ANSWER


def test_time_of_a_query_counts_from_its_own_start(alone: Started) -> None:
    """Not from when its worker was lent: it may run as long as any other."""
    end = time.monotonic() + LIMITS.query_seconds + 1
    while time.monotonic() < end:
        assert ask(alone.engine) == SMALL_ANSWER


def test_loans_end_with_what_holds_them(sources: Sources, tmp_path: Path) -> None:
    """An engine that nobody uses any more leaves no thread and no connection."""
    with started(sources, LIMITS) as alone:
        engine = Engine(alone.engine.socket, LIMITS)
        ask(engine)
        before = open_files()
        del engine
        assert eventually(lambda: open_files() < before)
        assert ask(alone.engine) == SMALL_ANSWER
