"""Rules about the terms that data and ontologies use."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.linting import found, messages

ONTOLOGY = """\
== ontology/terms.ttl ==
<https://data.example/def> a owl:Ontology ; rdfs:label "Terms"@en .
<https://data.example/def#Tree> a owl:Class ; rdfs:label "tree"@en .
<https://data.example/def#height> a owl:DatatypeProperty ; rdfs:label "height"@en .
"""


class TestUndefinedClass:
    CODE = "lint/undefined-class"

    def test_the_nearest_class_is_offered_at_the_very_type(self, tmp_path: Path) -> None:
        """The finding stands at the misspelt class and names the one that is meant."""
        (finding,) = found(
            tmp_path, self.CODE, "ex:oak\n  a <https://data.example/def#Teer> .\n" + ONTOLOGY
        )

        assert str(finding.location) == "data/example.ttl:3:5"
        assert finding.cure == "Did you mean <https://data.example/def#Tree>?"

    def test_each_use_is_found(self, tmp_path: Path) -> None:
        """A misspelt class is found at every entity that has it."""
        text = "ex:oak a skos:Consept . ex:elm a skos:Consept ."

        assert len(found(tmp_path, self.CODE, text)) == 2

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("ex:oak a <https://unknown.example/def#Teer> .", id="foreign namespace"),
            pytest.param("ex:oak a schema:NewerThanTheList .", id="vocabulary that grows"),
            pytest.param("ex:oak a ex:Tree .", id="namespace without an ontology"),
            pytest.param("ex:oak a [ a owl:Class ] .", id="class without a name"),
            pytest.param("ex:oak a rdf:Bag , rdfs:Proposition , owl:NamedIndividual .", id="known"),
            pytest.param(
                "ex:oak a <https://data.example/def#Tree> . "
                "<https://data.example/def#Tree> rdfs:domain <https://data.example/def#Tree> .",
                id="own class",
            ),
            pytest.param(
                "ex:oak a <https://data.example/def#Shrub> .\n== shapes/shrub.ttl ==\n"
                "<https://data.example/def#Shrub> a rdfs:Class , sh:NodeShape .\n",
                id="class that a shape defines",
            ),
        ],
    )
    def test_what_may_be_right_passes(self, tmp_path: Path, text: str) -> None:
        """Nothing is said of classes of which nobody can know that they are not there."""
        assert messages(tmp_path, self.CODE, f"{text}\n{ONTOLOGY}") == []

    def test_property_used_as_class_is_found(self, tmp_path: Path) -> None:
        """A property is defined, but not as a class: neither an own one nor a well-known one."""
        text = "ex:oak a <https://data.example/def#height> , skos:broader .\n" + ONTOLOGY

        assert sorted(messages(tmp_path, self.CODE, text)) == [
            "<https://data.example/def#height> is not defined as a class.",
            "skos:broader is not defined as a class.",
        ]

    def test_axiom_about_a_misspelt_class_is_found(self, tmp_path: Path) -> None:
        """An alignment of a class that the ontology does not have says nothing of it."""
        text = f"{ONTOLOGY}<https://data.example/def#Teer> rdfs:subClassOf schema:Thing .\n"

        (finding,) = found(tmp_path, self.CODE, text)

        assert finding.focus == "https://data.example/def#Teer"

    def test_ontology_elsewhere_is_known_by_its_header(self, tmp_path: Path) -> None:
        """The project's ontology may stand under another address than its data."""
        text = (
            "ex:oak a <https://w3id.example/def#Teer> .\n== ontology/terms.ttl ==\n"
            "<https://w3id.example/def> a owl:Ontology .\n"
            "<https://w3id.example/def#Tree> a owl:Class ."
        )

        assert messages(tmp_path, self.CODE, text) == [
            "<https://w3id.example/def#Teer> is not defined as a class."
        ]

    def test_described_foreign_term_does_not_make_its_vocabulary_ours(self, tmp_path: Path) -> None:
        """Who names one foreign class in its own language need not name them all."""
        text = (
            "ex:oak a <https://other.example/def#Shrub> .\n== ontology/terms.ttl ==\n"
            "<https://other.example/def#Tree> a owl:Class ."
        )

        assert messages(tmp_path, self.CODE, text) == []


