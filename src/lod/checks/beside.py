"""Let a function run in a copy of this process while this one goes on with something else."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable
from contextlib import suppress
from tempfile import TemporaryFile
from typing import BinaryIO, Generic, TypeVar

from lod.process import can_be_copied

Found = TypeVar("Found")

_OVER, _FAILED = 0, 1


class Beside(Generic[Found]):
    """What a function finds; a context manager that ends the copy.

    Where no copy can be made, or one does not come to its end, the function runs here when the
    result is wanted: what goes wrong is told as if there were no copy.

    :param find: what it returns can be pickled; what else it does is done in the copy alone.
    """

    def __init__(self, find: Callable[[], Found]) -> None:
        self._find = find
        self._copy: int | None = None
        self._answer: BinaryIO | None = None
        if can_be_copied():
            self._answer = TemporaryFile()  # noqa: SIM115 - closed with this
            self._copy = _started(find, self._answer)

    def result(self) -> Found:
        """Return it, waiting for it; whatever the function raises is raised."""
        if self._copy is None or self._answer is None:
            return self._find()
        copy, self._copy = self._copy, None
        _, status = os.waitpid(copy, 0)
        if status != _OVER:
            return self._find()
        self._answer.seek(0)
        found: Found = pickle.load(self._answer)  # noqa: S301 - this very process wrote it
        return found

    def close(self) -> None:
        """End the copy."""
        if self._copy is not None:
            with suppress(ProcessLookupError):
                os.kill(self._copy, signal.SIGKILL)
            os.waitpid(self._copy, 0)
            self._copy = None
        if self._answer is not None:
            self._answer.close()

    def __enter__(self) -> Beside[Found]:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _started(find: Callable[[], object], answer: BinaryIO) -> int:
    """Start a copy of this process that writes what a function finds, and return its number."""
    copy = os.fork()
    if copy:
        return copy
    code = _FAILED
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        pickle.dump(find(), answer, pickle.HIGHEST_PROTOCOL)
        answer.flush()
        code = _OVER
    finally:
        os._exit(code)
