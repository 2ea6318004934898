"""Regular expressions of XPath (SPARQL 1.1 §17.4.3.14) as Python has them, and what one may cost.

Python also knows what XPath does not, such as ``(?!…)``; that stays as it is.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from re import _constants, _parser
from typing import Any

_SPACE, _NO_SPACE = r" \t\n\r", r"\x00-\x08\x0b\x0c\x0e-\x1f!-\U0010ffff"
_NAME_START = (
    ":A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME_MORE = _NAME_START + "\\-.0-9\xb7\u0300-\u036f\u203f-\u2040"
_CATEGORY = re.compile(r"\{(\^?)([A-Z][a-z]?)\}")
_BLOCK = re.compile(r"\{\^?Is([A-Za-z0-9-]+)\}")
_REPEATS = {_constants.MAX_REPEAT, _constants.MIN_REPEAT}
_FEW = 10
"""A part that is repeated so often at most costs about as much as one written out."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression for Python.

    :param power: the time for a text of n characters grows with n to this power at most; None when
        it may double with each character.
    """

    compiled: re.Pattern[str]
    power: int | None


def read_pattern(pattern: str, flags: str) -> Pattern:
    """Return a pattern and its flags (``smixq``, others are passed over) for Python.

    :raises re.error: when it is no regular expression.
    """
    options = (re.IGNORECASE if "i" in flags else 0) | (re.MULTILINE if "m" in flags else 0)
    text = re.escape(pattern) if "q" in flags else "".join(_Translation(pattern, flags).parts())
    try:
        compiled = re.compile(text, options)
        power = _power(_parser.parse(text, options))
    except RecursionError:
        raise re.error("it is nested too deep", pattern) from None
    except OverflowError:
        raise re.error("a number in it is too large", pattern) from None
    # A match is looked for from each place in the text, unless it must begin at its start.
    if power is not None and not text.startswith("^"):
        power += 1
    return Pattern(compiled, power)


class _Translation:
    """Goes through a pattern from left to right."""

    def __init__(self, pattern: str, flags: str) -> None:
        self._pattern = pattern
        self._flags = flags
        self._at = 0

    def parts(self) -> Iterator[str]:
        """Yield the parts of the pattern in Python's writing."""
        while (letter := self._next()) is not None:
            if letter == "\\":
                yield self._escape(in_class=False)
            elif letter == "[":
                yield self._class(0)
            elif letter == "." and "s" not in self._flags:
                yield r"[^\n\r]"
            elif letter == ".":
                yield r"[\s\S]"
            elif letter == "$" and "m" not in self._flags:
                yield r"\Z"  # Python's $ is also before a line end that is last
            elif not ("x" in self._flags and letter in " \t\n\r"):
                yield letter

    def _next(self) -> str | None:
        if self._at == len(self._pattern):
            return None
        self._at += 1
        return self._pattern[self._at - 1]

    def _escape(self, *, in_class: bool) -> str:
        letter = self._next()
        if letter is None:
            return "\\"
        if letter in "pP":
            return _bracketed(*self._property(), is_other=letter == "P", in_class=in_class)
        classes = {
            "s": (_SPACE, _NO_SPACE),
            "i": (_NAME_START, ""),
            "c": (_NAME_MORE, ""),
        }
        if letter.lower() not in classes:
            return f"\\{letter}"
        inside, outside = classes[letter.lower()]
        return _bracketed(inside, outside, is_other=letter.isupper(), in_class=in_class)

    def _property(self) -> tuple[str, str]:
        found = _CATEGORY.match(self._pattern, self._at)
        if found is None:
            block = _BLOCK.match(self._pattern, self._at)
            said = f"the block of letters Is{block[1]} is not known here" if block else "bad \\p"
            raise re.error(said, self._pattern, self._at)
        self._at = found.end()
        ranges = _category(found[2])
        return (ranges, "") if not found[1] else ("", ranges)

    def _class(self, depth: int) -> str:
        """Return a class of characters; ``[a-z-[aeiou]]`` is one without those of another."""
        if depth > _FEW:
            raise re.error("classes are nested too deep", self._pattern, self._at)
        parts = ["["]
        if self._pattern[self._at : self._at + 1] == "^":
            parts.append(self._next() or "")
        if self._pattern[self._at : self._at + 1] == "]":
            parts.append(self._next() or "")
        without = ""
        while (letter := self._next()) is not None:
            if letter == "]":
                return f"{without}{''.join(parts)}]"
            if letter == "\\":
                parts.append(self._escape(in_class=True))
            elif letter == "-" and self._pattern[self._at : self._at + 1] == "[":
                self._next()
                without = f"(?!{self._class(depth + 1)})"
            else:
                parts.append(f"\\{letter}" if letter in "[&~|" else letter)
        raise re.error("unterminated character set", self._pattern, len(self._pattern))


def _bracketed(inside: str, outside: str, *, is_other: bool, in_class: bool) -> str:
    """Return a set of characters, or with ``is_other`` all but these."""
    if is_other:
        inside, outside = outside, inside
    if not in_class:
        return f"[{inside}]" if inside else f"[^{outside}]"
    return inside or _complement(outside)


def _complement(ranges: str) -> str:
    within = re.compile(f"[{ranges}]")
    return _ranges(code for code in range(sys.maxunicode + 1) if not within.match(chr(code)))


def _category(name: str) -> str:
    """Return the letters of a general category of Unicode, such as ``L`` or ``Lu``."""
    codes = range(sys.maxunicode + 1)
    found = _ranges(code for code in codes if unicodedata.category(chr(code)).startswith(name))
    if not found:
        raise re.error(f"there is no category {name} of letters")
    return found


def _ranges(codes: Iterator[int]) -> str:
    found: list[list[int]] = []
    for code in codes:
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in found)


def _power(tree: Any) -> int | None:
    """Return with which power of a text's length the time may grow, None when it has no bound."""
    total = 0
    for kind, argument in tree:
        if kind in _REPEATS:
            _, most, inner = argument
            within = _power(inner)
            if within is None:
                return None
            if most > _FEW:
                # What may itself be long or short, repeated: each split of a text is tried.
                if within or _has_choice(inner):
                    return None
                total += 1
            else:
                total += within * int(most)
        else:
            for inner in _inner(argument):
                within = _power(inner)
                if within is None:
                    return None
                total += within
    return total


def _has_choice(tree: Any) -> bool:
    """Whether a part may match in more than one way: alternatives, or something that may lack."""
    for kind, argument in tree:
        if kind == _constants.BRANCH or (kind in _REPEATS and argument[0] != argument[1]):
            return True
        if any(map(_has_choice, _inner(argument))):
            return True
    return False


def _inner(argument: Any) -> Iterator[Any]:
    """Yield the patterns within a part of a pattern."""
    if isinstance(argument, _parser.SubPattern):
        yield argument
    elif isinstance(argument, (tuple, list)):
        for each in argument:
            yield from _inner(each)
