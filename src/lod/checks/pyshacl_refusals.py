"""Which shape pySHACL was at when it gave up, found in what it left on the stack."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import rdflib
from pyshacl import Shape
from pyshacl.constraints.constraint_component import ConstraintComponent
from rdflib.namespace import SH
from rdflib.term import Literal, Node

from lod.checks.pyshacl_terms import text

_REFERENCES = (SH.node, SH.property, SH["not"], SH.qualifiedValueShape)
_LISTS = (SH["and"], SH["or"], SH.xone)


class TooLongError(BaseException):
    """The time is nearly over; no exception pySHACL might catch."""


@contextmanager
def time_bound(seconds: float | None) -> Iterator[None]:
    """Raise where the process is when its time is nearly over, so that it can say where it was.

    :param seconds: of the whole process; without it, or where the system has no timers, there is
        no bound here.
    """
    if seconds is None or not hasattr(signal, "setitimer"):
        yield
        return

    def late(_number: int, _frame: FrameType | None) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, late)
    left = seconds - time.process_time() - max(1.0, seconds / 20)
    signal.setitimer(signal.ITIMER_REAL, max(left, 0.1))
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


def cycle(shapes: rdflib.Graph) -> list[str]:
    """Return shapes that refer to themselves by way of each other, none if no shape does."""
    done: set[Node] = set()
    for start in sorted(_referring(shapes), key=str):
        if start not in done:
            found = _cycle_from(shapes, start, done)
            if found:
                return [text(each) for each in found]
    return []


def _cycle_from(shapes: rdflib.Graph, start: Node, done: set[Node]) -> list[Node]:
    """Walk along references, and note what no cycle goes through."""
    path = [start]
    ahead = [_references(shapes, start)]
    while path:
        following = next(ahead[-1], None)
        if following is None:
            done.add(path.pop())
            ahead.pop()
        elif following in path:
            return path[path.index(following) :]
        elif following not in done:
            path.append(following)
            ahead.append(_references(shapes, following))
    return []


def _referring(shapes: rdflib.Graph) -> set[Node]:
    return {
        subject
        for predicate in (*_REFERENCES, *_LISTS)
        for subject in shapes.subjects(predicate, None)
    }


def _references(shapes: rdflib.Graph, shape: Node) -> Iterator[Node]:
    for predicate in _REFERENCES:
        yield from shapes.objects(shape, predicate)
    for predicate in _LISTS:
        for members in shapes.objects(shape, predicate):
            if not isinstance(members, Literal):
                yield from shapes.items(members)


