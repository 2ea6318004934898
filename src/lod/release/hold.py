"""Keep a release in a cache from being removed while somebody serves it."""

from __future__ import annotations

from pathlib import Path

from lod.release.manifest import FILE_NAME
from lod.release.opening import Release

try:
    import fcntl
except ImportError:  # Windows: there a file that is open cannot be removed in any case
    fcntl = None  # type: ignore[assignment]


class Hold:
    """Holds a release until it is closed or the process ends, however that happens."""

    def __init__(self, release: Release) -> None:
        self._file = release.path(FILE_NAME).open("rb")
        if fcntl is not None:
            fcntl.flock(self._file, fcntl.LOCK_SH)

    def close(self) -> None:
        """Let the release go."""
        self._file.close()


def is_held(folder: Path) -> bool:
    """Whether somebody holds the release of a folder."""
    try:
        with (folder / FILE_NAME).open("rb") as file:
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
