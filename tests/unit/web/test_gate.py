"""Queries never take all threads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest

from lod.web.gate import QueryGate

Started = list[tuple[str, list[tuple[str, str]]]]


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    if environ.get("broken"):
        raise RuntimeError
    start_response("200 OK", [])
    return iter([b"a", b"b"])


def call(gate: QueryGate, path: str, **more: object) -> tuple[str, Any]:
    """Return the status and the pieces of an answer."""
    started: Started = []
    pieces = gate({"PATH_INFO": path, **more}, lambda *said: started.append(said))
    return started[0][0][:3], pieces


class TestGate:
    def test_more_than_there_is_room_for_is_refused_at_once(self) -> None:
        """While answers are not read to their end, further queries are 503 with a reason."""
        gate = QueryGate(application, 2)
        held = [call(gate, "/sparql") for _ in range(2)]

        status, pieces = call(gate, "/sparql")

        assert [each[0] for each in held] == ["200", "200"]
        assert status == "503"
        assert json.loads(b"".join(pieces))["code"] == "engine/busy"

    def test_pages_pass_meanwhile(self) -> None:
        """What asks no engine is not held up."""
        gate = QueryGate(application, 1)
        held = call(gate, "/sparql")

        for path in ("/doc/thing", "/data/thing", "/database", "/sparqling"):
            assert call(gate, path)[0] == "200"
        for path in ("/sparql.lt.html", "/data", "/questions/all"):
            assert call(gate, path)[0] == "503"
        assert held[0] == "200"

    def test_closed_answers_make_room(self) -> None:
        """An answer that is over, read or not, leaves its place; closing twice changes nothing."""
        gate = QueryGate(application, 1)
        for _ in range(5):
            status, pieces = call(gate, "/sparql")
            assert status == "200"
            pieces.close()
            pieces.close()

        held = call(gate, "/sparql"), call(gate, "/sparql")

        assert [each[0] for each in held] == ["200", "503"]

    def test_forgotten_answers_make_room(self) -> None:
        """A host that drops an answer without closing it does not keep its place."""
        gate = QueryGate(application, 1)
        for _ in range(5):
            assert call(gate, "/data")[0] == "200"

    def test_failures_make_room(self) -> None:
        """So does one that breaks."""
        gate = QueryGate(application, 1)
        for _ in range(3):
            with pytest.raises(RuntimeError):
                call(gate, "/sparql", broken=True)

        assert call(gate, "/sparql")[0] == "200"
