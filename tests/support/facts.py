"""The facts of the page, as someone who read it sentence by sentence wrote them down.

Each line of ``tests/flagship/facts/<section>.csv`` is one fact in our own words, and the triple
that holds it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "flagship" / "facts"


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a list of facts; ``triple`` is written as in SPARQL."""

    passage: str
    sentence: int
    words: str
    triple: tuple[str, str, str]

    @property
    def section(self) -> str:
        """The section of the page it stands in."""
        return self.passage.partition("/")[0]

    @property
    def citation(self) -> str:
        """How a claim cites the sentence."""
        return f"{self.passage} s{self.sentence}"

    @property
    def pattern(self) -> str:
        """What a query asks for that wants the fact and its passage."""
        return f"{' '.join(self.triple)} ; dcterms:source passage-{self.passage.replace('/', ':')}"


def read_facts() -> list[Fact]:
    """Return the facts of all sections, in the order they are listed."""
    return [fact for path in sorted(FOLDER.glob("*.csv")) for fact in _facts_in(path)]


def _facts_in(path: Path) -> list[Fact]:
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            Fact(
                row["passage"],
                int(row["sentence"]),
                row["fact"],
                (row["subject"], row["property"], row["value"]),
            )
            for row in csv.DictReader(stream)
        ]
