"""Find the end of a statement without reading its terms, as quickly as a pattern can.

The patterns are made of the tokens' own, so that a dot within a name, a number, a string, an IRI
or a comment ends nothing.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from lod.rdf.scan_labels import UNNAMED
from lod.rdf.tokens import KINDS

_GAP = rf"(?:{KINDS['space']}|{KINDS['comment']})*+"
_HEAD = (
    rf"{_GAP}(?:(?P<name>{KINDS['name']})|(?P<iri>{KINDS['iri']})|(?P<blank>{KINDS['blank']})"
    rf"|(?P<bracket>(?=\[)))"
)
_AUTHORS_LABEL = rf"(?!_:{UNNAMED}(?![0-9a-f])){KINDS['blank']}"


@cache
def _head_pattern() -> re.Pattern[str]:
    """Return the pattern for the first token; to compile it takes longer than a small check."""
    return re.compile(_HEAD)


@cache
def _rest(*, is_lines: bool) -> re.Pattern[str]:
    """Return the pattern up to the end of a statement, which in N-Triples has no marks within."""
    marks, label = ("", KINDS["blank"]) if is_lines else (r";,\[\]", _AUTHORS_LABEL)
    kinds = ("name", "string", "iri", "tag", "number", "word", "comment")
    tokens = "|".join(KINDS[kind] for kind in kinds)
    return re.compile(rf"(?:[ \t\r\n{marks}]+|{tokens}|\^\^|{label})*+(?:\.|(?=\}}))", re.DOTALL)


_NO_BRACKET = re.compile(rf"{KINDS['string']}|{KINDS['iri']}|{KINDS['comment']}|\\.", re.DOTALL)
"""What may hold a bracket that is none."""


class Head(NamedTuple):
    """How a statement begins: the kind of its first token ("bracket": none), its text, its end."""

    kind: str
    text: str
    end: int


class Skip(NamedTuple):
    """Where a statement ends, and how many blank nodes without a label it has."""

    end: int
    unnamed: int


def head(text: str, position: int) -> Head | None:
    """Return how the statement behind a position begins; None when it must be read to know."""
    found = _head_pattern().match(text, position)
    if found is None or found.lastgroup is None:
        return None
    return Head(found.lastgroup, found[found.lastgroup], found.end())


def skip(text: str, position: int, *, is_lines: bool) -> Skip | None:
    """Return where a statement ends; None when it must be read to know.

    Collections, reifiers and what is no statement must be read, and labels like the parser's own
    unless all nodes have labels.

    :param position: behind its first token, or at its first bracket.
    :param is_lines: whether it is N-Triples or N-Quads.
    """
    found = _rest(is_lines=is_lines).match(text, position)
    if found is None:
        return None
    end = found.end()
    if is_lines or text.find("[", position, end) < 0:
        return Skip(end, 0)
    return Skip(end, _NO_BRACKET.sub("", text[position:end]).count("["))
