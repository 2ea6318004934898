"""query-invalid (error)

Why: a question that is no query has no answer, and a rule that is none stops the build.
Fix: Mend the query at this place.
Says: {message}

Fails:
  ex:oak ex:near ex:beech .
  == questions/near.rq ==
  PREFIX ex: <https://data.example/>
  SELECT ?tree WHERE { ?tree ex:near ex:beech
Passes:
  ex:oak ex:near ex:beech .
  == questions/near.rq ==
  PREFIX ex: <https://data.example/>
  SELECT ?tree WHERE { ?tree ex:near ex:beech }
"""

from __future__ import annotations

from collections.abc import Iterator

from lod.checks.lint.query_files import derivations, inspected, questions, text_at
from lod.checks.lint.slips import Context, Slip
from lod.config import Limits
from lod.engine.batch import Question, ask_all
from lod.engine.evaluation import worded
from lod.engine.operation import QueryForm
from lod.errors import QueryError
from lod.rdf.tokens import Span

_SECONDS = 60
_NO_PLACE = "The query is not valid SPARQL; where, its parser does not say."
_NOWHERE = ("urn:lod:nowhere",)


def look(context: Context) -> Iterator[Slip]:
    """Yield the questions and rules that are no queries."""
    texts: dict[str, str] = {}
    rules = derivations(context)
    for name, path in (*questions(context), *rules):
        text = text_at(path)
        if text is None:
            yield Slip(values={"message": "The file is no UTF-8 text."}, file=name)
            continue
        is_rule = (name, path) in rules
        limits = Limits() if is_rule else context.dataset.project.limits
        try:
            operation = inspected(context, text, limits)
        except QueryError as error:
            yield _slip(name, text, error.message, error.line, error.column)
            continue
        if is_rule and operation.form is not QueryForm.CONSTRUCT:
            yield _slip(name, text, "A rule that derives triples must be a CONSTRUCT query.")
        texts[name] = text
    yield from _misspelt(texts)


def _misspelt(texts: dict[str, str]) -> Iterator[Slip]:
    """Yield what the engine's parser refuses; it runs apart, over nothing."""
    if not texts:
        return
    asked = [Question(name, text, _NOWHERE) for name, text in texts.items()]
    failed = ask_all([], [], asked, seconds=_SECONDS).failed
    for name, message in failed.items():
        error = worded(message)
        if "line" not in error:
            continue
        if _is_whole(texts[name]) and error["line"] > texts[name].rstrip().count("\n") + 1:
            yield _slip(name, texts[name], _NO_PLACE)
        else:
            yield _slip(name, texts[name], error["message"], error["line"], error["column"])


def _is_whole(text: str) -> bool:
    """Whether as many braces close as open: if so, it is not at its end that a query is wrong."""
    return text.count("{") == text.count("}")


def _slip(
    name: str, text: str, message: str, line: int | None = None, column: int | None = None
) -> Slip:
    """Return a slip at a line and column of a query; the mark goes to the end of its line."""
    lines = text.split("\n")
    at = min(line or 1, len(lines))
    start = sum(len(each) + 1 for each in lines[: at - 1]) + max((column or 1) - 1, 0)
    end = max(start, start - max((column or 1) - 1, 0) + len(lines[at - 1]))
    return Slip(values={"message": message}, file=name, span=Span(start, end) if line else None)
