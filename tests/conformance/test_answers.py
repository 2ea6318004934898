"""The comparison of answers itself: a comparison that cannot tell things apart proves nothing."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from conformance.answers import Answer, Graph, Match, Refusal, Row, Table, match, row
from lod.rdf.namespaces import XSD
from lod.rdf.terms import Term

A, B = NamedNode("http://a.example/a"), NamedNode("http://a.example/b")


def table(*rows: Row, is_ordered: bool = False) -> Table:
    """Return a table with the variables that its rows bind."""
    return Table(frozenset(name for each in rows for name, _ in each), rows, is_ordered)


def x(term: Term) -> Row:
    """Return a row with one variable."""
    return row({"x": term})


def number(text: str, datatype: str) -> Literal:
    """Return a literal with a datatype of XML Schema."""
    return Literal(text, datatype=XSD[datatype])


class TestMatch:
    def test_order_counts_for_nothing_where_none_was_asked_for(self) -> None:
        """Solutions in another order are the same answer."""
        found = match(table(x(A), x(B)), table(x(B), x(A)))

        assert found is Match.EXACT

    def test_order_counts_where_it_was_asked_for(self) -> None:
        """Solutions in another order are another answer to ORDER BY."""
        expected = table(x(A), x(B), is_ordered=True)

        found = match(expected, table(x(B), x(A), is_ordered=True))

        assert found is Match.NONE

    def test_missing_duplicate_is_told(self) -> None:
        """A solution that should come twice is missed when it comes once."""
        found = match(table(x(A), x(A)), table(x(A)))

        assert found is Match.NONE

    @pytest.mark.parametrize(
        ("times", "wanted"), [(1, Match.EXACT), (2, Match.EXACT), (3, Match.NONE)]
    )
    def test_reduced_answer_may_drop_duplicates_but_add_none(
        self, times: int, wanted: Match
    ) -> None:
        """REDUCED may leave out duplicates."""
        found = match(table(x(A), x(A)), table(*[x(A)] * times), is_lax=True)

        assert found is wanted

    def test_reduced_answer_may_not_drop_a_solution(self) -> None:
        """REDUCED keeps every different solution."""
        found = match(table(x(A), x(B)), table(x(A), x(A)), is_lax=True)

        assert found is Match.NONE

    def test_labels_of_blank_nodes_count_for_nothing(self) -> None:
        """Blank nodes may be called anything."""
        found = match(table(x(BlankNode("one"))), table(x(BlankNode("two"))))

        assert found is Match.EXACT

    def test_blank_nodes_that_are_one_and_two_are_told_apart(self) -> None:
        """Whether two places hold the same blank node is part of the answer."""
        one = table(row({"x": BlankNode("one"), "y": BlankNode("one")}))
        two = table(row({"x": BlankNode("one"), "y": BlankNode("two")}))

        found = match(one, two)

        assert found is Match.NONE

    def test_blank_node_shared_by_solutions_is_told_from_two(self) -> None:
        """Whether two solutions hold the same blank node is part of the answer."""
        shared = table(row({"x": A, "y": BlankNode("one")}), row({"x": B, "y": BlankNode("one")}))
        apart = table(row({"x": A, "y": BlankNode("one")}), row({"x": B, "y": BlankNode("two")}))

        found = match(shared, apart)

        assert found is Match.NONE

    def test_variable_without_a_value_is_told_from_no_variable(self) -> None:
        """A table names all its variables, also those that nothing is bound to."""
        found = match(Table(frozenset("xy"), (x(A),)), Table(frozenset("x"), (x(A),)))

        assert found is Match.NONE

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (number("01", "integer"), number("1", "integer")),
            (number("-3", "negativeInteger"), number("-3", "integer")),
            (number("2.50", "decimal"), number("2.5", "decimal")),
            (number("100.0", "decimal"), number("100", "decimal")),
            (number("1.0E6", "double"), number("1000000", "double")),
            (number("1", "boolean"), number("true", "boolean")),
            (number("2006-08-23+00:00", "date"), number("2006-08-23Z", "date")),
            (Triple(A, B, number("1.0", "decimal")), Triple(A, B, number("1", "decimal"))),
        ],
    )
    def test_other_lexical_form_is_equal_by_value_only(self, one: Term, other: Term) -> None:
        """A value written in another way is told from the same term."""
        found = match(table(x(one)), table(x(other)))

        assert found is Match.BY_VALUE

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (number("1", "integer"), number("2", "integer")),
            (number("1", "integer"), number("1", "decimal")),
            (number("1", "float"), number("1", "double")),
            (number("1", "integer"), Literal("1")),
            (number("a", "integer"), number("b", "integer")),
            (number("2006-08-23", "date"), number("2006-08-23Z", "date")),
            (Literal("a", language="en"), Literal("a")),
            (Triple(A, B, A), Triple(A, B, B)),
        ],
    )
    def test_other_value_is_different(self, one: Term, other: Term) -> None:
        """Another value or another kind of value is another answer."""
        found = match(table(x(one)), table(x(other)))

        assert found is Match.NONE

    def test_graphs_are_compared_by_their_triples(self) -> None:
        """A graph with another triple is another answer, with other blank nodes the same."""
        one = Graph(frozenset([Triple(A, B, BlankNode("one"))]))
        same = Graph(frozenset([Triple(A, B, BlankNode("two"))]))
        other = Graph(frozenset([Triple(A, B, A)]))

        found = (match(one, same), match(one, other))

        assert found == (Match.EXACT, Match.NONE)

    @pytest.mark.parametrize(
        ("expected", "given"),
        [
            (True, False),
            (True, table(x(A))),
            (table(), Graph(frozenset())),
            (table(), Refusal("no")),
            (Refusal("no"), Refusal("no")),
        ],
    )
    def test_answer_of_another_kind_is_different(self, expected: Answer, given: Answer) -> None:
        """A table, a graph, a yes and a refusal are never the same, and no refusal is wanted."""
        found = match(expected, given)

        assert found is Match.NONE
