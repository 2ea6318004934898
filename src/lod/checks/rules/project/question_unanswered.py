"""question-unanswered (info)

Why: a question with its answer beside it tells at once when a change of the data changes the
 answer.
Fix: Keep the answer beside it, as lod query --format csv gives it.
Says: {question} has no {answer}.

Fails:
  ex:oak ex:near ex:beech .
  == questions/near.rq ==
  SELECT ?tree WHERE { ?tree <https://data.example/near> <https://data.example/beech> }
Passes:
  ex:oak ex:near ex:beech .
  == questions/near.rq ==
  SELECT ?tree WHERE { ?tree <https://data.example/near> <https://data.example/beech> }
  == questions/near.expected.csv ==
  tree
  https://data.example/oak
"""

from __future__ import annotations

from collections.abc import Iterator

from lod.checks.lint.query_files import answer_of, questions
from lod.checks.lint.slips import Context, Slip


def look(context: Context) -> Iterator[Slip]:
    """Yield the questions without an answer."""
    for name, _ in questions(context):
        answer = answer_of(name)
        if not (context.root / answer).is_file():
            yield Slip(values={"question": name, "answer": answer.rpartition("/")[2]}, file=name)
