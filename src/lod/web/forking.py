"""Start the processes that answer as copies of this one, which has loaded all they need.

A process that starts from nothing loads the application again, and the first page comes half a
second later. To fork is safe as long as nothing else runs here: threads begin when the last process
was forked, and one that has to be replaced later starts from nothing.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Sequence


class Starting:
    """What is to happen around the forks of the first processes.

    :param processes: how many there will be.
    :param threads: to start when all of them are there.
    :param leave: called in each process that is not to keep what is this one's.
    """

    def __init__(
        self, processes: int, threads: Sequence[threading.Thread], leave: Callable[[], None]
    ) -> None:
        self._missing = processes
        self._threads = threads
        self._leave = leave

    def prepare(self) -> None:
        """Choose how processes start; elsewhere than on Linux, always from nothing."""
        if sys.platform != "linux":
            self._go_on()
            return
        import lod.web.app  # noqa: PLC0415 - for all processes at once
        import lod.web.memory  # noqa: PLC0415
        import lod.web.metrics  # noqa: F401, PLC0415

        multiprocessing.set_start_method("fork", force=True)
        os.register_at_fork(after_in_parent=self._count, after_in_child=self._leave)

    def _count(self) -> None:
        self._missing -= 1
        if self._missing == 0:
            self._go_on()

    def _go_on(self) -> None:
        multiprocessing.set_start_method("spawn", force=True)
        for thread in self._threads:
            thread.start()
