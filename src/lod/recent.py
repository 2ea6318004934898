"""What was used lately, by key: a bounded memory that threads may share."""

from __future__ import annotations

from typing import Generic, TypeVar

Value = TypeVar("Value")


class Recent(Generic[Value]):
    """Keeps values by key; what nobody asked for lately is forgotten.

    There are two shelves: when the new one is full it becomes the old one, whose values are taken
    over as they are asked for. That needs no lock: what two threads do at once is done twice.

    :param size: how many values a shelf holds.
    """

    __slots__ = ("_new", "_old", "_size")

    def __init__(self, size: int) -> None:
        self._size = size
        self._new: dict[object, Value] = {}
        self._old: dict[object, Value] = {}

    def get(self, key: object) -> Value | None:
        """Return the value of a key, None when it is not (or no longer) known."""
        found = self._new.get(key)
        if found is None:
            found = self._old.get(key)
            if found is not None:
                self.put(key, found)
        return found

    def put(self, key: object, value: Value) -> Value:
        """Keep a value, and return it."""
        if len(self._new) >= self._size:
            self._old, self._new = self._new, {}
        self._new[key] = value
        return value
