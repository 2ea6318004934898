"""Find the triples of one statement from its tokens: a machine of frames, without recursion."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from lod.rdf.namespaces import RDF
from lod.rdf.scan_terms import Placed, Terms
from lod.rdf.tokens import NotScannableError, Span, Token

_FIRST, _REST, _NIL = (str(each) for each in (RDF.first, RDF.rest, RDF.nil))
_REIFIES = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies>"
_OPENING = {"[": "bracket", "(": "collection", "<<(": "triple", "<<": "reified", "{|": "annotation"}
_CLOSING = {"]": "bracket", ")": "collection", ")>>": "triple", ">>": "reified", "|}": "annotation"}
_MOST_NESTED = 50
"""Triple terms within triple terms: each one's text holds those of all within."""
UNKNOWN = -1
"""The end of what is not at its end yet."""


class PlacedTriple(NamedTuple):
    """A triple and where its terms stand; ``graph`` is empty outside of named graphs.

    ``statement`` is where the statement begins that says it.
    """

    subject: Placed
    predicate: Placed
    object: Placed
    graph: str = ""
    statement: int = 0


@dataclass(slots=True)
class _Frame:
    """What is not at its end yet: statement, bracket, collection, annotation, triple, reified."""

    kind: str
    start: int
    subject: Placed | None = None
    predicate: Placed | None = None
    object: Placed | None = None
    reifier: Placed | None = None
    awaits_reifier: bool = False
    cell: Placed | None = None  # the last one of a collection
    root: Placed | None = None  # the first one
    link: int | None = None  # which triple leads to a collection
    depth: int = 0  # of triple terms


