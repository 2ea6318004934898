"""What two engines differ in is told, unless it is known of pySHACL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from lod.checks.shacl.compiled.engine import CompiledShapes
from lod.checks.shacl.crosscheck import COMPONENT, CrossCheck, rows
from lod.checks.shacl.deviations import DEVIATIONS, REFUSALS, Difference, explained
from lod.checks.shacl.pages import deviations_table
from lod.checks.shacl.refusals import unusable
from lod.checks.shacl.results import Result, ShapesRefusedError, to_diagnostic
from lod.errors import ProcessError
from support.referee import Referee, differences
from support.shacl import PREFIXES, refereed, triples

THING = "ex:S sh:targetClass ex:Thing ; "
CASES = [
    (
        "comparison-without-operator",
        "ex:a a ex:Thing ; ex:p 1 .",
        f'{THING}sh:property [ sh:path ex:p ; sh:minExclusive "2020-01-01"^^xsd:date ] .',
    ),
    (
        "comparison-without-operator",
        'ex:a a ex:Thing ; ex:p "a"@en .',
        f'{THING}sh:property [ sh:path ex:p ; sh:minInclusive "A" ] .',
    ),
    (
        "comparison-without-operator",
        "ex:a a ex:Thing ; ex:p ex:a ; ex:q ex:b .",
        f"{THING}sh:property [ sh:path ex:p ; sh:lessThan ex:q ] .",
    ),
    (
        "comparison-without-operator",
        'ex:a a ex:Thing ; ex:p "300"^^xsd:byte .',
        f"{THING}sh:not [ sh:not [ sh:property [ sh:path ex:p ; sh:maxExclusive 400 ] ] ] .",
    ),
    (
        "time-without-zone",
        'ex:a a ex:Thing ; ex:p "2020-01-01T00:00:00"^^xsd:dateTime .',
        f"{THING}sh:property [ sh:path ex:p ; "
        'sh:minInclusive "1990-01-01T00:00:00Z"^^xsd:dateTime ] .',
    ),
    (
        "min-length-of-blank-node",
        "ex:a a ex:Thing ; ex:p [] .",
        f"{THING}sh:property [ sh:path ex:p ; sh:minLength 0 ] .",
    ),
    (
        "language-range-of-parts",
        'ex:a a ex:Thing ; ex:p "x"@en-gb-oed .',
        f'{THING}sh:property [ sh:path ex:p ; sh:languageIn ( "en-GB" ) ] .',
    ),
    (
        "closed-resource",
        "ex:a a ex:Thing , <http://www.w3.org/2000/01/rdf-schema#Resource> .",
        f"{THING}sh:property [ sh:path ex:p ; sh:minCount 0 ] ; sh:closed true .",
    ),
    (
        "pattern-of-python",
        'ex:a a ex:Thing ; ex:p "a\\n" , "b\\r" , "c d" .',
        f'{THING}sh:property [ sh:path ex:p ; sh:pattern "^a$|^b.$" ] .',
    ),
    (
        "pattern-of-python",
        'ex:a a ex:Thing ; ex:p "a.c" , "abc" .',
        f'{THING}sh:property [ sh:path ex:p ; sh:pattern "a.c" ; sh:flags "q" ] .',
    ),
    (
        "white-space-around",
        'ex:a a ex:Thing ; ex:p " 1 "^^xsd:integer .',
        f"{THING}sh:property [ sh:path ex:p ; sh:datatype xsd:integer ] .",
    ),
    (
        "inverse-of-a-sequence",
        "ex:a a ex:Thing . ex:c ex:p ex:b . ex:b ex:q ex:a .",
        f"{THING}sh:property [ sh:path [ sh:inversePath ( ex:p ex:q ) ] ; sh:minCount 1 ] .",
    ),
    (
        "own-component",
        'ex:a a ex:Thing ; ex:p "x" .',
        f"{THING}sh:property [ sh:path ex:p ; ex:without 'x' ] . "
        "ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:without ] ; sh:validator [ "
        "a sh:SPARQLAskValidator ; sh:ask 'ASK { FILTER(!CONTAINS(STR($value), $without)) }' ] .",
    ),
]
REFUSED = [
    (
        "ex:a a ex:Thing ; ex:p [] ; ex:q 1 .",
        f"{THING}sh:property [ sh:path ex:p ; sh:lessThan ex:q ] .",
    ),
    (
        "ex:a a ex:Thing ; ex:p [] ; ex:q 1 .",
        f"{THING}sh:property [ sh:path ex:p ; sh:lessThanOrEquals ex:q ] .",
    ),
    (
        "ex:a a ex:Thing .",
        "ex:S0 sh:targetClass ex:Thing . "
        + " ".join(f"ex:S{n} sh:node ex:S{n + 1} ." for n in range(30)),
    ),
    (
        " ".join(f"ex:n{n} ex:knows ex:n{n + 1} ." for n in range(12)),
        "ex:S sh:targetNode ex:n0 ; sh:property ex:P . ex:P sh:path ex:knows ; sh:node ex:S .",
    ),
    (
        "ex:a a ex:Thing .",
        f"{THING}sh:sparql [ sh:select 'SELECT $this WHERE {{ GRAPH $shapesGraph {{ "
        "$currentShape ?x 1 } }' ] .",
    ),
    (
        'ex:a a ex:Thing ; ex:p "NaN"^^xsd:double .',
        f"{THING}sh:property [ sh:path ex:p ; sh:maxInclusive 2.5 ] .",
    ),
    (
        'ex:a a ex:Thing ; ex:p "x"^^xsd:integer ; ex:q 1 .',
        f"{THING}sh:property [ sh:path ex:p ; sh:lessThanOrEquals ex:q ] .",
    ),
    (
        'ex:a a ex:Thing ; ex:p "é" .',
        f'{THING}sh:property [ sh:path ex:p ; sh:pattern "^\\\\p{{L}}$" ] .',
    ),
]


@dataclass(frozen=True)
class Other:
    """An engine that gives these results, or fails so."""

    found: Sequence[Result] | Exception
    name: str = "other"
    is_quick: bool = True

    def validate(self, data: bytes, shapes: bytes) -> Sequence[Result]:
        if isinstance(self.found, Exception):
            raise self.found
        return self.found


class TestDeviations:
    @pytest.mark.parametrize(("name", "data", "shapes"), CASES, ids=[case[0] for case in CASES])
    def test_each_is_as_the_list_says(self, name: str, data: str, shapes: str) -> None:
        """PySHACL does find something else there, and the list says why."""
        given = triples(data), triples(shapes)  # once: blank nodes are called otherwise each time
        checked = CompiledShapes().checked(*given)
        ours, theirs = rows(checked.results()), rows(refereed(*given))
        found = [
            explained(Difference(is_ours, row[0], row[1], row[2], row[3], row[5]), checked)
            for is_ours, rest in ((True, ours - theirs), (False, theirs - ours))
            for row in rest
        ]

        assert {each.name if each else None for each in found} == {name}
        assert differences(*given) == []

    def test_each_has_a_case(self) -> None:
        """No deviation is listed that nobody has seen."""
        assert {name for name, _, _ in CASES} == {each.name for each in DEVIATIONS}

    def test_each_names_a_section(self) -> None:
        """It is the specification that decides, section by section."""
        for each in DEVIATIONS:
            assert "§" in each.section
            assert each.what.endswith(".")
        assert all("§" in section and why.endswith(".") for section, why in REFUSALS.values())

    @pytest.mark.parametrize(("data", "shapes"), REFUSED)
    def test_what_pyshacl_cannot_check_is_checked(self, data: str, shapes: str) -> None:
        """PySHACL gives up there; the toolkit's engine has results, and the list says why."""
        with pytest.raises((ShapesRefusedError, ProcessError)) as error:
            refereed(triples(data), triples(shapes))
        known = [words for words in REFUSALS if words in str(error.value)]

        assert len(known) >= 1
        CompiledShapes().validate(triples(data), triples(shapes))
        assert differences(triples(data), triples(shapes)) == []


