"""Read Turtle or TriG into blocks that keep what a graph forgets: comments, order and form.

Only for texts that a parser found valid. Each comment belongs to the part it stands at: on a line
of its own to what follows, at the end of a line to what it follows there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from lod.rdf.names import Names
from lod.rdf.parts import (
    Atom,
    Block,
    Bracket,
    Collection,
    Directive,
    GraphEnd,
    GraphStart,
    Item,
    Part,
    Predicate,
    Remainder,
    Value,
)
from lod.rdf.tokens import NotScannableError, Token, tokens

DEEPEST = 40
"""Brackets nested deeper than this leave their block as it is written."""

_LINE = 10_000
"""How far back the begin of a line is looked for."""

_NEWER_MARKS = {"<<(", ")>>", "<<", ">>", "{|", "|}", "~"}
"""What only RDF 1.2 has: a block with such marks stays as it is written."""


@dataclass(slots=True)
class _Frame:
    """What is open; ``predicate`` takes the values."""

    node: Block | Bracket | Collection
    predicate: Predicate | None = None


def read_outline(text: str) -> Iterator[Item]:
    """Yield the blocks, declarations and graph bounds of a valid text, one after the other.

    :raises NotScannableError: at what is not read here.
    """
    return _Reader(text).items()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = tokens(text)
        self._names = Names()
        self._done: deque[Item] = deque()
        self._frames: list[_Frame] = []
        self._waiting: list[str] = []
        self._tail = Part()
        self._tail_is_value = False
        self._column = -1
        self._end = 0
        self._start = 0
        self._is_as_written = False
        self._is_datatype = False

    def items(self) -> Iterator[Item]:
        """Yield an item once the next one is read: a comment behind it may still come."""
        for token in self._tokens:
            if token.kind == "comment":
                if not self._is_as_written:
                    self._comment(token)
            elif self._frames:
                self._go_on(token)
            else:
                self._begin(token)
            self._end = max(self._end, token.span.end)
            while len(self._done) > 1:
                yield self._done.popleft()
        if self._frames:
            raise NotScannableError("the text ends too early")
        if self._waiting:
            self._done.append(Remainder(tuple(self._waiting)))
        yield from self._done

    # Comments

    def _comment(self, token: Token) -> None:
        start = token.span.start
        breaks = self._line_breaks(start)
        text = token.text.rstrip(" \t")
        column = start - self._text.rfind("\n", max(0, start - _LINE), start)
        if breaks == 0 and self._end:
            self._tail.after += (text,)
            self._column = column if self._tail_is_value else -1
        elif breaks == 1 and column == self._column:  # goes on below its begin
            self._tail.after += (text,)
        else:
            self._column = -1
            if breaks > 1 and not self._frames:
                self._waiting.append("")
            self._waiting.append(text)

    def _line_breaks(self, until: int) -> int:
        """Return how many lines end between the last token and a place."""
        between = self._text[self._end : until].replace("\r\n", "\n")
        return between.count("\n") + between.count("\r")

    def _take_waiting(self, token: Token | None = None) -> tuple[str, ...]:
        """Return the comments on own lines since the last part.

        :param token: the begin of what follows them, where empty lines count.
        """
        self._column = -1
        if not self._waiting:
            return ()
        if token is not None and self._line_breaks(token.span.start) > 1:
            self._waiting.append("")
        taken = tuple(self._waiting)
        self._waiting.clear()
        return taken

    def _set_tail(self, part: Part, *, is_value: bool = False) -> None:
        """Say what a comment at the end of the line would belong to."""
        self._tail = part
        self._tail_is_value = is_value

    # Between blocks

    def _begin(self, token: Token) -> None:
        before = self._take_waiting(token)
        if token.kind in {"word", "tag"}:
            word = token.text.lstrip("@").lower()
            if word == "graph":
                self._graph(before)
            else:
                self._directive(word, before, with_end=token.kind == "tag")
        elif token.text == "{":
            self._add(GraphStart(before))
        elif token.text == "}":
            self._add(GraphEnd(before))
        else:
            self._start = token.span.start
            self._frames.append(_Frame(Block(before)))
            self._go_on(token)

    def _add(self, item: Item) -> None:
        self._done.append(item)
        self._set_tail(item)

    def _next(self, part: Part) -> Token:
        """Return the next token; comments on the way are put before a part."""
        for token in self._tokens:
            self._end = token.span.end
            if token.kind != "comment":
                return token
            part.before += (token.text.rstrip(" \t"),)
        raise NotScannableError("the text ends too early")

    def _directive(self, word: str, before: tuple[str, ...], *, with_end: bool) -> None:
        directive = Directive(before)
        words = [self._next(directive).text]
        if word == "prefix":
            directive.prefix = words[0][:-1]
            words.append(self._next(directive).text)
            self._names.declare(directive.prefix, words[1])
        directive.text = f"@{word} {' '.join(words)} ."
        if with_end:
            self._next(directive)
        self._add(directive)

    def _graph(self, before: tuple[str, ...]) -> None:
        """Read the begin of a graph behind the word ``GRAPH``, which TriG can do without."""
        graph = GraphStart(before)
        text = ""
        while (token := self._next(graph)).text != "{":
            text += self._names.term(token.text) if token.kind == "iri" else token.text
        graph.name = text
        self._add(graph)

    def _block_is_graph(self, block: Block) -> None:
        """Take what was read as a subject for the name of a graph."""
        subject = block.subject
        before = (*block.before, *subject.before, *subject.after)
        name = "[]"
        if isinstance(subject, Atom):
            name = subject.text
        else:
            before += (*subject.opening.after, *subject.rest)
        self._frames.pop()
        self._add(GraphStart((*before, *self._take_waiting()), name=name))

    # Within a block

    def _go_on(self, token: Token) -> None:
        if self._is_as_written:
            if token.kind == "mark" and token.text in {".", "}"}:
                self._end_as_written(token)
        elif token.kind == "mark":
            self._mark(token)
        elif token.kind == "tag":
            self._extend(token.text, token.text[1:].lower())
        elif self._is_datatype:
            self._is_datatype = False
            self._extend(self._names.term(token.text), "")
        else:
            self._term(token)

    def _mark(self, token: Token) -> None:
        mark = token.text
        frame = self._frames[-1]
        if mark == ";":
            frame.predicate = None
        elif mark in {"[", "("}:
            self._open(Bracket() if mark == "[" else Collection())
        elif mark in {"]", ")"}:
            self._close(frame)
        elif mark in {".", "}"}:
            self._end_block(token)
        elif mark == "{":
            self._mark_graph(frame)
        elif mark == "^^":
            self._is_datatype = True
            self._extend("^^", "")
        elif mark in _NEWER_MARKS:
            self._keep_as_written()

    def _mark_graph(self, frame: _Frame) -> None:
        if not isinstance(frame.node, Block):
            raise NotScannableError("a graph within a statement")
        self._block_is_graph(frame.node)

    def _open(self, node: Bracket | Collection) -> None:
        self._place(node)
        self._frames.append(_Frame(node))
        self._set_tail(node.opening)
        if len(self._frames) > DEEPEST:
            self._keep_as_written()

    def _close(self, frame: _Frame) -> None:
        node = frame.node
        self._frames.pop()
        node.rest = self._take_waiting()
        block = self._frames[0].node
        self._set_tail(node, is_value=not (isinstance(block, Block) and block.subject is node))

    def _end_block(self, token: Token) -> None:
        block = self._frames.pop().node
        if not isinstance(block, Block) or self._frames:
            raise NotScannableError(f"{token.text} within brackets at {token.span.start}")
        at_end = token.text == "."
        if at_end:
            block.rest = self._take_waiting()
        self._done.append(block)
        if not block.predicates or self._line_breaks(token.span.start):
            self._set_tail(block.end)
        if not at_end:
            self._add(GraphEnd(self._take_waiting()))

    def _keep_as_written(self) -> None:
        """Lay out nothing of the block, but go on behind its end."""
        del self._frames[1:]
        self._is_as_written = True
        self._is_datatype = False
        self._waiting.clear()

    def _end_as_written(self, token: Token) -> None:
        block = self._frames.pop().node
        assert isinstance(block, Block)  # noqa: S101 - the others were taken off
        self._is_as_written = False
        at_end = token.text == "."
        block.as_written = self._text[self._start : token.span.end if at_end else self._end]
        self._done.append(block)
        self._set_tail(block.end)
        if not at_end:
            self._add(GraphEnd())

    def _term(self, token: Token) -> None:
        frame = self._frames[-1]
        node = frame.node
        is_subject = isinstance(node, Block) and not node.predicates and self._wants_subject(node)
        if frame.predicate is None and not is_subject and not isinstance(node, Collection):
            verb = self._names.verb(token.text)
            frame.predicate = Predicate(self._take_waiting(), (), verb.text, verb.iri, verb.rank)
            node.predicates.append(frame.predicate)
            self._set_tail(frame.predicate)
        else:
            self._place(self._atom(token))

    def _wants_subject(self, block: Block) -> bool:
        return isinstance(block.subject, Atom) and not block.subject.text

    def _atom(self, token: Token) -> Atom:
        kind, text, _ = token
        if kind == "iri":
            text = self._names.term(text)
            return Atom((), (), text, (0, text))
        if kind == "name":
            return Atom((), (), text, (0, text))
        if kind == "string":
            return Atom((), (), _in_double_quotes(text), (1, ""))
        return Atom((), (), text, (2, "") if kind == "blank" else (1, ""))

    def _place(self, value: Value) -> None:
        """Give a value that begins to what it is a value of."""
        frame = self._frames[-1]
        node = frame.node
        value.before = self._take_waiting()
        self._set_tail(value, is_value=True)
        if frame.predicate is not None:
            frame.predicate.values.append(value)
        elif isinstance(node, Collection):
            node.members.append(value)
        elif isinstance(node, Block):
            node.subject = value
            self._tail_is_value = False

    def _extend(self, text: str, language: str) -> None:
        """Add to a literal what follows its string: language or datatype."""
        literal = self._tail
        if not isinstance(literal, Atom):
            raise NotScannableError(f"{text} behind no string")
        literal.text += text
        literal.order = (1, language)
        literal.before += self._take_waiting()


def _in_double_quotes(string: str) -> str:
    """Return a string in double quotes, if it can be without another escape."""
    if string[0] == '"' or '"' in string:
        return string
    quotes = 3 if string.startswith("'''") and len(string) > 5 else 1
    return '"' * quotes + string[quotes:-quotes] + '"' * quotes
