"""How names fold for search and sort for people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_STROKED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i"})
_DIGITS = re.compile(r"\d+")

# Lithuanian order (LST 1590): these letters stand after their base letter as letters of their
# own, and y stands between į and j. The ogonek and macron forms of a, e, i, u follow their base.
_LITHUANIAN = "aąbcčdeęėfghiįyjklmnopqrsštuųūvwxzž"
_ORDERS = {
    "lt": {ord(letter): chr(ord("a") + rank) for rank, letter in enumerate(_LITHUANIAN)},
}


def fold(text: str) -> str:
    """Return a text as search compares it: no case, no diacritics, spaces one wide.

    >>> fold("Šiaurės  ŠALYS")
    'siaures salys'
    """
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_STROKED))
    plain = "".join(each for each in decomposed if not unicodedata.combining(each))
    return " ".join(plain.casefold().split())


def sort_key(text: str, language: str) -> str:
    """Return a key that sorts texts as a reader of the language expects.

    Numbers sort by value; case and marks count only between texts that are otherwise equal.
    """
    order = _ORDERS.get(language.partition("-")[0])
    lowered = unicodedata.normalize("NFC", text.casefold().strip())
    if order and lowered.isascii():
        lowered = lowered.translate(order)
    elif order:
        lowered = "".join(order.get(ord(each)) or _base(each, order) for each in lowered)
    else:
        lowered = fold(lowered)
    return _DIGITS.sub(_by_value, lowered) + "\0" + text


def _base(letter: str, order: Mapping[int, str]) -> str:
    """Return the key of a letter that the order does not name: that of its base, or itself."""
    base = fold(letter)
    return (order.get(ord(base)) if len(base) == 1 else None) or letter


def _by_value(digits: re.Match[str]) -> str:
    """Return a number behind its length, so that a longer one is a larger one."""
    number = digits[0].lstrip("0")
    return f"{min(len(number), 99):02}{number}"
