"""Say what each comment of a text is about, as a reader would; for texts of ``turtle_texts``.

Their values and predicates have numbers, by which they are found again when they have moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lod.rdf.tokens import Token, tokens

DIRECTIVE = "a declaration"
_NUMBER = re.compile(r"(?<![A-Za-z])[pv]?(\d+)")
_BETWEEN = {",", ";"}
_DIRECTIVES = {"prefix", "base"}


@dataclass(slots=True)
class _Placed:
    """A token, and what a comment in front of it or behind it is about."""

    token: Token
    front: str = ""
    behind: str = ""
    is_value: bool = False


@dataclass(slots=True)
class _Open:
    """A block, bracket or collection that is not at its end."""

    opener: _Placed
    numbers: list[int] = field(default_factory=list)
    verb: _Placed | None = None
    has_subject: bool = False
    has_predicates: bool = False


@dataclass(slots=True)
class Owners:
    """What each comment is about, and which value is the only one of which predicate."""

    of: dict[str, str]
    verbs: dict[str, str]

    def is_near(self, owner: str, found: str) -> bool:
        """Whether a comment on one thing may be said to be on another: its own predicate."""
        return owner == found or self.verbs.get(owner) == found


def owners(text: str) -> Owners:
    """Return what each comment is about.

    One on a line of its own is about what follows, others about what they follow on their line;
    one right below the latter and in line with it goes on with it.
    """
    everything = list(tokens(text))
    reader = _Reader(text)
    placed = reader.read([each for each in everything if each.kind != "comment"])
    found: dict[str, str] = {}
    at = 0  # in placed
    above: Token | None = None
    goes_on = -1  # the column of a comment that the next line may go on with
    for token in everything:
        if token.kind != "comment":
            at += 1
            goes_on = -1
        else:
            name = token.text.split()[1]
            breaks = _breaks(text, above.span.end, token.span.start) if above else 1
            column = token.span.start - text.rfind("\n", 0, token.span.start)
            if breaks == 0:
                found[name], is_value = _behind(text, placed[:at])
                goes_on = column if is_value else -1
            elif breaks == 1 and column == goes_on and above is not None:
                found[name] = found[above.text.split()[1]]
            else:
                found[name] = _front(placed[at:])
                goes_on = -1
        above = token
    return Owners(found, reader.verbs)


def _breaks(text: str, start: int, end: int) -> int:
    between = text[start:end].replace("\r\n", "\n")
    return between.count("\n") + between.count("\r")


def _front(following: list[_Placed]) -> str:
    return next((each.front for each in following if each.token.text not in _BETWEEN), "the end")


def _behind(text: str, before: list[_Placed]) -> tuple[str, bool]:
    """Return what a comment behind tokens is about, and whether that is a value of something."""
    last = before[-1]
    ends_line = last.token.text == "." and last.behind == ""
    if ends_line:
        before = before[:-1]
    last = next(each for each in reversed(before) if each.token.text not in _BETWEEN)
    return last.behind, last.is_value


class _Reader:
    def __init__(self, text: str) -> None:
        self.verbs: dict[str, str] = {}
        self._text = text
        self._open: list[_Open] = []
        self._graph = ""
        self._literal: _Placed | None = None

    def read(self, given: list[Token]) -> list[_Placed]:
        placed = [_Placed(each) for each in given]
        rest = iter(placed)
        previous: _Placed | None = None
        for each in rest:
            text = each.token.text
            if not self._open and text.lstrip("@").lower() in _DIRECTIVES:
                self._directive(each, rest)
            elif not self._open and text in {"GRAPH", "{", "}"}:
                self._bound(each, rest)
            else:
                self._one(each, previous)
            previous = each
        return placed

    def _directive(self, first: _Placed, rest: Iterator[_Placed]) -> None:
        count = 3 if "prefix" in first.token.text.lower() else 2
        count -= 0 if first.token.text.startswith("@") else 1
        first.front = first.behind = DIRECTIVE
        for _ in range(count):
            each = next(rest)
            each.front = each.behind = DIRECTIVE

    def _bound(self, mark: _Placed, rest: Iterator[_Placed]) -> None:
        if mark.token.text == "GRAPH":
            name = next(rest)
            mark.front = mark.behind = name.front = name.behind = self._name(name.token)
            self._begin_graph(next(rest), name.behind)
        else:
            mark.front = mark.behind = f"end of graph {self._graph}"

    def _begin_graph(self, mark: _Placed, name: str) -> None:
        self._graph = name
        mark.front = name
        mark.behind = f"graph {name}"

    def _name(self, token: Token) -> str:
        if token.text in {"[", "("}:
            return f"value {token.text}"
        found = _NUMBER.search(token.text)
        kind = "verb" if found and found[0][0] == "p" else "value"
        return f"{kind} {found[1]}" if found else ""

    def _one(self, each: _Placed, previous: _Placed | None) -> None:
        text, kind = each.token.text, each.token.kind
        if not self._open:
            self._open.append(_Open(each))
        top = self._open[-1]
        if kind == "tag" or text == "^^" or (previous and previous.token.text == "^^"):
            assert self._literal is not None
            each.front = each.behind = self._literal.front
            each.is_value = True
        elif kind != "mark":
            self._term(each, top)
        elif text in {"[", "("}:
            self._open.append(_Open(each))
        elif text in {"]", ")"}:
            self._close(each)
        elif text in {".", "}"}:
            self._end(each, top, previous)
        elif text == "{":
            self._open.pop()
            self._begin_graph(each, top.opener.front)
        elif text == ";":
            top.verb = None

    def _term(self, each: _Placed, top: _Open) -> None:
        is_block = len(self._open) == 1
        is_collection = not is_block and top.opener.token.text == "("
        name = self._name(each.token)
        number = _NUMBER.search(each.token.text)
        if number:
            top.numbers.append(int(number[1]))
        if is_block and not top.has_subject:
            top.has_subject = True
        elif not is_collection and top.verb is None:
            top.verb = each
            top.has_predicates = True
        else:
            each.is_value = True
            if not is_collection:
                self._value_of(top.verb, name)
        each.front = each.behind = name
        self._literal = each

    def _value_of(self, verb: _Placed | None, name: str) -> None:
        assert verb is not None
        if not verb.front:
            verb.front = verb.behind = f"verb of {name}"
        self.verbs[name] = verb.front

    def _close(self, end: _Placed) -> None:
        closed = self._open.pop()
        top = self._open[-1]
        top.numbers += closed.numbers
        name = f"{closed.opener.token.text}{sorted(closed.numbers)}"
        closed.opener.front = end.behind = f"value {name}"
        closed.opener.behind = f"inside {name}"
        end.front = f"rest of {name}"
        if len(self._open) == 1 and not top.has_subject:
            top.has_subject = True
        else:
            end.is_value = True
            if top.verb is not None:
                self._value_of(top.verb, f"value {name}")

    def _end(self, mark: _Placed, block: _Open, previous: _Placed | None) -> None:
        self._open.pop()
        if mark.token.text == "}":
            mark.front = mark.behind = f"end of graph {self._graph}"
            return
        mark.front = f"end of {block.opener.front}"
        assert previous is not None
        on_same_line = _breaks(self._text, previous.token.span.end, mark.token.span.start) == 0
        if not block.has_predicates:
            mark.behind = block.opener.front
        elif not on_same_line:
            mark.behind = mark.front
