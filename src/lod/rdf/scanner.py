"""Find where each triple stands in a Turtle, TriG, N-Triples or N-Quads text.

No parser keeps the place of a triple, so this reads a text that a parser found valid once more
(RDF 1.2 Turtle §6.5, TriG §4). It judges nothing: what it cannot read ends the scan. Statements
nobody asks for are not even split into tokens.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator

from lod.rdf.scan_labels import Labels, is_unnamed, unnamed_number
from lod.rdf.scan_skips import head, skip
from lod.rdf.scan_statements import UNKNOWN, PlacedTriple, Statement, triple_term
from lod.rdf.scan_terms import Placed, Terms
from lod.rdf.tokens import NotScannableError, Span, Token, tokens

__all__ = ["NotScannableError", "Placed", "PlacedTriple", "Span", "scan", "triple_term"]


def scan(
    text: str,
    base: str,
    subjects: Collection[str] | None = None,
    objects: Collection[str] = (),
    *,
    is_lines: bool = False,
) -> Iterator[PlacedTriple]:
    """Yield the triples of a valid text in the order of the parser.

    Blank nodes without a label are called as ``Labels`` say, so that the n-th is the parser's
    n-th; they stand where their bracket does, cells of collections where their member does.

    :param base: against which relative IRIs are resolved.
    :param subjects: canonical N-Triples text of nodes; only of statements that say something of
        one of them are the triples told, then all. None asks for every statement.
    :param objects: likewise, statements that say something with one of them (no literals).
    :param is_lines: whether it is N-Triples or N-Quads, where every node has a label.
    :raises NotScannableError: at what is not read here.
    """
    asked = None
    if subjects is not None:
        asked = _Asked(frozenset(subjects), frozenset(objects))
    try:
        yield from _Scanner(text, base, asked, is_lines=is_lines).triples()
    except NotScannableError:
        raise
    except ValueError as error:  # a term that is none, such as a wrong language tag
        raise NotScannableError(str(error)) from error


class _Asked:
    """Which statements to tell."""

    def __init__(self, subjects: frozenset[str], objects: frozenset[str]) -> None:
        self.subjects = subjects
        self.objects = objects
        numbers = {unnamed_number(each) for each in subjects | objects}
        self._numbers = sorted(each for each in numbers if each is not None)
        self.written = frozenset(each for each in objects if unnamed_number(each) is None)

    def has_number(self, first: int, count: int) -> bool:
        """Whether one of so many nodes without a label is asked for."""
        place = bisect_left(self._numbers, first)
        return place < len(self._numbers) and self._numbers[place] < first + count

    def wants(self, triples: list[PlacedTriple]) -> bool:
        """Whether to tell a statement with these triples."""
        return any(
            each.subject.term in self.subjects or each.object.term in self.objects
            for each in triples
        )


class _Scanner:
    def __init__(self, text: str, base: str, asked: _Asked | None, *, is_lines: bool) -> None:
        self._text = text
        self._terms = Terms(text, base)
        self._asked = asked
        self._is_lines = is_lines
        self._written: re.Pattern[str] | None = None  # what may be one of the objects
        self._position = 0
        self._tokens: Iterator[Token] = iter(())
        self._graph = ""
        self._labels = Labels()

    def triples(self) -> Iterator[PlacedTriple]:
        while True:
            if self._asked is not None and not self._graph.startswith("_:"):
                self._skip(self._asked)
            self._tokens = tokens(self._text, self._position)
            token = next(self._tokens, None)
            if token is None:
                return
            self._position = token.span.end
            if token.kind != "comment" and not self._is_between(token):
                found = self._statement(token)
                if self._asked is None or self._asked.wants(found):
                    yield from found

    def _skip(self, asked: _Asked) -> None:
        """Go behind the statements that nobody asks for."""
        if asked.written and self._written is None:
            self._written = self._terms.written(asked.written)
        while first := head(self._text, self._position):
            kind, name, end = first
            if kind == "blank" and not self._is_lines and is_unnamed(name[2:]):
                return
            if kind != "bracket" and self._terms.node(kind, name) in asked.subjects:
                return
            rest = skip(self._text, end, is_lines=self._is_lines)
            if rest is None or asked.has_number(self._labels.count, rest.unnamed):
                return
            if self._written and self._written.search(self._text, self._position, rest.end):
                return
            self._labels.count += rest.unnamed
            self._position = rest.end

    def _is_between(self, token: Token) -> bool:
        """Read what is no statement: a directive, or a mark around graphs."""
        if token.kind in {"word", "tag"}:
            word = token.text.lstrip("@").upper()
            if word in {"PREFIX", "BASE", "VERSION"}:
                self._directive(word, with_end=token.kind == "tag")
                return True
            return word == "GRAPH"
        if token.kind == "mark" and token.text in {"{", "}", "."}:
            if token.text != ".":  # which may stand behind a graph
                self._graph = ""
            return True
        return False

    def _directive(self, word: str, *, with_end: bool) -> None:
        if word == "PREFIX":
            self._terms.declare(self._next().text, self._next().text)
        elif word == "BASE":
            self._terms.rebase(self._next().text)
        else:
            self._next()
        if with_end:
            self._next()
        self._written = None

    def _next(self) -> Token:
        for token in self._tokens:
            self._position = token.span.end
            if token.kind != "comment":
                return token
        raise NotScannableError("the text ends too early")

    # Statements

    def _statement(self, token: Token) -> list[PlacedTriple]:
        """Return the triples of the statement that a token begins."""
        statement = Statement(
            self._terms, self._graph, token.span.start, self._next, is_line=self._is_lines
        )
        statement.take(token)
        while statement.is_open:
            statement.take(self._next())
        self._graph = statement.graph
        found = statement.triples()
        if statement.has_blanks or (found and found[0].graph.startswith("_:")):
            return [self._labelled(each, statement.ends) for each in found]
        return found

    def _labelled(self, triple: PlacedTriple, ends: dict[str, int]) -> PlacedTriple:
        subject = self._relabelled(triple.subject, ends)
        value = self._relabelled(triple.object, ends)
        return triple._replace(subject=subject, object=value, graph=self._label(triple.graph))

    def _relabelled(self, placed: Placed, ends: dict[str, int]) -> Placed:
        term, span, parts = placed
        if parts:
            parts = tuple(self._relabelled(each, ends) for each in parts)
            return Placed(triple_term(each.term for each in parts), span, parts)
        if span.end == UNKNOWN:
            span = Span(span.start, ends[term])
        return Placed(self._label(term), span)

    def _label(self, term: str) -> str:
        if self._is_lines or not term.startswith("_:"):
            return term
        return f"_:{self._labels.label(term[2:])}"
