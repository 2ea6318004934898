"""The questions of a project: SPARQL files that say in words what they ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lod.config import Text

_SAID = re.compile(r"#[ \t]*(title|about)(?:@([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*))?:[ \t]*(.*)")


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its words, by language, and the query that answers it.

    ``name`` is its path below the folder of questions, without ``.rq``.
    """

    name: str
    title: Text
    about: Text
    query: str


def read_question(name: str, text: str, languages: Sequence[str]) -> Question:
    """Return a question from the text of its file.

    Its words are in the comment it begins with; those without a language are in the first of the
    project's.

    >>> question = read_question("tall", "# title@en: Which are tall?\\nASK { }\\n", ["en"])
    >>> dict(question.title), question.query
    ({'en': 'Which are tall?'}, 'ASK { }\\n')
    """
    said: dict[str, dict[str, str]] = {"title": {}, "about": {}}
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    first = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    for line in lines[:first]:
        found = _SAID.fullmatch(line.rstrip())
        if found and found[3]:
            said[found[1]].setdefault((found[2] or languages[0]).lower(), found[3])
    return Question(name, said["title"], said["about"], "".join(lines[first:]).lstrip("\r\n"))
