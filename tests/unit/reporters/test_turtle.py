"""A validation report as SHACL wants it (§3.6), read back by another reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from pyoxigraph import BlankNode, Dataset, Literal, NamedNode, Quad, RdfFormat, parse

from lod.diagnostics import Diagnostic, Report
from lod.rdf.namespaces import RDF, SH
from lod.reporters import REPORTERS
from support.findings import BASE, ELSEWHERE, NO_PLACE, REASONED, REPORT, REPORTING, SYNTAX

Node = NamedNode | BlankNode
TRUE = Literal(True)
FALSE = Literal(False)


def read(report: Report) -> Dataset:
    return Dataset(parse(REPORTERS["turtle"](report, REPORTING).encode(), RdfFormat.TURTLE))


def values(graph: Dataset, subject: object, predicate: NamedNode) -> list[object]:
    assert isinstance(subject, NamedNode | BlankNode)
    return [quad.object for quad in graph.quads_for_subject(subject) if quad.predicate == predicate]


def instances(graph: Dataset, kind: NamedNode) -> list[Node]:
    found: Iterable[Quad] = graph.quads_for_object(kind)
    return [quad.subject for quad in found if isinstance(quad.subject, NamedNode | BlankNode)]


def conforms(report: Report) -> object:
    graph = read(report)
    (node,) = instances(graph, SH.ValidationReport)
    (value,) = values(graph, node, SH.conforms)
    return value


def only_result(finding: Diagnostic) -> tuple[Dataset, Node]:
    graph = read(Report((finding,), engines=("pyshacl",)))
    (node,) = instances(graph, SH.ValidationResult)
    return graph, node


class TestReport:
    def test_report_and_results_have_what_the_standard_asks(self) -> None:
        """One report; each result has one focus node, severity and component (§3.6.2)."""
        graph = read(REPORT)

        (node,) = instances(graph, SH.ValidationReport)
        results = values(graph, node, SH.result)
        assert len(results) == len(instances(graph, SH.ValidationResult)) == 4
        assert values(graph, node, SH.conforms) == [FALSE]
        for result in results:
            for predicate in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent):
                assert len(values(graph, result, predicate)) == 1
            for predicate in (SH.resultPath, SH.value, SH.sourceShape):
                assert len(values(graph, result, predicate)) <= 1

    def test_findings_of_other_kinds_are_counted_in_a_comment(self) -> None:
        """A result needs a component, which syntax errors and lint findings have not."""
        written = REPORTERS["turtle"](REPORT, REPORTING)

        assert written.startswith("# Left out, as no shape made it: 2 findings.\n")
        assert "turtle/syntax" not in written

    @pytest.mark.parametrize(
        ("report", "answer", "remark"),
        [
            (Report((), shapes=3, engines=("pyshacl",)), TRUE, False),
            (Report((ELSEWHERE,), shapes=3, engines=("pyshacl",)), FALSE, False),
            (Report((SYNTAX,), shapes=3, engines=("pyshacl",)), TRUE, False),
            (Report((SYNTAX,), shapes=3, is_complete=False), FALSE, True),
            (Report((SYNTAX,), is_complete=False), FALSE, True),
            (Report((), shapes=3), FALSE, True),
            (Report(()), TRUE, False),
        ],
        ids=[
            *("nothing found", "found", "something else found", "unreadable file"),
            *("unreadable shapes", "no engine", "no shapes"),
        ],
    )
    def test_data_conforms_only_when_the_shapes_were_checked(
        self, report: Report, answer: Literal, remark: bool
    ) -> None:
        """A file with a syntax error is no reason to say that all is well."""
        assert conforms(report) == answer
        assert ("# The shapes were not" in REPORTERS["turtle"](report, REPORTING)) == remark


class TestResult:
    def test_path_is_written_as_shacl_has_it(self) -> None:
        """A path of several steps is a list, an inverse a node with sh:inversePath."""
        graph, node = only_result(REASONED)

        (path,) = values(graph, node, SH.resultPath)
        assert values(graph, path, RDF.first) == [NamedNode(f"{BASE}part")]
        (rest,) = values(graph, path, RDF.rest)
        (second,) = values(graph, rest, RDF.first)
        (inverse,) = values(graph, second, SH.inversePath)
        assert values(graph, inverse, SH.zeroOrMorePath) == [NamedNode(f"{BASE}owns")]

    @pytest.mark.parametrize("path", ["?", "nobody:knows", "ex:a//ex:b", "<a b>", ""])
    def test_path_nobody_can_read_is_left_out(self, path: str) -> None:
        """No path is better than a wrong one."""
        graph, node = only_result(replace(REASONED, path=path))

        assert values(graph, node, SH.resultPath) == []

    def test_reasons_are_details(self) -> None:
        """Reasons and the reasons below them are linked with sh:detail."""
        graph, node = only_result(REASONED)

        details = values(graph, node, SH.detail)
        messages = [values(graph, each, SH.resultMessage) for each in details]
        deeper = [each for detail in details for each in values(graph, detail, SH.detail)]
        assert sorted(messages, key=str) == [
            [Literal("A place has a label.")],
            [Literal("A region has a parent.")],
        ]
        assert [values(graph, each, SH.resultMessage) for each in deeper] == [
            [Literal("Use words.")]
        ]
        assert len(instances(graph, SH.AbstractResult)) == 3

    @pytest.mark.parametrize(
        ("focus", "term"),
        [
            ("https://other.example/x", NamedNode("https://other.example/x")),
            ('"ąžuolas"@lt', Literal("ąžuolas", language="lt")),
        ],
    )
    def test_focus_is_the_term(self, focus: str, term: object) -> None:
        """An entity or a text stands in the report as itself."""
        graph, node = only_result(replace(NO_PLACE, focus=focus))

        assert values(graph, node, SH.focusNode) == [term]

    @pytest.mark.parametrize("focus", ["_:b1", "thing:oak ex:part", "<", "", None])
    def test_focus_without_an_iri_is_a_blank_node(self, focus: str | None) -> None:
        """A node known to people by the path to it has no name in the report."""
        graph, node = only_result(replace(NO_PLACE, focus=focus))

        (value,) = values(graph, node, SH.focusNode)
        assert isinstance(value, BlankNode)

    def test_same_blank_node_is_one_in_all_results(self) -> None:
        """Two findings about one bracket stay about one."""
        two = (replace(NO_PLACE, focus="_:x"), replace(NO_PLACE, focus="_:x", value="_:x"))
        graph = read(Report(two, engines=("pyshacl",)))

        assert len({str(quad.object) for quad in graph if quad.predicate == SH.focusNode}) == 1

    @pytest.mark.parametrize("value", ['"a" .\n<x:a> <x:b> "c"', "<a b>", '"a', "words"])
    def test_value_that_is_no_term_is_left_out(self, value: str) -> None:
        """A text that only looks like a term adds no triples."""
        graph, node = only_result(replace(NO_PLACE, value=value))

        assert values(graph, node, SH.value) == []
        assert len(list(graph)) == len(list(only_result(replace(NO_PLACE, value=None))[0]))
