"""Queries whose answer changes are told apart from those whose answer lasts."""

from __future__ import annotations

import pytest

from lod.config import Limits
from lod.engine.guard import inspect


class TestVolatility:
    @pytest.mark.parametrize(
        "query",
        [
            "SELECT (NOW() AS ?x) {}",
            "SELECT * { BIND(rand() AS ?x) }",
            "SELECT * { FILTER(1<2&&2<NOW()) }",
            "ASK { FILTER(STRUUID() != UUID()) }",
            "SELECT (ra\\u006Ed() AS ?x) {}",
        ],
    )
    def test_time_and_chance_are_noticed(self, query: str) -> None:
        """A query that may answer otherwise next time is told apart."""
        assert inspect(query, Limits(), {}).is_volatile

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT * { ?s <https://a.example/now> 'NOW()' }",
            "PREFIX now: <https://now.example/> SELECT * { ?now now:rand @now }",
            "ASK {} # RAND()",
        ],
    )
    def test_names_and_texts_are_none(self, query: str) -> None:
        """The words may stand in IRIs, names, texts, variables and comments."""
        assert not inspect(query, Limits(), {}).is_volatile
