"""The manifest of a release: what it is and what files it has, with sizes and checksums."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from lod.errors import ReleaseError

FILE_NAME = "manifest.json"
FORMAT = 2
"""The layout of a release; a release of another layout is not opened."""


@dataclass(frozen=True, slots=True)
class File:
    """One file of a release: path with slashes, size in bytes, SHA-256 in hexadecimal."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a release is.

    ``digest`` names these very files; ``fingerprint`` names the graphs they hold: it is the
    SHA-256 of the canonical N-Quads dump, the same for the same data however it is laid out.
    """

    name: str
    version: str
    base: str
    issued: str | None
    digest: str
    fingerprint: str
    counts: Mapping[str, int]
    built_with: Mapping[str, str]
    files: tuple[File, ...]

    @property
    def folder_name(self) -> str:
        """The name of the release's folder."""
        return f"{self.version}-{self.digest[:7]}"

    def write(self, folder: Path) -> None:
        """Write the manifest into the release's folder."""
        content = {"format": FORMAT, **asdict(self)}
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        (folder / FILE_NAME).write_text(text, "utf-8", newline="\n")


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a release.

    :raises ReleaseError: when there is none, or it is of another layout.
    """
    path = folder / FILE_NAME
    try:
        content = json.loads(path.read_text("utf-8"))
        layout = content.pop("format")
        if layout != FORMAT:
            raise ReleaseError(
                "release/format",
                f"{folder} is a release of layout {layout}; this version reads {FORMAT}.",
                cure="Build it again with this version of lod.",
            )
        content["files"] = tuple(File(**each) for each in content["files"])
        return Manifest(**content)
    except FileNotFoundError:
        raise ReleaseError(
            "release/none",
            f"{folder} is not a release: it has no {FILE_NAME}.",
            cure="Name a folder that lod build wrote, or a project folder.",
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReleaseError("release/manifest", f"{path} cannot be read: {error}.") from error


def list_files(folder: Path, paths: Iterable[Path]) -> tuple[File, ...]:
    """Return files of a folder with their sizes and checksums, sorted by path."""
    files = (_file(folder, path) for path in paths)
    return tuple(sorted(files, key=lambda file: file.path))


def digest(files: Iterable[File]) -> str:
    """Return the hash that names these files."""
    text = "".join(f"{file.sha256}  {file.path}\n" for file in files)
    return hashlib.sha256(text.encode()).hexdigest()


def _file(folder: Path, path: Path) -> File:
    with path.open("rb") as stream:
        checksum = hashlib.file_digest(stream, "sha256").hexdigest()
    return File(path.relative_to(folder).as_posix(), path.stat().st_size, checksum)
