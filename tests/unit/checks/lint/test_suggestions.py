"""What is suggested for an unknown IRI, and at what cost."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from lod.checks.lint.suggestions import Suggestions
from lod.config import read_project
from lod.dataset import open_dataset
from support.pace import slowness
from support.projects import write_project

THING = "https://data.example/thing/"
THINGS = 30_000


@pytest.fixture
def suggestions(tmp_path: Path) -> Suggestions:
    """The names of a namespace far too large to compare each with each."""
    lines = [f"<{THING}{name}> a <{THING}C> .\n" for name in ("Žemaitija", "zoo-of-kaunas")]
    lines += [f"<{THING}thing-{number}-{number * 7}> a <{THING}C> .\n" for number in range(THINGS)]
    project = read_project(write_project(tmp_path, {"data/a.ttl": "".join(lines)}))
    return Suggestions(open_dataset(project), {THING + "thing-no"})


class TestLargeNamespace:
    @pytest.mark.parametrize(
        ("unknown", "meant"),
        [
            ("zoo-of-kaunsa", "zoo-of-kaunas"),  # begins alike
            ("soo-of-kaunas", "zoo-of-kaunas"),  # ends alike
            ("ŽEMAITIJA", "Žemaitija"),  # letter case alone
            ("thing-29999-20993", "thing-29999-209993"),
        ],
    )
    def test_slip_is_recognised(self, suggestions: Suggestions, unknown: str, meant: str) -> None:
        assert suggestions.nearest(THING + unknown) == THING + meant

    def test_what_resembles_nothing_gets_nothing(self, suggestions: Suggestions) -> None:
        assert suggestions.nearest(THING + "qqqqqqqq") is None

    def test_five_hundred_slips_cost_little(self, suggestions: Suggestions) -> None:
        suggestions.nearest(THING + "thing")
        began = time.process_time()

        for number in range(500):
            suggestions.nearest(f"{THING}thing-{number}-{number * 7}x")

        assert time.process_time() - began < 4 * slowness()
