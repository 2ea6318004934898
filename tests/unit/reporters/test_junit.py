"""JUnit XML that services of any make read."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

from lod.diagnostics import Location, Report, Severity
from lod.reporters import REPORTERS
from support.findings import FINDINGS, NO_PLACE, REPORT, REPORTING, SYNTAX

ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped"},
    "testcase": {"name", "classname"},
    "failure": {"type", "message"},
    "system-out": set(),
}
"""What we write; Ant's and Jenkins's schemas know all of it (junit-10.xsd, JUnit.xsd)."""

CHILDREN = {
    "testsuites": ["testsuite"],
    "testsuite": ["testcase"],
    "testcase": ["failure", "system-out"],
    "failure": [],
    "system-out": [],
}


def read(report: Report) -> ET.Element:
    return ET.fromstring(REPORTERS["junit"](report, REPORTING))  # noqa: S314 - it is our own


def cases(report: Report) -> list[ET.Element]:
    return list(read(report).iter("testcase"))


class TestStructure:
    def test_elements_and_attributes_are_those_of_the_schemas(self) -> None:
        """Nothing is written that a strict reader would refuse."""
        for element in read(REPORT).iter():
            names = [child.tag for child in element]
            assert set(element.keys()) == ATTRIBUTES[element.tag]
            assert set(names) <= set(CHILDREN[element.tag])
            if element.tag == "testcase":
                assert names in (["failure"], ["system-out"], ["failure", "system-out"])

    def test_counts_are_those_of_the_cases(self) -> None:
        """A service that only reads the numbers sees the same as one that counts."""
        suites = read(REPORT)
        suite = suites[0]

        assert suites.get("tests") == suite.get("tests") == str(len(list(suite)))
        assert suite.get("failures") == str(len(list(suite.iter("failure")))) == "3"


class TestCases:
    def test_file_with_findings_is_a_case_that_failed(self) -> None:
        """Each file is one case, with all that was found in it."""
        found = {case.get("name"): case for case in cases(REPORT)}

        failure = found["data/b.ttl"].find("failure")
        assert failure is not None
        assert failure.attrib == {"type": "error", "message": "1 error, 1 warning"}
        assert len((failure.text or "").splitlines()) == 2

    def test_remark_fails_nothing(self) -> None:
        """A remark is told, and the case of its file passes."""
        (case,) = cases(Report((NO_PLACE,)))

        assert case.find("failure") is None
        assert case.findtext("system-out", "").startswith("info shacl/node-kind: ")

    def test_warning_fails_its_file(self) -> None:
        """A warning is shown among failures; whether it stops a build is for the command to say."""
        (case,) = cases(Report((replace(SYNTAX, severity=Severity.WARNING),)))

        failure = case.find("failure")
        assert failure is not None
        assert failure.get("type") == "warning"

    def test_nothing_found_is_a_case_that_passed(self) -> None:
        """An empty suite would look like a run that broke."""
        (case,) = cases(Report(()))

        assert case.get("name") == "lod check"
        assert list(case) == []

    def test_every_finding_is_a_line_of_its_case(self) -> None:
        """No finding is lost, and none becomes two."""
        lines = [
            line
            for case in cases(REPORT)
            for child in case
            for line in (child.text or "").splitlines()
        ]

        assert len(lines) == len(FINDINGS)

    def test_cases_are_named_from_the_root_of_the_repository(self) -> None:
        """Where the project is a folder of the repository, services find its files."""
        report = Report((replace(SYNTAX, location=Location("data/b.ttl", 1)),))
        written = REPORTERS["junit"](report, replace(REPORTING, folder="projects/oak"))

        assert 'name="projects/oak/data/b.ttl"' in written