class TestUndefinedProperty:
    CODE = "lint/undefined-property"

    def test_the_nearest_property_is_offered_at_the_very_property(self, tmp_path: Path) -> None:
        """The finding stands at the misspelt property."""
        text = 'ex:oak a ex:Tree ;\n  skos:preflabel "Oak"@en .'

        (finding,) = found(tmp_path, self.CODE, text)

        assert str(finding.location) == "data/example.ttl:4:3"
        assert finding.cure == "Did you mean skos:prefLabel?"

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("ex:oak rdf:_1 ex:a ; rdf:_12 ex:b .", id="container members"),
            pytest.param("ex:oak rdf:reifies ex:b .", id="RDF 1.2"),
            pytest.param("ex:oak <http://rdfs.org/ns/void#class> ex:b .", id="word of Python"),
            pytest.param("ex:oak schema:newerThanTheList 1 .", id="vocabulary that grows"),
            pytest.param("ex:oak ex:height 1 .", id="namespace without an ontology"),
            pytest.param("ex:oak <https://data.example/def#height> 1 .", id="own property"),
        ],
    )
    def test_what_may_be_right_passes(self, tmp_path: Path, text: str) -> None:
        """Nothing is said of properties of which nobody can know that they are not there."""
        assert messages(tmp_path, self.CODE, f"{text}\n{ONTOLOGY}") == []

    @pytest.mark.parametrize("name", ["_0", "_x", "li", "nill"])
    def test_what_only_looks_like_a_member_is_found(self, tmp_path: Path, name: str) -> None:
        """Members of containers are numbered from one."""
        assert messages(tmp_path, self.CODE, f"ex:oak rdf:{name} ex:b .") == [
            f"rdf:{name} is not defined as a property."
        ]

    def test_class_used_as_property_is_found(self, tmp_path: Path) -> None:
        """A class is defined, but not as a property."""
        text = "ex:oak <https://data.example/def#Tree> 1 ; skos:Concept 1 .\n" + ONTOLOGY

        assert len(messages(tmp_path, self.CODE, text)) == 2

    def test_misspelt_property_in_an_axiom_is_found(self, tmp_path: Path) -> None:
        """What is under a property that nobody defined is under nothing."""
        text = (
            f"{ONTOLOGY}<https://data.example/def#height> "
            "rdfs:subPropertyOf <https://data.example/def#seize> ."
        )

        assert messages(tmp_path, self.CODE, text) == [
            "<https://data.example/def#seize> is not defined as a property."
        ]


class TestUndefinedTerm:
    CODE = "lint/undefined-term"

    def test_list_that_does_not_end_is_found(self, tmp_path: Path) -> None:
        """A list must end with rdf:nil."""
        (finding,) = found(tmp_path, self.CODE, "ex:list rdf:first 1 ; rdf:rest rdf:nill .")

        assert finding.cure == "Did you mean rdf:nil?"

    def test_addresses_of_vocabularies_pass(self, tmp_path: Path) -> None:
        """The documents about a vocabulary are no terms of it."""
        text = (
            "ex:oak rdfs:seeAlso <http://www.w3.org/2004/02/skos/core> , rdf:_1 , schema:TooNew ,"
            " <http://purl.org/dc/terms/> , <http://xmlns.com/foaf/0.1/index.rdf> ."
        )

        assert messages(tmp_path, self.CODE, text) == []


