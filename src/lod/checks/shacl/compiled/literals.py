"""What SPARQL's functions say of a term: its string, its language, its datatype."""

from __future__ import annotations

import re

from lod.rdf.datatypes import NAMES, datatype_name, is_well_formed
from lod.rdf.terms import XSD_STRING

LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_LETTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def string(term: str) -> str:
    """Return what SPARQL's STR gives for an IRI or a literal (SPARQL 1.1 §17.4.2.5).

    >>> string('"5"^^<http://www.w3.org/2001/XMLSchema#integer>')
    '5'
    """
    if not term.startswith('"'):
        return term[1:-1]
    text = term[1 : term.rindex('"')]
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def language(term: str) -> str:
    """Return the language tag of a literal, empty where it has none (SPARQL 1.1 §17.4.2.6)."""
    rest = term[term.rindex('"') + 1 :]
    return rest[1:].partition("--")[0] if rest.startswith("@") else ""


def datatype(term: str) -> str:
    """Return the IRI of a literal's datatype (SPARQL 1.1 §17.4.2.7)."""
    rest = term[term.rindex('"') + 1 :]
    if rest.startswith("^^"):
        return rest[3:-1]
    return LANG_STRING if rest else XSD_STRING


def is_ill_typed(term: str) -> bool:
    """Whether a literal's text is none of its datatype's; of unknown datatypes nobody can tell."""
    name = datatype_name(datatype(term))
    return name in NAMES and not is_well_formed(string(term), name)


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _LETTERS.get(found[3], found[3])
