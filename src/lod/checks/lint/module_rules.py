"""Run the rules that are Python modules, each by the functions it has.

``read(file)`` looks at the text of one file, ``look(context)`` at the project as a whole,
``ask(context, asked, stack)`` begins to ask the project's triples, and returns what yields slips,
``judge(literal)`` says what is wrong with a literal that has a datatype, and
``weigh(row, context)`` decides about each solution of the module's ``QUERY``
(or of what its ``query(context)`` returns: a query, or nothing to ask),
``gather(rows, context)`` about all of them together.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from itertools import groupby, islice
from operator import itemgetter
from types import ModuleType
from typing import TypeVar

from pyoxigraph import Literal

from lod.checks.catalogue import Catalogue, Rule
from lod.checks.lint.bounds import LONGEST_TEXT, MOST_OF_A_RULE, TOO_LONG
from lod.checks.lint.graph_rules import Asked
from lod.checks.lint.reading import Reading
from lod.checks.lint.slips import Context, Slip, TextFile
from lod.dataset import Dataset, SourceFile
from lod.engine.batch import Row
from lod.rdf.formats import N_TRIPLES, TRIG, TURTLE
from lod.rdf.tokens import NotScannableError

Judge = Callable[[Literal], Mapping[str, str] | None]
Weigh = Callable[[Row, Context], Slip | None]
ReadText = Callable[[TextFile], Iterable[Slip]]
Ask = Callable[[Context, Asked, ExitStack], Callable[[], Iterable[Slip]]]
Gather = Callable[[Iterable[Row], Context], Iterable[Slip]]

_TEXTS = (TURTLE, TRIG, N_TRIPLES)
"""The formats whose texts rules look at."""

Found = Iterator[tuple[Rule, Slip]]
Function = TypeVar("Function")


def having(rules: Iterable[Rule], name: str) -> list[tuple[Rule, Callable[..., object]]]:
    """Return the modules among some rules that have a function of this name, with it."""
    found = []
    for rule in rules:
        if rule.module:
            function = getattr(importlib.import_module(rule.module), name, None)
            if function is not None:
                found.append((rule, function))
    return found


def asking(rules: Iterable[Rule]) -> bool:
    """Whether any of the modules among some rules asks the project's triples."""
    rules = tuple(rules)
    return any(having(rules, name) for name in ("ask", "query", "QUERY"))


def with_queries(rules: Iterable[Rule], context: Context) -> list[Rule]:
    """Return the rules, the modules among them that have a query with it for their body."""
    return [
        replace(rule, body=_query(importlib.import_module(rule.module), context))
        if rule.module
        else rule
        for rule in rules
    ]


def _query(module: ModuleType, context: Context) -> str:
    query: Callable[[Context], str] | None = getattr(module, "query", None)
    return query(context) if query else getattr(module, "QUERY", "")


def weighed(context: Context, found: Found) -> Found:
    """Yield what modules make of the solutions of their queries; others pass as they are."""
    for rule, pairs in groupby(found, key=itemgetter(0)):
        slips: Iterable[Slip] = (slip for _, slip in pairs)
        if rule.module:
            rows = (slip.values for slip in slips)
            slips = _verdicts(importlib.import_module(rule.module), rows, context)
        for slip in slips:
            yield rule, slip


def _verdicts(module: ModuleType, rows: Iterable[Row], context: Context) -> Iterator[Slip]:
    gather: Gather | None = getattr(module, "gather", None)
    if gather is not None:
        yield from gather(rows, context)
        return
    weigh: Weigh = module.weigh
    for row in rows:
        verdict = weigh(row, context)
        if verdict is not None:
            yield verdict


def run_text_rules(
    dataset: Dataset,
    catalogue: Catalogue,
    rules: Iterable[Rule],
    passed: Callable[[SourceFile], bool],
) -> Found:
    """Yield what the rules find in the texts of the files, file by file.

    :param passed: whether a file is free of syntax errors; the others are not looked at.
    """
    functions: list[tuple[Rule, ReadText]] = having(rules, "read")  # type: ignore[assignment]
    if not functions:
        return
    for file in dataset.files:
        if file.format not in _TEXTS or not passed(file):
            continue
        try:
            if file.path.stat().st_size > LONGEST_TEXT:
                told = Slip(values={"most": f"{LONGEST_TEXT // 1_000_000}"}, file=file.name)
                yield catalogue.rules[TOO_LONG], told
                continue
            content = file.path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue  # changed since it was parsed
        yield from _read(TextFile(file, content, dataset.project.prefixes), functions)


def _read(text: TextFile, functions: Iterable[tuple[Rule, ReadText]]) -> Found:
    """Yield what rules find in one text; one more than is told of a rule says there are more."""
    for rule, read in functions:
        if rule.scope and text.file.role not in rule.scope:
            continue
        try:
            for slip in islice(read(text), MOST_OF_A_RULE + 1):
                yield rule, replace(slip, file=text.file.name)
        except NotScannableError:
            continue


def run_project_rules(context: Context, rules: Iterable[Rule]) -> Found:
    """Yield what the rules find about the project as a whole."""
    functions: list[tuple[Rule, Callable[[Context], Iterable[Slip]]]] = having(rules, "look")  # type: ignore[assignment]
    for rule, look in functions:
        for slip in look(context):
            yield rule, slip


def begin_asking_rules(
    context: Context, asked: Asked, rules: Iterable[Rule], stack: ExitStack
) -> Callable[[], Found]:
    """Begin what rules ask in a way of their own, and return what yields what they find.

    :param stack: ends what was begun.
    """
    functions: list[tuple[Rule, Ask]] = having(rules, "ask")  # type: ignore[assignment]
    begun = [(rule, ask(context, asked, stack)) for rule, ask in functions]

    def found() -> Found:
        for rule, slips in begun:
            for slip in slips():
                yield rule, slip

    return found


class Judges:
    """The rules about single literals."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._functions: list[tuple[Rule, Judge]] = having(rules, "judge")  # type: ignore[assignment]

    def suspects(self, literal: Literal) -> bool:
        """Whether any of the rules finds something wrong with a literal."""
        return any(judge(literal) is not None for _, judge in self._functions)

    def found(self, reading: Reading) -> Found:
        """Yield what they find wrong with the suspects of a reading."""
        for file, quad in reading.suspects:
            literal = quad.object
            assert isinstance(literal, Literal)  # noqa: S101 - only these are suspected
            for rule, judge in self._functions:
                values = judge(literal)
                if values is None or (rule.scope and file.role not in rule.scope):
                    continue
                yield (
                    rule,
                    Slip(
                        values=values,
                        file=file.name,
                        subject=str(quad.subject),
                        path=str(quad.predicate),
                        value=str(literal),
                    ),
                )
