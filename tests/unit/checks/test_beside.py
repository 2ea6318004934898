"""What waits for another process goes on beside the rest of a check."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from lod.checks.beside import Beside


def test_result_is_waited_for() -> None:
    """It comes from another thread, however long that takes."""
    may_end = threading.Event()

    def find() -> str:
        assert may_end.wait(5)
        return threading.current_thread().name

    with Beside(find) as beside:
        may_end.set()
        assert beside.result() != threading.current_thread().name


def test_error_is_raised_where_the_result_is_wanted() -> None:
    """Not before, and as it was."""

    def find() -> None:
        raise ValueError("no room")

    with Beside(find) as beside, pytest.raises(ValueError, match="no room"):
        beside.result()


def test_nothing_goes_on_behind_it() -> None:
    """Whoever fails beside it leaves nothing running."""
    over: list[bool] = []
    wait: Callable[[float], bool] = threading.Event().wait

    def find() -> None:
        wait(0.1)
        over.append(True)

    with pytest.raises(KeyError), Beside(find):
        raise KeyError

    assert over == [True]
