"""Failures say what happened, where, and what to do."""

from __future__ import annotations

import pytest

from lod.errors import (
    ConfigError,
    EngineError,
    LodError,
    ProcessError,
    ProjectError,
    QueryError,
    ReleaseError,
)


class TestLodError:
    @pytest.mark.parametrize(
        ("place", "cure", "text"),
        [
            (None, None, "area/what: It broke."),
            ("lod.toml:7", None, "area/what: lod.toml:7: It broke."),
            (None, "Mend it.", "area/what: It broke. Mend it."),
            ("lod.toml:7", "Mend it.", "area/what: lod.toml:7: It broke. Mend it."),
        ],
    )
    def test_failure_reads_code_place_message_cure(
        self, place: str | None, cure: str | None, text: str
    ) -> None:
        """A failure is one line that starts with its code and ends with what to do."""
        error = LodError("area/what", "It broke.", place=place, cure=cure)

        assert str(error) == text
        assert (error.code, error.message, error.place, error.cure) == (
            "area/what",
            "It broke.",
            place,
            cure,
        )

    @pytest.mark.parametrize(
        "kind", [ConfigError, ProjectError, ReleaseError, ProcessError, QueryError, EngineError]
    )
    def test_every_failure_can_be_caught_as_one(self, kind: type[LodError]) -> None:
        """Whoever catches LodError misses no failure of ours."""
        with pytest.raises(LodError, match="area/what"):
            raise kind("area/what", "It broke.")


class TestQueryError:
    @pytest.mark.parametrize(
        ("line", "column", "place"),
        [(None, None, None), (3, None, "line 3"), (3, 14, "line 3, column 14"), (None, 14, None)],
    )
    def test_place_is_in_the_query(
        self, line: int | None, column: int | None, place: str | None
    ) -> None:
        """A slip in a query is told by line and column, as far as they are known."""
        error = QueryError("query/syntax", "It is wrong.", line=line, column=column)

        assert error.place == place
        assert (error.line, error.column) == (line, column)


class TestEngineError:
    def test_client_is_told_when_to_come_back(self) -> None:
        """A busy engine says in how many seconds to ask again."""
        error = EngineError("engine/busy", "All are busy.", retry_after=5, cure="Wait.")

        assert error.retry_after == 5
        assert str(error) == "engine/busy: All are busy. Wait."