class TestCrossCheck:
    DATA = triples("ex:a a ex:Thing ; ex:p 1 .")
    SHAPES = triples(f"{THING}sh:property ex:P . ex:P sh:path ex:p ; sh:minCount 2 .")

    def found(self, other: Sequence[Result] | Exception) -> list[str]:
        """Return the findings where another engine finds this."""
        results = CrossCheck(CompiledShapes(), Other(other)).validate(self.DATA, self.SHAPES)
        told = [to_diagnostic(each, None, ["en"], PREFIXES) for each in results]
        return [f"{each.code} {each.message}" for each in told]

    def test_engines_that_agree_have_their_results_once(self) -> None:
        """Who checks twice is not told twice."""
        results = CrossCheck(CompiledShapes(), Referee()).validate(self.DATA, self.SHAPES)

        assert rows(results) == rows(CompiledShapes().validate(self.DATA, self.SHAPES))

    def test_what_one_engine_alone_finds_is_a_finding(self) -> None:
        """A result that the other engine lacks is told as a difference, beside the result."""
        assert self.found([]) == [
            "shacl/min-count 2 or more values are needed, there is 1.",
            "shacl/engines-differ The engine compiled finds sh:minCount broken here, "
            "pyshacl does not.",
        ]

    @pytest.mark.parametrize(
        "change",
        [{"focus": "<x:b>"}, {"severity": "x:s"}, {"shape": "<x:S>"}, {"path": "<x:p>"}],
        ids=lambda change: next(iter(change)),
    )
    def test_every_part_of_a_result_counts(self, change: dict[str, str]) -> None:
        """A result with another focus, severity, shape or path is another result."""
        (ours,) = CompiledShapes().validate(self.DATA, self.SHAPES)

        found = self.found([replace(ours, **change)])  # type: ignore[arg-type]

        assert [each.split()[0] for each in found].count("shacl/engines-differ") == 2

    def test_how_often_there_is_a_result_counts(self) -> None:
        """A result that is there twice differs from one."""
        (ours,) = CompiledShapes().validate(self.DATA, self.SHAPES)

        assert len(self.found([ours, ours])) == 2

    @pytest.mark.parametrize(
        "error", [unusable("They are odd.", ["<x:S>"]), ProcessError("shacl/failed", "It broke.")]
    )
    def test_an_engine_without_results_is_a_finding(self, error: Exception) -> None:
        """Where one engine gives up and the other does not, that is a difference."""
        (_, told) = self.found(error)

        assert told.startswith("shacl/engines-differ The engine other gives no results")

    def test_shapes_that_both_refuse_are_refused(self) -> None:
        """What neither engine can use is told as with one."""
        shapes = triples(f"{THING}sh:property [ sh:path ex:p ; sh:minCount 'x' ] .")

        with pytest.raises(ShapesRefusedError):
            CrossCheck(CompiledShapes(), Other(unusable("Odd."))).validate(self.DATA, shapes)

    def test_shapes_that_only_ours_refuses_are_a_finding(self) -> None:
        """Where the toolkit's engine alone gives up, that is a difference too."""
        shapes = triples(f"{THING}sh:property [ sh:path ex:p ; sh:minCount 'x' ] .")

        results = CrossCheck(CompiledShapes(), Other([])).validate(self.DATA, shapes)

        assert [each.component for each in results] == [COMPONENT]


class TestPage:
    def test_the_reference_lists_what_is_known(self, repository: Path) -> None:
        """Whoever reads the documentation finds every deviation there."""
        kept = (repository / "docs" / "reference" / "shacl.md").read_text("utf-8")

        assert deviations_table() in kept, "write deviations_table() to docs/reference/shacl.md"
