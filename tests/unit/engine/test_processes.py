"""The processes of an engine: they heal, and they end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lod.config import Limits
from lod.engine.launcher import RunningEngine
from lod.engine.sources import Sources
from lod.errors import EngineError
from support.engines import (
    ENDLESS,
    LARGE,
    SMALL_ANSWER,
    SUBJECTS,
    Started,
    construct,
    select,
    started,
    write_data,
)
from support.processes import descendants, eventually, look_at, still_alive

LIMITS = Limits(query_seconds=5, workers=2, wait_seconds=5, answer_mb=64)

OWNER = """
import sys, time
from pathlib import Path
from lod.config import Limits
from lod.engine.launcher import RunningEngine
from lod.engine.sources import Sources
from lod.engine.operation import QueryForm, QueryOperation

running = RunningEngine(Sources([Path(sys.argv[1])]), Limits(workers=2))
answer = running.engine.query(QueryOperation(sys.argv[2], QueryForm.CONSTRUCT), "nt")
print("answering", flush=True)
time.sleep(60)
"""


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    return write_data(tmp_path)


@pytest.fixture
def fresh(sources: Sources) -> Iterator[Started]:
    with started(sources, LIMITS) as found:
        yield found


class TestHangingUp:
    def test_query_ends_when_nobody_listens_any_more(self, fresh: Started) -> None:
        """A client that hangs up in the middle of an answer ends its query at once."""
        assert eventually(lambda: len(fresh.workers()) == 2)
        before = fresh.workers()
        answer = fresh.engine.query(construct(LARGE), "nt")
        next(iter(answer))

        answer.close()

        assert eventually(lambda: len(before & fresh.workers()) == 1, 1.0)
        assert eventually(lambda: len(fresh.workers()) == 2)
        assert fresh.ask() == SMALL_ANSWER

    def test_whole_answers_keep_their_worker(self, fresh: Started) -> None:
        """Workers are used again: an answer read to its end costs no process."""
        assert eventually(lambda: len(fresh.workers()) == 2)
        before = fresh.workers()

        for _ in range(20):
            fresh.ask()

        assert fresh.workers() == before

    def test_closing_twice_does_no_harm(self, fresh: Started) -> None:
        """An answer may be closed as often as one likes."""
        answer = fresh.engine.query(construct(LARGE), "nt")

        answer.close()
        answer.close()

        assert fresh.ask() == SMALL_ANSWER


class TestChance:
    def test_no_two_workers_draw_the_same(self, fresh: Started) -> None:
        """Workers are copies of one process; what they draw by chance is not."""
        assert eventually(lambda: len(fresh.workers()) == 2)
        query = select("SELECT (UUID() AS ?x) {}")

        drawn = {b"".join(fresh.engine.query(query, "csv")) for _ in range(6)}

        assert len(drawn) == 6


class TestHealing:
    def test_killed_worker_is_replaced(self, fresh: Started) -> None:
        """A worker that is gone is replaced before anyone notices."""
        assert eventually(lambda: len(fresh.workers()) == 2)
        before = fresh.workers()

        for worker in before:
            os.kill(worker, signal.SIGKILL)

        assert eventually(lambda: len(fresh.workers() - before) == 2)
        assert fresh.ask() == SMALL_ANSWER

    def test_killed_worker_tells_its_client(self, fresh: Started) -> None:
        """A client whose worker is gone gets an error, never a part for the whole."""
        answer = iter(fresh.engine.query(construct(LARGE), "nt"))
        next(answer)

        for worker in fresh.workers():
            os.kill(worker, signal.SIGKILL)

        with pytest.raises(EngineError) as caught:
            b"".join(answer)
        assert caught.value.code in {"engine/memory", "engine/lost"}

    def test_killed_zygote_is_started_again(self, fresh: Started) -> None:
        """Without the process that holds the data everything starts afresh by itself."""
        workers = fresh.workers()

        zygote = _kill_zygote(fresh)

        assert eventually(lambda: fresh.zygote() not in {zygote, None}, 10)
        assert eventually(lambda: _answers(fresh), 10)
        assert eventually(lambda: not still_alive(workers))

    def test_answer_under_way_survives_the_zygote_or_says_that_it_did_not(
        self, fresh: Started
    ) -> None:
        """An answer is whole or ends with an error, also when the engine restarts meanwhile."""
        answer = iter(fresh.engine.query(construct(LARGE), "nt"))
        pieces = [next(answer)]

        _kill_zygote(fresh)

        try:
            pieces.extend(answer)
        except EngineError as error:
            outcome = error.code
        else:
            outcome = "whole"
            assert b"".join(pieces).count(b"\n") == SUBJECTS**2
        assert outcome in {"whole", "engine/lost"}

    @pytest.mark.slow
    def test_endless_query_without_its_zygote_ends(self, sources: Sources) -> None:
        """A worker that lost its parent in mid-query is ended by the system."""
        limits = Limits(query_seconds=1, workers=1, wait_seconds=5)
        with started(sources, limits) as found, ThreadPoolExecutor(1) as pool:
            workers = found.workers()
            asked = pool.submit(_failure, found, ENDLESS)
            time.sleep(0.1)

            _kill_zygote(found)

            assert asked.result().code == "engine/lost"
            assert eventually(lambda: not still_alive(workers))

    def test_killed_broker_is_noticed(self, sources: Sources) -> None:
        """Whoever owns the engine can see that it is gone; a query says so at once."""
        with started(sources, LIMITS) as found:
            everyone = found.all()
            assert found.running.is_running

            os.kill(found.broker, signal.SIGKILL)

            assert eventually(lambda: not found.running.is_running)
            with pytest.raises(EngineError) as caught:
                found.ask()
            assert caught.value.code == "engine/away"
            assert caught.value.retry_after
            assert eventually(lambda: not still_alive(everyone))

    def test_data_that_cannot_be_loaded_is_no_hang(self, tmp_path: Path) -> None:
        """An engine whose data cannot be read says that it is not ready, in bounded time."""
        limits = Limits(workers=1, wait_seconds=1)
        with RunningEngine(Sources([tmp_path / "missing.nt"]), limits) as running:
            began = time.monotonic()

            with pytest.raises(EngineError) as caught:
                running.engine.query(select("SELECT * { ?s ?p ?o }"), "csv")

        assert caught.value.code == "engine/starting"
        assert time.monotonic() - began < 3


class TestEnding:
    def test_close_leaves_no_process_and_no_folder(self, sources: Sources) -> None:
        """Closing an engine ends its processes, a busy one included, and removes its socket."""
        with started(sources, LIMITS) as found:
            everyone = found.all()
            folder = found.engine.socket.parent
            answer = found.engine.query(construct(LARGE), "nt")

            found.running.close()
            answer.close()

            assert eventually(lambda: not still_alive(everyone))
            assert not folder.exists()

    def test_socket_is_for_its_owner_alone(self, fresh: Started) -> None:
        """Nobody else on the machine may ask the engine."""
        assert fresh.engine.socket.stat().st_mode & 0o777 == 0o600
        assert fresh.engine.socket.parent.stat().st_mode & 0o077 == 0

    @pytest.mark.parametrize("kill", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
    def test_engine_ends_with_its_owner(
        self, sources: Sources, kill: signal.Signals, tmp_path: Path
    ) -> None:
        """However its owner ends, no process of the engine lives on, even in mid-query."""
        owner = subprocess.Popen(
            [sys.executable, "-c", OWNER, str(sources.files[0]), LARGE],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "TMPDIR": str(tmp_path)},
        )
        assert owner.stdout is not None
        assert owner.stdout.readline() == b"answering\n"
        everyone = _family(owner.pid)

        owner.send_signal(kill)
        owner.wait(10)
        owner.stdout.close()

        assert len(everyone) >= 4
        assert eventually(lambda: not still_alive(everyone), 10)

    def test_interrupt_from_the_keyboard_does_not_reach_the_engine(self, fresh: Started) -> None:
        """Ctrl+C goes to all processes of a terminal: the owner decides when the engine ends."""
        for each in fresh.all():
            os.kill(each, signal.SIGINT)

        time.sleep(0.2)

        assert fresh.running.is_running
        assert fresh.ask() == SMALL_ANSWER


class TestConfinement:
    def test_worker_has_no_file_and_no_socket_but_its_own(self, fresh: Started) -> None:
        """A worker holds its one connection and can open nothing more."""
        for worker in fresh.workers():
            folder = Path("/proc", str(worker))
            open_files = {
                int(each.name): str(each.readlink()) for each in (folder / "fd").iterdir()
            }
            limits = (folder / "limits").read_text()

            assert {number for number in open_files if number > 2} == {3}
            assert [each for each in open_files.values() if "socket" in each] == [open_files[3]]
            assert all(open_files[number] == "/dev/null" for number in (0, 1))
            assert [line.split()[3:5] for line in limits.splitlines() if "open files" in line] == [
                ["4", "4"]
            ]

    def test_process_that_forks_has_no_thread(self, fresh: Started) -> None:
        """The process that workers are forked from has one thread, as fork demands."""
        for each in fresh.all() - fresh.workers() - {fresh.broker}:
            assert len([*Path("/proc", str(each), "task").iterdir()]) == 1

    @pytest.mark.slow
    def test_processor_time_is_bounded_by_the_system(self, sources: Sources) -> None:
        """Even when nobody watches, the system ends a worker that takes too long."""
        limits = Limits(query_seconds=1, workers=1, wait_seconds=5)
        with started(sources, limits) as found, ThreadPoolExecutor(1) as pool:
            workers = found.workers()
            asked = pool.submit(_failure, found, ENDLESS)
            time.sleep(0.1)

            os.kill(found.broker, signal.SIGSTOP)
            ended = eventually(lambda: not still_alive(workers), 20)
            os.kill(found.broker, signal.SIGCONT)

            assert ended
            assert asked.result().code == "engine/time"


def _failure(found: Started, text: str) -> EngineError:
    with pytest.raises(EngineError) as caught:
        found.ask(text)
    return caught.value


def _kill_zygote(found: Started) -> int:
    zygote = found.zygote()
    assert zygote is not None
    os.kill(zygote, signal.SIGKILL)
    return zygote


def _answers(found: Started) -> bool:
    try:
        return found.ask() == SMALL_ANSWER
    except EngineError:
        return False


def _family(number: int) -> set[int]:
    assert look_at(number)
    return {number, *(each.number for each in descendants(number))}
