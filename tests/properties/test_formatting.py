"""Whatever the layout of a text, the formatter's layout says the same and loses no comment."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from pyoxigraph import RdfFormat

from lod.rdf.formatting import format_turtle
from lod.rdf.statements import digest
from lod.rdf.tokens import tokens
from lod.rdf.turtle import write_turtle
from properties.comment_owners import DIRECTIVE, owners
from properties.strategies import PREFIXES, Row, plain_graphs
from properties.turtle_texts import turtle_texts
from support.graphs import read

pytestmark = pytest.mark.thorough

# Hypothesis explains a failure by tracing every line, which takes half a minute over such texts.
unexplained = settings(
    max_examples=60,
    phases=set(Phase) - {Phase.explain},
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def comments(text: str) -> list[str]:
    """Return the comments of a text, sorted."""
    return sorted(each.text.rstrip(" \t") for each in tokens(text) if each.kind == "comment")


class TestMeaning:
    @unexplained
    @given(turtle_texts())
    def test_turtle_says_the_same(self, text: str) -> None:
        """A Turtle text laid out makes the same statements."""
        formatted = format_turtle(text)

        assert read(formatted.encode(), "ttl") == read(text.encode(), "ttl"), formatted
        assert digest(formatted, RdfFormat.TURTLE) == digest(text, RdfFormat.TURTLE)

    @unexplained
    @given(turtle_texts(graphs=True))
    def test_trig_says_the_same(self, text: str) -> None:
        """A TriG text laid out makes the same statements in the same graphs."""
        formatted = format_turtle(text)

        assert read(formatted.encode(), "trig") == read(text.encode(), "trig"), formatted
        assert digest(formatted, RdfFormat.TRIG) == digest(text, RdfFormat.TRIG)


class TestComments:
    @unexplained
    @given(turtle_texts(graphs=True))
    def test_none_is_lost_or_doubled(self, text: str) -> None:
        """Each comment is there once, with its own words."""
        assert comments(format_turtle(text)) == comments(text)

    @unexplained
    @given(turtle_texts(graphs=True))
    def test_each_stays_with_what_it_is_about(self, text: str) -> None:
        """A comment goes where the value, predicate or end goes it stood at."""
        formatted = format_turtle(text)

        before, after = owners(text), owners(formatted)
        moved = {
            comment: (owner, after.of[comment])
            for comment, owner in before.of.items()
            if owner not in {"", DIRECTIVE} and not after.is_near(owner, after.of[comment])
        }
        assert moved == {}, formatted


class TestLayout:
    @unexplained
    @given(turtle_texts(graphs=True))
    def test_second_run_changes_nothing(self, text: str) -> None:
        """What is laid out is laid out."""
        formatted = format_turtle(text)

        assert format_turtle(formatted) == formatted

    @unexplained
    @given(turtle_texts(graphs=True))
    def test_lines_are_clean(self, text: str) -> None:
        """No line ends with blanks, none is indented by tabs, and two are never empty."""
        formatted = format_turtle(text)

        outside = "".join(each if each.isspace() else "x" for each in _between_strings(formatted))
        assert "\r" not in outside
        assert "\t" not in outside
        assert " \n" not in outside
        assert "\n\n\n" not in outside
        assert formatted.endswith("\n")
        assert not formatted.endswith("\n\n")

    @given(plain_graphs())
    def test_it_is_the_layout_of_our_writer(self, rows: list[Row]) -> None:
        """What the toolkit writes is in the layout already."""
        written = write_turtle(rows, PREFIXES)

        assert format_turtle(written) == written


def _between_strings(text: str) -> str:
    """Return a text without what is in its tokens, but with their places."""
    parts, end = [], 0
    for each in tokens(text):
        parts += [text[end : each.span.start], "x"]
        end = each.span.end
    return "".join([*parts, text[end:]])
