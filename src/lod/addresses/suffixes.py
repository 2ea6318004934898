"""Addresses of one format or one language: ``….ttl``, ``….html``, ``….lt.html``."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suffix:
    """What stands behind a document's path."""

    stem: str
    extension: str
    language: str | None = None


def split_suffix(
    path: str, extensions: Collection[str], languages: Collection[str]
) -> Suffix | None:
    """Return the parts of a path that names a format, None when it names none.

    >>> split_suffix("doc/plant/oak.lt.html", ["html"], ["en", "lt"])
    Suffix(stem='doc/plant/oak', extension='html', language='lt')
    """
    stem, dot, extension = path.rpartition(".")
    if not dot or extension not in extensions or not stem or stem.endswith("/"):
        return None
    if extension == "html":
        shorter, dot, language = stem.rpartition(".")
        if dot and language in languages and shorter and not shorter.endswith("/"):
            return Suffix(shorter, extension, language)
    return Suffix(stem, extension)
