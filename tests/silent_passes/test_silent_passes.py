"""Set-ups of which plain pySHACL says that they conform, though something in them is wrong.

Each folder is a project; its ``expected.txt`` has a line for each finding, place and code. Those
whose names start with ``clean-`` are right, and nothing is found.
"""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
import rdflib

from lod.checks.check import Codes, check
from lod.checks.shacl.compiled.engine import CompiledShapes
from lod.config import read_project
from lod.dataset import open_dataset

SETUPS = sorted(path.parent for path in Path(__file__).parent.glob("*/lod.toml"))
CLEAN = [setup for setup in SETUPS if setup.name.startswith("clean-")]
WRONG = [setup for setup in SETUPS if setup not in CLEAN]
AREAS = ("shapes", "shacl")
"""What is looked for in every set-up; other codes only where they are expected."""


def read_graph(*folders: Path) -> rdflib.Graph:
    """Return what the Turtle files of some folders say, as a user of plain pySHACL reads them."""
    graph = rdflib.Graph()
    for folder in folders:
        for path in sorted(folder.glob("*.ttl")):
            graph.parse(path, format="turtle")
    return graph


def expectations(setup: Path) -> list[str]:
    """Return the lines of a set-up's expectation."""
    return (setup / "expected.txt").read_text("utf-8").splitlines()


def findings(setup: Path, expected: list[str]) -> list[str]:
    """Return place and code of what the check finds, with the engine that users have."""
    codes = {line.rpartition(" ")[2] for line in expected}
    report = check(
        open_dataset(read_project(setup)),
        CompiledShapes(),
        lambda _: None,
        Codes(select=(*AREAS, *sorted(codes))),
    )
    return [f"{each.location or '-'} {each.code}" for each in report.findings]


@pytest.mark.thorough
@pytest.mark.parametrize("setup", SETUPS, ids=lambda setup: setup.name)
class TestSetups:
    def test_plain_pyshacl_says_that_it_conforms(self, setup: Path) -> None:
        """Who runs pySHACL on these files is told that all is well."""
        data = read_graph(setup / "data", setup / "ontology")

        conforms, _, _ = pyshacl.validate(data, shacl_graph=read_graph(setup / "shapes"))

        assert conforms

    def test_the_check_finds_what_is_wrong_and_nothing_else(self, setup: Path) -> None:
        """The check says what is wrong, at its line and column; about a clean set-up nothing."""
        expected = expectations(setup)

        assert findings(setup, expected) == expected


class TestCollection:
    def test_there_are_many_set_ups(self) -> None:
        """More than thirty ways to go wrong are held, and clean set-ups beside them."""
        assert len(WRONG) >= 30
        assert len(CLEAN) >= 5

    def test_only_clean_set_ups_expect_nothing(self) -> None:
        """A set-up that is wrong expects a finding, a clean one none."""
        assert [setup for setup in SETUPS if not expectations(setup)] == CLEAN
