"""The terms of well-known vocabularies."""

from __future__ import annotations

from lod.checks.lint.vocabularies import COMPLETE, well_known_terms
from lod.rdf.namespaces import RDF
from support.vocabularies import KEPT, listed, written


class TestWellKnownTerms:
    def test_they_are_those_that_rdflib_lists(self) -> None:
        """What the file of the toolkit says is what rdflib's lists say, with what these lack."""
        assert KEPT.read_text("utf-8") == written(), "run python -m support.vocabularies in tests"
        assert well_known_terms() == {
            iri: {iri + name for name in names} for iri, names in listed().items()
        }

    def test_only_those_wanted_are_given(self) -> None:
        """Who asks for one vocabulary is given one."""
        assert set(well_known_terms({RDF.iri})) == {RDF.iri}
        assert f"{RDF.iri}reifies" in well_known_terms({RDF.iri})[RDF.iri]

    def test_the_complete_ones_are_among_them(self) -> None:
        """Of a vocabulary that is said to be complete the terms are known."""
        assert COMPLETE - set(well_known_terms()) <= {"http://www.w3.org/ns/shacl#"}
