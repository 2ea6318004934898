"""Settle how a process that answers treats its memory, before its threads begin."""

from __future__ import annotations

import ctypes
import gc

_OBJECTS_BEFORE_COLLECTING = 10_000
_ARENA_MAX, _MMAP_THRESHOLD, _TRIM_THRESHOLD = -8, -3, -1
"""Numbers of ``mallopt`` of the GNU C library (``malloc.h``)."""
_ARENAS = 2
_LARGE_BYTES = 1 << 20


def settle() -> None:
    """Treat memory as suits a process that answers for weeks; called when all is loaded."""
    _give_back()
    _collect_seldom()


def _give_back() -> None:
    """Let the system have what is free again.

    The GNU C library keeps a heap for every few threads, and each stays as large as it once was:
    after a minute of large requests that is twice what is needed. The threads take turns anyway.
    Other libraries have no such heaps, and no such function.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_ARENA_MAX, _ARENAS)
        mallopt(_MMAP_THRESHOLD, _LARGE_BYTES)
        mallopt(_TRIM_THRESHOLD, _LARGE_BYTES)


def _collect_seldom() -> None:
    """Look for garbage less often, and not among what is there for good.

    Answers leave no circles behind, but what is kept of them is looked through again and again:
    a tenth of the time of a cold document.
    """
    gc.freeze()
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTING, 20, 50)
