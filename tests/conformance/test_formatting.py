"""The formatter over every valid Turtle and TriG document of the W3C tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from conformance.manifests import suites_folder
from lod.rdf.formatting import format_turtle
from lod.rdf.tokens import tokens
from support.graphs import Graph, canonical

FOLDER = suites_folder()

pytestmark = pytest.mark.thorough
BASE = "https://data.example/folder/document?query"
FORMATS = {".ttl": RdfFormat.TURTLE, ".trig": RdfFormat.TRIG}


def statements(content: bytes, kind: RdfFormat) -> Graph | None:
    """Return what a document says, None when it is not valid."""
    try:
        return canonical(parse(content, format=kind, base_iri=BASE))
    except (SyntaxError, ValueError):
        return None


def valid_documents() -> list[pytest.ParameterSet]:
    """Return the documents that a parser reads."""
    return [
        pytest.param(path, id=path.relative_to(FOLDER).as_posix())
        for path in sorted(FOLDER.rglob("*"))
        if path.suffix in FORMATS
        and statements(path.read_bytes(), FORMATS[path.suffix]) is not None
    ]


DOCUMENTS = valid_documents()


def comments(text: str) -> list[str]:
    """Return the comments of a text, sorted."""
    return sorted(each.text.rstrip(" \t") for each in tokens(text) if each.kind == "comment")


class TestDocuments:
    def test_there_are_many(self) -> None:
        """The folder holds the suites."""
        assert len(DOCUMENTS) > 1000

    @pytest.mark.parametrize("path", DOCUMENTS)
    def test_layout_says_the_same(self, path: Path) -> None:
        """A document laid out makes the same statements, with the same comments."""
        content = path.read_bytes()

        formatted = format_turtle(content.decode())

        kind = FORMATS[path.suffix]
        assert statements(formatted.encode(), kind) == statements(content, kind), formatted
        assert comments(formatted) == comments(content.decode())

    @pytest.mark.parametrize("path", DOCUMENTS)
    def test_layout_is_final(self, path: Path) -> None:
        """Laying out a second time changes nothing."""
        formatted = format_turtle(path.read_text("utf-8"))

        assert format_turtle(formatted) == formatted
