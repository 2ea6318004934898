"""What codes there are: the toolkit's, and those of a project's own rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from lod.checks.catalogue import Catalogue, Rule, read_catalogue
from lod.dataset import Role
from lod.diagnostics import Severity
from lod.errors import ProjectError

TEXT = """\
# too-tall (error)   Scope: data, ontology
#
# Why: no tree
#   is so tall.
# Fix: Look again.
# Says: {subject} is {height} m tall.
# Suggests: term
#
# Fails:
#   ex:a ex:height 1000 .
#
#     ex:b ex:height 1000 .
# Passes:
#   ex:a ex:height 10 .
PREFIX ex: <https://data.example/>
# Not: a section.
SELECT ?subject ?height { ?subject ex:height ?height FILTER(?height > 200) }
"""


def read(folder: Path, text: str, name: str = "too-tall.rq") -> Catalogue:
    path = folder / name
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return read_catalogue([(f"lint/{name}", path)])


class TestOwnRule:
    def test_it_is_read_from_its_comment(self, tmp_path: Path) -> None:
        """All that is known of a rule stands in the comment its file begins with."""
        rule = read(tmp_path, TEXT).get("lint/too-tall")

        assert rule == Rule(
            code="lint/too-tall",
            severity=Severity.ERROR,
            why="no tree is so tall.",
            fix="Look again.",
            says="{subject} is {height} m tall.",
            suggests="term",
            scope=(Role.DATA, Role.ONTOLOGY),
            failing="ex:a ex:height 1000 .\n\n  ex:b ex:height 1000 .\n",
            passing="ex:a ex:height 10 .\n",
            name="lint/too-tall.rq",
            body=TEXT,
            is_own=True,
        )

    def test_it_joins_the_others(self, tmp_path: Path) -> None:
        """A project's rules are listed with the toolkit's."""
        codes = [rule.code for rule in read(tmp_path, TEXT)]

        assert codes == sorted({"lint/too-tall", *(rule.code for rule in read_catalogue())})

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("SELECT * { ?s ?p ?o }", "it does not begin with its name, severity and scope"),
            ("", "it does not begin with its name, severity and scope"),
            ("# too-tall\n# Says: x\n", "it does not begin with its name, severity and scope"),
            ("# too-tall (fatal)\n# Says: x\n", "it does not begin with its name"),
            ("# other (error)\n# Says: x\n", "its heading names other, its file too-tall"),
            ("# too-tall (error)   Scope: dta\n# Says: x\n", "'dta' is not a valid Role"),
            ("# too-tall (error)   Scope: data\nSELECT", "no line of its comment begins with"),
            ("# too-tall (error)\n# Says: \udcff\n", "can't decode byte"),
        ],
    )
    def test_file_that_is_no_rule_is_told(self, tmp_path: Path, text: str, said: str) -> None:
        """What lies in lint/ and is no rule is an error that names the file and how to begin."""
        with pytest.raises(ProjectError) as caught:
            read(tmp_path, text)

        assert (caught.value.code, caught.value.place) == ("project/rule", "lint/too-tall.rq")
        assert said in caught.value.message
        assert "# too-tall (warning)" in (caught.value.cure or "")

    def test_code_that_is_taken_is_told(self, tmp_path: Path) -> None:
        """A project's rule cannot take the place of one of the toolkit's."""
        with pytest.raises(ProjectError) as caught:
            read(tmp_path, TEXT.replace("too-tall", "label-missing"), "label-missing.rq")

        assert caught.value.message == "The code lint/label-missing is taken by another rule."

    def test_two_with_one_name_are_told(self, tmp_path: Path) -> None:
        """Two rules of a project in different folders cannot have one code."""
        path = tmp_path / "too-tall.rq"
        path.write_text(TEXT)

        with pytest.raises(ProjectError, match="is taken by another rule"):
            read_catalogue([("lint/a/too-tall.rq", path), ("lint/b/too-tall.rq", path)])

    def test_file_that_vanished_is_told(self, tmp_path: Path) -> None:
        """A rule that is deleted while it is looked for is told like another bad one."""
        with pytest.raises(ProjectError, match="No such file"):
            read_catalogue([("lint/too-tall.rq", tmp_path / "too-tall.rq")])


class TestNames:
    @pytest.mark.parametrize(
        ("code", "near"),
        [
            ("lint/label-mising", "lint/label-missing"),
            ("label-missing", "lint/label-missing"),
            ("shacl/label-missing", "lint/label-missing"),
            ("lnt", "lint"),
            ("turtle/sintax", "turtle/syntax"),
            ("lint", None),
            ("qqqqqqqqqqqq", None),
        ],
    )
    def test_near(self, code: str, near: str | None) -> None:
        """A misspelt code, an area that was left out or mixed up leads to the right one."""
        assert read_catalogue().near(code) == near

    @pytest.mark.parametrize(
        ("code", "known"),
        [
            ("lint/label-missing", True),
            ("lint", True),
            ("shacl", True),
            ("shacl/component-of-our-own", True),
            ("shacl/min-cuont", False),
            ("lint/label-mising", False),
            ("lnt", False),
            ("", False),
            ("lint/", False),
            ("shacl/", False),
        ],
    )
    def test_knows(self, code: str, known: bool) -> None:
        """Known are codes, areas, and what a project's own constraint components may be called."""
        rule = Rule("shacl/min-count", Severity.ERROR, why="", fix="")
        catalogue = Catalogue({**read_catalogue().rules, rule.code: rule})

        assert catalogue.knows(code) is known
