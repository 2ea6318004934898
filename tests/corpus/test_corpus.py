"""A corpus of broken projects: every finding is at the right file, line and column."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from lod.checks.catalogue import read_catalogue
from lod.checks.check import check
from lod.checks.shacl.compiled.engine import CompiledShapes
from lod.config import read_project
from lod.dataset import open_dataset
from lod.diagnostics import Diagnostic, Location, Report
from lod.rdf.prefixes import Prefixes
from lod.reporters import REPORTERS, Reporting, source_of
from support.corpus import Case, found, read_case

NOISE = {
    "lint/not-formatted": "the lines of carets stand where no formatter would put them",
    "lint/label-missing": "of an entity that is there to be broken, a name would say nothing",
    "lint/term-undocumented": "as with names, definitions would be longer than what is shown",
    "lint/term-without-ontology": "as with definitions",
}
"""Codes that nearly every case would have, and why only those have them that are about them."""
NOT_HERE = {
    "file/unreadable": "a text cannot write a file that may not be read",
    "jsonld/syntax": "a project has no such files",
    "lint/baseline-stale": "a check knows no baseline; what applies one is tested with it",
    "rdf/syntax": "a project has no such files",
    "lint/file-too-long": "a text of that length shows nobody anything",
    "lint/too-many-findings": "ten thousand slips show nobody anything",
    "rdf/too-deep": "a text of that depth shows nobody anything",
    "rdf/too-long": "a text of that length shows nobody anything",
    "shacl/constraint": "a component of a project's own, as the one for queries",
    "shacl/engines-differ": "engines that differ are found out, not written",
    "shacl/property": "what a property shape finds has the code of its constraint",
}
"""Codes without a case, and why."""
CASES = [read_case(path, NOISE) for path in sorted(Path(__file__).parent.glob("*.txt"))]


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case.name)
def case(request: pytest.FixtureRequest) -> Case:
    """Each of the broken projects."""
    given: Case = request.param
    return given


@pytest.fixture(scope="module")
def project(case: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a broken project."""
    folder = tmp_path_factory.mktemp(case.name)
    case.write(folder)
    return folder


@pytest.fixture(scope="module")
def report(project: Path) -> Report:
    """What a check finds in a broken project, with the engine that users have."""
    return check(open_dataset(read_project(project)), CompiledShapes(), lambda _: None)


@pytest.mark.thorough
class TestCorpus:
    def test_every_finding_is_at_its_place(self, case: Case, report: Report) -> None:
        """All that is wrong is found, at the very words that are wrong, and nothing else."""
        assert sorted(map(str, found(report))) == sorted(map(str, case.expected))

    def test_a_finding_of_a_shape_says_where_the_shape_is(self, case: Case, report: Report) -> None:
        """Besides the place in the data the maintainer is told where the shape asks for it."""
        findings = [each for each in report.findings if _needs_a_shape(each)]
        without = [
            str(each.location) for each in findings if not (each.origin and each.origin.line)
        ]
        told = {
            (str(finding), each.origin)
            for finding, each in zip(found(report), report.findings, strict=True)
        }
        expected = {(str(case.expected[number]), place) for number, place in case.origins}

        assert without == []
        assert expected <= told

    def test_the_caret_is_under_the_words(self, project: Path, report: Report) -> None:
        """Who reads the text report sees the line, and a caret under exactly these words."""
        for finding in report.findings:
            place = finding.location
            if place is not None and place.column is not None:
                line = source_of(project)(place)
                if line is not None:
                    assert _marked(project, finding) == _words(line, place)


class TestCollection:
    def test_there_are_a_hundred_cases(self) -> None:
        """The corpus is as large as it was promised to be."""
        assert len(CASES) >= 100

    def test_every_code_has_a_case(self) -> None:
        """There is no code whose place nobody has looked at."""
        expected = {finding.code for each in CASES for finding in each.expected}

        assert set(read_catalogue().rules) - expected == set(NOT_HERE)

    def test_each_case_says_what_it_shows(self) -> None:
        """A case begins with the sentence that it is there for, and expects what it says."""
        assert [each.name for each in CASES if not each.sentence.endswith(".")] == []
        sentences = [each.sentence for each in CASES]
        assert len(set(sentences)) == len(sentences)


def _needs_a_shape(finding: Diagnostic) -> bool:
    return finding.code.startswith("shacl/") and finding.code != "shacl/shapes"


def _words(line: str, place: Location) -> str:
    """Return what stands on the first line of a place."""
    end = place.end_column if place.end_line == place.line else None
    words = line.rstrip()[(place.column or 1) - 1 : end and end - 1]
    # What cannot be seen is shown as a space, which no terminal obeys.
    return "".join(letter if letter.isprintable() else " " for letter in words)


def _marked(project: Path, finding: Diagnostic) -> str:
    """Return the words that have carets under them in the text report."""
    place = finding.location
    assert place is not None
    text = REPORTERS["full"](Report((finding,)), Reporting(Prefixes({}), source=source_of(project)))
    lines = text.split("\n")
    number = next(n for n, line in enumerate(lines) if line.startswith(f"{place.line:>5} | "))
    shown, marks = (each[len("12345 | ") :] for each in lines[number : number + 2])
    assert set(marks) <= {" ", "^"}
    start, end = marks.index("^"), len(marks)
    return "".join(letter for letter, at in _columns(shown) if start <= at < end)


def _columns(text: str) -> list[tuple[str, int]]:
    """Return the letters of a text with the column of a terminal each begins in."""
    columns, at = [], 0
    for letter in text:
        columns.append((letter, at))
        at += 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        at -= unicodedata.combining(letter) > 0
    return columns