class Statement:
    """Takes the tokens of a statement one by one until ``is_open`` is false.

    A blank node without a label is called ``_:@`` and where it begins; the end of its place may
    be ``UNKNOWN`` until ``ends`` tell it.
    """

    def __init__(
        self, terms: Terms, graph: str, start: int, following: Callable[[], Token], *, is_line: bool
    ) -> None:
        """Begin a statement.

        :param following: gives the next token, when a literal needs it.
        :param is_line: whether a fourth term is the graph.
        """
        self.graph = graph
        self.ends: dict[str, int] = {}
        self.has_blanks = False
        self._terms = terms
        self._start = start
        self._following = following
        self._is_line = is_line
        self._frames = [_Frame("statement", start)]
        self._step = 0
        self._found: list[tuple[int, PlacedTriple]] = []

    @property
    def is_open(self) -> bool:
        """Whether its end is still to come."""
        return bool(self._frames)

    def triples(self) -> list[PlacedTriple]:
        """Return what it says; triples that one token completes are told last to first."""
        self._found.reverse()
        self._found.sort(key=itemgetter(0))
        return [each for _, each in self._found]

    def take(self, token: Token) -> None:
        """Take its next token that is no comment."""
        self._step += 1
        frame = self._frames[-1]
        if frame.awaits_reifier:
            frame.awaits_reifier = False
            if token.kind in {"iri", "name", "blank"}:
                self._reify(frame, self._term(frame, token), token.span)
                return
            self._reify(frame, self._unnamed(token.span, "r"), token.span)
        if token.kind != "mark":
            if frame.kind == "collection":
                self._begin_member(frame, token.span)
            placed = self._term(frame, token)
            # A string is known to be one without a language only when the next token is seen.
            is_late = token.kind == "string" and placed.span == token.span
            if placed.span != token.span:
                self._step += 1  # the tag or the datatype is a token of its own
            self._fill(frame, placed, is_late=is_late)
        elif token.text in _OPENING:
            self._open(frame, token)
        elif token.text in _CLOSING:
            if frame.kind != _CLOSING[token.text]:
                raise NotScannableError(f"{token.text} at {token.span.start}")
            self._close(frame, token.span.end)
        else:
            self._pass(frame, token)

    def _pass(self, frame: _Frame, token: Token) -> None:
        """Go over a mark that neither begins nor ends a term."""
        mark = token.text
        if mark in {";", ","}:
            frame.reifier = None
            if mark == ";":
                frame.predicate = None
        elif mark == "~":
            frame.awaits_reifier = True
        elif frame.kind == "statement" and mark in {".", "}"}:
            self._frames.pop()
            if mark == "}":
                self.graph = ""
        elif frame.kind == "statement" and mark == "{" and frame.subject is not None:
            self._frames.pop()
            self.graph = frame.subject.term
        else:
            raise NotScannableError(f"{mark} at {token.span.start}")

    def _open(self, frame: _Frame, token: Token) -> None:
        start, kind = token.span.start, _OPENING[token.text]
        inner = _Frame(kind, start)
        if kind == "annotation":
            inner.subject = frame.reifier
            if inner.subject is None:
                inner.subject = self._unnamed(Span(start, UNKNOWN), "r")
                self._reify(frame, inner.subject, token.span, lasts=False)
        elif frame.kind == "collection":
            self._begin_member(frame, token.span)
        if kind == "bracket":
            inner.subject = self._unnamed(Span(start, UNKNOWN), "b")
        elif kind == "triple":
            inner.depth = frame.depth + 1
            if inner.depth > _MOST_NESTED:
                raise NotScannableError(f"triple terms nested too deeply at {start}")
        self._frames.append(inner)

    def _close(self, frame: _Frame, end: int) -> None:
        """End the innermost frame, and give its term to the one around it."""
        self._frames.pop()
        outer, span = self._frames[-1], Span(frame.start, end)
        if frame.kind == "collection":
            self._close_collection(frame, outer, span)
        elif frame.kind == "triple":
            parts = _parts(frame)
            self._fill(outer, Placed(triple_term(each.term for each in parts), span, parts))
        else:
            if frame.kind == "reified":
                if frame.reifier is None:
                    self._reify(frame, self._unnamed(Span(frame.start, UNKNOWN), "r"), span)
                frame.subject = frame.reifier
            node = _known(frame.subject, frame.start)
            if node.span.end == UNKNOWN:
                self.ends[node.term] = end
            if frame.kind != "annotation":
                self._fill(outer, Placed(node.term, span))

    # Collections

    def _begin_member(self, frame: _Frame, span: Span) -> None:
        """Make the cell of a member; the first cell is what the collection is called by."""
        cell = self._unnamed(Span(span.start, UNKNOWN), "c")
        if frame.cell is None:
            frame.root = Placed(cell.term, Span(frame.start, UNKNOWN))
            frame.link = self._fill(self._frames[-2], frame.root)
        else:
            self._add(frame.cell, Placed(_REST, span), cell)
        frame.cell = cell

    def _close_collection(self, frame: _Frame, outer: _Frame, span: Span) -> None:
        if frame.cell is None or frame.root is None:
            self._fill(outer, Placed(_NIL, span))
            return
        behind = Span(span.end - 1, span.end)
        self._add(frame.cell, Placed(_REST, behind), Placed(_NIL, behind))
        whole = Placed(frame.root.term, span)
        if frame.link is not None:
            step, triple = self._found[frame.link]
            self._found[frame.link] = (step, triple._replace(object=whole))
        if outer.kind == "collection" and outer.cell is not None:
            self.ends[outer.cell.term] = span.end
        elif outer.object is frame.root:
            outer.object = whole
        elif outer.subject is frame.root:
            outer.subject = whole

    # Triples

    def _fill(self, frame: _Frame, placed: Placed, *, is_late: bool = False) -> int | None:
        """Give a frame the term it waits for; return which triple that completes, if one."""
        if frame.kind == "collection" and frame.cell is not None:
            start, end = placed.span
            if end != UNKNOWN:
                self.ends[frame.cell.term] = end
            predicate = Placed(_FIRST, Span(start, max(end, start + 1)))
            return self._add(frame.cell, predicate, placed, is_late=is_late)
        if frame.subject is None:
            frame.subject = placed
        elif frame.predicate is None:
            if not placed.term.startswith("<") or placed.parts:
                raise NotScannableError(f"no property at {placed.span.start}")
            frame.predicate = placed
        elif self._is_line and frame.kind == "statement" and self._found:
            step, triple = self._found[-1]
            self._found[-1] = (step, triple._replace(graph=placed.term))
        else:
            frame.object = placed
            if frame.kind not in {"triple", "reified"}:
                return self._add(frame.subject, frame.predicate, placed, is_late=is_late)
        return None

    def _reify(self, frame: _Frame, reifier: Placed, span: Span, *, lasts: bool = True) -> None:
        parts = _parts(frame)
        if lasts:
            frame.reifier = reifier
        whole = Span(parts[0].span.start, parts[2].span.end)
        place = whole if frame.kind == "reified" else parts[2].span
        self._add(
            reifier,
            Placed(_REIFIES, span),
            Placed(triple_term(each.term for each in parts), place, parts),
        )

    def _add(
        self, subject: Placed, predicate: Placed, value: Placed, *, is_late: bool = False
    ) -> int:
        triple = PlacedTriple(subject, predicate, value, self.graph, self._start)
        self._found.append((self._step + is_late, triple))
        return len(self._found) - 1

    # Terms

    def _unnamed(self, span: Span, mark: str) -> Placed:
        """Return a blank node without a label; marks tell apart those that begin at one place."""
        self.has_blanks = True
        return Placed(f"_:@{span.start}{mark}", span)

    def _term(self, frame: _Frame, token: Token) -> Placed:
        if token.kind == "string":
            return self._terms.literal(token, self._following)
        if token.kind == "blank":
            self.has_blanks = True
        is_verb = frame.subject is not None and frame.predicate is None
        return self._terms.plain(token, is_verb=is_verb)


def _known(placed: Placed | None, position: int) -> Placed:
    if placed is None:
        raise NotScannableError(f"no triple at {position}")
    return placed


def _parts(frame: _Frame) -> tuple[Placed, Placed, Placed]:
    subject, predicate = _known(frame.subject, frame.start), _known(frame.predicate, frame.start)
    return subject, predicate, _known(frame.object, frame.start)


def triple_term(parts: Iterable[str]) -> str:
    """Return the canonical text of a triple term with these terms."""
    return f"<<( {' '.join(parts)} )>>"