class TestTermNearMiss:
    CODE = "lint/term-near-miss"

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("birthplace", "birthPlace"),
            ("start_date", "startDate"),
            ("strtDate", "startDate"),
            ("startDtae", "startDate"),
        ],
    )
    def test_one_slip_is_found(self, tmp_path: Path, written: str, meant: str) -> None:
        """A name that is a known one but for case, a line or one letter is a slip."""
        assert messages(tmp_path, self.CODE, f"ex:oak schema:{written} 1 .") == [
            f"schema:{written} is not known, and schema:{meant} is."
        ]

    @pytest.mark.parametrize("name", ["startDates", "stopDate", "startDate2", "newTerm", "ace"])
    def test_another_word_passes(self, tmp_path: Path, name: str) -> None:
        """Plurals, numbers and other words are terms of their own."""
        assert messages(tmp_path, self.CODE, f"ex:oak schema:{name} 1 .") == []


class TestNamespaceSlip:
    CODE = "lint/namespace-slip"

    @pytest.mark.parametrize(
        "iri",
        [
            "https://www.w3.org/2004/02/skos/core#prefLabel",
            "http://w3.org/2004/02/skos/core#prefLabel",
            "http://www.w3.org/2004/02/SKOS/core#prefLabel",
            "http://www.w3.org/2004/02/skos/core/prefLabel",
            "http://www.w3.org/2004/02/skos/coreprefLabel",
        ],
    )
    def test_known_vocabulary_is_named(self, tmp_path: Path, iri: str) -> None:
        """Scheme, www, case and the sign before the name all count."""
        assert messages(tmp_path, self.CODE, f'ex:oak <{iri}> "Oak"@en .') == [
            f"<{iri}> is not in the namespace <http://www.w3.org/2004/02/skos/core#>, "
            "which is probably meant."
        ]

    def test_one_finding_a_namespace(self, tmp_path: Path) -> None:
        """One prefix is wrong, not a thousand terms."""
        start = "https://www.w3.org/2004/02/skos/core#"
        text = f"ex:oak <{start}broader> ex:a , ex:b ; <{start}related> ex:c ."

        assert len(messages(tmp_path, self.CODE, text)) == 1

    def test_both_forms_of_schema_org_are_not_mixed(self, tmp_path: Path) -> None:
        """Both forms are in use, but not in one project: the rarer one is told."""
        text = "ex:oak schema:name 1 ; schema:image 2 ; <http://schema.org/url> 3 ."

        (message,) = messages(tmp_path, self.CODE, text)

        assert message.startswith("<http://schema.org/url> is not in")

    @pytest.mark.parametrize("start", ["http://schema.org/", "https://schema.org/"])
    def test_either_form_of_schema_org_passes(self, tmp_path: Path, start: str) -> None:
        """A project may write schema.org either way."""
        assert messages(tmp_path, self.CODE, f"ex:oak <{start}name> 1 ; <{start}url> 2 .") == []

    def test_slip_in_the_own_base_is_found(self, tmp_path: Path) -> None:
        """An entity of our own is meant when only the scheme of the address differs."""
        text = "ex:oak ex:near <http://www.data.example/elm> . ex:elm ex:height 3 ."

        (finding,) = found(tmp_path, self.CODE, text)

        assert str(finding.location) == "data/example.ttl:2:16"

    @pytest.mark.parametrize(
        "iri",
        [
            "http://data.example/not-here",
            "http://www.w3.org/2003/01/geo/wgs84_pos#lat",
            "https://www.w3.org/TR/skos-reference/",
            "http://www.w3.org/ns/prov",
            "https://www.wikidata.org/wiki/Q1",
        ],
    )
    def test_other_addresses_pass(self, tmp_path: Path, iri: str) -> None:
        """An address that is near to nothing known may be meant."""
        assert messages(tmp_path, self.CODE, f"ex:oak rdfs:seeAlso <{iri}> .") == []


