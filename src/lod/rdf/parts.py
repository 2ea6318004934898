"""The parts of a Turtle or TriG text, each with its comments."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Part:
    """Anything with comments: ``before`` in front of it, ``after`` at the end of its line.

    Between blocks an empty line before a comment, or behind the last one, is an empty text.
    """

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(slots=True)
class Atom(Part):
    """A value without parts, as it is to be written; values stand in the order of ``order``."""

    text: str = ""
    order: tuple[int, str] = (2, "")


@dataclass(slots=True)
class Bracket(Part):
    """A blank node ``[ … ]``; ``rest`` are the comments before its end."""

    order = (2, "")
    opening: Part = field(default_factory=Part)
    predicates: list[Predicate] = field(default_factory=list)
    rest: tuple[str, ...] = ()


@dataclass(slots=True)
class Collection(Part):
    """A collection ``( … )``; ``rest`` are the comments before its end."""

    order = (2, "")
    opening: Part = field(default_factory=Part)
    members: list[Value] = field(default_factory=list)
    rest: tuple[str, ...] = ()


Value = Atom | Bracket | Collection


@dataclass(slots=True)
class Predicate(Part):
    """A predicate with its values; ``iri`` is the same for all names of the same predicate."""

    text: str = ""
    iri: str = ""
    rank: int = 0
    values: list[Value] = field(default_factory=list)


@dataclass(slots=True)
class Block(Part):
    """The statements of a subject up to the end mark.

    :param as_written: its text, when it cannot be laid out.
    :param rest: the comments before its end.
    """

    subject: Value = field(default_factory=Atom)
    predicates: list[Predicate] = field(default_factory=list)
    rest: tuple[str, ...] = ()
    end: Part = field(default_factory=Part)
    as_written: str | None = None


@dataclass(slots=True)
class Directive(Part):
    """A declaration; ``prefix`` is None for those of the base and the version."""

    text: str = ""
    prefix: str | None = None


@dataclass(slots=True)
class GraphStart(Part):
    """The begin of a graph (TriG), without name for the default graph."""

    name: str = ""


@dataclass(slots=True)
class GraphEnd(Part):
    """The end of a graph."""


@dataclass(slots=True)
class Remainder(Part):
    """The comments at the end of the text."""


Item = Block | Directive | GraphStart | GraphEnd | Remainder
