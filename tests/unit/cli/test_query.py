"""``lod query``: questions to a project folder, in any format, and what goes wrong."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from lod.cli.main import run
from support.graphs import Graph, read
from unit.cli.commands import PROGRAM, Done, Home
from unit.cli.test_check import Screen

TREES = "SELECT ?name ?metres { ?tree a begriff:Baum ; rdfs:label ?name ; begriff:höhe ?metres }"
TREE = "CONSTRUCT { ?tree rdfs:label ?name } WHERE { ?tree a begriff:Baum ; rdfs:label ?name }"


class TestTable:
    def test_rows_are_for_reading(self, inside: Callable[..., Done], garden: Path) -> None:
        """The answer is a table with short names; the project's prefixes need no declaration."""
        done = inside(
            "query",
            "SELECT ?plant ?name { ?plant begriff:wächstIn beet:hof . "
            "OPTIONAL { ?plant rdfs:label ?name } } ORDER BY ?plant",
            cwd=garden,
        )

        assert (done.code, done.remarks) == (0, "")
        assert done.output.splitlines() == [
            "plant           name",
            "art:ohne-namen",
            "art:stieleiche  Stieleiche",
            "2 rows",
        ]

    @pytest.mark.parametrize(
        ("query", "word"),
        [("ASK { ?s a begriff:Baum }", "yes\n"), ("ASK { ?s a begriff:Pilz }", "no\n")],
    )
    def test_truth_is_a_word(
        self, inside: Callable[..., Done], garden: Path, query: str, word: str
    ) -> None:
        """ASK is answered with yes or no."""
        assert inside("query", query, cwd=garden).output == word

    def test_graph_is_a_table_of_triples(self, inside: Callable[..., Done], garden: Path) -> None:
        """A graph is shown triple by triple."""
        done = inside("query", TREE, cwd=garden)

        assert done.output.splitlines() == [
            "subject         predicate   object",
            "art:stieleiche  rdfs:label  Stieleiche",
            "1 row",
        ]

    def test_table_fits_the_terminal(
        self, user: Home, garden: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """On a terminal the table is as wide as the terminal at most."""
        screen = Screen()
        monkeypatch.setattr(sys, "stdout", screen)
        monkeypatch.setenv("COLUMNS", "30")
        monkeypatch.setenv("HOME", str(user.folder))
        monkeypatch.delenv("XDG_CACHE_HOME", raising=False)

        with pytest.raises(SystemExit) as caught:
            run(["query", "SELECT * { ?s ?p ?o }", "--project", str(garden)])

        lines = screen.getvalue().splitlines()
        assert caught.value.code == 0
        assert len(lines) == 56
        assert max(map(len, lines)) <= 30


class TestFormats:
    def test_csv(self, inside: Callable[..., Done], garden: Path) -> None:
        """CSV is RFC 4180: bare values, lines that end in CR LF."""
        done = inside("query", TREES, "--format", "csv", cwd=garden)

        assert done.output == "name,metres\r\nStieleiche,28.5\r\n"

    def test_tsv(self, inside: Callable[..., Done], garden: Path) -> None:
        """TSV has terms as SPARQL writes them."""
        done = inside("query", TREES, "--format", "tsv", cwd=garden)

        assert done.output == '?name\t?metres\n"Stieleiche"@de\t28.5\n'

    def test_json(self, inside: Callable[..., Done], garden: Path) -> None:
        """JSON is that of SPARQL results."""
        done = inside("query", TREES, "--format", "json", cwd=garden)

        assert done.json["head"]["vars"] == ["name", "metres"]
        assert done.json["results"]["bindings"] == [
            {
                "name": {"type": "literal", "value": "Stieleiche", "xml:lang": "de"},
                "metres": {
                    "type": "literal",
                    "value": "28.5",
                    "datatype": "http://www.w3.org/2001/XMLSchema#decimal",
                },
            }
        ]

    def test_json_of_a_truth(self, inside: Callable[..., Done], garden: Path) -> None:
        """The answer to ASK has a JSON form as well."""
        assert inside("query", "ASK {}", "--format", "json", cwd=garden).json["boolean"] is True

    def test_xml(self, inside: Callable[..., Done], garden: Path) -> None:
        """XML is that of SPARQL results."""
        done = inside("query", TREES, "--format", "xml", cwd=garden)

        root = ElementTree.fromstring(done.output)  # noqa: S314 - our own command wrote it
        space = "{http://www.w3.org/2005/sparql-results#}"
        assert [each.text for each in root.iter(f"{space}literal")] == ["Stieleiche", "28.5"]

    @pytest.mark.parametrize(
        ("name", "extension"),
        [("turtle", "ttl"), ("ntriples", "nt"), ("jsonld", "jsonld"), ("rdfxml", "rdf")],
    )
    def test_graphs(
        self, inside: Callable[..., Done], garden: Path, name: str, extension: str
    ) -> None:
        """A graph comes in the four formats of graphs, all saying the same."""
        done = inside("query", TREE, "--format", name, cwd=garden)

        assert read(done.output.encode(), extension) == _tree()

    @pytest.mark.parametrize(
        ("query", "name", "fitting"),
        [
            ("ASK {}", "csv", "table, json, xml."),
            (TREE, "json", "table, turtle, ntriples, jsonld, rdfxml."),
            (TREES, "turtle", "table, json, xml, csv, tsv."),
        ],
    )
    def test_format_that_does_not_fit(
        self, inside: Callable[..., Done], garden: Path, query: str, name: str, fitting: str
    ) -> None:
        """A format that cannot hold the answer is refused with those that can."""
        line = inside("query", query, "--format", name, cwd=garden).refused()

        assert line.startswith("lod: query/format: ")
        assert line.endswith(fitting)


class TestSources:
    def test_file(self, user: Home, garden: Path) -> None:
        """A query in a file is named by the file."""
        done = user.lod("query", "questions/hoch.rq", "--format", "csv", cwd=garden)

        expected = (garden / "questions/hoch.expected.csv").read_text("utf-8")
        assert done.output.splitlines() == expected.splitlines()

    def test_file_may_be_called_anything(self, user: Home, garden: Path, tmp_path: Path) -> None:
        """What is the name of a file is not taken for a query."""
        (tmp_path / "mine.txt").write_text("ASK {}", "utf-8")

        done = user.lod("query", "mine.txt", "--project", garden, cwd=tmp_path)

        assert done.output == "yes\n"

    def test_file_is_found_from_where_one_stands(
        self, user: Home, garden: Path, tmp_path: Path
    ) -> None:
        """The file is looked for where the command runs, not in the project."""
        (tmp_path / "mine.sparql").write_text("ASK { art:stieleiche a begriff:Baum }", "utf-8")

        done = user.lod("query", "mine.sparql", "--project", garden, cwd=tmp_path)

        assert done.output == "yes\n"

    def test_standard_input(self, user: Home, garden: Path) -> None:
        """A dash reads the query from standard input, as UTF-8."""
        done = user.lod("query", "-", cwd=garden, stdin='ASK { ?s rdfs:label "Gänseblümchen"@de }')

        assert done.output == "yes\n"

    @pytest.mark.slow
    def test_repository(self, user: Home, repository: Path) -> None:
        """The repository is asked like any project, its questions included."""
        question = "questions/participants-of-sucbas"

        done = user.lod("query", f"{question}.rq", "--format", "csv", cwd=repository)

        expected = (repository / f"{question}.expected.csv").read_text("utf-8")
        assert [*csv.reader(io.StringIO(done.output))] == [*csv.reader(io.StringIO(expected))]

    def test_named_graphs_are_the_files(self, user: Home, garden: Path) -> None:
        """Each file is a graph of its own, as on the endpoint."""
        done = user.lod(
            *("query", "SELECT ?g { GRAPH ?g { art:stieleiche a begriff:Baum } }"),
            *("--format", "csv"),
            cwd=garden,
        )

        assert done.output == "g\r\nhttps://pflanzen.example/graph/data/arten\r\n"


class TestChanges:
    def test_saved_change_is_asked(self, user: Home, project: Path) -> None:
        """The folder is asked as it is now, not as it was."""
        query = ("query", "ASK { art:linde a begriff:Baum }")
        before = user.lod(*query, cwd=project).output
        with (project / "data/arten.ttl").open("a", encoding="utf-8") as file:
            file.write("art:linde a begriff:Baum .\n")

        after = user.lod(*query, cwd=project).output

        assert (before, after) == ("no\n", "yes\n")

    def test_broken_shape_is_no_hindrance(self, user: Home, project: Path) -> None:
        """Data that breaks a shape can be asked, to find out why."""
        with (project / "data/arten.ttl").open("a", encoding="utf-8") as file:
            file.write('art:linde a begriff:Baum ; begriff:höhe "hoch" .\n')

        done = user.lod("query", 'ASK { ?plant begriff:höhe "hoch" }', cwd=project)

        assert (done.code, done.output) == (0, "yes\n")

    def test_broken_file_is_told(self, user: Home, project: Path) -> None:
        """A folder that cannot be read is not asked; the place is told, and the exit code is 1."""
        (project / "data/neu.ttl").write_text("nonsense\n")

        done = user.lod("query", "ASK {}", cwd=project)

        assert done.code == 1
        assert done.output.startswith("data/neu.ttl:1:1: error turtle/syntax: ")
        assert done.remarks.splitlines()[-1] == (
            "lod: the files cannot be read, so nothing was asked."
        )

    def test_several_at_once(self, newcomer: Home, project: Path) -> None:
        """Commands that fill the same cache at the same time do not disturb each other."""
        command: list[str | Path] = [PROGRAM, "query", "ASK {}", "--project", project]
        running = [
            subprocess.Popen(
                command,
                env=newcomer.environment(),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
            for _ in range(3)
        ]

        answers = [each.communicate(timeout=60)[0] for each in running]

        assert answers == [b"yes\n"] * 3


def _tree() -> Graph:
    text = (
        "<https://pflanzen.example/arten#stieleiche> "
        '<http://www.w3.org/2000/01/rdf-schema#label> "Stieleiche"@de .'
    )
    return read(text.encode(), "nt")
