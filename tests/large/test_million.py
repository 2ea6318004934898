"""A million triples build on a small machine."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from support.pace import slowness_meanwhile

SUBJECTS = 125_000
TRIPLES_EACH = 8

pytestmark = pytest.mark.large


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of a million triples without shapes, the same each time."""
    (tmp_path / "lod.toml").write_text(
        '[project]\nname = "large"\nbase = "https://large.example/"\n'
        'languages = ["en", "lt"]\nversion = "1"\ntitle = "Large"\n'
    )
    (tmp_path / "data").mkdir()
    choice = random.Random(1)
    with (tmp_path / "data" / "things.ttl").open("w", encoding="utf-8") as file:
        file.write(
            "@prefix e: <https://large.example/id/thing/> .\n"
            "@prefix v: <https://large.example/def/v#> .\n"
            "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
            "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        )
        for number in range(SUBJECTS):
            one, other = choice.randrange(SUBJECTS), choice.randrange(1, SUBJECTS)
            file.write(
                f'e:t{number} a v:C{number % 10} ; rdfs:label "Thing {number}"@en , '
                f'"Daiktas {number}"@lt ; v:knows e:t{one} , e:t{(one + other) % SUBJECTS} ; '
                f"v:hub e:t{number % 3} ; v:size {number % 1000} ; "
                f'v:date "20{number % 100:02d}-01-01"^^xsd:date .\n'
            )
    return tmp_path


def seconds_of_children() -> float:
    """Return the processor time of all programs that this process has run to their end.

    Others may use the processors too, so time on the clock says little.
    """
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class TestMillion:
    def test_it_builds_in_ninety_seconds_and_one_and_a_half_gigabytes(self, project: Path) -> None:
        """A project of a million triples needs neither a large machine nor a coffee."""
        before = seconds_of_children()

        with slowness_meanwhile() as pace:
            done = subprocess.run(
                [sys.executable, "-m", "lod", "build", "--project", str(project)],
                capture_output=True,
                text=True,
                timeout=600,
                check=False,
            )

        seconds = seconds_of_children() - before  # those of other tests' programs left aside
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"{seconds:.0f} s, {peak:.0f} MB, pace {pace[-1]:.2f}")
        assert done.returncode == 0, done.stderr
        assert f"{SUBJECTS * TRIPLES_EACH:,} triples" in done.stdout
        assert peak < 1500
        assert seconds < 90 * pace[-1]
