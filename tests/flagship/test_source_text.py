"""The flagship and the page it is made from; the page is no part of the repository.

The variable ``SOURCE_TEXT`` names the file that holds it.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from lod.config import read_project
from lod.dataset import Dataset, open_dataset
from lod.diagnostics import Diagnostic
from support.facts import read_facts
from support.repository import files

VARIABLE = "SOURCE_TEXT"
TOO_MANY = 8
"""So many words of the page in a row are a copy of it."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """Where a paragraph stands in the text, and what it is called."""

    start: int
    end: int
    identifier: str


def unexpected(finding: Diagnostic) -> None:
    raise AssertionError(finding)


@pytest.fixture(scope="module")
def page() -> str:
    """The text of the page."""
    name = os.environ.get(VARIABLE)
    if not name:
        pytest.skip(f"{VARIABLE} does not name the file that holds the text of the page")
    return Path(name).read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def dataset(repository: Path) -> Dataset:
    """The repository's own project."""
    return open_dataset(read_project(repository))


@pytest.fixture(scope="module")
def passages(dataset: Dataset) -> list[Passage]:
    """The passages of the page as the data have them, in the order they stand in."""
    found: dict[str, dict[str, str]] = {}
    for _, quad in dataset.quads(unexpected):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            name = re.split("[#/]", quad.predicate.value)[-1]
            found.setdefault(quad.subject.value, {})[name] = quad.object.value
    return sorted(
        Passage(int(each["startOffset"]), int(each["endOffset"]), each["identifier"])
        for each in found.values()
        if "startOffset" in each
    )


def is_paragraph(page: str, passage: Passage) -> bool:
    """Return whether a passage is a line of the page, without the space around it."""
    start = page.rfind("\n", 0, passage.start) + 1
    line = page[start:].partition("\n")[0]
    return page[passage.start : passage.end] == line.strip() != ""


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield so many words in a row as would be a copy, wherever lines and marks stand."""
    words = _WORD.findall(text.lower())
    for start in range(len(words) - TOO_MANY + 1):
        yield tuple(words[start : start + TOO_MANY])


def copied(text: str, page: str) -> set[str]:
    """Return what a text has in common with the page."""
    return {" ".join(run) for run in set(runs(page)).intersection(runs(text))}


class TestPassages:
    def test_text_is_the_one_the_data_were_made_from(self, page: str, dataset: Dataset) -> None:
        """The checksum in the data is that of the page."""
        stated = {
            quad.object.value
            for _, quad in dataset.quads(unexpected)
            if quad.predicate.value.endswith("#sha256") and isinstance(quad.object, Literal)
        }

        assert stated == {hashlib.sha256(page.encode()).hexdigest()}

    def test_passage_is_a_paragraph(self, page: str, passages: list[Passage]) -> None:
        """The characters a passage names are one whole paragraph of the page."""
        wrong = [each.identifier for each in passages if not is_paragraph(page, each)]

        assert len(passages) == 45
        assert wrong == []

    def test_passages_are_numbered_as_they_stand(self, passages: list[Passage]) -> None:
        """Paragraphs are counted from one in each section, and never overlap."""
        counted: dict[str, int] = {}
        for each in passages:
            section, _, number = each.identifier.partition("/")
            counted[section] = counted.get(section, 0) + 1
            assert int(number) == counted[section], each

        assert all(before.end <= after.start for before, after in pairwise(passages))

    def test_only_headings_are_left_out(self, page: str, passages: list[Passage]) -> None:
        """Every line of the page is a passage, but for the heading of each of its sections."""
        rest = page
        for each in reversed(passages):
            rest = rest[: each.start] + rest[each.end :]
        headings = [line.strip() for line in rest.splitlines() if line.strip()]

        sections = {each.identifier.partition("/")[0] for each in passages}
        assert len(headings) == len(sections - {"header", "colophon"})
        assert all(heading.split()[0] in {"Bilateral", "Cooperation"} for heading in headings)


class TestSentences:
    def test_every_sentence_of_a_modelled_section_has_a_fact(
        self, page: str, passages: list[Passage]
    ) -> None:
        """Nothing that a modelled section says is passed over, to its last sentence."""
        modelled = {(each.passage, each.sentence) for each in read_facts()}
        sections = {passage.partition("/")[0] for passage, _ in modelled}

        sentences = {
            (each.identifier, number)
            for each in passages
            if each.identifier.partition("/")[0] in sections
            for number, _ in enumerate(_SENTENCE_END.split(page[each.start : each.end]), 1)
        }

        assert modelled == sentences


class TestWords:
    def test_copy_would_be_noticed(self, page: str, passages: list[Passage]) -> None:
        """A paragraph of the page is known again, whatever its line breaks and capitals."""
        longest = max((page[each.start : each.end] for each in passages), key=len)

        assert copied("\n# ".join(longest.upper().split()), page)

    def test_no_text_of_the_data_copies_the_page(self, page: str, dataset: Dataset) -> None:
        """Names, descriptions and notes are in our own words."""
        texts = {
            (file.name, quad.object.value)
            for file, quad in dataset.quads(unexpected)
            if isinstance(quad.object, Literal)
        }

        assert texts
        assert found_in(texts, page) == {}

    def test_no_file_copies_the_page(self, page: str, repository: Path) -> None:
        """No file of the repository holds a sentence of the page."""
        texts = [
            (path.relative_to(repository).as_posix(), path.read_text("utf-8", "replace"))
            for path in files(repository)
        ]

        assert {"README.md", "data/sources.ttl"} <= {name for name, _ in texts}
        assert found_in(texts, page) == {}


def found_in(texts: Iterable[tuple[str, str]], page: str) -> dict[str, set[str]]:
    """Return what files have in common with the page, by their names."""
    whole = set(runs(page))
    found: dict[str, set[str]] = {}
    for name, text in texts:
        common = whole.intersection(runs(text))
        if common:
            found.setdefault(name, set()).update(map(" ".join, common))
    return found
