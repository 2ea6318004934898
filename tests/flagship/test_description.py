"""Whatever the flagship names is described: once, in one file, in both languages."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from lod.config import read_project
from lod.dataset import Dataset, Role, SourceFile, open_dataset
from lod.diagnostics import Diagnostic
from lod.rdf.namespaces import DCTERMS, RDFS, SKOS

ALIGNMENTS = "ontology/alignments.ttl"
"""The one file that adds to terms which another describes."""

LABELS = {RDFS.label, SKOS.prefLabel}

Statements = list[tuple[SourceFile, Quad]]


def unexpected(finding: Diagnostic) -> None:
    raise AssertionError(finding)


@pytest.fixture(scope="module")
def dataset(repository: Path) -> Dataset:
    """The repository's own project."""
    return open_dataset(read_project(repository))


@pytest.fixture(scope="module")
def statements(dataset: Dataset) -> Statements:
    """Every statement with its file."""
    return list(dataset.quads(unexpected))


def named(quad: Quad) -> Iterator[NamedNode]:
    """Yield the IRIs a statement uses of what it is not about."""
    yield quad.predicate
    if isinstance(quad.object, NamedNode):
        yield quad.object
    elif isinstance(quad.object, Literal):
        yield quad.object.datatype


class TestAddresses:
    def test_every_address_of_ours_in_use_is_described(
        self, dataset: Dataset, statements: Statements
    ) -> None:
        """Whatever the data links to in its own namespace is described in the default graph."""
        described = {quad.subject for file, quad in statements if file.role.in_default_graph}

        undescribed = {
            (file.name, term.value)
            for file, quad in statements
            if file.role.in_default_graph
            for term in named(quad)
            if term.value.startswith(dataset.project.base) and term not in described
        }

        assert undescribed == set()

    @pytest.mark.parametrize("role", [Role.SHAPES, Role.SEPARATE])
    def test_what_other_graphs_name_is_described_there_or_in_the_data(
        self, dataset: Dataset, statements: Statements, role: Role
    ) -> None:
        """Shapes and enrichment name only what they or the data describe."""
        described = {
            quad.subject
            for file, quad in statements
            if file.role.in_default_graph or file.role is role
        }

        undescribed = {
            (file.name, term.value)
            for file, quad in statements
            if file.role is role
            for term in named(quad)
            if term.value.startswith(dataset.project.base) and term not in described
        }

        assert undescribed == set()

    def test_claims_lead_to_passages_of_the_page_or_other_sources(
        self, dataset: Dataset, statements: Statements
    ) -> None:
        """Each source given is a passage of the page or a document with an address of ours."""
        base = dataset.project.base
        sources = {quad.object for _, quad in statements if quad.predicate == DCTERMS.source}

        assert sources
        assert {
            source
            for source in sources
            if not isinstance(source, NamedNode)
            or not source.value.startswith((f"{base}source/", f"{base}id/source/"))
        } == set()


class TestFiles:
    def test_every_subject_stands_in_one_file(self, statements: Statements) -> None:
        """Who looks for a subject finds all that is said of it in one file."""
        files = defaultdict(set)
        for file, quad in statements:
            if file.name != ALIGNMENTS:
                files[quad.subject].add(file.name)

        assert {subject: names for subject, names in files.items() if len(names) > 1} == {}

    def test_alignments_only_link_our_terms(self, dataset: Dataset, statements: Statements) -> None:
        """The file that may repeat a term of ours links it to others and says no more of it."""
        base = dataset.project.base
        mapped = {
            RDFS.subClassOf,
            RDFS.subPropertyOf,
            RDFS.seeAlso,
            *(SKOS[f"{kind}Match"] for kind in ("exact", "close", "broad", "narrow", "related")),
        }
        ours = [
            quad
            for file, quad in statements
            if file.name == ALIGNMENTS and str(quad.subject).startswith(f"<{base}")
        ]

        assert ours
        assert [
            quad
            for quad in ours
            if quad.predicate not in mapped
            or not isinstance(quad.object, NamedNode)
            or quad.object.value.startswith(base)
        ] == []

    def test_data_have_no_nameless_nodes(self, statements: Statements) -> None:
        """Everything in the data can be linked to."""
        roles = {Role.DATA, Role.SEPARATE}

        assert [
            (file.name, quad)
            for file, quad in statements
            if file.role in roles
            and (isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode))
        ] == []


class TestLanguages:
    def test_everything_has_a_name_in_each_language(
        self, dataset: Dataset, statements: Statements
    ) -> None:
        """Each entity, term and concept has one name in English and one in Lithuanian."""
        roles = {Role.DATA, Role.ONTOLOGY, Role.SEPARATE}
        once = Counter(dataset.project.languages)
        names: defaultdict[NamedNode, Counter[str]] = defaultdict(Counter)
        for file, quad in statements:
            if file.role in roles and isinstance(quad.subject, NamedNode):
                found = names[quad.subject]
                if quad.predicate in LABELS and isinstance(quad.object, Literal):
                    found[quad.object.language or ""] += bool(quad.object.value.strip())

        assert names
        assert {subject.value: found for subject, found in names.items() if found != once} == {}

    def test_every_description_is_in_both_languages(
        self, dataset: Dataset, statements: Statements
    ) -> None:
        """What is described in one language is described in the other, once."""
        once = Counter(dataset.project.languages)
        texts: defaultdict[object, Counter[str]] = defaultdict(Counter)
        for _, quad in statements:
            if quad.predicate in {DCTERMS.description, SKOS.definition} and isinstance(
                quad.object, Literal
            ):
                texts[quad.subject, quad.predicate][quad.object.language or ""] += 1

        assert texts
        assert {subject: found for subject, found in texts.items() if found != once} == {}

    def test_two_things_of_a_kind_never_share_a_name(self, statements: Statements) -> None:
        """A reader can tell two entities from each other by their names."""
        bearers = defaultdict(set)
        for file, quad in statements:
            if file.role in {Role.DATA, Role.SEPARATE} and quad.predicate in LABELS:
                kind = str(quad.subject).rpartition("/")[0]
                bearers[kind, quad.object].add(quad.subject)

        assert {name: who for name, who in bearers.items() if len(who) > 1} == {}


class TestColumns:
    def test_every_column_of_an_answer_has_words_in_each_language(self, dataset: Dataset) -> None:
        """A table of an answer can be read without English, and no word is kept for nothing."""
        variables = set()
        for _, path in dataset.questions():
            with path.with_suffix(".expected.csv").open(encoding="utf-8", newline="") as stream:
                variables.update(next(csv.reader(stream)))

        columns = dataset.project.columns
        assert set(columns) == variables
        assert all(set(words) == set(dataset.project.languages) for words in columns.values())
