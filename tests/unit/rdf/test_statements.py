"""Two texts say the same or they do not."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat

from lod.rdf.statements import digest


def same(one: str, other: str) -> bool:
    """Whether two TriG texts make the same statements."""
    return digest(one, RdfFormat.TRIG) == digest(other, RdfFormat.TRIG)


class TestDigest:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("<x:s> <x:p> 1, 2 .", "<x:s> <x:p> 2 . <x:s> <x:p> 1 ."),
            ("<x:s> <x:p> [ <x:q> 1 ; <x:r> 2 ] .", "<x:s> <x:p> [ <x:r> 2 ; <x:q> 1 ] ."),
            ("<x:s> <x:p> ( [] ( 1 ) ) .", "<x:s><x:p>([](1))."),
            ("<x:s> <x:p> _:a . _:a <x:q> _:b .", "_:a <x:q> _:b . <x:s> <x:p> _:a ."),
            ("_:a <x:p> _:a# c\n.", "_:a <x:p> _:a ."),
            ("[ <x:p> 1 ] . [ <x:p> 2 ] .", "[ <x:p> 2 ] . [ <x:p> 1 ] ."),
            ("GRAPH [] { <x:s> <x:p> 1 }", "[] { <x:s> <x:p> 1 . }"),
            ("<x:s> <x:p> 1 {| <x:q> [ <x:r> 2 ] |} .", "<x:s> <x:p> 1 {| <x:q> [ <x:r> 2 ] |} ."),
            ("<x:s> <x:p> <<( [] <x:q> 1 )>> .", "<x:s> <x:p> <<([] <x:q> 1)>> ."),
        ],
    )
    def test_layout_does_not_show(self, one: str, other: str) -> None:
        """Order and layout make no difference, nor what a parser calls nodes without a label."""
        assert same(one, other)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("<x:s> <x:p> 1 .", "<x:s> <x:p> 01 ."),
            ("<x:s> <x:p> 1 .", "<x:s> <x:p> 1, 1 ."),
            ("<x:s> <x:p> <x:a> .", "<x:s> <x:p> <x:b> ."),
            ("<x:s> <x:p> 1 .", "<x:g> { <x:s> <x:p> 1 }"),
            ("<x:s> <x:p> [ <x:q> 1 ] .", "<x:s> <x:p> [ <x:q> 2 ] ."),
            ("<x:s> <x:p> [ <x:q> [ <x:r> 1 ] ] .", "<x:s> <x:p> [ <x:q> [ <x:r> 2 ] ] ."),
            ("<x:s> <x:p> [] .", "<x:s> <x:p> _:a ."),
            ("<x:s> <x:p> _:a .", "<x:s> <x:p> _:b ."),
            ("<x:s> <x:p> ( 1 2 ) .", "<x:s> <x:p> ( 2 1 ) ."),
            ("[ <x:p> 1 ] .", "[ <x:p> 2 ] ."),
            (
                "<x:s> <x:p> [ <x:q> 1 ], [ <x:q> 2 ] .",
                "<x:s> <x:p> [ <x:q> 1 ; <x:q> 2 ], [] .",
            ),
        ],
    )
    def test_difference_shows(self, one: str, other: str) -> None:
        """Another value, graph, label or place of a value is seen, however deep."""
        assert not same(one, other)

    def test_depth_and_length_do_no_harm(self) -> None:
        """Nodes nested in each other, or a long collection, are compared in moments."""
        deep = f"<x:s> <x:p> {'[ <x:p> ' * 10_000}1{' ]' * 10_000} ."
        long = f"<x:s> <x:p> ( {'<x:m> ' * 10_000} ) ."

        assert same(deep + long, long + deep)
        assert not same(deep, deep.replace("1", "2"))
        assert not same(long, long.replace("<x:m>  )", "<x:n> )"))

    def test_what_is_not_valid_has_none(self) -> None:
        """A text that says nothing is not compared."""
        with pytest.raises(SyntaxError):
            digest("<x:s> <x:p>", RdfFormat.TURTLE)
