"""Whether a file nests so deeply that a parser would not bear it, found out before parsing."""

from __future__ import annotations

import re
from typing import BinaryIO

DEEPEST_TERMS = 1_000
"""Triple terms in one another: dropping deeper ones ends the process."""
DEEPEST_BRACKETS = 1_000_000
"""Brackets in one another: the parser keeps about half a kilobyte for each."""

_TRIPLE_TERM = re.compile(rb"<<\(|\)>>")
_CHUNK = 1 << 20
_OPENING = (b"[", b"(", b"{")
_CLOSING = (b"]", b")", b"}")


def too_deep(stream: BinaryIO) -> str | None:
    """Return in words what stands too deep in a Turtle, TriG, N-Triples or N-Quads file.

    :param stream: at its start, to be read to its end.
    """
    terms = open_brackets = 0
    rest = b""
    while chunk := stream.read(_CHUNK):
        for mark in _TRIPLE_TERM.findall(rest + chunk):
            terms = terms + 1 if mark == b"<<(" else max(0, terms - 1)
            if terms > DEEPEST_TERMS:
                return f"Triple terms stand more than {DEEPEST_TERMS:,} deep in one another."
        rest = chunk[-2:]
        open_brackets += sum(map(chunk.count, _OPENING)) - sum(map(chunk.count, _CLOSING))
        # Within texts and comments brackets count for nothing; only now is that worth a look.
        if open_brackets > DEEPEST_BRACKETS and _has_deep_brackets(stream):
            return f"Brackets stand more than {DEEPEST_BRACKETS:,} deep in one another."
    return None


def _has_deep_brackets(stream: BinaryIO) -> bool:
    """Whether that is so from the start of the file on; the stream stands where it stood."""
    from lod.rdf.tokens import NotScannableError, tokens  # noqa: PLC0415 - its pattern is large

    here = stream.tell()
    stream.seek(0)
    text = stream.read().decode("utf-8", "replace")
    stream.seek(here)
    depth = 0
    try:
        for token in tokens(text):
            if token.kind == "mark":
                depth += (token.text[-1] in "[({") - (token.text[0] in "])}")
                if depth > DEEPEST_BRACKETS:
                    return True
    except NotScannableError:
        pass  # the parser stumbles there, too, before it is that deep
    return False
