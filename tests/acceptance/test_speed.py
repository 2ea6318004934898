"""The flagship is there at once when it was there before."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from acceptance.servers import Server, serving
from support.pace import slowness
from unit.cli.commands import Home


@pytest.mark.benchmark
class TestSecondStart:
    def test_unchanged_flagship_answers_within_a_second(self, home: Home, repository: Path) -> None:
        """The second start of an unchanged folder compiles nothing and answers at once."""
        with serving(home, repository) as first:
            _looks_right(first)

        starts = [_start(home, repository)]
        while len(starts) < 5 and min(starts) >= 1:  # other programs may keep the cores busy
            starts.append(_start(home, repository))

        assert min(starts) < 1, starts


def _start(home: Home, folder: Path) -> float:
    """Return the seconds from the command to the first page."""
    began = time.monotonic()
    with serving(home, folder) as server:
        assert server.ask("/").status == 200
        seconds = (time.monotonic() - began) / slowness()
        _looks_right(server)
    return seconds


def _looks_right(server: Server) -> None:
    page = server.ask("/doc/initiative/sucbas.lt.html")
    turtle = server.ask("/doc/initiative/sucbas", "text/turtle")
    count = server.query(
        "SELECT (COUNT(?p) AS ?n) { "
        "<https://w3id.org/ltdef/id/initiative/sucbas> "
        "<https://w3id.org/ltdef/def/cooperation#hasPartner> ?p }"
    )
    assert page.status == turtle.status == count.status == 200
    assert "SUCBAS" in page.text
    assert "initiative:sucbas" in turtle.text
    assert int(count.text.split()[1]) > 1
