"""The project's SPARQL files as texts, and what is wrong with them before data are there."""

from __future__ import annotations

from pathlib import Path

from lod.checks.lint.slips import Context
from lod.config import Limits
from lod.engine.guard import inspect
from lod.engine.operation import QueryOperation

ANSWER = ".expected.csv"
"""How the file ends that holds the answer of a question; the question ends with ``.rq``."""


def questions(context: Context) -> tuple[tuple[str, Path], ...]:
    """Return the questions of a project, as (name, path)."""
    return context.dataset.questions()


def derivations(context: Context) -> tuple[tuple[str, Path], ...]:
    """Return the queries that derive triples, as (name, path)."""
    return () if context.is_loose else context.dataset.rules()


def text_at(path: Path) -> str | None:
    """Return the text of a file, None where it is none."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def inspected(context: Context, text: str, limits: Limits) -> QueryOperation:
    """Return the operation a text asks for, looked at once for all rules that want it.

    :raises QueryError: as ``lod.engine.guard.inspect`` does, each time.
    """
    key = text, limits
    found = context.operations.get(key)
    if found is None:
        found = context.operations[key] = inspect(text, limits, context.dataset.prefixes)
    return found


def answer_of(question: str) -> str:
    """Return the name of the file that holds the answer of a question.

    >>> answer_of("questions/tall.rq")
    'questions/tall.expected.csv'
    """
    return question.removesuffix(".rq") + ANSWER
