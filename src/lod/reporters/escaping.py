"""Words of strangers as text that is only read: no terminal and no build service obeys it.

What a file holds reaches terminals, logs and the pages of build services. Each format has its own
rules, kept in its own module; here is what all of them need.
"""

from __future__ import annotations

import json
import re

# Build services read orders from what a job prints. Those of GitHub and Azure stand anywhere in a
# line (`##[error]`, `##vso[…]`), as do TeamCity's; GitHub's newer `::error::` begins a line.
_ORDER = re.compile(r"##(?=\w*\[)")
_NOT_ASCII = re.compile(r"[^\n -~]")
_CUT = "…"


def plain(text: str) -> str:
    """Return a text as long as the one given, on one line, with nothing but printable letters.

    >>> plain("red: \\x1b[31m, and ##[error]")
    'red:  [31m, and # [error]'
    """
    if not text.isprintable():
        text = "".join(each if each.isprintable() else " " for each in text)
    return _ORDER.sub("# ", text)


def cut(text: str, longest: int) -> str:
    """Return a text, or its beginning when it is longer than that."""
    return text if len(text) <= longest else text[: longest - len(_CUT)] + _CUT


def whole(text: str) -> str:
    """Return a text that UTF-8 can hold: half a surrogate pair, as in odd file names, is replaced.

    >>> whole("caf\\udce9")
    'caf�'
    """
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def escaped(text: str) -> str:
    """Return a text in which what is not printable is an escape both JSON and Turtle read back.

    >>> escaped("a\\u202eb ##[error]")
    'a\\\\u202eb \\\\u0023#[error]'
    """
    return _ORDER.sub(r"\\u0023#", _NOT_ASCII.sub(lambda found: _escape(found[0]), text))


def _escape(letter: str) -> str:
    if letter.isprintable():
        return letter
    return f"\\u{ord(letter):04x}" if ord(letter) <= 0xFFFF else f"\\U{ord(letter):08x}"


def json_text(content: object) -> str:
    """Return JSON that says the same and that a terminal or a build service only shows."""
    text = json.dumps(content, ensure_ascii=False, indent=1)
    text = _NOT_ASCII.sub(lambda found: _json_escape(found[0]), text)
    return _ORDER.sub(r"\\u0023#", text) + "\n"


def _json_escape(letter: str) -> str:
    if letter.isprintable():
        return letter
    # Strict readers refuse half a surrogate pair even where it is escaped.
    return "\ufffd" if "\ud800" <= letter <= "\udfff" else json.dumps(letter)[1:-1]
