"""Resolve IRI references (RFC 3986 §5.2, RFC 3987), which ``urllib`` does only for some schemes."""

from __future__ import annotations

import re
from typing import NamedTuple

# RFC 3986, appendix B.
_PARTS = re.compile(
    r"(?:([A-Za-z][A-Za-z0-9+.\-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL
)


class _Parts(NamedTuple):
    scheme: str | None
    authority: str | None
    path: str
    query: str | None
    fragment: str | None


def resolve(reference: str, base: str) -> str:
    """Return the IRI a reference means; an absolute one is itself, dots and all.

    :param base: an absolute IRI.
    """
    given = _parts(reference)
    if given.scheme is not None:
        return reference  # as parsers of RDF leave it
    root = _parts(base)
    if given.authority is not None:
        return _joined(given._replace(scheme=root.scheme, path=_without_dots(given.path)))
    if not given.path:
        query = given.query if given.query is not None else root.query
        return _joined(root._replace(query=query, fragment=given.fragment))
    path = given.path if given.path.startswith("/") else _merged(root, given.path)
    return _joined(
        root._replace(path=_without_dots(path), query=given.query, fragment=given.fragment)
    )


def _parts(text: str) -> _Parts:
    found = _PARTS.fullmatch(text)
    assert found is not None  # noqa: S101 - the pattern takes any text
    return _Parts(found[1], found[2], found[3], found[4], found[5])


def _merged(base: _Parts, path: str) -> str:
    if base.authority is not None and not base.path:
        return f"/{path}"
    return base.path.rpartition("/")[0] + "/" + path if "/" in base.path else path


def _without_dots(path: str) -> str:
    """Return a path without ``.`` and ``..`` segments (§5.2.4)."""
    kept: list[str] = []
    segments = path.split("/")
    for number, segment in enumerate(segments):
        is_last = number == len(segments) - 1
        if segment == "..":
            if len(kept) > 1 or (kept and kept[0]):
                kept.pop()
            if is_last:
                kept.append("")
        elif segment == ".":
            if is_last:
                kept.append("")
        else:
            kept.append(segment)
    return "/".join(kept)


def _joined(parts: _Parts) -> str:
    text = "" if parts.scheme is None else f"{parts.scheme}:"
    if parts.authority is not None:
        text += f"//{parts.authority}"
    text += parts.path
    if parts.query is not None:
        text += f"?{parts.query}"
    return text if parts.fragment is None else f"{text}#{parts.fragment}"
