"""Property paths become RDF, and nothing else does."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.rdf.namespaces import RDF, SH
from lod.reporters.property_paths import PathError, Row, path_as_rdf

_SIGNS = {
    str(SH.zeroOrMorePath): "*",
    str(SH.oneOrMorePath): "+",
    str(SH.zeroOrOnePath): "?",
}


def convert(text: str) -> tuple[str, list[Row]]:
    blank = (f"_:b{number}" for number in count(1))
    return path_as_rdf(text, lambda name: name.strip("<>").join("<>"), blank)


def written(node: str, rows: list[Row]) -> str:
    """Write a path back, a bracket around every part."""
    said = {predicate: value for subject, predicate, value in rows if subject == node}
    if not said:
        return node
    if str(RDF.first) in said:
        return f"({'/'.join(written(each, rows) for each in members(node, rows))})"
    ((predicate, value),) = said.items()
    if predicate == str(SH.alternativePath):
        return f"({'|'.join(written(each, rows) for each in members(value, rows))})"
    if predicate == str(SH.inversePath):
        return f"(^{written(value, rows)})"
    return f"({written(value, rows)}{_SIGNS[predicate]})"


def members(node: str, rows: list[Row]) -> list[str]:
    found = []
    while node != str(RDF.nil):
        said = {predicate: value for subject, predicate, value in rows if subject == node}
        found.append(said[str(RDF.first)])
        node = said[str(RDF.rest)]
    return found


def bracketed() -> st.SearchStrategy[str]:
    """Paths with a bracket around every part but single properties."""
    names = st.sampled_from(["<x:a>", "<x:b>", "<https://data.example/p/(q)|r>"])

    def wider(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        several = st.lists(inner, min_size=2, max_size=3)
        return st.one_of(
            several.map(lambda parts: f"({'/'.join(parts)})"),
            several.map(lambda parts: f"({'|'.join(parts)})"),
            inner.map(lambda part: f"(^{part})"),
            st.tuples(inner, st.sampled_from("*+?")).map(lambda pair: f"({''.join(pair)})"),
        )

    return st.recursive(names, wider, max_leaves=8)


class TestPath:
    @pytest.mark.parametrize(
        ("text", "read"),
        [
            ("ex:a", "<ex:a>"),
            ("<x:a>", "<x:a>"),
            ("^ex:a", "(^<ex:a>)"),
            ("ex:a/ex:b/ex:c", "(<ex:a>/<ex:b>/<ex:c>)"),
            ("(ex:a|^ex:b/ex:c)", "(<ex:a>|((^<ex:b>)/<ex:c>))"),
            ("^ex:a*", "(^(<ex:a>*))"),
            ("(^ex:a)+", "((^<ex:a>)+)"),
            ("ex:a.b-c?", "(<ex:a.b-c>?)"),
            ("ex:a | ex:b", "(<ex:a>|<ex:b>)"),
        ],
    )
    def test_path_is_read_as_sparql_reads_it(self, text: str, read: str) -> None:
        """Marks bind before ^, ^ before /, and / before |."""
        assert written(*convert(text)) == read

    @given(bracketed())
    def test_any_path_comes_back(self, path: str) -> None:
        """What is read is what was written, however it is nested."""
        assert written(*convert(path)) == path

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "?",
            "*",
            "ex:a ex:b",
            "ex:a/",
            "|ex:a",
            "(ex:a",
            "ex:a)",
            "^",
            "<x:a",
            "()",
            "(" * 5_000 + "ex:a" + ")" * 5_000,
        ],
    )
    def test_what_is_no_path_is_refused(self, text: str) -> None:
        """Nothing is guessed."""
        with pytest.raises(PathError):
            convert(text)
