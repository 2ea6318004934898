"""What a copy of the process finds is as if this one had found it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable

import pytest

from lod.checks.beside import Beside
from lod.process import can_be_copied


def wait_in_copy(here: int) -> Callable[[], str]:
    def find() -> str:
        if os.getpid() != here:
            time.sleep(60)
        return "here"

    return find


def test_result_is_that_of_the_function() -> None:
    """Whether a copy found it or not."""
    with Beside(lambda: [("ą", {1, 2})]) as beside:
        assert beside.result() == [("ą", {1, 2})]


def test_error_is_raised_where_the_result_is_wanted() -> None:
    """Not before, and as it was."""

    def find() -> None:
        raise ValueError("no room")

    with Beside(find) as beside, pytest.raises(ValueError, match="no room"):
        beside.result()


def test_what_cannot_be_handed_over_is_found_here() -> None:
    """A copy that fails costs time and nothing else."""
    with Beside(lambda: lambda: 3) as beside:
        assert beside.result()() == 3


def test_copy_ends_with_what_began_it() -> None:
    """Whoever fails beside it leaves nothing running."""
    began = time.monotonic()

    with pytest.raises(KeyError), Beside(wait_in_copy(os.getpid())):
        raise KeyError

    assert time.monotonic() - began < 30


def test_process_with_threads_is_not_copied() -> None:
    """A thread that holds a lock would not be there to let go of it."""
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        assert not can_be_copied()
        with Beside(os.getpid) as beside:
            assert beside.result() == os.getpid()
    finally:
        over.set()
        thread.join()
