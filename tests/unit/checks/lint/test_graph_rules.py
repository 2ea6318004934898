"""Rules that are queries: what they are asked over, and what becomes of bad ones."""

from __future__ import annotations

import json
from contextlib import ExitStack, closing
from io import BytesIO
from pathlib import Path

import pytest

from lod.checks.catalogue import read_catalogue
from lod.checks.lint.graph_rules import Asked, begin_graph_rules
from lod.checks.lint.reading import Reading
from lod.diagnostics import Location, Severity
from lod.engine import batch
from lod.errors import ProjectError
from support.checking import EX, checked, dataset_of, told

HEADING = "# own (warning)   Scope: data\n# Why: we want it.\n# Fix: Mend it.\n# Says: {subject}.\n"
ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(?a != ?l && ?b = ?k) }"


def query(text: str, heading: str = HEADING) -> dict[str, str]:
    """Return a rule of a project's own as a file."""
    return {"lint/own.rq": f"{heading}{text}\n"}


def refused(folder: Path, files: dict[str, str]) -> ProjectError:
    dataset = dataset_of(folder, {"data/a.ttl": f"{EX}ex:a ex:p 1 .", **files})
    with pytest.raises(ProjectError) as caught:
        checked(dataset, "lint/own")
    return caught.value


class TestOwnRule:
    def test_finding_leads_to_the_data_and_to_the_rule(self, tmp_path: Path) -> None:
        """What a project's own rule finds has place, words, cure and the file of the rule."""
        dataset = dataset_of(
            tmp_path,
            {
                "data/a.ttl": f"{EX}ex:a ex:p 1 ;\n  ex:q 2 .",
                **query(
                    "SELECT ?subject ?path ?value { ?subject ?path ?value FILTER(?value > 1) }"
                ),
            },
        )

        (finding,) = checked(dataset, "lint/own").findings

        assert (finding.code, finding.severity) == ("lint/own", Severity.WARNING)
        assert finding.location == Location("data/a.ttl", 3, 8, 3, 9)
        assert finding.origin == Location("lint/own.rq")
        assert (finding.focus, finding.cure) == ("https://data.example/a", "Mend it.")

    def test_project_says_how_binding_it_is(self, tmp_path: Path) -> None:
        """[rules] is about a project's own rules as about others."""
        files = {"data/a.ttl": f"{EX}ex:a ex:p 1 .", **query("SELECT ?subject { ?subject ?p ?o }")}
        dataset = dataset_of(tmp_path, files, '[rules]\n"lint/own" = "error"\n')

        assert [each.severity for each in checked(dataset, "lint/own").findings] == [Severity.ERROR]

    @pytest.mark.parametrize("ends", ["\r\n", "\n"])
    def test_file_as_other_systems_write_it(self, tmp_path: Path, ends: str) -> None:
        """A byte order mark and other ends of lines make a rule no worse."""
        dataset = dataset_of(tmp_path, {"data/a.ttl": f"{EX}ex:a ex:p 1 ."})
        text = f"{HEADING}SELECT ?subject {{ ?subject ?p ?o }}\n".replace("\n", ends)
        (tmp_path / "lint").mkdir()
        (tmp_path / "lint" / "own.rq").write_bytes(b"\xef\xbb\xbf" + text.encode())

        assert told(checked(dataset, "lint/own")) == ["data/a.ttl:2:1 lint/own"]

    def test_finding_about_nothing_in_particular(self, tmp_path: Path) -> None:
        """A rule that names no subject has findings without a place."""
        dataset = dataset_of(tmp_path, query("SELECT ?x { BIND(1 AS ?x) }"))

        (finding,) = checked(dataset, "lint/own").findings

        assert finding.location is None

    def test_file_is_named_by_its_text(self, tmp_path: Path) -> None:
        """A rule may name the file to look in, whatever letters its name has."""
        name = 'data/"ą" (1).ttl'
        text = (
            "SELECT ?file { GRAPH <urn:lod:project> { ?f <urn:lod:file> ?file }"
            ' FILTER CONTAINS(?file, "ą") }'
        )
        dataset = dataset_of(tmp_path, {name: f"{EX}ex:a ex:p 1 .", **query(text)})

        assert told(checked(dataset, "lint/own")) == [f"{name} lint/own"]


class TestGraphs:
    def test_default_graph_is_what_the_scope_names(self, tmp_path: Path) -> None:
        """Over mixed graphs a rule about data would also flag the shapes."""
        files = {
            "data/a.ttl": f"{EX}ex:a ex:p 1 .",
            "ontology/a.ttl": f"{EX}ex:o ex:p 1 .",
            "shapes/a.ttl": f"{EX}ex:s ex:p 1 .",
            "data/enrichment/a.ttl": f"{EX}ex:e ex:p 1 .",
        }
        found = {}
        for scope in ("data", "shapes, ontology", "separate"):
            heading = HEADING.replace("Scope: data", f"Scope: {scope}")
            dataset = dataset_of(
                tmp_path, {**files, **query("SELECT ?subject { ?subject ?p 1 }", heading)}
            )
            report = checked(dataset, "lint/own")
            found[scope] = [each.focus and each.focus[-1] for each in report.findings]

        assert found == {"data": ["a"], "shapes, ontology": ["o", "s"], "separate": ["e"]}

    def test_literals_and_blank_nodes_are_found_again(self, tmp_path: Path) -> None:
        """The place of a triple is found by the very terms a query gives."""
        files = {
            "data/a.ttl": f"{EX}ex:a ex:p [\n  ex:q true ,\n    1 ] , _:b .\n_:b ex:q 1 .",
            "data/b.ttl": f"{EX}ex:a ex:p [ ex:q 2 ] .",
        }
        text = "SELECT ?subject ?path ?value { ?subject ?path ?value FILTER(isBlank(?subject)) }"
        dataset = dataset_of(tmp_path, {**files, **query(text)})

        assert told(checked(dataset, "lint/own")) == [
            "data/a.ttl:3:8 lint/own",
            "data/a.ttl:4:5 lint/own",
            "data/a.ttl:5:10 lint/own",
            "data/b.ttl:2:18 lint/own",
        ]

    def test_node_is_the_same_in_its_file_and_its_role(self, tmp_path: Path) -> None:
        """A blank node can be followed from the graph of its file to that of its role."""
        text = (
            "SELECT ?subject { GRAPH <urn:lod:data> { ?subject ?p ?node FILTER(isBlank(?node)) }"
            " GRAPH <https://data.example/graph/data/a> { ?node ?q 1 } }"
        )
        dataset = dataset_of(tmp_path, {"data/a.ttl": f"{EX}ex:a ex:p [ ex:q 1 ] .", **query(text)})

        assert told(checked(dataset, "lint/own")) == ["data/a.ttl:2:1 lint/own"]

    def test_project_without_a_triple(self, tmp_path: Path) -> None:
        """A rule can be asked over nothing."""
        assert told(checked(dataset_of(tmp_path, query("SELECT * { ?s ?p ?o }")), "lint/own")) == []


