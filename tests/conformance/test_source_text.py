"""What text rules see of a document is what its tokens say, in every document of the W3C tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from conformance.manifests import suites_folder
from lod.checks.lint.source_text import declarations, iris, language_tags, terms
from lod.rdf.tokens import Span, Token, tokens

FOLDER = suites_folder()

pytestmark = pytest.mark.thorough
DOCUMENTS = sorted(path for path in (FOLDER / "rdf").rglob("*") if path.suffix in {".ttl", ".trig"})
ANY_IRI = re.compile("<")
ANY_TAG = re.compile("@")

Mark = tuple[str, Span]


def known(path: Path) -> tuple[str, list[Token]] | None:
    """Return a document's text and its tokens, None for one that a parser finds wrong."""
    content = path.read_bytes()
    kind = RdfFormat.TURTLE if path.suffix == ".ttl" else RdfFormat.TRIG
    try:
        for _ in parse(content, format=kind, base_iri="https://data.example/"):
            pass
    except (SyntaxError, ValueError):
        return None
    text = content.decode()
    return text, [each for each in tokens(text) if each.kind != "comment"]


VALID = {path: found for path in DOCUMENTS if (found := known(path))}
documents = pytest.mark.parametrize(
    "path", VALID, ids=lambda path: path.relative_to(FOLDER).as_posix()
)


def declared(found: list[Token]) -> Iterator[tuple[str, str, bool]]:
    """Yield prefix, IRI and whether it is used, told from the tokens one by one."""
    ends = {}
    for number, token in enumerate(found):
        if token.text == "@prefix" or (token.kind == "word" and token.text.upper() == "PREFIX"):
            ends[number] = found[number + 1].text.removesuffix(":")
    for number, prefix in ends.items():
        iri = found[number + 2].text
        later = [
            each
            for each, other in ends.items()
            if each > number and other == prefix and found[each + 2].text != iri
        ]
        reach = found[number + 3 : min(later, default=len(found))]
        skipped = {each + 1 for each in ends}
        is_used = any(
            each.kind == "name" and each.text.partition(":")[0] == prefix
            for at, each in enumerate(reach, number + 3)
            if at not in skipped
        )
        yield prefix, iri[1:-1], is_used


class TestAgainstTokens:
    def test_there_are_documents(self) -> None:
        """The suites hold hundreds of documents that can be read."""
        assert len(VALID) > 300

    @documents
    def test_iris_are_those_of_the_tokens(self, path: Path) -> None:
        """Every IRI in angle brackets is seen, and nothing in a string or comment."""
        text, found = VALID[path]

        seen = [(each.text, each.span) for each in iris(text, ANY_IRI)]

        assert seen == [(each.text, each.span) for each in found if each.kind == "iri"]

    @documents
    def test_language_tags_are_those_of_the_tokens(self, path: Path) -> None:
        """Every language tag is seen, and no directive."""
        text, found = VALID[path]
        pairs = pairwise(found)
        right = [(each.text, each.span) for before, each in pairs if is_tag(before, each)]

        seen = [(each.text, each.span) for each in language_tags(text, ANY_TAG)]

        assert seen == right

    @documents
    def test_names_are_among_the_terms(self, path: Path) -> None:
        """Every IRI and every name is seen; a dot that ends a statement may go with a name."""
        text, found = VALID[path]

        seen = [each.span for each in terms(text)]

        for token in found:
            if token.kind in {"iri", "name"}:
                assert any(
                    span.start <= token.span.start and token.span.end <= span.end for span in seen
                ), token

    @documents
    def test_declarations_are_those_of_the_tokens(self, path: Path) -> None:
        """Every prefix is seen with its IRI, and whether anything uses it."""
        text, found = VALID[path]

        seen = declarations(text)

        assert [(each.prefix, each.iri, each.is_used) for each in seen] == list(declared(found))
        for each in seen:
            assert text[slice(*each.iri_span)] == f"<{each.iri}>"
            assert text[slice(*each.span)].lower().lstrip("@").startswith("prefix")


def is_tag(before: Token, token: Token) -> bool:
    """Whether a token is the language of the string right before it."""
    return token.kind == "tag" and before.kind == "string" and before.span.end == token.span.start
