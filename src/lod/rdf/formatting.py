"""Lay Turtle and TriG out: one way to write each statement, so that a change is a small diff.

Blocks stay where they are; within one, ``a`` comes first, then names, then definitions, then the
rest by name, and two values or more stand one a line. Comments stay with what they are about,
strings and numbers as they are written. Only for texts that a parser found valid.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter

from lod.rdf.outline import read_outline
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
    Value,
)

WIDTH = 100
"""Columns within which brackets and collections stand on one line."""

_STEP = "  "
_ORDER = attrgetter("order")
_RANK = attrgetter("rank", "text")


def format_turtle(text: str) -> str:
    """Return a Turtle or TriG text in the layout; the triples and the comments are the same.

    :raises NotScannableError: at what is not read here, or in a text that is not valid.
    """
    layout = _Layout()
    for item in read_outline(text.removeprefix("\ufeff")):
        layout.add(item)
    return layout.text()


class _Layout:
    """Takes items and lays them out one below the other."""

    def __init__(self) -> None:
        self._paragraphs: list[str] = []
        self._directives: list[Directive] = []
        self._indent = ""
        self._is_start = True  # of the text, or of a graph

    def text(self) -> str:
        self._end_directives()
        return "".join(self._paragraphs)

    def add(self, item: Item) -> None:
        if isinstance(item, Directive):
            self._directives.append(item)
            return
        self._end_directives()
        lines: list[str] = []
        if isinstance(item, GraphEnd):
            before = _stripped(item.before)
            _put_comments(lines, before, self._indent)
            self._write(lines, apart=bool(before) and not self._is_start)
            self._indent = ""
            self._write([f"}}{_ending(item)}"], apart=False)
            return
        _put_comments(lines, _without_first_gap(item.before), self._indent)
        if isinstance(item, Block):
            _put_block(lines, item, self._indent)
        elif isinstance(item, GraphStart):
            lines.append(f"{item.name} {{{_ending(item)}".lstrip())
        self._write(lines)
        if isinstance(item, GraphStart):
            self._indent = _STEP
            self._is_start = True

    def _write(self, lines: Sequence[str], *, apart: bool = True) -> None:
        if apart and not self._is_start:
            self._paragraphs.append("\n")
        self._is_start = False
        self._paragraphs.extend(f"{line}\n" for line in lines)

    def _end_directives(self) -> None:
        """Write the declarations that follow each other; comments at the top stay at the top."""
        if not self._directives:
            return
        lines: list[str] = []
        directives, self._directives = self._directives, []
        if not self._paragraphs:
            lines.extend(_take_heading(directives[0]))
        directives = _in_order(directives)
        first = _leading(directives[0])
        if lines and first and lines[-1]:
            lines.append("")
        directives[0].before = _without_first_gap(directives[0].before)
        for directive in directives:
            lines += _leading(directive)
            lines.append(f"{directive.text}{_ending(directive)}")
        self._write(lines)


# Declarations


def _take_heading(first: Directive) -> tuple[str, ...]:
    """Take the comments that are about the text from its first declaration, and return them.

    Comments right before the declaration are about it only if there are others above them.
    """
    before = _without_first_gap(first.before)
    gaps = [at for at, line in enumerate(before) if not line]
    end = gaps[-1] + 1 if gaps else len(before)
    first.before = before[end:]
    return before[:end]


def _in_order(directives: Iterable[Directive]) -> list[Directive]:
    """Return declarations of prefixes sorted, where none means another thing after it."""
    ordered: list[Directive] = []
    for are_prefixes, group in groupby(directives, lambda each: each.prefix is not None):
        run = list(group)
        if are_prefixes and len({each.prefix for each in run}) == len(run):
            run.sort(key=lambda each: each.prefix or "")
        ordered += run
    return ordered


# Comments


def _leading(part: Part) -> tuple[str, ...]:
    """Return the comments to put in front of a part: one line has no end for two."""
    return part.before if len(part.after) < 2 else (*part.before, *part.after)


def _ending(part: Part) -> str:
    """Return the comment to put at the end of the line of a part."""
    return f" {part.after[0]}" if len(part.after) == 1 else ""


def _put_comments(lines: list[str], comments: Iterable[str], indent: str) -> None:
    lines.extend(f"{indent}{each}" if each else "" for each in comments)


def _without_first_gap(comments: tuple[str, ...]) -> tuple[str, ...]:
    return comments[1:] if comments and not comments[0] else comments


def _stripped(comments: tuple[str, ...]) -> tuple[str, ...]:
    comments = _without_first_gap(comments)
    return comments[:-1] if comments and not comments[-1] else comments


# Blocks


def _put_block(lines: list[str], block: Block, indent: str) -> None:
    end = block.end
    if block.as_written is not None:
        lines.append(f"{indent}{block.as_written}{_ending(end)}")
        return
    subject = block.subject
    _put_comments(lines, _leading(subject), indent)
    ends_here = not (block.predicates or block.rest or subject.after)
    _put_value(lines, indent, subject, indent, " ." if ends_here else "")
    if ends_here:
        lines[-1] += _ending(end)
        return
    _put_predicates(lines, block, indent + _STEP)
    _put_comments(lines, block.rest, indent + _STEP)
    lines.append(f"{indent}.{_ending(end)}")


def _put_predicates(lines: list[str], node: Block | Bracket, indent: str) -> None:
    for predicate in _arranged(node):
        if predicate.before:
            _put_comments(lines, predicate.before, indent)
        values = predicate.values
        head = f"{indent}{predicate.text}"
        if len(values) == 1 and not (predicate.after or values[0].before):
            _put_value(lines, f"{head} ", values[0], indent, " ;")
            continue
        lines.append(f"{head}{_ending(predicate)}")
        deeper = indent + _STEP
        last = len(values) - 1
        for at, value in enumerate(values):
            _put_comments(lines, _leading(value), deeper)
            _put_value(lines, deeper, value, deeper, " ;" if at == last else " ,")


def _arranged(node: Block | Bracket) -> list[Predicate]:
    """Return the predicates of a node in their order, each once, with their values in order."""
    found: dict[str, Predicate] = {}
    for predicate in node.predicates:
        same = found.setdefault(predicate.iri, predicate)
        if same is not predicate:
            _merge(same, predicate)
    for predicate in found.values():
        if len(predicate.values) > 1:
            predicate.values.sort(key=_ORDER)
        elif len(predicate.values[0].after) > 1:
            value = predicate.values[0]
            predicate.before += value.after
            value.after = ()
    node.predicates = sorted(found.values(), key=_RANK)
    return node.predicates


def _merge(predicate: Predicate, other: Predicate) -> None:
    """Move the values of a predicate that is there twice, and the comments with them."""
    first = other.values[0]
    first.before = (*other.before, *other.after, *first.before)
    predicate.values += other.values


# Values


def _put_value(
    lines: list[str], head: str, value: Value, indent: str, end: str, *, within: bool = False
) -> None:
    """Write a value behind what is before it on its line, and its end mark behind it.

    :param within: whether it is in a collection, where a bracket may say several things in a line.
    """
    if isinstance(value, Atom):
        lines.append(f"{head}{value.text}{end}{_ending(value)}")
        return
    text = _in_line(value, within=within)
    if text is not None and len(head) + len(text) + len(end) <= WIDTH:
        lines.append(f"{head}{text}{end}{_ending(value)}")
    elif isinstance(value, Bracket):
        lines.append(f"{head}[{_ending(value.opening)}")
        _put_predicates(lines, value, indent + _STEP)
        _put_comments(lines, value.rest, indent + _STEP)
        lines.append(f"{indent}]{end}{_ending(value)}")
    else:
        lines.append(f"{head}({_ending(value.opening)}")
        for member in value.members:
            _put_comments(lines, _leading(member), indent + _STEP)
            _put_value(lines, indent + _STEP, member, indent + _STEP, "", within=True)
        _put_comments(lines, value.rest, indent + _STEP)
        lines.append(f"{indent}){end}{_ending(value)}")


def _in_line(value: Value, *, within: bool) -> str | None:
    """Return a value as it stands on one line, None where it needs more."""
    if isinstance(value, Atom):
        return None if "\n" in value.text else value.text
    if value.opening.after or value.rest:
        return None
    inner: list[str] = []
    if isinstance(value, Collection):
        for member in value.members:
            text = None if member.before or member.after else _in_line(member, within=True)
            if text is None:
                return None
            inner.append(text)
        return f"( {' '.join(inner)} )" if inner else "()"
    predicates = _arranged(value)
    if len(predicates) > 1 and not within:
        return None
    for predicate in predicates:
        text = _statement_in_line(predicate, within=within)
        if text is None:
            return None
        inner.append(text)
    return f"[ {' ; '.join(inner)} ]" if inner else "[]"


def _statement_in_line(predicate: Predicate, *, within: bool) -> str | None:
    value = predicate.values[0]
    if len(predicate.values) > 1 or _has_comments(predicate) or _has_comments(value):
        return None
    text = _in_line(value, within=within)
    return None if text is None else f"{predicate.text} {text}"


def _has_comments(part: Part) -> bool:
    return bool(part.before or part.after)
