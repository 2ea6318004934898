"""A million triples are laid out in one pass."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from support.pace import slowness

SUBJECTS = 125_000

pytestmark = pytest.mark.large

HEADER = """\
@prefix v: <https://large.example/def/v#> .
@prefix e: <https://large.example/id/thing/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
PROGRAM = """
import sys
from lod.cli.main import run
try:
    run(sys.argv[1:])
finally:
    assert "rdflib" not in sys.modules
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of a million triples, one subject a line, the same each time."""
    choice = random.Random(1)
    file = tmp_path / "things.ttl"
    with file.open("w", encoding="utf-8") as stream:
        stream.write(HEADER)
        for number in range(SUBJECTS):
            one, other = choice.randrange(SUBJECTS), choice.randrange(1, SUBJECTS)
            stream.write(
                f'e:t{number} v:size {number % 1000} ; a v:C{number % 10} ; rdfs:label "Thing '
                f'{number}"@en , "Daiktas {number}"@lt ; v:knows e:t{one} , '
                f"e:t{(one + other) % SUBJECTS} ; v:hub e:t{number % 3} ; # {number}\n"
                f'v:date "20{number % 100:02d}-01-01"^^xsd:date .\n'
            )
    return file


def used() -> float:
    """Return the seconds of a processor that commands have used so far."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def run(*arguments: str | Path) -> tuple[int, str, float]:
    """Return how a command ended, what it said and the seconds of a processor it used."""
    before = used()
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    return done.returncode, done.stderr, used() - before


class TestMillion:
    def test_it_is_laid_out_in_a_minute_and_one_gigabyte(self, path: Path) -> None:
        """A million triples are laid out, compared and written without rdflib."""
        code, said, seconds = run("format", path)
        again, said_again, seconds_again = run("format", "--check", path)

        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"{seconds:.0f} s, again {seconds_again:.0f} s, {peak:.0f} MB")
        assert (code, said) == (0, "1 file reformatted; 0 files left as they were.\n")
        assert (again, said_again) == (0, "0 files would be reformatted; 1 file left as it was.\n")
        assert path.read_text("utf-8").count("\n.\n") == SUBJECTS
        assert peak < 1000
        assert seconds < 60 * slowness()
