"""Slips in well-known namespaces are told from namespaces of others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.checks.lint.vocabularies import well_known_terms
from lod.rdf.near_namespaces import KNOWN_NAMESPACES, near_namespace


class TestNearNamespace:
    @pytest.mark.parametrize(
        ("written", "known"),
        [
            ("http://www.w3.org/ns/shacl/", "http://www.w3.org/ns/shacl#"),
            ("http://www.w3.org/ns/shacl", "http://www.w3.org/ns/shacl#"),
            ("https://www.w3.org/ns/shacl#", "http://www.w3.org/ns/shacl#"),
            ("http://w3.org/ns/shacl#", "http://www.w3.org/ns/shacl#"),
            ("http://www.w3.org/2004/02/skos/core", "http://www.w3.org/2004/02/skos/core#"),
            ("http://www.w3.org/2004/02/SKOS/core#", "http://www.w3.org/2004/02/skos/core#"),
            ("http://www.w3.org/2001/XMLschema#", "http://www.w3.org/2001/XMLSchema#"),
            ("http://xmlns.com/foaf/0.1", "http://xmlns.com/foaf/0.1/"),
            ("http://purl.org/dc/terms#", "http://purl.org/dc/terms/"),
        ],
    )
    def test_other_scheme_case_or_end_is_certain(self, written: str, known: str) -> None:
        """Nobody means another namespace that differs in these alone."""
        assert near_namespace(written) == (known, True)

    @pytest.mark.parametrize(
        ("written", "known"),
        [
            ("http://purl.org/dc/term/", "http://purl.org/dc/terms/"),
            ("http://www.w3.org/ns/shcal#", "http://www.w3.org/ns/shacl#"),
            ("http://www.w3.org/2000/02/22-rdf-syntax-ns#", "1999/02/22-rdf-syntax-ns#"),
            ("http://www.w3.org/1998/02/22-rdf-syntax-ns#", "1999/02/22-rdf-syntax-ns#"),
            ("http://www.w3.org/2001/01/rdf-schema#", "2000/01/rdf-schema#"),
            ("http://www.w3.org/2000/01/rdf-shcema#", "2000/01/rdf-schema#"),
            ("http://www.w3c.org/2002/07/owl#", "http://www.w3.org/2002/07/owl#"),
            ("http://www.schema.org/", "schema.org/"),
        ],
    )
    def test_misspelt_word_or_date_is_likely(self, written: str, known: str) -> None:
        """One word or one number that differs is probably a slip."""
        near = near_namespace(written)

        assert near
        assert near.namespace.endswith(known)
        assert not near.is_certain

    @pytest.mark.parametrize("namespace", sorted(KNOWN_NAMESPACES))
    def test_right_namespace_is_no_slip(self, namespace: str) -> None:
        """What is written as it should be has nothing near it."""
        assert near_namespace(namespace) is None

    def test_vocabularies_that_others_list_are_no_slips(self) -> None:
        """None of the vocabularies that rdflib knows is taken for a slip for another."""
        slips = {iri: near for iri in well_known_terms() if (near := near_namespace(iri))}

        assert slips == {}

    @pytest.mark.parametrize(
        "iri",
        [
            "http://de.dbpedia.org/resource/",
            "http://www.w3.org/2004/02/skos/extensions#",
            "http://www.w3.org/2001/XMLSchema-datatypes#",
            "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#",
            "http://www.w3.org/ns/ssn/systems/",
            "http://www.w3.org/ns/shacl-shacl#",
            "http://www.w3.org/2007/05/powder#",
            "http://www.w3.org/2006/vcard/ns-sub#",
            "http://purl.org/dc/elements/1.0/",
            "http://purl.org/NET/c4dm/event.owl#",
            "http://rdfs.org/sioc/types#",
            "http://www.wikidata.org/prop/",
            "http://www.wikidata.org/wiki/",
            "http://qudt.org/vocab/quantitykind/",
            "https://data.example/def#",
            "urn:x:y",
            "",
        ],
    )
    def test_other_namespaces_are_no_slips(self, iri: str) -> None:
        """A namespace of its own, be it beside a well-known one, is meant as it stands."""
        assert near_namespace(iri) is None

    @given(st.text(max_size=60))
    def test_any_text_can_be_asked(self, text: str) -> None:
        """Whatever a file binds a prefix to, the answer is a known namespace or none."""
        near = near_namespace(text)

        assert near is None or near.namespace in KNOWN_NAMESPACES - {text}
