"""The files of the repository, as somebody who clones it gets them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_HIDDEN_BUT_OURS = {".ci", ".importlinter", ".gitignore"}
_NOT_OURS = {"build", "dist", "__pycache__"}
_COMPILED = {".mo", ".pyc"}


def files(folder: Path) -> Iterator[Path]:
    """Yield the files of the repository, what tools leave behind excepted."""
    for path in sorted(folder.iterdir()):
        hidden = path.name.startswith(".") and path.name not in _HIDDEN_BUT_OURS
        if hidden or path.name in _NOT_OURS or path.suffix in _COMPILED:
            continue
        if path.is_dir():
            yield from files(path)
        else:
            yield path
