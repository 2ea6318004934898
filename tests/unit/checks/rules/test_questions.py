"""The answers of a project's questions are compared with those that are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from lod import pipeline
from lod.checks.lint.answers import compare, read_rows
from lod.config import read_project
from lod.engine.guard import inspect
from support.linting import checked, found, messages

CODE = "project/question-changed"
DATA = "ex:oak ex:near ex:beech ; ex:height 21 .\nex:elm ex:near ex:beech .\n"
QUERY = "SELECT ?tree WHERE { ?tree <https://data.example/near> ?other }"


def example(query: str, answer: str, more: str = "") -> str:
    """Return a project with one question."""
    return f"{DATA}{more}== questions/a.rq ==\n{query}\n== questions/a.expected.csv ==\n{answer}"


def csv(*rows: str) -> str:
    """Return lines of CSV, names of trees made addresses."""
    return "".join(
        ",".join(f"https://data.example/{each}" if each.isalpha() else each for each in row.split())
        + "\n"
        for row in rows
    )


TREES = "tree\n" + csv("elm", "oak")


class TestAnswers:
    def test_right_answer_in_any_order_passes(self, tmp_path: Path) -> None:
        """Where the query names no order, the order of rows means nothing."""
        assert messages(tmp_path, CODE, example(QUERY, "tree\n" + csv("oak", "elm"))) == []

    def test_order_that_is_asked_for_counts(self, tmp_path: Path) -> None:
        """Where it does, the first row that is out of place is shown."""
        text = example(f"{QUERY} ORDER BY ?tree", "tree\n" + csv("oak", "elm"))

        (finding,) = found(tmp_path, CODE, text)

        assert str(finding.location) == "questions/a.expected.csv:2:1"
        assert "https://data.example/elm comes here now" in finding.message

    def test_missing_row_is_shown_in_its_line(self, tmp_path: Path) -> None:
        """The finding stands at the row that is gone, and says what is new."""
        text = example(QUERY, "tree\n" + csv("elm", "yew", "ash", "oak"))

        (finding,) = found(tmp_path, CODE, text)

        assert str(finding.location) == "questions/a.expected.csv:3:1"
        assert finding.message == (
            "The answer of questions/a.rq is another one: "
            "2 rows are missing (https://data.example/ash)."
        )

    def test_new_row_is_shown_at_the_top(self, tmp_path: Path) -> None:
        """A row more has no line yet."""
        (finding,) = found(tmp_path, CODE, example(QUERY, "tree\n" + csv("elm")))

        assert str(finding.location) == "questions/a.expected.csv:1:1"
        assert "1 row is new (https://data.example/oak)" in finding.message

    def test_other_columns_are_told(self, tmp_path: Path) -> None:
        """A column that changed its name is no answer to the same question."""
        (message,) = messages(tmp_path, CODE, example(QUERY, TREES.replace("tree", "plant")))

        assert "its columns are tree" in message

    def test_columns_come_as_written(self, tmp_path: Path) -> None:
        """SELECT * gives the columns in the order of the query, as the endpoint does."""
        query = "SELECT * WHERE { ?tree <https://data.example/height> ?height }"

        answer = "tree,height\nhttps://data.example/oak,21\n"

        assert messages(tmp_path, CODE, example(query, answer)) == []

    @pytest.mark.parametrize("query", ["ASK {}", "DESCRIBE <x:y>", "CONSTRUCT WHERE { ?a ?b ?c }"])
    def test_only_tables_are_compared(self, tmp_path: Path, query: str) -> None:
        """What is no table cannot be kept as one."""
        assert messages(tmp_path, CODE, example(query, "a\nb\n")) == []

    def test_query_that_is_none_is_told_by_another_rule(self, tmp_path: Path) -> None:
        """One slip is told once."""
        rule = "== rules/r.rq ==\nCONSTRUCT { ?a ?b ?c\n"

        assert messages(tmp_path, CODE, example(QUERY, "tree\n", rule)) == []


class TestDataset:
    """The data a question sees are those of the release."""

    MORE = (
        "== ontology/a.ttl ==\nex:oak ex:near ex:beech .\nex:yew a ex:Tree .\n"
        "== shapes/a.ttl ==\nex:shape ex:near ex:beech .\n"
        "== data/enrichment/a.ttl ==\nex:ash ex:near ex:beech .\n"
        "== rules/r.rq ==\nCONSTRUCT { ?tree <https://data.example/stands> true } "
        "WHERE { ?tree <https://data.example/near> ?other }\n"
    )
    QUERIES = (
        "SELECT (COUNT(*) AS ?n) WHERE { ?tree <https://data.example/near> ?other }",
        "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c }",
        "SELECT ?tree WHERE { ?tree <https://data.example/stands> true } ORDER BY ?tree",
        "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?a <https://data.example/near> ?c } } ORDER BY ?g",
        "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?a <https://data.example/stands> ?c } } "
        "GROUP BY ?g",
        "SELECT ?a FROM <https://data.example/graph/data/enrichment/a> "
        "WHERE { ?a <https://data.example/near> ?c }",
        "SELECT (COUNT(*) AS ?n) FROM <https://data.example/graph/data/example> "
        "FROM <https://data.example/graph/ontology/a> WHERE { ?a <https://data.example/near> ?c }",
    )

    @pytest.mark.parametrize("query", QUERIES)
    def test_answer_of_a_release_is_the_right_one(self, tmp_path: Path, query: str) -> None:
        """What the endpoint of a release answers is what the check expects."""
        (message,) = messages(tmp_path, CODE, example(query, "wrong\n", self.MORE))
        assert "its columns are" in message

        (tmp_path / "questions" / "a.expected.csv").write_bytes(asked(tmp_path, query))

        assert checked(tmp_path, CODE).findings == ()


def asked(folder: Path, query: str) -> bytes:
    """Return what the endpoint of a release of the project answers."""
    project = read_project(folder)
    with pipeline.asked(project, folder / "cache") as engine:
        return b"".join(engine.query(inspect(query, project.limits, {}), "csv"))


class TestRows:
    def test_quoted_line_ends_keep_the_places(self) -> None:
        """A value over two lines is one row, and the next has its own place."""
        text = 'a,b\r\n"x\r\ny",1\r\nz,2\r\n'

        rows = read_rows(text)

        assert [row.values for row in rows] == [("a", "b"), ("x\r\ny", "1"), ("z", "2")]
        assert [text[slice(*row.span)] for row in rows] == ["a,b", '"x\r\ny",1', "z,2"]

    def test_names_of_blank_nodes_mean_nothing(self) -> None:
        """Blank nodes are the same when they come in the same places."""
        one, other = read_rows("a,b\n_:x,_:y\n_:x,1\n"), read_rows("a,b\n_:1,_:2\n_:1,1\n")

        assert compare(one, other, is_ordered=True) is None
        assert compare(one, read_rows("a,b\n_:1,_:2\n_:2,1\n"), is_ordered=True)

    def test_row_that_is_there_twice_counts_twice(self) -> None:
        """An answer with a repeated row differs from one without."""
        change = compare(read_rows("a\n1\n"), read_rows("a\n1\n1\n"), is_ordered=False)

        assert change
        assert change.words == "1 row is new (1)"