class TestTermUnused:
    CODE = "lint/term-unused"

    def test_term_that_a_query_names_is_used(self, tmp_path: Path) -> None:
        """A property that only a derivation makes is not idle."""
        text = (
            f"ex:oak a <https://data.example/def#Tree> .\n{ONTOLOGY}"
            "== rules/height.rq ==\n"
            "PREFIX d: <https://data.example/def#>\n"
            "CONSTRUCT { ?s d:height 1 } WHERE { ?s a d:Tree }\n"
        )

        assert messages(tmp_path, self.CODE, text) == []

    def test_term_that_a_shape_names_is_used(self, tmp_path: Path) -> None:
        """A property that only a shape speaks of is not idle; one that only links to itself is."""
        text = (
            f"{ONTOLOGY}<https://data.example/def#Tree> "
            "rdfs:seeAlso <https://data.example/def#Tree> ."
            "\n== shapes/tree.ttl ==\nex:shape sh:path <https://data.example/def#height> .\n"
        )

        assert messages(tmp_path, self.CODE, text) == [
            "Nothing uses <https://data.example/def#Tree>."
        ]

    def test_code_list_of_which_nothing_is_used_is_found_once(self, tmp_path: Path) -> None:
        """A list of concepts is told as a whole, and only when none of them is used."""
        text = (
            "== ontology/list.ttl ==\n"
            "ex:list a skos:ConceptScheme ; skos:hasTopConcept ex:a .\n"
            "ex:a a skos:Concept ; skos:inScheme ex:list .\n"
            "ex:b a skos:Concept ; skos:inScheme ex:list ; skos:broader ex:a .\n"
        )

        assert messages(tmp_path, self.CODE, text) == ["Nothing uses ex:list."]


class TestDeprecatedTerm:
    CODE = "lint/deprecated-term"
    OLD = (
        "== ontology/terms.ttl ==\n"
        "ex:Wood a owl:Class ; owl:deprecated true ; dcterms:isReplacedBy ex:Tree .\n"
        "ex:age a owl:DatatypeProperty , owl:DeprecatedProperty .\n"
        "ex:elm <http://www.w3.org/2003/06/sw-vocab-status/ns#term_status> 'archaic' .\n"
    )

    def test_each_kind_of_use_is_found(self, tmp_path: Path) -> None:
        """Classes, properties and values count, and what takes their place is named."""
        text = f"ex:oak a ex:Wood ; ex:age 3 ; ex:near ex:elm .\n{self.OLD}"

        assert sorted(messages(tmp_path, self.CODE, text)) == [
            "ex:Wood is deprecated; use ex:Tree.",
            "ex:age is deprecated.",
            "ex:elm is deprecated.",
        ]

    def test_what_tells_its_history_passes(self, tmp_path: Path) -> None:
        """The new term says what it replaces, and an old one may speak of another."""
        text = (
            "ex:Tree dcterms:replaces ex:Wood ; owl:equivalentClass ex:Wood .\n"
            f"ex:Plank rdfs:subClassOf ex:Wood ; owl:deprecated true .\n{self.OLD}"
        )

        assert messages(tmp_path, self.CODE, text) == []

    def test_false_is_not_deprecated(self, tmp_path: Path) -> None:
        """Only a mark that says so counts."""
        assert messages(tmp_path, self.CODE, "ex:a a ex:B . ex:B owl:deprecated false .") == []


class TestDocumentation:
    @pytest.mark.parametrize("code", ["lint/term-undocumented", "lint/term-without-ontology"])
    def test_foreign_terms_are_for_others_to_document(self, tmp_path: Path, code: str) -> None:
        """Only terms of the project's own ontology need a definition and a link to it."""
        text = "== ontology/terms.ttl ==\n<https://other.example/def#Tree> a owl:Class .\n"

        assert messages(tmp_path, code, text) == []

    @pytest.mark.parametrize("name", ["skos:definition", "rdfs:comment", "dcterms:description"])
    def test_each_property_for_texts_documents(self, tmp_path: Path, name: str) -> None:
        """Whichever property describes a term, it is described."""
        text = f'== ontology/terms.ttl ==\nex:Tree a owl:Class ; {name} "A plant."@en .\n'

        assert messages(tmp_path, "lint/term-undocumented", text) == []
