r"""iri-letters (warning)   Scope: data, ontology, shapes, separate

Why: two IRIs are the same only if all their characters are; one with an accent apart from its
 letter, or with a character that cannot be seen, looks like another and is not.
Fix: Type the name anew: in Unicode's normal form C, without blanks and hidden characters.
Says: {written} {problem}.

Fails:
  ex:oak rdfs:seeAlso <http://trees.example/che\u0302ne> .
Passes:
  ex:oak rdfs:seeAlso <http://trees.example/chêne> ; rdfs:label "che\u0302ne"@fr .
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from lod.checks.lint.slips import Slip, TextFile
from lod.checks.lint.source_text import terms
from lod.rdf.tokens import Token

_HIDDEN = re.compile(
    r"[\u00a0\u00ad\u061c\u115f\u1160\u1680\u180e\u2000-\u200b\u200e\u200f\u2028-\u202f"
    r"\u205f-\u2064\u2066-\u206f\u3000\u3164\ufeff\uffa0]"
)
"""Blanks and what has no shape; joiners (U+200C, U+200D) belong to some languages."""

_ESCAPED = re.compile(r"<[^\s<>\"]*\\[uU]")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def read(file: TextFile) -> Iterator[Slip]:
    """Yield each IRI or name with letters that deceive the eye."""
    if not _is_suspicious(file.text):
        return
    for term in terms(file.text):
        problem = _problem(term)
        if problem:
            yield Slip(values={"written": term.text, "problem": problem}, span=term.span)


def _is_suspicious(text: str) -> bool:
    if ("\\u" in text or "\\U" in text) and _ESCAPED.search(text):
        return True
    if text.isascii():
        return False
    return _HIDDEN.search(text) is not None or not unicodedata.is_normalized("NFC", text)


def _problem(term: Token) -> str | None:
    if term.text.isascii() and "\\" not in term.text:
        return None
    meant = term.text
    if term.kind == "iri":
        meant = _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), meant)
    hidden = _HIDDEN.search(meant)
    if hidden:
        name = unicodedata.name(hidden[0], "a control character")
        return f"holds U+{ord(hidden[0]):04X} ({name.lower()}), which cannot be seen"
    if not unicodedata.is_normalized("NFC", meant):
        return "has a letter and its accent as two characters"
    return None
