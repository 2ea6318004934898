"""Every committed question gives the answer committed beside it.

A question is ``questions/<name>.rq`` of a project, its answer ``<name>.expected.csv``.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from lod.config import Limits, read_project
from lod.engine.client import Engine
from lod.engine.guard import inspect
from lod.rdf.prefixes import Prefixes

ROOT = Path(__file__).resolve().parents[2]
PROJECTS = {"flagship": ROOT, "herbarium": ROOT / "tests" / "projects" / "herbarium"}
ANSWER = ".expected.csv"

_NUMBER = re.compile(r"^# question: (Q[0-9]{2})$", re.MULTILINE)
_TITLE = re.compile(r"^# title@([a-z]+): \S.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Question:
    """A query of a project, and the file that holds its answer."""

    project: str
    path: Path

    def __str__(self) -> str:
        return f"{self.project}/{self.path.stem}"

    @property
    def text(self) -> str:
        """The query."""
        return self.path.read_text("utf-8")

    def expected(self) -> list[list[str]]:
        """Return the rows of the answer, the names of its columns first."""
        return rows(self.path.with_suffix(ANSWER).read_text("utf-8"))


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


QUESTIONS = [
    Question(name, path)
    for name, folder in PROJECTS.items()
    for path in sorted((folder / "questions").glob("*.rq"))
]


@pytest.fixture
def engine_asked(request: pytest.FixtureRequest, question: Question) -> Engine:
    """The engine of the question's project."""
    found: Engine = request.getfixturevalue(f"{question.project}_engine")
    return found


class TestAnswers:
    @pytest.mark.parametrize("question", QUESTIONS, ids=str)
    def test_question_has_its_answer(self, question: Question, engine_asked: Engine) -> None:
        """A question as it stands in its file, prefixes and all, gives the rows beside it."""
        project = read_project(PROJECTS[question.project])
        operation = inspect(question.text, Limits(), Prefixes(project.prefixes))

        answer = b"".join(engine_asked.query(operation, "csv")).decode("utf-8")

        assert rows(answer) == question.expected()


class TestCompetency:
    def test_all_questions_the_dataset_was_made_for_are_there(self) -> None:
        """Each of the thirty questions that the data must answer is asked, and twenty-five more."""
        asked = [each for each in QUESTIONS if each.project == "flagship"]
        numbers = {found for each in asked for found in _NUMBER.findall(each.text)}

        assert numbers == {f"Q{number:02}" for number in range(1, 31)}
        assert len([each for each in asked if not _NUMBER.search(each.text)]) >= 25


class TestFiles:
    @pytest.mark.parametrize("project", PROJECTS)
    def test_questions_and_answers_come_in_pairs(self, project: str) -> None:
        """No question is without an answer, no answer without its question."""
        folder = PROJECTS[project] / "questions"
        questions = {path.name.removesuffix(".rq") for path in folder.glob("*.rq")}
        answers = {path.name.removesuffix(ANSWER) for path in folder.glob(f"*{ANSWER}")}

        assert questions
        assert questions == answers
        assert len([*folder.iterdir()]) == 2 * len(questions)

    @pytest.mark.parametrize("question", QUESTIONS, ids=str)
    def test_question_is_asked_in_each_language(self, question: Question) -> None:
        """A question says in words what it asks, once in each language of its project."""
        languages = read_project(PROJECTS[question.project]).languages

        assert sorted(_TITLE.findall(question.text)) == sorted(languages)

    @pytest.mark.parametrize("question", QUESTIONS, ids=str)
    def test_answer_is_one_and_always_in_the_same_order(self, question: Question) -> None:
        """An answer has rows, none twice, and a question with several says in which order."""
        _, *found = question.expected()

        assert found
        assert len({tuple(row) for row in found}) == len(found)
        assert len(found) == 1 or "ORDER BY" in question.text
