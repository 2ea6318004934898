"""Notes on which texts are laid out as the formatter does it, so that each is laid out but once.

Whatever goes wrong with the notes costs time and nothing else.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from importlib import resources
from pathlib import Path

_FILE = "formatted"
_SIZE = 32


class FormattedTexts:
    """The notes in a folder; without one nothing is known."""

    def __init__(self, cache: Path | None) -> None:
        self._file = None if cache is None else cache / _FILE
        self._salt = _formatter() if self._file else b""
        self._known = self._read()
        self._seen: set[bytes] = set()

    def have(self, text: str) -> bool:
        """Whether this text was found to be laid out so before."""
        digest = self._digest(text)
        is_known = digest in self._known
        if is_known:
            self._seen.add(digest)
        return is_known

    def add(self, text: str) -> None:
        """Note that a text is laid out so."""
        self._seen.add(self._digest(text))

    def keep(self) -> None:
        """Write what was seen in this run, and forget the rest."""
        if self._file is not None and self._seen != self._known:
            with suppress(OSError):
                self._file.parent.mkdir(parents=True, exist_ok=True)
                self._file.write_bytes(b"".join(sorted(self._seen)))

    def _read(self) -> set[bytes]:
        if self._file is None:
            return set()
        try:
            content = self._file.read_bytes()
        except OSError:
            return set()
        return {content[start : start + _SIZE] for start in range(0, len(content), _SIZE)}

    def _digest(self, text: str) -> bytes:
        return hashlib.sha256(self._salt + text.encode()).digest()


def _formatter() -> bytes:
    """Return what tells one formatter from another: its code, and that of what it is made of."""
    code = hashlib.sha256()
    for entry in sorted(resources.files("lod.rdf").iterdir(), key=lambda each: each.name):
        if entry.name.endswith(".py"):
            code.update(entry.read_bytes())
    return code.digest()
