"""Match texts against a pattern, where it might take forever in a limited process."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType

from lod.checks.shacl.compiled.patterns import read_pattern
from lod.errors import ProcessError
from lod.process import run_limited

_QUICK = 3_000_000
"""Steps that a pattern may take in this process; each is some tens of nanoseconds."""
_MOMENT = 0.2
"""Seconds for texts that might take longer, before they are given to a limited process."""
_SECONDS, _MEMORY_MB = 20, 1024


class Matcher:
    """Says which texts a pattern matches somewhere.

    :param owner: what asks for the pattern, in words.
    :raises re.error: when it is no regular expression.
    """

    def __init__(self, pattern: str, flags: str, owner: str) -> None:
        read = read_pattern(pattern, flags)
        self._given = (pattern, flags)
        self._owner = owner
        self._power = read.power
        self._search = read.compiled.search
        self._known: dict[str, bool] = {}

    def matched(self, texts: Iterable[str]) -> set[str]:
        """Return the texts that match.

        :raises ProcessError: when that does not end in time.
        """
        known, long = self._known, []
        new = {text for text in texts if text not in known}
        for text in new:
            if self._is_quick(text):
                known[text] = self._search(text) is not None
            else:
                long.append(text)
        if long:
            long = list(self._late(long))
        if long:
            known.update(zip(long, self._limited(long), strict=True))
        return {text for text in texts if known[text]}

    def _is_quick(self, text: str) -> bool:
        length = max(len(text), 2)
        steps = 2.0 ** min(length, 60) if self._power is None else float(length) ** self._power
        return steps <= _QUICK

    def _late(self, texts: list[str]) -> Iterator[str]:
        """Yield the texts that a moment was not enough for; most patterns only look dangerous."""
        waiting = iter(texts)
        text = next(waiting, None)
        try:
            with _moment():
                while text is not None:
                    self._known[text] = self._search(text) is not None
                    text = next(waiting, None)
        except _LateError:
            if text is not None and text not in self._known:
                yield text
            yield from waiting

    def _limited(self, texts: list[str]) -> list[bool]:
        payload = json.dumps([*self._given, texts]).encode()
        name = "lod.checks.shacl.compiled.matching:match"
        try:
            answer = run_limited(name, payload, seconds=_SECONDS, memory_mb=_MEMORY_MB)
        except ProcessError as error:
            if error.code != "process/time":
                raise
            raise ProcessError(
                "shacl/time",
                f"The pattern {self._given[0]!r} of {self._owner} did not end within {_SECONDS} s.",
                cure="Write it without a repetition in a repetition, such as (a+)+.",
            ) from None
        found: list[bool] = json.loads(answer)
        return found


class _LateError(Exception):
    """The moment is over."""


@contextmanager
def _moment() -> Iterator[None]:
    """Raise an error in here after a moment.

    Python's matching looks for signals, which come to the main thread alone; in others, and where
    the system has no timers, the moment is over at once.
    """
    can_wait = threading.current_thread() is threading.main_thread() and hasattr(
        signal, "setitimer"
    )
    if not can_wait:
        raise _LateError

    def late(_number: int, _frame: FrameType | None) -> None:
        raise _LateError

    handler = signal.signal(signal.SIGALRM, late)
    timer, _ = signal.setitimer(signal.ITIMER_REAL, _MOMENT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, timer)
        signal.signal(signal.SIGALRM, handler)


def match(payload: bytes) -> bytes:
    """Return as JSON which of some texts match; runs in the limited process."""
    pattern, flags, texts = json.loads(payload)
    search = read_pattern(pattern, flags).compiled.search
    return json.dumps([search(text) is not None for text in texts]).encode()
