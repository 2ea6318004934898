"""What labels that look alike have in common. Labels are canonical N-Triples literals here."""

from __future__ import annotations

import re
import string
import unicodedata

from lod.rdf.terms import split_literal

_SYMBOLS = "$+<=>^`|~"
"""The symbols of ASCII; its other marks are punctuation."""
_DIVIDING = re.compile(rf"[^a-z0-9{re.escape(_SYMBOLS)}]+")
_BLANKS = re.compile(r"(?<![0-9]) +| +(?![0-9])")
_ESCAPE = re.compile(r"\\.")
_LOWER = bytes.maketrans(string.ascii_uppercase.encode(), string.ascii_lowercase.encode())
_DROPPED = bytes(set(range(128)) - set(f"{string.ascii_letters}{string.digits}{_SYMBOLS}".encode()))
_SHORTEST = 3
"""Letters a label must have: "a" and "A" may be two things."""


def label_key(label: str) -> str:
    """Return what two labels that look alike have in common, nothing for what is too short.

    >>> label_key('"Sessile-Oak"@en-GB') == label_key('"sessile oak"@en')
    True
    >>> label_key('"Plot 1.12"@en') == label_key('"Plot 11.2"@en')
    False
    """
    quoted, language, _ = split_literal(label)
    text = _ESCAPE.sub(" ", quoted[1:-1])
    if text.isascii():
        letters = _DIVIDING.sub(" ", text.lower()).strip()
    else:
        letters = "".join(map(_plain, unicodedata.normalize("NFKD", text).casefold())).strip()
    # Between digits what divides them counts: 1.12 is not 11.2.
    joined = _BLANKS.sub("", letters)
    return f"{_primary(language)} {joined}" if len(joined) >= _SHORTEST else ""


def _plain(character: str) -> str:
    """Return a letter, digit or symbol, nothing for an accent, a blank for what divides words."""
    if character.isalnum() or unicodedata.category(character)[0] == "S":
        return character
    return "" if unicodedata.combining(character) else " "


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


class Labels:
    """The labels of a dataset, to tell those that stand more than once or look like another.

    It is quick, and takes some to look alike that do not; ``label_key`` decides.
    """

    def __init__(self) -> None:
        self.repeated: set[str] = set()
        """What more than one triple has for its label."""
        self._first: dict[str, str] = {}
        self._others: dict[str, set[str]] = {}
        self._letters = _Letters()

    def note(self, label: str) -> None:
        """Take note of the label of a triple."""
        key = self._rough_key(label)
        first = self._first.get(key)
        if first is None:
            self._first[key] = label
            return
        others = self._others.get(key, ())
        if label == first or label in others:
            self.repeated.add(label)
        else:
            self._others.setdefault(key, set()).add(label)

    def alike(self) -> set[str]:
        """Return the labels that seem to be another one written in another way."""
        return {self._first[key] for key in self._others}.union(*self._others.values())

    def _rough_key(self, label: str) -> str:
        """Return a text that is the same for all labels with the same key."""
        text, _, tail = label.rpartition('"')
        if "\\" in text:
            text = _ESCAPE.sub(" ", text)
        if text.isascii():
            letters = text.encode().translate(_LOWER, _DROPPED).decode()
        else:
            letters = unicodedata.normalize("NFKD", text).casefold().translate(self._letters)
        return f"{letters} {_primary(tail)}" if tail.startswith("@") else letters


class _Letters(dict[int, str | None]):
    """What is left of each character, found out when it is first met."""

    def __missing__(self, code: int) -> str | None:
        kept = _plain(chr(code)).strip() or None
        self[code] = kept
        return kept
