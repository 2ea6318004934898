"""Labels of blank nodes that have none."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode

from lod.rdf.scan_labels import Labels, is_unnamed, unnamed_number


class TestLabels:
    def test_nodes_without_a_label_are_numbered(self) -> None:
        """The same node has the same number, the next one the next."""
        labels = Labels()
        one, other = BlankNode().value, BlankNode().value

        assert [labels.label(each) for each in (one, other, one)] == ["-0", "-1", "-0"]
        assert labels.count == 2

    @pytest.mark.parametrize("label", ["b", "c0ffee", "1", "a.b", "c0ffeec0ffeec0ffeec0ffee-", "é"])
    def test_label_of_an_author_stays(self, label: str) -> None:
        """Who gave a label finds it again."""
        labels = Labels()

        assert labels.label(label) == label
        assert labels.count == 0

    def test_labels_that_the_parser_makes_up_are_known(self) -> None:
        """Each label made up is seen to be one, or numbers would be wrong."""
        assert all(is_unnamed(BlankNode().value) for _ in range(10_000))


class TestUnnamedNumber:
    @pytest.mark.parametrize(("term", "found"), [("_:-7", 7), ("_:b7", None), ("<-7>", None)])
    def test_number_is_read_from_the_label(self, term: str, found: int | None) -> None:
        """Only a node without a label has a number."""
        assert unnamed_number(term) == found