class TestRefused:
    def test_service(self, tmp_path: Path) -> None:
        """A rule asks no endpoint: the check never uses the network."""
        error = refused(
            tmp_path, query("SELECT * {\n  SERVICE <https://data.example/sparql> { ?s ?p ?o } }")
        )

        assert (error.code, error.place) == ("project/rule", "lint/own.rq:6:3")
        assert error.message.startswith("SERVICE is refused")

    @pytest.mark.parametrize(
        ("clause", "column"),
        [
            ("FROM <file:///etc/passwd>", 3),
            ("from named <https://data.example/x>", 3),
            ("  FROM <urn:lod:shapes>", 5),
        ],
    )
    def test_from(self, tmp_path: Path, clause: str, column: int) -> None:
        """A rule reads the graphs of its scope, and no file or address."""
        error = refused(
            tmp_path, query("SELECT ?from # FROM x\n  HERE { ?s ?p ?from }".replace("HERE", clause))
        )

        assert error.place == f"lint/own.rq:6:{column}"
        assert error.message == "FROM is refused: a rule reads the graphs of its scope."

    @pytest.mark.parametrize(
        "text",
        ["ASK { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }", "DESCRIBE <urn:x>"],
    )
    def test_other_form(self, tmp_path: Path, text: str) -> None:
        """What is no SELECT query gives no findings, and is told."""
        error = refused(tmp_path, query(text))

        assert (error.message, error.place) == ("A rule must be a SELECT query.", "lint/own.rq")

    @pytest.mark.parametrize(
        ("text", "place", "message"),
        [
            ("DELETE WHERE { ?s ?p ?o }", "lint/own.rq:5:1", "Updates are refused"),
            ("SELECT * { ?s ex:p ?o }", "lint/own.rq:5:15", "The prefix ex: is not declared."),
            ("SELECT * { ?s ?p ?o } LIMIT x", "lint/own.rq:5:29", "Expected"),
            (f"SELECT * {'{' * 200}{'}' * 200}", "lint/own.rq:5:", "The query nests deeper"),
            ("", "lint/own.rq:6:1", "The query is empty."),
        ],
    )
    def test_no_query(self, tmp_path: Path, text: str, place: str, message: str) -> None:
        """What is wrong with the query of a rule is told with file, line and column."""
        error = refused(tmp_path, query(text))

        assert (error.place or "").startswith(place)
        assert error.message.startswith(message)

    def test_other_rules_do_not_hide_it(self, tmp_path: Path) -> None:
        """The rule that is wrong is named, not the one before."""
        error = refused(
            tmp_path,
            {
                **query("SELECT * { ?s ?p }"),
                "lint/another.rq": HEADING.replace("own", "another") + "SELECT * { ?s ?p ?o }",
            },
        )

        assert (error.place or "").startswith("lint/own.rq:")


class TestEndless:
    def test_rule_that_does_not_end_is_named(self, tmp_path: Path) -> None:
        """Of several own rules the one without end is named."""
        triples = "".join(f"ex:a{number} ex:p {number} .\n" for number in range(200))
        dataset = dataset_of(
            tmp_path,
            {
                "data/a.ttl": EX + triples,
                "lint/good.rq": HEADING.replace("own", "good") + "SELECT * { ?s ?p ?o }",
                **query(ENDLESS),
            },
        )
        rules = [rule for rule in read_catalogue(dataset.lint_rules()) if rule.is_own]
        with closing(Reading(dataset)) as reading, ExitStack() as stack:
            asked = Asked(dataset, reading, b"")

            with pytest.raises(ProjectError) as caught:
                list(begin_graph_rules(asked, rules, stack, own_seconds=2)())

        assert caught.value.place == "lint/own.rq"
        assert caught.value.message == "The rule takes too long."

    def test_more_rows_than_anybody_reads(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A rule with findings without end is refused before it fills the memory."""
        monkeypatch.setattr(batch, "MOST_ROWS", 2)
        header = {
            "parts": [],
            "derivation": {"queries": [], "sources": [], "target": ""},
            "questions": [{"name": "x", "text": "SELECT * { VALUES ?a { 1 2 3 } }", "graphs": []}],
        }

        answer = json.loads(batch.answer(BytesIO(json.dumps(header).encode() + b"\n")))

        assert answer["failed"] == {"x": "It has more than 2 solutions."}
