"""What text rules look at in a Turtle or TriG text: its IRIs and its prefixes, found fast.

A text of a million triples has millions of tokens, so a rule asks here for the few it is about;
strings and comments are stepped over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lod.rdf.tokens import KINDS, Span, Token

_IRI = KINDS["iri"]
_TAG = KINDS["tag"]
_OPAQUE = rf"{KINDS['string']}|{KINDS['comment']}|\\."
"""What is stepped over: each alternative begins with a character, which is what makes it fast."""

_GAP = rf"(?:\s|{KINDS['comment']})"
_DECLARATION = (
    rf"(?P<at>@)?[Pp][Rr][Ee][Ff][Ii][Xx](?:{_GAP}++|(?=:))"
    rf"(?P<prefix>[^\s:<>\"'\#]*):{_GAP}*+(?P<iri>{_IRI})(?(at){_GAP}*+\.)"
)
_NAME = r"(?:[^\s<>\"'(){}\[\];,@^\#|~\\]++|\\.)+"

_LANGUAGE = re.compile(_TAG)
_IRIS = re.compile(rf"{_OPAQUE}|{_IRI}", re.DOTALL)
_NAMES = re.compile(
    rf"(?:{KINDS['string']})(?:{_TAG})?|{KINDS['comment']}|{_DECLARATION}|{_IRI}|(?P<name>{_NAME})",
    re.DOTALL,
)
_TERMS = re.compile(
    rf"(?:{KINDS['string']})(?:{_TAG})?|{KINDS['comment']}|(?P<found>{_IRI}|{_NAME})", re.DOTALL
)
_BEFORE_A_NAME = "+-.0123456789"
"""A number or the end mark may stand right before a name."""

_NO_PREFIX = ":"
_READ_CLOSELY = 50_000
"""Names and strings of a text in which uses are told from mere mentions."""


@dataclass(slots=True)
class Declaration:
    """One ``@prefix`` or ``PREFIX``: ``iri`` is as written, without its brackets."""

    prefix: str
    iri: str
    span: Span
    iri_span: Span
    is_used: bool = False
    """Whether a name behind it, and before the prefix gets another meaning, has this prefix."""


def iris(text: str, suspect: re.Pattern[str]) -> Iterator[Token]:
    """Yield the IRIs in angle brackets in which a pattern is found, in the order of the text.

    :param suspect: begins with the bracket; where the text has no match, nothing else is read.
    """
    if suspect.search(text):
        for match in _IRIS.finditer(text):
            found = match[0]
            if found[0] == "<" and suspect.match(found):
                yield Token("iri", found, Span(*match.span()))


def language_tags(text: str, suspect: re.Pattern[str]) -> Iterator[Token]:
    """Yield the language tags, with their ``@``, in which a pattern is found."""
    if suspect.search(text):
        for match in _IRIS.finditer(text):
            end = match.end()
            if text[end : end + 1] == "@" and text[match.start()] in "\"'":
                tag = _LANGUAGE.match(text, end)
                if tag and suspect.match(tag[0]):
                    yield Token("tag", tag[0], Span(*tag.span()))


def terms(text: str) -> Iterator[Token]:
    """Yield the IRIs in angle brackets and the names of a text; words and numbers among them."""
    for match in _TERMS.finditer(text):
        found = match["found"]
        if found is not None:
            kind = "iri" if found.startswith("<") else "name"
            yield Token(kind, found, Span(*match.span("found")))


def declarations(text: str) -> list[Declaration]:
    """Return the prefixes a text declares, in its order, and whether each is used.

    Far down in a long text a prefix counts as used where it is mentioned, be it in a string.
    """
    found: list[Declaration] = []
    last = text.lower().rfind("prefix")
    if last < 0:
        return found
    is_over = False  # whether all declarations have been met
    waiting: dict[str, list[Declaration]] = {}
    for number, match in enumerate(_NAMES.finditer(text)):
        if match["name"] is not None:
            _use(waiting.pop(_prefix(match["name"]), ()))
        elif match["iri"] is not None:
            found.append(_declaration(match))
            _await(found[-1], waiting)
        if match.end() > last:
            if not is_over:
                is_over, waiting = True, _mentioned(waiting, text, match.end())
            if number > _READ_CLOSELY:
                for unseen in _mentioned(waiting, text, match.end()).values():
                    _use(unseen)
                break
            if not waiting:
                break
    return found


def _declaration(match: re.Match[str]) -> Declaration:
    iri = match["iri"][1:-1]
    return Declaration(match["prefix"], iri, Span(*match.span()), Span(*match.span("iri")))


def _await(declared: Declaration, waiting: dict[str, list[Declaration]]) -> None:
    """Wait for a use of a prefix; one that gets another meaning was not used before."""
    same = waiting.get(declared.prefix, [])
    if same and same[0].iri != declared.iri:
        same = []
    waiting[declared.prefix] = [*same, declared]


def _use(declared: Iterable[Declaration]) -> None:
    for each in declared:
        each.is_used = True


def _mentioned(
    waiting: Mapping[str, list[Declaration]], text: str, start: int
) -> dict[str, list[Declaration]]:
    """Return the declarations whose prefix may be used from some place on."""
    return {
        prefix: unseen for prefix, unseen in waiting.items() if text.find(f"{prefix}:", start) >= 0
    }


def _prefix(name: str) -> str:
    """Return the prefix of a name, what is none of a word without a colon.

    A name may follow a blank node's label without a space; then it has the empty prefix.
    """
    prefix, colon, rest = name.partition(":")
    prefix = prefix.lstrip(_BEFORE_A_NAME)
    if not colon or (prefix == "_" and ":" not in rest):
        return _NO_PREFIX
    return "" if prefix == "_" else prefix


def whole_lines(text: str, span: Span) -> Span | None:
    """Return the lines a span takes up, None when something else stands in them."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end + 1
    if text[start : span.start].strip() or text[span.end : end].strip():
        return None
    return Span(start, end)
