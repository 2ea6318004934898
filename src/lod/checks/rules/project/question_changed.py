"""question-changed (error)

Why: the answer beside a question is what the maintainers took for right: a change of the data that
 changes it is wanted or a mistake, and somebody has to say which.
Fix: Mend the data, or, if the new answer is right, keep it: lod query --format csv gives it.
Says: The answer of {question} is another one: {change}.

Fails:
  ex:oak ex:near ex:beech .
  ex:elm ex:near ex:beech .
  == questions/near.rq ==
  SELECT ?tree WHERE { ?tree <https://data.example/near> <https://data.example/beech> }
  == questions/near.expected.csv ==
  tree
  https://data.example/oak
Passes:
  ex:oak ex:near ex:beech .
  == questions/near.rq ==
  SELECT ?tree WHERE { ?tree <https://data.example/near> <https://data.example/beech> }
  == questions/near.expected.csv ==
  tree
  https://data.example/oak
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack

from lod.checks.lint.answers import compare, read_rows
from lod.checks.lint.graph_rules import Asked
from lod.checks.lint.query_files import (
    answer_of,
    derivations,
    inspected,
    questions,
    text_at,
)
from lod.checks.lint.slips import Context, Slip
from lod.config import Limits
from lod.engine.operation import QueryForm, QueryOperation
from lod.engine.tables import Tables, tables_of
from lod.errors import ProcessError, QueryError
from lod.process import Limited

_ORDERED = re.compile(r"\border\s+by\b", re.IGNORECASE)
_SECONDS = 600
_ONE_MORE = 60
"""What one question may take beyond its limit when it is asked alone: the data are loaded first."""


def ask(context: Context, asked: Asked, stack: ExitStack) -> Callable[[], Iterator[Slip]]:
    """Begin to ask, and return what yields the questions whose answer is not the one beside them.

    :param stack: ends what was begun.
    """
    expected = {
        name: text
        for name, _ in questions(context)
        if (text := text_at(context.root / answer_of(name))) is not None
    }
    operations = dict(_operations(context, expected))
    rules = _rules(context)
    if not operations or rules is None:
        return lambda: iter(())
    asking = stack.enter_context(asked.begin_tables(rules, operations, seconds=_SECONDS))

    def found() -> Iterator[Slip]:
        tables = _tables(context, asked, rules, operations, asking)
        return _changed(expected, operations, tables)

    return found


def _changed(
    expected: Mapping[str, str], operations: Mapping[str, QueryOperation], tables: Tables
) -> Iterator[Slip]:
    for name, message in tables.failed.items():
        yield Slip(values={"question": name, "change": f"there is none ({message})"}, file=name)
    for name, answer in tables.answers.items():
        is_ordered = _ORDERED.search(operations[name].text) is not None
        change = compare(read_rows(expected[name]), read_rows(answer), is_ordered=is_ordered)
        if change:
            values = {"question": name, "change": change.words}
            yield Slip(values=values, file=answer_of(name), span=change.span)


def _operations(
    context: Context, expected: Mapping[str, str]
) -> Iterator[tuple[str, QueryOperation]]:
    """Yield the questions that give a table; what is no query, another rule says."""
    project = context.dataset.project
    for name in expected:
        text = text_at(project.root / name)
        try:
            operation = inspected(context, text or "", project.limits)
        except QueryError:
            continue
        if operation.form is QueryForm.SELECT:
            yield name, operation


def _rules(context: Context) -> list[str] | None:
    """Return the queries that derive triples, None when one is wrong, which another rule says."""
    found = []
    for _, path in derivations(context):
        text = text_at(path)
        try:
            inspected(context, text or "", Limits())
        except QueryError:
            return None
        found.append(text or "")
    return found


def _tables(
    context: Context,
    asked: Asked,
    rules: list[str],
    operations: Mapping[str, QueryOperation],
    asking: Limited,
) -> Tables:
    """Return all answers; should they not come, those that come when asked one by one."""
    try:
        return tables_of(asking)
    except ProcessError:
        answers: dict[str, str] = {}
        failed: dict[str, str] = {}
        seconds = context.dataset.project.limits.query_seconds + _ONE_MORE
        for name, operation in operations.items():
            try:
                with asked.begin_tables(rules, {name: operation}, seconds=seconds) as alone:
                    one = tables_of(alone)
            except ProcessError as error:
                failed[name] = error.message.rstrip(".")
            else:
                answers.update(one.answers)
                failed.update(one.failed)
        return Tables(answers, failed)
