"""The toolkit's own SHACL engine: what the suites and the comparison with pySHACL do not show."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lod.checks.shacl.compiled.engine import CompiledShapes
from lod.checks.shacl.results import Result, ShapesRefusedError
from lod.errors import ProcessError
from support.projects import CONFIGURATION, write_project
from support.shacl import findings, messages, triples

PREFIXES = """\
@prefix ex: <https://data.example/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""


def results(data: str, shapes: str, seconds: int = 60) -> list[Result]:
    """Return what the engine finds in Turtle."""
    return list(CompiledShapes(seconds=seconds).validate(triples(data), triples(shapes)))


def values(data: str, shapes: str) -> list[str | None]:
    """Return the values that break shapes, in the order of their entities."""
    return [each.value for each in results(data, shapes)]


class TestLoading:
    CHECK = """\
import sys
from lod.cli.main import main
try:
    main({arguments!r})
except SystemExit:
    pass
print(sorted({{name.partition(".")[0] for name in sys.modules}} & {{"rdflib", "pyshacl"}}))
"""

    @pytest.mark.parametrize("arguments", [[], ["--json"], ["--format", "turtle"]])
    def test_a_check_loads_neither_rdflib_nor_pyshacl(
        self, tmp_path: Path, arguments: list[str]
    ) -> None:
        """What only the reference needs costs nobody else a second."""
        write_project(
            tmp_path,
            {
                "lod.toml": CONFIGURATION,
                "data/a.ttl": f"{PREFIXES}ex:a a ex:Thing .",
                "shapes/s.ttl": f"{PREFIXES}ex:S sh:targetClass ex:Thing ; sh:class ex:Other .",
            },
        )
        code = self.CHECK.format(arguments=["check", "--project", str(tmp_path), *arguments])

        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )

        assert "must be of class" in done.stdout
        assert done.stdout.splitlines()[-1] == "[]"

    def test_shapes_without_queries_start_no_process(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Only queries, and patterns that might take forever, are given to a process."""

        def refuse(*_: object, **__: object) -> bytes:
            raise AssertionError("a process was started")

        monkeypatch.setattr(subprocess, "run", refuse)

        assert values(
            'ex:a a ex:Thing ; ex:code "x" .',
            "ex:S sh:targetClass ex:Thing ; "
            'sh:property [ sh:path ex:code ; sh:pattern "^[0-9]+$" ] .',
        ) == ['"x"']


class TestTerms:
    def test_an_iri_with_a_space_is_one_term(self) -> None:
        """What a lenient parser lets pass is looked at like any other entity."""
        data = b'<x:a b> <x:p q> "1" .\n<x:a b> <x:p q> <x:c d> .\n<x:a> <x:p q> "2" .\n'
        shapes = triples(
            "ex:S sh:targetSubjectsOf <x:p%20q> ; sh:property ex:P . "
            "ex:P sh:path <x:p%20q> ; sh:nodeKind sh:IRI ."
        ).replace(b"%20", b" ")

        found = CompiledShapes().validate(data, shapes)

        assert [(each.focus, each.value) for each in found] == [
            ("<x:a b>", '"1"'),
            ("<x:a>", '"2"'),
        ]


class TestQueries:
    SHAPE = "ex:S sh:targetClass ex:Thing ; sh:sparql [ sh:message '{?value}' ; sh:select '%s' ] ."

    def told(self, data: str, query: str) -> list[tuple[str, str | None]]:
        return [(each.focus, each.value) for each in results(data, self.SHAPE % query)]

    def test_blank_nodes_and_literals_are_asked_about_like_others(self) -> None:
        """A query about a node without a name, or a text, knows which one it is asked about."""
        shape = (
            "ex:S sh:targetObjectsOf ex:p ; sh:sparql [ "
            "sh:select 'SELECT $this WHERE { ?x <https://data.example/p> $this }' ] ."
        )

        found = results('ex:a ex:p "01"^^xsd:integer , [ ex:q 1 ] , "b"@en .', shape)

        assert sorted(each.focus[:2] for each in found) == ['"0', '"b', "_:"]

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT $this ?value WHERE { $this <https://data.example/p> ?value }",
            "SELECT $this ?value WHERE { { $this <https://data.example/p> ?value FILTER "
            "(bound($this)) } UNION { FILTER (false) } }",
            "SELECT $this (MAX(?v) AS ?value) WHERE { $this <https://data.example/p> ?v } "
            "GROUP BY $this",
            "SELECT $this ?value WHERE { { SELECT $this (SUM(?v) AS ?value) WHERE { "
            "$this <https://data.example/p> ?v } GROUP BY $this } }",
            "SELECT * WHERE { $this <https://data.example/p> ?value FILTER NOT EXISTS { "
            "$this <https://data.example/q> ?other FILTER ($this = ?other) } }",
            "SELECT $this ?value WHERE { $this <https://data.example/p> ?value } LIMIT 1",
            "SELECT DISTINCT ?value WHERE { $this <https://data.example/p> ?value }",
        ],
        ids=["plain", "union", "aggregate", "subquery", "exists", "limit", "distinct"],
    )
    def test_each_entity_is_asked_about_by_itself(self, query: str) -> None:
        """However a query looks at its entity, none gets the answers of another."""
        told = self.told("ex:a a ex:Thing ; ex:p 1 . ex:b a ex:Thing ; ex:p 2 .", query)

        assert [(focus[-2], (value or "")[1]) for focus, value in told] == [("a", "1"), ("b", "2")]

    def test_a_value_is_told_as_the_data_write_it(self) -> None:
        """The query engine rewrites numbers; a finding has the one that stands in the file."""
        told = self.told(
            'ex:a a ex:Thing ; ex:p "01.50"^^xsd:decimal .',
            "SELECT $this ?value WHERE { $this <https://data.example/p> ?value }",
        )

        assert [value for _, value in told] == [
            '"01.50"^^<http://www.w3.org/2001/XMLSchema#decimal>'
        ]

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("SELECT $this FROM <file:///etc/passwd> WHERE { ?a ?b ?c }", "FROM"),
            ("SELECT $this WHERE { SERVICE <http://x/> { ?a ?b ?c } }", "SERVICE"),
            ("SELECT $this WHERE { $this ?p ?o MINUS { $this a ?o } }", "MINUS"),
            ("SELECT $this WHERE { VALUES ?x { 1 } }", "VALUES"),
            ("SELECT $this WHERE { { SELECT ?x WHERE { ?x ?y ?z } } }", "must select $this"),
            ("SELECT $this WHERE { BIND (1 AS $this) }", "must not bind $this"),
            ("SELECT $this WHERE { $this $PATH ?value }", "$PATH"),
            ("ASK { ?a ?b ?c }", "SELECT"),
            ("SELECT $this WHERE { ?a ?b }", "no SPARQL"),
            ("SELECT $this WHERE { ?a ex:b ?c }", "prefix ex: is not declared"),
        ],
    )
    def test_what_must_not_stand_in_a_shape_is_refused(self, query: str, words: str) -> None:
        """A query that reaches outside, or that cannot be bound beforehand, is a finding."""
        (finding,) = findings("ex:a a ex:Thing .", self.SHAPE % query)

        assert finding.code == "shacl/shapes"
        assert words in finding.message

    def test_a_query_that_does_not_end_is_named(self) -> None:
        """Who writes a cross product is told in which shape it stands."""
        data = "ex:a a ex:Thing . " + " ".join(f"ex:x{n} ex:p {n} ." for n in range(300))
        product = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(6))
        query = f"SELECT $this WHERE {{ {product} FILTER (?c0 = ?c5 + 1000000) }}"

        with pytest.raises(ProcessError, match=r"data\.example/S") as error:
            results(data, self.SHAPE % query, seconds=3)

        assert error.value.code == "shacl/time"


class TestUnsupported:
    @pytest.mark.parametrize(
        "shape",
        [
            "sh:property [ sh:path [ ex:unknown ex:p ] ; sh:minCount 1 ]",
            "sh:property [ sh:path ex:p ; sh:qualifiedMinCount 1 ]",
            "sh:property [ sh:path ex:p ; sh:minCount -1 ]",
            "sh:or ()",
            "sh:ignoredProperties ( ex:p )",
            "sh:property [ sh:path ex:p ; sh:pattern '\\\\p{IsGreek}' ]",
            "ex:own 1 . ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:own ] ; "
            "sh:validator [ a sh:JSValidator ]",
        ],
    )
    def test_what_cannot_be_checked_is_refused(self, shape: str) -> None:
        """Nothing is passed over: what the engine does not know makes the shape unusable."""
        (*_, finding) = findings("ex:a a ex:Thing .", f"ex:S sh:targetClass ex:Thing ; {shape} .")

        assert finding.code == "shacl/shapes"


class TestHostileShapes:
    def test_deeply_nested_shapes_are_a_finding(self) -> None:
        """Two thousand shapes within each other are refused, and not by a crash."""
        chain = "".join(f"ex:S{n} sh:node ex:S{n + 1} .\n" for n in range(2000))

        (finding,) = findings("ex:a a ex:Thing .", f"ex:S0 sh:targetClass ex:Thing .\n{chain}")

        assert "more than 50 deep" in finding.message

    def test_fifty_deep_is_checked(self) -> None:
        """As deep as is allowed, the innermost shape still finds what is wrong."""
        chain = "".join(f"ex:S{n} sh:node ex:S{n + 1} .\n" for n in range(48))
        shapes = f"ex:S0 sh:targetClass ex:Thing .\n{chain} ex:S48 sh:nodeKind sh:Literal ."

        assert len(results("ex:a a ex:Thing .", shapes)) == 1

    @pytest.mark.parametrize(
        "data", ["ex:a ex:knows ex:a .", "ex:a ex:knows ex:b . ex:b ex:knows ex:a ."]
    )
    def test_a_shape_that_comes_back_to_the_same_node_is_a_finding(self, data: str) -> None:
        """What SHACL leaves undefined is neither met nor broken."""
        shapes = (
            "ex:S sh:targetSubjectsOf ex:knows ; sh:property ex:P . "
            "ex:P sh:path ex:knows ; sh:node ex:S ."
        )

        (finding,) = findings(data, shapes)

        assert "refers to itself" in finding.message

    def test_a_shape_that_refers_to_itself_checks_data_that_have_an_end(self) -> None:
        """A shape of people who know people of the same shape is usable where nobody comes back."""
        shapes = (
            "ex:S sh:targetNode ex:a ; sh:property ex:P . "
            "ex:P sh:path ex:knows ; sh:node ex:S ; sh:nodeKind sh:IRI ."
        )

        found = results('ex:a ex:knows ex:b . ex:b ex:knows ex:c . ex:c ex:knows "d" .', shapes)

        assert [(each.focus[-2], each.value) for each in found] == [
            ("a", "<https://data.example/b>")
        ]

    def test_a_list_without_end_is_a_finding(self) -> None:
        """A list that comes back to its start has no members to speak of."""
        shapes = (
            "ex:S sh:targetClass ex:Thing ; sh:in ex:l . "
            "ex:l rdf:first 1 ; rdf:rest ex:m . ex:m rdf:first 2 ; rdf:rest ex:l ."
        )

        (finding,) = findings("ex:a a ex:Thing .", PREFIXES + shapes)

        assert finding.message == "The list of sh:in never ends."

    def test_a_long_list_is_read(self) -> None:
        """Twenty thousand values that are allowed are as quick to look at as two."""
        members = " ".join(str(number) for number in range(20_000))
        shapes = f"ex:S sh:targetObjectsOf ex:p ; sh:in ( {members} ) ."

        assert values("ex:a ex:p 19999 , 20000 .", shapes) == [
            '"20000"^^<http://www.w3.org/2001/XMLSchema#integer>'
        ]

    def test_a_path_over_a_dense_graph_ends(self) -> None:
        """Three thousand nodes that all reach each other are looked at once, not once for each."""
        nodes = 3000
        data = "".join(
            f"ex:n{n} ex:to ex:n{(n * 7 + step) % nodes} .\n"
            for n in range(nodes)
            for step in range(5)
        )
        shapes = (
            "ex:S sh:targetSubjectsOf ex:to ; "
            "sh:property [ sh:path [ sh:oneOrMorePath ex:to ] ; sh:maxCount 2999 ] ."
        )

        assert len(results(data, shapes)) == nodes

    def test_shapes_used_many_times_are_evaluated_once(self) -> None:
        """Forty shapes, each made twice of the next, are not a million million shapes."""
        chain = "".join(f"ex:S{n} sh:and ( ex:S{n + 1} ex:S{n + 1} ) .\n" for n in range(40))
        shapes = f"ex:S0 sh:targetClass ex:Thing .\n{chain} ex:S40 sh:nodeKind sh:IRI ."

        assert results("ex:a a ex:Thing .", shapes) == []

    def test_a_deep_path_is_a_finding(self) -> None:
        """A path within a path within a path has an end somewhere."""
        path = "[ sh:inversePath " * 200 + "ex:p" + " ]" * 200
        shapes = f"ex:S sh:targetClass ex:Thing ; sh:property [ sh:path {path} ; sh:minCount 1 ] ."

        assert {each.code for each in findings("ex:a a ex:Thing .", shapes)} == {"shacl/shapes"}

    def test_results_without_number_are_a_finding(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """More results than anybody reads end the check with the shape that has most of them."""
        monkeypatch.setattr("lod.checks.shacl.compiled.engine.MOST_RESULTS", 5)
        data = "".join(f"ex:n{n} a ex:Thing .\n" for n in range(9))

        with pytest.raises(ProcessError, match=r"more than 5 results.*example/S>"):
            results(data, "ex:S sh:targetClass ex:Thing ; sh:nodeKind sh:Literal .")

    def test_a_path_to_very_many_nodes_is_a_finding(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A long chain, from each link to all that follow, ends before the memory does."""
        monkeypatch.setattr("lod.checks.shacl.compiled.shapes.MOST_VALUES", 1000)
        data = "".join(f"ex:n{n} ex:next ex:n{n + 1} .\n" for n in range(100))
        shapes = (
            "ex:S sh:targetSubjectsOf ex:next ; sh:property ex:P . "
            "ex:P sh:path [ sh:zeroOrMorePath ex:next ] ; sh:nodeKind sh:IRI ."
        )

        with pytest.raises(ProcessError, match=r"path of <https://data\.example/P> leads to more"):
            results(data, shapes)

    def test_a_pattern_nested_deep_is_a_finding(self) -> None:
        """A pattern of a thousand brackets is no regular expression that anybody could use."""
        shapes = f'ex:S sh:targetClass ex:Thing ; sh:pattern "{"(" * 1000}a{")" * 1000}" .'

        (finding,) = findings("ex:a a ex:Thing .", shapes)

        assert "nested too deep" in finding.message

    def test_a_pattern_that_takes_forever_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A text on which a pattern goes back and forth ends in a sentence about that pattern."""
        monkeypatch.setattr("lod.checks.shacl.compiled.matching._SECONDS", 2)
        shapes = (
            'ex:S sh:targetClass ex:Thing ; sh:property [ sh:path ex:p ; sh:pattern "^(a+)+$" ] .'
        )

        with pytest.raises(ProcessError, match=r"\(a\+\)\+\$' of <https://data.example/S>"):
            results(f'ex:a a ex:Thing ; ex:p "{"a" * 50}!" .', shapes)

    def test_a_pattern_that_only_looks_dangerous_is_matched(self) -> None:
        """Most patterns with a repetition in a repetition are quick; they stay in this process."""
        shapes = 'ex:S sh:targetObjectsOf ex:p ; sh:pattern "^([a-z]+-)*[a-z]+$" .'
        long = "-".join(["word"] * 20)

        assert values(f'ex:a ex:p "{long}" , "{long}-" .', shapes) == [f'"{long}-"']


class TestWords:
    def test_a_message_has_its_placeholders_filled_in_each_language(self) -> None:
        """Whoever reads the message of a query reads the values it found."""
        shapes = (
            "ex:S sh:targetClass ex:Thing ; sh:sparql [ "
            "sh:message 'Of {$this}: {?value} and {?other}.'@en ; "
            "sh:select 'SELECT $this ?value ?other WHERE { $this <https://data.example/p> ?value ; "
            "<https://data.example/q> ?other }' ] ."
        )

        assert messages('ex:a a ex:Thing ; ex:p "x"@en ; ex:q ex:b .', shapes) == [
            "Of https://data.example/a: x and https://data.example/b."
        ]

    def test_a_query_may_bring_its_own_message(self) -> None:
        """The variable ?message goes before what the shape says (SHACL §5.3.2)."""
        shapes = (
            "ex:S sh:targetClass ex:Thing ; sh:sparql [ sh:message 'never' ; "
            "sh:select 'SELECT $this ?message WHERE { BIND (\"mine\" AS ?message) }' ] ."
        )

        assert messages("ex:a a ex:Thing .", shapes) == ["mine"]

    def test_a_query_that_says_it_failed_refuses_the_shapes(self) -> None:
        """A query can say that it could not check (SHACL §5.3.2); that is no passing."""
        shapes = (
            "ex:S sh:targetClass ex:Thing ; sh:sparql [ "
            "sh:select 'SELECT $this ?failure WHERE { BIND (true AS ?failure) }' ] ."
        )

        with pytest.raises(ShapesRefusedError, match="reports that it failed"):
            results("ex:a a ex:Thing .", shapes)
