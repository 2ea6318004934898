"""Property paths, walked over a few triples."""

from __future__ import annotations

import pytest

from lod.checks.places.paths import Need, read_path, walk

TRIPLES = [
    ("a", "<p>", "b"),
    ("b", "<p>", "c"),
    ("c", "<p>", "a"),
    ("b", "<q>", "x"),
    ("c", "<q>", "y"),
]


def ends(path: str, start: str = "a") -> list[str]:
    """Return the nodes that a path leads to by at least one triple."""
    read = read_path(path)
    assert read is not None
    found = walk(read, start, known)
    assert not found.needs
    return sorted({node for _, node in found.ends})


def known(
    node: str, predicate: str, is_inverse: bool
) -> list[tuple[tuple[str, str, str], str]] | None:
    if is_inverse:
        return [(each, each[0]) for each in TRIPLES if each[2] == node and each[1] == predicate]
    return [(each, each[2]) for each in TRIPLES if each[0] == node and each[1] == predicate]


class TestWalk:
    @pytest.mark.parametrize(
        ("path", "nodes"),
        [
            ("<p>", ["b"]),
            ("<q>", []),
            ("<p>/<q>", ["x"]),
            ("(<p>/<p>/<q>)", ["y"]),
            ("^<p>", ["c"]),
            ("^<p>/<q>", ["y"]),
            ("^(<p>/<p>)", ["b"]),
            ("^(<q>|<p>)", ["c"]),
            ("(<q>|<p>)", ["b"]),
            ("<p>/(<q>|<p>)", ["c", "x"]),
            ("<p>*", ["a", "b", "c"]),
            ("<p>+/<q>", ["x", "y"]),
            ("<p>?/<q>", ["x"]),
            ("(<p>/<p>)*", ["a", "b", "c"]),
            ("(<p>*|<q>)/<q>", ["x", "y"]),
            ("(<p>?/<q>)+", ["x"]),
            ("^<p>*", ["a", "b", "c"]),
            (" <p> / <q> ", ["x"]),
        ],
    )
    def test_it_ends_where_sparql_says(self, path: str, nodes: list[str]) -> None:
        """A path leads to the nodes that SPARQL finds by it."""
        assert ends(path) == nodes

    def test_last_triples_are_told_when_the_path_breaks_off(self) -> None:
        """Where a path ends too early, the triples before are the last."""
        path = read_path("<p>/<p>/<r>/<q>")
        assert path is not None

        found = walk(path, "a", known)

        assert (found.ends, found.last) == ([], [(("b", "<p>", "c"), "c")])

    def test_what_is_not_known_is_needed(self) -> None:
        """A walk tells which triples it has not seen."""
        path = read_path("<p>/^<q>")
        assert path is not None

        found = walk(path, "a", lambda node, *rest: known(node, *rest) if node == "a" else None)

        assert found.needs == {Need("b", is_inverse=True)}


class TestReadPath:
    @pytest.mark.parametrize(
        "text",
        [
            *("", "?", "<p", "<p> <q>", "<p>/", "(<p>", "<p>)", "^", "|<p>", "!<p>", "ex:p"),
            *("(" * 10_000 + "<p>" + ")" * 10_000, "^" * 10_000 + "<p>"),
        ],
    )
    def test_what_is_no_path_is_none(self, text: str) -> None:
        """A text that is no path, or nested without end, leads nowhere."""
        assert read_path(text) is None

    def test_single_property_is_told(self) -> None:
        """Only a property by itself is no longer path."""
        texts = ("<p>", "(<p>)", "^<p>", "<p>/<q>", "<p>*", "<p>|<p>")
        single = [read is not None and read.is_property for read in map(read_path, texts)]

        assert single == [True, True, False, False, False, False]
