"""Replace a file as a whole: it keeps its permissions, links and others' work are kept."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

Stamp = tuple[int, int, int]


def stamp_of(path: Path) -> Stamp:
    """Return what is another after each change of a file.

    :raises OSError: when it is no plain file: one would wait for a pipe without end.
    """
    if not path.is_file() and path.exists():
        raise OSError(0, "it is not a plain file")
    found = path.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino


def replace_file(path: Path, text: str, stamp: Stamp) -> bool:
    """Write a file in one step and return True; not if it is no more what the stamp is of.

    :raises OSError: when it cannot be written.
    """
    target = Path(os.path.realpath(path))
    if not target.stat().st_mode & 0o222 or not os.access(target, os.W_OK):
        raise PermissionError(0, "it is write-protected")
    handle, name = tempfile.mkstemp(
        prefix=f".{target.name[:50]}.", suffix=".tmp", dir=target.parent
    )
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode())
            stream.flush()
            os.fsync(stream.fileno())
        new.chmod(target.stat().st_mode & 0o7777)
        if stamp_of(target) != stamp:
            return False
        new.replace(target)
    finally:
        with suppress(FileNotFoundError):
            new.unlink()
    return True
