"""Notes on which shapes graphs were found well-formed, so that each is checked but once.

A note is an empty file named after what the shapes say. Whatever goes wrong with the notes costs
time and nothing else.
"""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from pathlib import Path

MOST = 100
"""How many notes are kept."""

# In N-Triples, what is no blank node between quotes or angle brackets is none.
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|<[^>]*>|_:[^\s<"]+')


class Approvals:
    """The note on one shapes graph; without a folder there is none."""

    def __init__(self, cache: Path | None, shapes: bytes, engine: str) -> None:
        self._note = None if cache is None else cache / "shapes" / fingerprint(shapes, engine)

    def known(self) -> bool:
        """Whether these shapes were found well-formed before."""
        try:
            return self._note is not None and self._note.is_file()
        except OSError:
            return False

    def note(self) -> None:
        """Note that these shapes are well-formed, and forget what was noted long ago."""
        if self._note is None:
            return
        with suppress(OSError):
            self._note.parent.mkdir(parents=True, exist_ok=True)
            self._note.touch()
            _prune(self._note.parent)


def fingerprint(shapes: bytes, engine: str) -> str:
    """Return a name for what N-Triples say to an engine, whatever their blank nodes are called.

    Blank nodes are told apart by the order in which they come.

    :param engine: its name and version.
    """
    numbers: dict[bytes, bytes] = {}

    def renamed(found: re.Match[bytes]) -> bytes:
        token = found[0]
        if not token.startswith(b"_:"):
            return token
        return numbers.setdefault(token, b"_:%d" % len(numbers))

    # Most lines have no blank node, and to take these apart would take longer than all else.
    told = hashlib.sha256(engine.encode() + b"\n")
    for line in shapes.splitlines(keepends=True):
        told.update(_TOKEN.sub(renamed, line) if b"_:" in line else line)
    return told.hexdigest()


def _prune(folder: Path) -> None:
    with os.scandir(folder) as entries:
        notes = sorted(entries, key=lambda entry: entry.stat().st_mtime, reverse=True)
    for entry in notes[MOST:]:
        Path(entry.path).unlink(missing_ok=True)
