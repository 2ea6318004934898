"""The ontology as its reviewers look at it: metadata, words, profile, no term without use."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from lod.rdf.namespaces import DCTERMS, OWL, RDF, RDFS, SKOS, VANN

BASE = "https://w3id.org/ltdef/"
ONTOLOGY = NamedNode(f"{BASE}def/cooperation")
TERMS = f"{BASE}def/cooperation#"

LOGICAL = {RDFS.subClassOf, RDFS.subPropertyOf}
"""The axioms in use: between named classes, and between named properties."""
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}

About = Mapping[NamedNode, list[object]]


def statements(*paths: Path) -> list[Quad]:
    return [quad for path in paths for quad in parse(path=path, format=RdfFormat.TURTLE)]


@pytest.fixture(scope="module")
def ontology(repository: Path) -> list[Quad]:
    """The statements of classes and properties, alignments included."""
    folder = repository / "ontology"
    return statements(folder / "cooperation.ttl", folder / "alignments.ttl")


@pytest.fixture(scope="module")
def terms(ontology: list[Quad]) -> Mapping[NamedNode, About]:
    """What is said of each term."""
    found: dict[NamedNode, defaultdict[NamedNode, list[object]]] = {}
    for quad in ontology:
        if isinstance(quad.subject, NamedNode):
            found.setdefault(quad.subject, defaultdict(list))[quad.predicate].append(quad.object)
    return found


def own(terms: Mapping[NamedNode, About]) -> dict[NamedNode, About]:
    return {term: about for term, about in terms.items() if term.value.startswith(TERMS)}


def languages(texts: list[object]) -> list[str]:
    return sorted(each.language or "" for each in texts if isinstance(each, Literal))


class TestMetadata:
    @pytest.mark.parametrize(
        "term",
        [
            *(DCTERMS[name] for name in ("title", "description", "license", "creator")),
            *(DCTERMS[name] for name in ("created", "issued", "publisher")),
            *(DCTERMS.bibliographicCitation, OWL.versionIRI, OWL.versionInfo),
            *(VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri),
        ],
        ids=lambda term: re.split("[#/]", term.value)[-1],
    )
    def test_ontology_says_of_itself(
        self, terms: Mapping[NamedNode, About], term: NamedNode
    ) -> None:
        """Catalogues of vocabularies find what they look for."""
        assert terms[ONTOLOGY][term]

    def test_namespace_is_that_of_the_terms(self, terms: Mapping[NamedNode, About]) -> None:
        """Who takes prefix and namespace from the ontology writes its terms with them."""
        (namespace,) = terms[ONTOLOGY][VANN.preferredNamespaceUri]

        assert isinstance(namespace, Literal)
        assert namespace.value == TERMS
        assert len(own(terms)) > 50


class TestTerms:
    @pytest.mark.parametrize("term", [RDFS.label, SKOS.definition, SKOS.example])
    def test_each_term_is_explained_in_both_languages(
        self, terms: Mapping[NamedNode, About], term: NamedNode
    ) -> None:
        """A name, a definition and an example for readers of either language."""
        wrong = {each.value: about[term] for each, about in own(terms).items()}

        assert {
            each: texts for each, texts in wrong.items() if languages(texts) != ["en", "lt"]
        } == {}

    def test_each_term_leads_to_its_ontology(self, terms: Mapping[NamedNode, About]) -> None:
        """A term met somewhere leads back here."""
        assert {
            each.value
            for each, about in own(terms).items()
            if about[RDFS.isDefinedBy] != [ONTOLOGY]
        } == set()

    def test_each_term_is_used(self, terms: Mapping[NamedNode, About], repository: Path) -> None:
        """A term that neither the data nor a question uses is left out."""
        data = statements(*(repository / "data").rglob("*.ttl"))
        used: set[object] = {term for quad in data for term in (quad.predicate, quad.object)}
        used |= {each for about in terms.values() for each in about[RDFS.subClassOf]}
        asked = " ".join(
            path.read_text("utf-8")
            for folder in ("questions", "rules")
            for path in (repository / folder).glob("*.rq")
        )

        unused = {
            each.value
            for each in own(terms)
            if each not in used
            and not re.search(rf"coop:{each.value.removeprefix(TERMS)}\b", asked)
        }

        assert unused == set()

    def test_each_concept_is_used(self, repository: Path) -> None:
        """A code that no statement has is left out of its list."""
        schemes = statements(*(repository / "ontology" / "schemes").glob("*.ttl"))
        concepts = {quad.subject for quad in schemes if quad.object == SKOS.Concept}
        everything = statements(
            *(repository / "data").rglob("*.ttl"), *(repository / "ontology").rglob("*.ttl")
        )
        used = {quad.object for quad in everything if quad.predicate != SKOS.hasTopConcept}

        assert len(concepts) > 150
        assert {str(each) for each in concepts - used} == set()


class TestProfile:
    def test_it_is_in_all_three_profiles_of_owl_2(self, ontology: list[Quad]) -> None:
        """Only named classes and properties are declared and ordered, which EL, QL and RL allow."""
        axioms = [
            quad
            for quad in ontology
            if quad.predicate in LOGICAL
            or quad.predicate.value.startswith((RDFS.iri, OWL.iri, RDF.iri))
        ]
        annotations = {
            *(RDFS.label, RDFS.isDefinedBy, RDFS.seeAlso, RDFS.comment),
            *(OWL.versionIRI, OWL.versionInfo),
        }

        assert axioms
        for quad in axioms:
            if quad.predicate == RDF.type and quad.subject != ONTOLOGY:
                assert quad.object in KINDS or not str(quad.object).startswith(f"<{OWL.iri}")
            elif quad.predicate not in {RDF.type, *annotations}:
                assert quad.predicate in LOGICAL, quad
                assert isinstance(quad.subject, NamedNode)
                assert isinstance(quad.object, NamedNode)
