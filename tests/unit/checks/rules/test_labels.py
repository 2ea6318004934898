"""Rules about the names of entities."""

from __future__ import annotations

from pathlib import Path

import pytest

from lod.rdf.namespaces import PREFERRED_LABELS
from support.linting import found, messages

TWO_LANGUAGES = '\n== lod.toml ==\nlanguages = ["en", "de"]\n'


class TestLabelMissing:
    CODE = "lint/label-missing"

    @pytest.mark.parametrize("name", PREFERRED_LABELS)
    def test_each_property_that_pages_read_is_a_label(self, tmp_path: Path, name: str) -> None:
        """What gives a page its title is a label, whichever property it is."""
        assert messages(tmp_path, self.CODE, f'ex:oak a ex:Tree ; <{name}> "Oak"@en .') == []

    def test_other_names_are_no_label(self, tmp_path: Path) -> None:
        """A further name alone gives a page no title."""
        text = 'ex:oak a ex:Tree ; skos:altLabel "Oak"@en .'

        assert messages(tmp_path, self.CODE, text) == ["ex:oak has no label."]

    @pytest.mark.parametrize(
        "text", ["<https://else.example/oak> a ex:Tree .", "ex:oak ex:near [ a ex:Tree ] ."]
    )
    def test_only_entities_of_our_own_need_one(self, tmp_path: Path, text: str) -> None:
        """Others name what is theirs, and what has no address has no page."""
        assert messages(tmp_path, self.CODE, text) == []

    def test_label_in_another_file_will_do(self, tmp_path: Path) -> None:
        """The project is looked at as a whole."""
        text = 'ex:oak a ex:Tree .\n== data/names.ttl ==\nex:oak rdfs:label "Oak"@en .'

        assert messages(tmp_path, self.CODE, text) == []


class TestLabelLanguageMissing:
    CODE = "lint/label-language-missing"

    def test_finding_stands_at_the_label_there_is(self, tmp_path: Path) -> None:
        """The place is where the other label belongs."""
        text = 'ex:oak a ex:Tree ;\n  rdfs:label "Oak"@en .' + TWO_LANGUAGES

        (finding,) = found(tmp_path, self.CODE, text)

        assert str(finding.location) == "data/example.ttl:4:3"
        assert finding.message == 'ex:oak has no label in "de".'

    @pytest.mark.parametrize(
        "labels",
        [
            'rdfs:label "Oak"@en , "Eiche"@de-AT',
            'rdfs:label "Oak"@en ; skos:prefLabel "Eiche"@DE',
            'rdfs:label "Quercus"',
            'rdfs:label "Quercus"@mul',
        ],
    )
    def test_labels_that_serve_all_pass(self, tmp_path: Path, labels: str) -> None:
        """A regional form, another property, and a name of no language serve their readers."""
        text = f"ex:oak a ex:Tree ; {labels} .{TWO_LANGUAGES}"

        assert messages(tmp_path, self.CODE, text) == []

    def test_without_any_label_another_rule_speaks(self, tmp_path: Path) -> None:
        """One cause is told once."""
        assert messages(tmp_path, self.CODE, f"ex:oak a ex:Tree .{TWO_LANGUAGES}") == []


class TestLabelDuplicate:
    CODE = "lint/label-duplicate"

    def test_all_but_the_first_are_found_at_their_labels(self, tmp_path: Path) -> None:
        """Three of one name are two too many; the finding names the first."""
        text = (
            'ex:a a ex:Tree ; rdfs:label "Oak"@en .\nex:b a ex:Tree ; rdfs:label "Oak"@en .\n'
            'ex:c a ex:Tree ; skos:prefLabel "Oak"@en .'
        )

        findings = found(tmp_path, self.CODE, text)

        assert [str(each.location) for each in findings] == [
            "data/example.ttl:5:29",
            "data/example.ttl:6:33",
        ]
        assert {each.message.split()[-1] for each in findings} == {"ex:a."}

    def test_two_classes_in_common_are_told_once(self, tmp_path: Path) -> None:
        """One pair is one finding."""
        text = (
            'ex:a a ex:Tree , ex:Plant ; rdfs:label "Oak"@en .'
            'ex:b a ex:Tree , ex:Plant ; rdfs:label "Oak"@en .'
        )

        assert len(messages(tmp_path, self.CODE, text)) == 1

    def test_concepts_of_one_scheme_must_differ(self, tmp_path: Path) -> None:
        """Two concepts of one list may not have one name."""
        text = (
            'ex:a a skos:Concept ; skos:prefLabel "Low"@en ; skos:inScheme ex:heights .'
            'ex:b a skos:Concept ; skos:prefLabel "Low"@en ; skos:inScheme ex:heights .'
        )

        assert messages(tmp_path, self.CODE, text) == ["ex:b has the same label as ex:a."]

    def test_one_entity_may_say_it_twice(self, tmp_path: Path) -> None:
        """A label under two properties is no duplicate."""
        text = 'ex:a a ex:Tree ; rdfs:label "Oak"@en ; skos:prefLabel "Oak"@en .'

        assert messages(tmp_path, self.CODE, text) == []


class TestEntitiesAlike:
    CODE = "lint/entities-alike"

    @pytest.mark.parametrize(
        ("first", "second"),
        [("NB8", "NB 8"), ("Šiauliai", "siauliai"), ("Co-operation, joint", "Cooperation (joint)")],
    )
    def test_small_differences_are_found(self, tmp_path: Path, first: str, second: str) -> None:
        """Case, accents, spaces and punctuation do not make two things."""
        text = "".join(
            f'ex:{name} a ex:Group ; rdfs:label "{label}"@en .\n'
            for name, label in (("a", first), ("b", second))
        )

        (message,) = messages(tmp_path, self.CODE, text)

        assert message.startswith("ex:b looks like ex:a: ")

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ('"Plot 1.12"@en', '"Plot 11.2"@en'),
            ('"Oak"@en', '"OAK"@de'),
            ('"Oak"@en', '"Oak"@en'),
            ('"C++ one"@en', '"C one"@en'),
            ('"a"@en', '"A"@en'),
            ('"..."@en', '"!?"@en'),
        ],
    )
    def test_other_names_pass(self, tmp_path: Path, first: str, second: str) -> None:
        """Numbers, symbols, languages and what is too short tell things apart."""
        text = f"ex:a a ex:Group ; rdfs:label {first} . ex:b a ex:Group ; rdfs:label {second} ."

        assert messages(tmp_path, self.CODE, text) == []

    def test_what_is_the_same_as_one_thing_is_one(self, tmp_path: Path) -> None:
        """Two entities that are the same as a third are the same."""
        text = (
            "ex:a a ex:Group ; owl:sameAs <http://www.wikidata.org/entity/Q1> .\n"
            "ex:b a ex:Group ; owl:sameAs <http://www.wikidata.org/entity/Q1> ."
        )

        (finding,) = found(tmp_path, self.CODE, text)

        assert finding.message == (
            "ex:b looks like ex:a: both have owl:sameAs <http://www.wikidata.org/entity/Q1>."
        )
        assert str(finding.location) == "data/example.ttl:4:30"
