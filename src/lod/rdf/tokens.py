"""Split a Turtle, TriG or N-Triples text into tokens (Turtle 1.1 §6.5, RDF 1.2's marks included).

For texts a parser found valid: the tokens say where things stand, not whether they may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

# Of a valid text: outside of strings, IRIs and comments all but ASCII is part of a name. Said by
# what they are not, these compile in a tenth of the time.
_LETTER = r"[^\x00-@\[-`{-\x7f]"
_LABEL_START = r"[^\x00-/:-@\[-^`{-\x7f]"
_LOCAL_START = r"[^\x00-/;-@\[-^`{-\x7f]"
_CHAR = r"[^\x00-,./:-@\[-^`{-\x7f]"
_CHAR_OR_DOT = r"[^\x00-,/:-@\[-^`{-\x7f]"
_CHAR_OR_COLON = r"[^\x00-,./;-@\[-^`{-\x7f]"
_CHAR_DOT_OR_COLON = r"[^\x00-,/;-@\[-^`{-\x7f]"
_EXTRA = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]"

KINDS = {
    "space": r"[ \t\r\n]+",
    "comment": r"\#[^\r\n]*",
    "string": (
        r'"""(?:"{0,2}(?:[^"\\]++|\\.))*+"""'
        r"|'''(?:'{0,2}(?:[^'\\]++|\\.))*+'''"
        r'|"(?:[^"\\\r\n]++|\\.)*+"'
        r"|'(?:[^'\\\r\n]++|\\.)*+'"
    ),
    "iri": r'<[^\x00-\x20<>"{}|^`]*>',
    "tag": r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?",
    "blank": rf"_:{_LABEL_START}(?:{_CHAR_OR_DOT}*{_CHAR})?",
    "name": (
        rf"(?:{_LETTER}(?:{_CHAR_OR_DOT}*{_CHAR})?)?:"
        rf"(?:(?:{_LOCAL_START}|{_EXTRA})"
        rf"(?:(?:{_CHAR_DOT_OR_COLON}|{_EXTRA})*(?:{_CHAR_OR_COLON}|{_EXTRA}))?)?"
    ),
    "number": (
        r"[+-]?(?:[0-9]+\.[0-9]*[eE][+-]?[0-9]+|\.?[0-9]+[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)"
    ),
    "word": r"[A-Za-z]+",
    "mark": r"<<\(|\)>>|<<|>>|\{\||\|\}|\^\^|[.;,\[\](){}~]",
}
"""The pattern of each kind of token, for ``re.DOTALL``; the first that fits is the token's."""


@cache
def _token() -> re.Pattern[str]:
    """Return the pattern of any token; not every start that loads this module needs it."""
    kinds = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in KINDS.items())
    return re.compile(kinds, re.DOTALL)


class NotScannableError(ValueError):
    """The text holds something that is read nowhere here."""


class Span(NamedTuple):
    """From the first character to the one behind the last, counted from 0."""

    start: int
    end: int


class Token(NamedTuple):
    """One token: ``kind`` is comment, string, iri, tag, blank, name, number, word or mark.

    ``a``, ``true``, ``PREFIX`` are words, ``@prefix`` and ``@en`` are tags; a comment ends before
    the end of its line; a string holds its quotes.
    """

    kind: str
    text: str
    span: Span


def tokens(text: str, start: int = 0) -> Iterator[Token]:
    """Yield the tokens of a text, comments among them, white space not.

    :param start: where to begin, between two tokens.
    :raises NotScannableError: at what is no token.
    """
    match_token = _token().match
    position, end = start, len(text)
    while position < end:
        match = match_token(text, position)
        if match is None or match.lastgroup is None:
            raise NotScannableError(f"nothing known at {position}")
        position = match.end()
        if match.lastgroup != "space":
            yield Token(match.lastgroup, match[0], Span(*match.span()))
