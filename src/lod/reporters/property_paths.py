"""Property paths as RDF (SHACL §2.3.1), from the way SPARQL writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lod.rdf.namespaces import RDF, SH

Row = tuple[str, str, str]
"""A triple, term by term as canonical N-Triples text."""

_TOKEN = re.compile(r"<[^<>\s]*>|[\^()/|*+?]|[^\s()/|*+?^<>]+")
_MARKS = {"*": SH.zeroOrMorePath, "+": SH.oneOrMorePath, "?": SH.zeroOrOnePath}
_DEEPEST = 50


class PathError(ValueError):
    """The text is no property path."""


def path_as_rdf(
    text: str, expand: Callable[[str], str], blank: Iterator[str]
) -> tuple[str, list[Row]]:
    """Return the node of a path, and the triples that say what it is.

    :param expand: gives the term of a prefixed name or ``<IRI>``; may raise ``PathError``.
    :param blank: gives new blank nodes.
    :raises PathError: when the text is no path.
    """
    reader = _Reader(_tokens(text), expand, blank)
    node = reader.alternatives(0)
    if reader.tokens:
        raise PathError(text)
    return node, reader.rows


def _tokens(text: str) -> list[str]:
    """Return the tokens, last first."""
    found = _TOKEN.findall(text)
    if "".join(found) != "".join(text.split()):
        raise PathError(text)
    return found[::-1]


class _Reader:
    """Reads tokens from the last to the first, noting triples."""

    def __init__(
        self, tokens: list[str], expand: Callable[[str], str], blank: Iterator[str]
    ) -> None:
        self.tokens = tokens
        self.rows: list[Row] = []
        self._expand = expand
        self._blank = blank

    def alternatives(self, depth: int) -> str:
        """Read a path, to the end or to a closing bracket."""
        if depth > _DEEPEST:
            raise PathError("too deep")
        members = [self._sequence(depth)]
        while self._take("|"):
            members.append(self._sequence(depth))
        if len(members) == 1:
            return members[0]
        return self._node(SH.alternativePath.value, self._list(members))

    def _sequence(self, depth: int) -> str:
        members = [self._step(depth)]
        while self._take("/"):
            members.append(self._step(depth))
        return members[0] if len(members) == 1 else self._list(members)

    def _step(self, depth: int) -> str:
        is_inverse = self._take("^")
        node = self._primary(depth)
        while self.tokens and self.tokens[-1] in _MARKS:
            node = self._node(_MARKS[self.tokens.pop()].value, node)
        return self._node(SH.inversePath.value, node) if is_inverse else node

    def _primary(self, depth: int) -> str:
        if self._take("("):
            node = self.alternatives(depth + 1)
            if not self._take(")"):
                raise PathError("bracket")
            return node
        if not self.tokens or self.tokens[-1] in "^()/|*+?":
            raise PathError("name")
        return self._expand(self.tokens.pop())

    def _take(self, token: str) -> bool:
        if self.tokens and self.tokens[-1] == token:
            self.tokens.pop()
            return True
        return False

    def _node(self, predicate: str, value: str) -> str:
        node = next(self._blank)
        self.rows.append((node, f"<{predicate}>", value))
        return node

    def _list(self, members: list[str]) -> str:
        rest = str(RDF.nil)
        for member in reversed(members):
            cell = next(self._blank)
            self.rows.append((cell, str(RDF.first), member))
            self.rows.append((cell, str(RDF.rest), rest))
            rest = cell
        return rest
