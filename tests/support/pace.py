"""How quick this machine is at the moment, so that promised times mean the same everywhere.

Machines are shared, and their speed changes by the hour; a promise is about a machine that does
a small piece of work like the toolkit's own in ``USUAL`` seconds.
"""

from __future__ import annotations

import re
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

USUAL = 0.031
"""Seconds of processor time that the work takes where the promises were measured."""

_PATTERN = re.compile(r"(ex:[a-z0-9-]+)|\"([^\"]*)\"@([a-z]+)|[.;]")
_TEXT = "".join(
    f'ex:tree-{n} ex:height "{n}"@en ; ex:near ex:tree-{n * 7} .\n' for n in range(4000)
)


def slowness(tries: int = 5) -> float:
    """Return how many times longer this machine takes now; a quicker one counts as usual."""
    return max(1.0, min(_seconds() for _ in range(tries)) / USUAL)


@contextmanager
def slowness_meanwhile(pause: float = 2.0) -> Iterator[list[float]]:
    """Give a list that ends with how many times longer the machine took while the block ran.

    Processors that several share are slow by turns: a long piece of work is as slow as the
    machine was at most of its moments, which are looked at one by one.
    """
    found: list[float] = [1.0]
    samples: list[float] = []
    over = threading.Event()

    def look() -> None:
        while not over.wait(pause):
            samples.append(_seconds() / USUAL)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield found
    finally:
        over.set()
        watcher.join()
        if samples:
            found.append(max(1.0, statistics.median(samples)))


def _seconds() -> float:
    began = time.thread_time()
    found: dict[str, list[int]] = {}
    for match in _PATTERN.finditer(_TEXT):
        found.setdefault(match[0], []).append(match.start())
    sorted(found, key=lambda each: (len(found[each]), each))
    return time.thread_time() - began
