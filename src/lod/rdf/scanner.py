"""Find where each triple stands in a Turtle, TriG or N-Triples text that a parser found valid.

No parser keeps the place of a triple, so this reads the text once more: one token pattern and a
machine without recursion (Turtle 1.1 §6.5, TriG 1.1 §4.5). It judges nothing: what it cannot
read, RDF 1.2's triple terms among it, ends the scan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from lod.rdf.namespaces import RDF, XSD
from lod.rdf.references import resolve
from lod.rdf.tokens import NotScannableError, Span, Token, tokens

__all__ = ["NotScannableError", "Placed", "PlacedTriple", "Span", "scan"]

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}

_TYPE, _FIRST, _REST, _NIL = (str(each) for each in (RDF.type, RDF.first, RDF.rest, RDF.nil))


@dataclass(frozen=True, slots=True)
class Placed:
    """A term as canonical N-Triples text, and where it stands.

    A blank node without a label is called ``_:`` and the place of its bracket.
    """

    term: str
    span: Span


@dataclass(frozen=True, slots=True)
class PlacedTriple:
    """A triple and where its terms stand; ``graph`` is empty outside of named graphs."""

    subject: Placed
    predicate: Placed
    object: Placed
    graph: str = ""


def scan(text: str, base: str) -> Iterator[PlacedTriple]:
    """Yield the triples of a valid Turtle, TriG or N-Triples text.

    Cells of collections have the place of their member.

    :param base: against which relative IRIs are resolved.
    :raises NotScannableError: at what is not read here.
    """
    try:
        yield from _Scanner(text, base).triples()
    except NotScannableError:
        raise
    except ValueError as error:  # a term that is none, such as a wrong language tag
        raise NotScannableError(str(error)) from error


@dataclass(slots=True)
class _Frame:
    """A statement, a bracket or a collection that is not at its end yet."""

    kind: str
    start: int
    subject: Placed | None = None
    predicate: Placed | None = None
    last: Placed | None = None


class _Scanner:
    def __init__(self, text: str, base: str) -> None:
        self._text = text
        self._base = base
        self._prefixes: dict[str, str] = {}
        self._graph = ""
        self._frames: list[_Frame] = []
        self._tokens = (each for each in tokens(text) if each.kind != "comment")
        self._names: dict[str, str] = {}

    def triples(self) -> Iterator[PlacedTriple]:
        for token in self._tokens:
            if not self._frames:
                self._begin(token)
            else:
                yield from self._go_on(token)
        if self._frames:
            raise NotScannableError("the text ends too early")

    # Between statements

    def _begin(self, token: Token) -> None:
        if token.kind in {"word", "tag"}:
            word = token.text.lstrip("@").upper()
            if word in {"PREFIX", "BASE", "VERSION"}:
                self._directive(word, with_end=token.kind == "tag")
                return
            if word == "GRAPH":
                return
        if token.text in {"{", "}"}:
            self._graph = ""
        elif token.text != ".":  # behind a graph
            self._frames.append(_Frame("statement", token.span.start))
            self._open_or_take(token)

    def _next(self) -> Token:
        for token in self._tokens:
            return token
        raise NotScannableError("the text ends too early")

    def _directive(self, word: str, *, with_end: bool) -> None:
        if word == "PREFIX":
            prefix = self._next().text[:-1]
            self._prefixes[prefix] = self._iri(self._next().text)
            self._names.clear()
        elif word == "BASE":
            self._base = self._iri(self._next().text)
        else:
            self._next()
        if with_end:
            self._next()

    # Within a statement

    def _go_on(self, token: Token) -> Iterator[PlacedTriple]:
        frame = self._frames[-1]
        mark = token.text if token.kind == "mark" else ""
        if mark == "]" and frame.kind == "bracket":
            yield from self._close(Placed(f"_:{frame.start}", Span(frame.start, token.span.end)))
        elif mark == ")" and frame.kind == "collection":
            yield from self._end_collection(frame, token.span.end)
        elif mark in {".", "}"} and frame.kind == "statement":
            self._frames.pop()
            if mark == "}":
                self._graph = ""
        elif mark == ";":
            frame.predicate = None
        elif mark == "{" and frame.kind == "statement" and frame.subject is not None:
            self._frames.pop()
            self._graph = frame.subject.term
        elif mark != ",":
            placed = self._open_or_take(token)
            if placed is not None:
                yield from self._take(placed)

    def _open_or_take(self, token: Token) -> Placed | None:
        """Open a bracket or a collection, or return the term the token is.

        The first term of a statement becomes its subject at once.
        """
        frame = self._frames[-1]
        if token.text == "[" and token.kind == "mark":
            node = Placed(f"_:{token.span.start}", token.span)
            self._frames.append(_Frame("bracket", token.span.start, node))
            return None
        if token.text == "(" and token.kind == "mark":
            self._frames.append(_Frame("collection", token.span.start))
            return None
        placed = self._term(token, is_verb=frame.kind != "collection" and frame.predicate is None)
        if frame.kind == "statement" and frame.subject is None:
            frame.subject = placed
            return None
        return placed

    def _take(self, placed: Placed) -> Iterator[PlacedTriple]:
        """Take a whole term as what the innermost frame waits for."""
        frame = self._frames[-1]
        if frame.kind == "collection":
            cell = Placed(f"_:{frame.start}.{placed.span.start}", placed.span)
            if frame.last is None:
                frame.subject = cell
            else:
                yield self._triple(frame.last, Placed(_REST, cell.span), cell)
            frame.last = cell
            yield self._triple(cell, Placed(_FIRST, placed.span), placed)
        elif frame.subject is None:
            frame.subject = placed
        elif frame.predicate is None:
            frame.predicate = placed
        else:
            yield self._triple(frame.subject, frame.predicate, placed)

    def _end_collection(self, frame: _Frame, end: int) -> Iterator[PlacedTriple]:
        span = Span(frame.start, end)
        if frame.last is None or frame.subject is None:
            yield from self._close(Placed(_NIL, span))
            return
        behind = Span(end - 1, end)
        yield self._triple(frame.last, Placed(_REST, behind), Placed(_NIL, behind))
        yield from self._close(Placed(frame.subject.term, span))

    def _close(self, placed: Placed) -> Iterator[PlacedTriple]:
        """End the innermost frame, and give its node to the one around it."""
        self._frames.pop()
        yield from self._take(placed)

    def _triple(self, subject: Placed, predicate: Placed, value: Placed) -> PlacedTriple:
        return PlacedTriple(subject, predicate, value, self._graph)

    # Terms

    def _term(self, token: Token, *, is_verb: bool) -> Placed:
        kind, text, span = token
        if kind == "iri":
            return Placed(f"<{self._iri(text)}>", span)
        if kind == "name":
            return Placed(self._expanded(text), span)
        if kind == "blank":
            return Placed(text, span)
        if kind == "string":
            return self._literal(token)
        if kind == "number":
            return Placed(_number(text), span)
        if text == "a" and is_verb:
            return Placed(_TYPE, span)
        if text.lower() in {"true", "false"}:
            return Placed(str(Literal(text, datatype=XSD.boolean)), span)
        raise NotScannableError(f"{text} at {span.start}")

    def _literal(self, token: Token) -> Placed:
        quotes = 3 if token.text[:3] in {'"""', "'''"} and len(token.text) > 5 else 1
        value = _unescaped(token.text[quotes:-quotes])
        tag = _TAG.match(self._text, token.span.end)
        if tag:
            if self._text.startswith("--", tag.end()):
                raise NotScannableError(f"a base direction at {tag.end()}")
            self._next()
            literal = Literal(value, language=tag[1].lower())
            return Placed(str(literal), Span(token.span.start, tag.end()))
        if _DATATYPE.match(self._text, token.span.end):
            self._next()
            datatype = self._term(self._next(), is_verb=False)
            literal = Literal(value, datatype=NamedNode(datatype.term[1:-1]))
            return Placed(str(literal), Span(token.span.start, datatype.span.end))
        return Placed(str(Literal(value)), token.span)

    def _iri(self, text: str) -> str:
        return resolve(_unescaped(text[1:-1]), self._base)

    def _expanded(self, name: str) -> str:
        found = self._names.get(name)
        if found is None:
            prefix, _, local = name.partition(":")
            if prefix not in self._prefixes:
                raise NotScannableError(f"{prefix}: is not declared")
            plain = re.sub(r"\\(.)", r"\1", local)
            found = self._names[name] = f"<{self._prefixes[prefix]}{plain}>"
        return found


_TAG = re.compile(r"(?:[ \t\r\n]|\#[^\r\n]*)*@([A-Za-z]+(?:-[A-Za-z0-9]+)*)")
_DATATYPE = re.compile(r"(?:[ \t\r\n]|\#[^\r\n]*)*\^\^")


def _number(text: str) -> str:
    datatype = XSD.integer
    if "e" in text.lower():
        datatype = XSD.double
    elif "." in text:
        datatype = XSD.decimal
    return str(Literal(text, datatype=datatype))


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(
        lambda found: (
            chr(int(found[1] or found[2], 16))
            if found[1] or found[2]
            else _ESCAPED.get(found[3], found[3])
        ),
        text,
    )
