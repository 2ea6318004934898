"""Who uses much waits for those that use little."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.config import Limits
from lod.engine.budgets import Budgets
from lod.errors import EngineError
from support.engines import ENDLESS, SMALL, SMALL_ANSWER, Started, select, started, write_data
from support.pace import slowness
from support.processes import eventually

LIMITS = Limits(query_seconds=4, workers=2, wait_seconds=2, client_seconds=6)

Uses = list[tuple[float, float]]
"""Seconds since the use before, and seconds used."""

uses = st.lists(st.tuples(st.floats(0, 100), st.floats(0, 20)), max_size=20)


class TestBudgets:
    @given(uses, st.integers(1, 100))
    def test_pause_is_just_long_enough(self, used: Uses, seconds: int) -> None:
        """Behind the pause a client may ask again, and not before."""
        budgets, now = Budgets(seconds), 1000.0
        for later, spent in used:
            now += later
            budgets.charge("a", spent, now)

        pause = budgets.pause("a", now)

        assert pause >= 0
        assert budgets.pause("a", now + pause + 0.01) == 0
        if pause > 0.01:
            assert budgets.pause("a", now + pause - 0.01) > 0

    @given(uses)
    def test_nobody_pays_for_others(self, used: Uses) -> None:
        """A client's budget is its own, and who has no name has none."""
        budgets, now = Budgets(5), 0.0
        for later, spent in used:
            now += later
            budgets.charge("a", spent, now)
            budgets.charge("", spent, now)

        assert budgets.spent("b", now) == budgets.spent("", now) == 0

    def test_no_bound_is_none(self) -> None:
        """Zero turns budgets off."""
        budgets = Budgets(0)
        budgets.charge("a", 1e9, 0)

        assert budgets.pause("a", 0) == budgets.spent("a", 0) == 0

    def test_memory_is_bounded(self) -> None:
        """Clients that used their share long ago are forgotten."""
        budgets = Budgets(60)
        for number in range(30_000):
            budgets.charge(str(number), 1, number / 10)

        assert len(budgets._spent) <= 10_000


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Started]:
    with started(write_data(tmp_path), LIMITS) as found:
        yield found


def ask(engine: Started, text: str, client: str) -> bytes:
    """Return the answer one client gets."""
    operation = replace(select(text), client=client)
    return b"".join(engine.engine.query(operation, "csv"))


def why(engine: Started, text: str, client: str) -> str:
    """Return the code of the error one client gets, '' for an answer."""
    try:
        ask(engine, text, client)
    except EngineError as error:
        return error.code
    return ""


class TestSharing:
    def test_who_used_its_share_is_told_how_long_to_wait(self, fresh: Started) -> None:
        """Over its budget a client is refused at once, others are not."""
        assert why(fresh, ENDLESS, "a") == "engine/time"
        assert why(fresh, ENDLESS, "a") == "engine/time"

        with pytest.raises(EngineError) as caught:
            ask(fresh, SMALL, "a")

        assert caught.value.code == "engine/budget"
        assert 0 < (caught.value.retry_after or 0) < 60
        assert ask(fresh, SMALL, "b") == SMALL_ANSWER

    def test_one_client_cannot_take_all_workers(self, fresh: Started) -> None:
        """While one floods the engine, another is answered as if it were alone."""
        with ThreadPoolExecutor(6) as pool:
            flood = [pool.submit(why, fresh, ENDLESS, "flood") for _ in range(6)]
            time.sleep(LIMITS.query_seconds + 0.5)  # it uses much by now
            took = []
            for _ in range(20):
                began = time.monotonic()
                assert ask(fresh, SMALL, "other") == SMALL_ANSWER
                took.append(time.monotonic() - began)
            assert {each.result() for each in flood} <= {
                "engine/time",
                "engine/busy",
                "engine/budget",
                "engine/crowded",
            }

        assert sorted(took)[10] < 0.1 * slowness()

    def test_long_query_gives_way(self, fresh: Started) -> None:
        """Two long queries of two clients do not keep a third one out."""
        with ThreadPoolExecutor(2) as pool:
            long = [pool.submit(why, fresh, ENDLESS, who) for who in ("a", "b")]
            assert eventually(lambda: len(fresh.workers()) == 2)
            time.sleep(0.2)
            began = time.monotonic()
            assert ask(fresh, SMALL, "c") == SMALL_ANSWER
            took = time.monotonic() - began
            ends = sorted(each.result() for each in long)

        assert took < 1.5 * slowness()
        assert ends == ["engine/crowded", "engine/time"]

    def test_nobody_gives_way_without_need(self, fresh: Started) -> None:
        """While nobody waits, long queries have all the time they are allowed."""
        with ThreadPoolExecutor(2) as pool:
            ends = list(pool.map(lambda who: why(fresh, ENDLESS, who), ("a", "b")))

        assert ends == ["engine/time", "engine/time"]

    def test_many_floods_leave_a_worker_free(self, fresh: Started) -> None:
        """Ten clients of cross products: each look-up of a known client is answered."""
        assert ask(fresh, SMALL, "other") == SMALL_ANSWER
        with ThreadPoolExecutor(10) as pool:

            def flood(who: str) -> None:
                until = time.monotonic() + 8
                while time.monotonic() < until:
                    with suppress(EngineError):
                        ask(fresh, ENDLESS, who)
                    time.sleep(0.01)

            floods = [pool.submit(flood, f"flood {number}") for number in range(10)]
            until = time.monotonic() + 8
            while time.monotonic() < until:
                assert ask(fresh, SMALL, "other") == SMALL_ANSWER
                time.sleep(0.05)
            for each in floods:
                each.result()
