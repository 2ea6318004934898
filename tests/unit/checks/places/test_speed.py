"""Finding places costs little in a large project."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from lod.checks.places.finding import Places, Sought
from lod.config import read_project
from lod.dataset import Dataset, open_dataset
from support.pace import slowness
from support.projects import write_project

THING = "https://data.example/thing/"
TERM = "https://data.example/def#"
THINGS = 12_500  # of eight triples each
START = f"""\
@prefix e: <{THING}> .
@prefix v: <{TERM}> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def thing(number: int) -> str:
    return f"""
e:t{number}
  a v:C{number % 10} ;
  rdfs:label
    "Thing {number}"@en ,
    "Daiktas {number}"@lt ;
  v:knows
    e:t{(number + 1) % THINGS} ,
    e:t{(number + 2) % THINGS} ;
  v:at [ v:size {number % 1000} ; v:date "2015-01-01"^^xsd:date ] ;
.
"""


def project(folder: Path, *, files: int) -> Dataset:
    """Write a project of a hundred thousand triples."""
    each = THINGS // files
    texts = {
        f"data/f{number:02}.ttl": START
        + "".join(map(thing, range(number * each, (number + 1) * each)))
        for number in range(files)
    }
    return open_dataset(read_project(write_project(folder, texts)))


@pytest.mark.benchmark
class TestSpeed:
    @pytest.mark.parametrize("files", [1, 50])
    @pytest.mark.parametrize("path", ["<{}knows>", "<{}at>/<{}none>", "^<{}none>"])
    def test_twenty_findings_take_less_than_half_a_second(
        self, tmp_path: Path, path: str, files: int
    ) -> None:
        """Among a hundred thousand triples, places are found at once."""
        dataset = project(tmp_path, files=files)
        wanted = [
            Sought(f"<{THING}t{number}>", path.replace("{}", TERM))
            for number in range(7, THINGS, THINGS // 20)
        ]
        seconds = []

        for _ in range(9):  # other programs may keep the cores busy
            began = time.process_time()
            places = Places(dataset, wanted)
            found = [places.of(each) for each in wanted]
            seconds.append((time.process_time() - began) / slowness())

        assert all(each[0].line for each in found)
        assert min(seconds) < 0.5, seconds

    def test_finding_of_a_blank_node_takes_no_longer(self, tmp_path: Path) -> None:
        """Nodes without a label are counted, not read."""
        dataset = project(tmp_path, files=1)
        wanted = [Sought(f"_:f0x-{number}", f"<{TERM}size>") for number in range(7, THINGS, 625)]
        seconds = []

        for _ in range(3):
            began = time.process_time()
            places = Places(dataset, wanted)
            found = [(places.of(each)[0].line, places.name(each.focus)) for each in wanted]
            seconds.append((time.process_time() - began) / slowness())

        assert min(seconds) < 0.5, seconds
        assert found[0] == (91, f"<{THING}t7> / <{TERM}at>")


def test_nothing_sought_reads_nothing(tmp_path: Path) -> None:
    """A project without findings does not pay for places."""
    dataset = open_dataset(read_project(write_project(tmp_path, {"data/a.ttl": START})))
    (tmp_path / "data/a.ttl").unlink()

    places = Places(dataset, [])

    assert places.of(Sought(f"<{THING}t1>")) == []
