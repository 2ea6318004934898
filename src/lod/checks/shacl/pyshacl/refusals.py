"""Which shape pySHACL was at when it gave up, found in what it left on the stack."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from pyshacl import Shape
from pyshacl.constraints.constraint_component import ConstraintComponent

from lod.checks.shacl.pyshacl.terms import text


class TooLongError(BaseException):
    """The time is nearly over; no exception pySHACL might catch."""


@contextmanager
def time_bound(deadline: float | None) -> Iterator[None]:
    """Raise wherever the process is when its time is over, so that it can say where it was.

    :param deadline: by the monotonic clock, which all processes of a system share; without it, or
        where the system has no timers, there is no bound here.
    """
    if deadline is None or not hasattr(signal, "setitimer"):
        yield
        return

    def late(_number: int, _frame: FrameType | None) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, max(deadline - time.monotonic(), 0.001))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def blame(error: BaseException) -> dict[str, Any]:
    """Return the ``shapes`` that were being checked, the innermost last, and the ``component``."""
    shapes: dict[str, None] = {}
    component = ""
    traceback = error.__traceback__
    while traceback is not None:
        owner = traceback.tb_frame.f_locals.get("self")
        if isinstance(owner, ConstraintComponent):
            component = str(owner.shacl_constraint_component)
            owner = owner.shape
        if isinstance(owner, Shape):
            name = text(owner.node)
            shapes.pop(name, None)
            shapes[name] = None
        traceback = traceback.tb_next
    return {"shapes": list(shapes), "component": component}
