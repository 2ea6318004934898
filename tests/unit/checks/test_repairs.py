"""Edits made in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.checks.repairs import edits_by_file, repaired
from lod.diagnostics import Diagnostic, Edit, Location, Severity
from lod.rdf.lines import Lines
from lod.rdf.tokens import Span


def edit(text: str, start: int, end: int, new: str) -> Edit:
    return Edit(Lines("a.ttl", text).location(Span(start, end)), new)


def finding(*edits: Edit) -> Diagnostic:
    return Diagnostic("lint/x", Severity.INFO, "", None, edits=edits)


class TestRepaired:
    @pytest.mark.parametrize(
        ("text", "edits", "expected"),
        [
            ("abc", [(1, 2, "X")], "aXc"),
            ("abc", [(0, 3, "")], ""),
            ("abc", [(3, 3, "!")], "abc!"),
            ("abc", [(2, 3, "Z"), (0, 1, "X")], "XbZ"),
            ("a\nb\nc", [(2, 3, "two\nlines"), (4, 5, "C")], "a\ntwo\nlines\nC"),
            ("a\r\nb\r\n", [(3, 4, "B")], "a\r\nB\r\n"),
            ("a\r\nb\r\n", [(0, 3, "")], "b\r\n"),
            ('"😀𝒳"@EN .', [(5, 7, "en")], '"😀𝒳"@en .'),
            ("a\u2028b\x0cc\nd", [(4, 5, "C"), (6, 7, "D")], "a\u2028b\x0cC\nD"),
            ("one\ntwo\nthree", [(2, 9, "-")], "on-hree"),
        ],
    )
    def test_edits_are_made_where_they_are_meant(
        self, text: str, edits: list[tuple[int, int, str]], expected: str
    ) -> None:
        """Columns count characters, lines end with line feeds, and nothing else is touched."""
        assert repaired(text, [edit(text, *each) for each in edits]) == expected

    @pytest.mark.parametrize("order", [1, -1])
    def test_of_two_that_overlap_the_first_is_made(self, order: int) -> None:
        """Two repairs of the same letters do not mix, whatever their order."""
        edits = [edit("abcdef", 1, 4, "X"), edit("abcdef", 3, 5, "Y")]

        assert repaired("abcdef", edits[::order]) == "aXef"

    def test_neighbours_do_not_overlap(self) -> None:
        """A repair may begin where another ends."""
        assert repaired("abcd", [edit("abcd", 0, 2, "X"), edit("abcd", 2, 4, "Y")]) == "XY"

    @given(st.text("a\r\n😀\u2028", min_size=1), st.data())
    def test_equals_the_same_done_with_positions(self, text: str, data: st.DataObject) -> None:
        """A place as line and column is the same as one counted from the start."""
        first, second = sorted(
            data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2))
        )

        assert repaired(text, [edit(text, first, second, "X")]) == (
            f"{text[:first]}X{text[second:]}"
        )


class TestEditsByFile:
    def test_each_edit_once(self) -> None:
        """Two findings that ask for the same edit get it once; files are kept apart."""
        one = edit("abc", 0, 1, "X")
        other = Edit(Location("b.ttl", 1, 1, 1, 2), "Y")

        assert edits_by_file([finding(one, other), finding(one), finding()]) == {
            "a.ttl": [one],
            "b.ttl": [other],
        }
