"""A project as git has it at a revision."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO

from lod.errors import ProjectError

_SAFE = (
    *("-c", "protocol.allow=never"),  # a partial clone would fetch what it lacks
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
    "--no-pager",
)
_NEVER = {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0"}
_OF_HOOKS = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE"})
"""Set by git for its hooks: about the repository of the hook, which need not be the project's."""

_LINK = "120000"
_MODES = {"100644", "100755", _LINK}


@dataclass(frozen=True, slots=True)
class _Entry:
    mode: str
    blob: str
    path: str


@contextmanager
def exported(folder: Path, revision: str, environment: Mapping[str, str]) -> Iterator[Path]:
    """Yield a temporary copy of a project folder as it was at a revision; empty if it was not.

    The files are what git keeps, byte for byte: no attribute, filter or hook has a say.

    :param revision: as ``git rev-parse`` reads it: a tag, a branch, a commit.
    :param environment: the variables git runs with, but for those about another repository.
    :raises ProjectError: when the folder is in no git repository, or has no such revision.
    """
    git = _Git(folder, environment)
    commit = git.commit(revision)
    entries = list(_entries(git.said("ls-tree", "-r", "-z", commit)))
    with TemporaryDirectory(prefix="lod-revision-") as place:
        _write(git, entries, Path(place))
        yield Path(place)


def _entries(listing: bytes) -> Iterator[_Entry]:
    """Yield the files of a tree; what would lie outside of its folder is passed over."""
    for line in filter(None, listing.split(b"\0")):
        about, _, name = line.partition(b"\t")
        mode, _, blob = about.decode().split()
        path = os.fsdecode(name)
        if mode in _MODES and _stays_inside(path):
            yield _Entry(mode, blob, path)


def _stays_inside(path: str) -> bool:
    return not path.startswith("/") and Path(os.path.normpath(path)).parts[:1] != (os.pardir,)


def _write(git: _Git, entries: Sequence[_Entry], target: Path) -> None:
    with TemporaryFile() as asked:
        asked.write("".join(f"{each.blob}\n" for each in entries).encode())
        asked.seek(0)
        with subprocess.Popen(
            git.command("cat-file", "--batch"),
            env=git.environment,
            stdin=asked,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            assert process.stdout is not None  # noqa: S101 - asked for above
            for entry in entries:
                _put(entry, _content(process.stdout, entry), target)


def _content(stream: IO[bytes], entry: _Entry) -> bytes:
    heading = stream.readline().split()
    if len(heading) != 3 or heading[1] != b"blob":
        raise ProjectError(
            "project/no-revision",
            f"git does not have the content of {entry.path} at that revision.",
            cure="Fetch it: a partial clone lacks what was not asked for.",
        )
    content = stream.read(int(heading[2]))
    stream.read(1)
    return content


def _put(entry: _Entry, content: bytes, target: Path) -> None:
    path = target / entry.path
    path.parent.mkdir(parents=True, exist_ok=True)
    if entry.mode != _LINK:
        path.write_bytes(content)
        return
    leads_to = os.fsdecode(content)
    if _stays_inside(str(Path(entry.path).parent / leads_to)):
        path.symlink_to(leads_to)


class _Git:
    """Asks git about the repository of a folder: nothing is fetched or written."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._folder = folder
        inherited = {name: text for name, text in environment.items() if name not in _OF_HOOKS}
        self.environment = {**inherited, **_NEVER}

    def command(self, *arguments: str) -> list[str]:
        """Return how git is called."""
        return ["git", *_SAFE, "-C", str(self._folder), *arguments]

    def said(self, *arguments: str) -> bytes:
        """Return what a command prints.

        :raises ProjectError: when it fails, most likely for want of a repository.
        """
        try:
            done = subprocess.run(
                self.command(*arguments),
                env=self.environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
        except FileNotFoundError:
            raise ProjectError(
                "project/no-git", "git is not installed.", cure="Install it, or leave out --since."
            ) from None
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise ProjectError(
                "project/no-repository",
                f"git cannot tell what was before: {said[0] if said else 'it does not say why'}.",
                place=str(self._folder),
                cure="Check inside a git repository, or leave out --since.",
            )
        return done.stdout

    def commit(self, revision: str) -> str:
        """Return the name of the commit a revision is.

        :raises ProjectError: when it is none.
        """
        self.said("rev-parse", "--git-dir")
        name = f"{revision}^{{commit}}"
        try:
            found = self.said("rev-parse", "--verify", "--quiet", "--end-of-options", name)
        except ProjectError:
            raise ProjectError(
                "project/no-revision",
                f"git knows no revision {revision}.",
                place=str(self._folder),
                cure="Name a tag, branch or commit; in CI, fetch all history (fetch-depth: 0).",
            ) from None
        return found.decode().strip()
