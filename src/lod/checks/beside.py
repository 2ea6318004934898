"""Let something that waits for another process go on beside what is done here."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Found = TypeVar("Found")


class Beside(Generic[Found]):
    """What a function finds, in a thread of its own from now on.

    A context manager: behind it the thread has ended, and with it the process it waited for.
    """

    def __init__(self, find: Callable[[], Found]) -> None:
        self._find = find
        self._found: list[Found] = []
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def result(self) -> Found:
        """Return it, waiting for it.

        :raises BaseException: what the function raised.
        """
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._found[0]

    def __enter__(self) -> Beside[Found]:
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join()

    def _run(self) -> None:
        try:
            self._found.append(self._find())
        except BaseException as error:  # noqa: BLE001 - raised where the result is asked for
            self._error = error
