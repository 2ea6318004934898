"""Blank nodes are called the same at every reading."""

from __future__ import annotations

from pathlib import Path

from lod.config import read_project
from lod.dataset import Dataset, open_dataset
from support.projects import write_project

TEXT = """\
@prefix ex: <https://data.example/> .
ex:a ex:p [ ex:q [] , _:x ] , ( 1 [] ) .
[] ex:p _:c0ffeec0ffeec0ffeec0ffee12 , _:x .
"""


def statements(dataset: Dataset) -> list[str]:
    return [str(quad.triple) for _, quad in dataset.quads(lambda _: None)]


class TestLabels:
    def test_they_are_the_same_each_time(self, tmp_path: Path) -> None:
        """What one check calls a node is what the next one calls it."""
        files = {"data/a.ttl": TEXT, "data/b.trig": f"{TEXT} [] {{ [] ex:p [] }}"}
        dataset = open_dataset(read_project(write_project(tmp_path, files)))

        first, second = statements(dataset), statements(dataset)

        assert first == second
        assert {"_:f0x-0", "_:f0xx", "_:f1x-0", "_:f1xx"} <= set(" ".join(first).split())

    def test_those_of_lines_are_kept(self, tmp_path: Path) -> None:
        """In N-Triples every label stays, whoever made it."""
        label = "c0ffeec0ffeec0ffeec0ffee12"
        files = {"data/a.nt": f"_:{label} <x:p> _:x .\n"}
        dataset = open_dataset(read_project(write_project(tmp_path, files)))

        assert statements(dataset) == [f"_:f0x{label} <x:p> _:f0xx"]
