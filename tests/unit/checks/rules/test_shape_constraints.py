"""Rules about what shapes ask for and refer to: hard cases either way."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.linting import found, messages

PERSON = 'ex:ada a ex:Person ; ex:name "Ada" ; ex:knows ex:ada .\n== shapes/example.ttl ==\n'
TARGET = "ex:S sh:targetClass ex:Person ; "


def person(constraints: str) -> str:
    """Return an example: one person, and what a property shape asks of persons."""
    return f"{PERSON}{TARGET}sh:property ex:P .\nex:P {constraints} ."


class TestReferences:
    @pytest.mark.parametrize(
        "use",
        [
            "sh:node ex:N",
            "sh:not ex:N",
            "sh:xone ( ex:N ex:O )",
            "sh:property [ sh:path ex:knows ; sh:qualifiedValueShape ex:N ]",
            "sh:rule [ sh:condition ex:N ]",
        ],
    )
    def test_a_shape_in_use_is_applied(self, tmp_path: Path, use: str) -> None:
        """A shape without a target is applied where another names it, in whatever way."""
        text = f"{PERSON}{TARGET}{use} .\nex:N a sh:NodeShape ; sh:nodeKind sh:IRI ."

        assert messages(tmp_path, "shapes/never-applied", text) == []

    def test_naming_itself_is_no_use(self, tmp_path: Path) -> None:
        """A shape that only refers to itself is never applied."""
        text = f"{PERSON}ex:N a sh:NodeShape ; sh:property [ sh:path ex:knows ; sh:minCount 1 ] ."

        assert messages(tmp_path, "shapes/never-applied", text) == [
            "ex:N has no target and no shape refers to it."
        ]

    @pytest.mark.parametrize("choice", ["sh:and", "sh:or", "sh:xone"])
    def test_every_member_of_a_choice_must_be_there(self, tmp_path: Path, choice: str) -> None:
        """The second of two shapes to choose from is looked at too."""
        text = f"{PERSON}{TARGET}{choice} ( [ sh:nodeKind sh:IRI ] ex:Gone ) ."

        (finding,) = found(tmp_path, "shapes/missing-shape", text)

        assert finding.message == (
            f"{choice} refers to ex:Gone, which no file of the shapes describes."
        )
        assert str(finding.location).startswith("shapes/example.ttl:3:")

    def test_a_shape_in_another_file_is_there(self, tmp_path: Path) -> None:
        """Shapes refer to each other across files."""
        text = f"{PERSON}{TARGET}sh:node ex:N .\n== shapes/n.ttl ==\nex:N sh:nodeKind sh:IRI ."

        assert messages(tmp_path, "shapes/missing-shape", text) == []


class TestConstraints:
    @pytest.mark.parametrize(
        "shape",
        [
            f"{TARGET}sh:closed true ; sh:property [ sh:path ex:name ] .",
            f"{TARGET}ex:own 1 . ex:C sh:parameter [ sh:path ex:own ] .",
            f"{TARGET}sh:sparql [ sh:select 'SELECT $this {{}}' ] .",
            "ex:Person a owl:Class , sh:NodeShape .",
        ],
    )
    def test_not_only_core_constraints_count(self, tmp_path: Path, shape: str) -> None:
        """A permitted property of a closed shape, an own component and a class as shape count."""
        assert messages(tmp_path, "shapes/without-constraint", f"{PERSON}{shape}") == []

    @pytest.mark.parametrize(
        ("constraints", "says"),
        [
            ("sh:minInclusive 5 ; sh:maxExclusive 5", ["sh:minInclusive 5 is above"]),
            ("sh:minExclusive 5 ; sh:maxExclusive 5", ["sh:minExclusive 5 is above"]),
            ("sh:minInclusive 5 ; sh:maxInclusive 5", []),
            ("sh:minInclusive 5.5 ; sh:maxInclusive 6", []),
            ("sh:minCount 1 ; sh:maxCount 0", ["sh:minCount 1 is above"]),
            ('sh:minInclusive "b" ; sh:maxInclusive 1', []),
            (
                'sh:minInclusive "2020-01-01"^^xsd:date ; sh:maxInclusive "2019-01-01"^^xsd:date',
                ["sh:minInclusive 2020-01-01 is above"],
            ),
        ],
    )
    def test_bounds_are_compared_by_value(
        self, tmp_path: Path, constraints: str, says: list[str]
    ) -> None:
        """Numbers and dates are compared as such; what cannot be compared is left alone."""
        got = messages(
            tmp_path, "shapes/bounds-crossed", person(f"sh:path ex:name ; {constraints}")
        )

        assert [message[: len(start)] for message, start in zip(got, says, strict=True)] == says

    @pytest.mark.parametrize(
        ("constraints", "count"),
        [
            ("sh:datatype rdf:langString ; sh:languageIn ( 'en' ) ; sh:uniqueLang true", 0),
            ("sh:datatype xsd:string ; sh:uniqueLang false", 0),
            ("sh:datatype xsd:string ; sh:uniqueLang true", 1),
            ("sh:datatype xsd:string ; sh:languageIn ( 'en' )", 1),
            ("sh:nodeKind sh:IRIOrLiteral ; sh:class ex:Person", 0),
            ("sh:nodeKind sh:BlankNodeOrIRI ; sh:datatype xsd:date", 1),
            ("sh:or ( [ sh:nodeKind sh:Literal ] [ sh:class ex:Person ] )", 0),
        ],
    )
    def test_only_what_excludes_itself_is_a_contradiction(
        self, tmp_path: Path, constraints: str, count: int
    ) -> None:
        """Two constraints of one shape that no value meets are found; alternatives are none."""
        text = person(f"sh:path ex:name ; {constraints}")

        assert len(messages(tmp_path, "shapes/contradiction", text)) == count

    @pytest.mark.parametrize("flags", ["i", "ims", "q", "x"])
    def test_flags_of_xpath_are_known(self, tmp_path: Path, flags: str) -> None:
        """All flags that SPARQL's regex has are flags."""
        text = person(f"sh:path ex:name ; sh:pattern 'a' ; sh:flags '{flags}'")

        assert messages(tmp_path, "shapes/unknown-flags", text) == []


class TestValues:
    @pytest.mark.parametrize(
        ("datatype", "count"),
        [
            ("xsd:nonNegativInteger", 1),
            ("xsd:minLength", 1),
            ("rdfs:Literal", 1),
            ("rdf:langstring", 1),
            ("rdf:dirLangString", 0),
            ("xsd:dateTimeStamp", 0),
            ("owl:rational", 0),
            ("<http://www.opengis.net/ont/geosparql#wktLiteral>", 0),
            ("ex:own", 0),
        ],
    )
    def test_datatypes_of_known_namespaces_are_known(
        self, tmp_path: Path, datatype: str, count: int
    ) -> None:
        """Facets and classes are no datatypes; those of others nobody can know."""
        text = person(f"sh:path ex:name ; sh:datatype {datatype}")

        assert len(messages(tmp_path, "shapes/undefined-datatype", text)) == count

    @pytest.mark.parametrize(
        ("tag", "count"),
        [
            ("*", 0),
            ("EN", 0),
            ("sgs", 0),
            ("de-AT", 0),
            ("zh-Hant-TW", 0),
            ("i-klingon", 0),
            ("en_US", 1),
            ("en-*", 1),
            ("German", 1),
            ("", 1),
        ],
    )
    def test_language_ranges_are_told_from_names(
        self, tmp_path: Path, tag: str, count: int
    ) -> None:
        """Tags of two or three letters and their subtags are fine; names of languages are not."""
        text = person(f"sh:path ex:name ; sh:languageIn ( 'en' '{tag}' )")

        assert len(messages(tmp_path, "shapes/language-range", text)) == count

    @pytest.mark.parametrize(
        "value", ["ex:Person", "<https://other.example/x>", "ex:ada", '"text"', "ex:listed"]
    )
    def test_values_of_others_and_described_ones_are_fine(self, tmp_path: Path, value: str) -> None:
        """Only IRIs of the project's own that nobody describes are suspected."""
        text = (
            f"{person(f'sh:path ex:knows ; sh:not [ sh:in ( {value} ) ; sh:hasValue {value} ]')}\n"
            "== ontology/x.ttl ==\nex:Person a owl:Class . ex:listed rdfs:label 'listed' ."
        )

        assert messages(tmp_path, "shapes/undefined-value", text) == []

    def test_a_severity_of_the_project_is_one(self, tmp_path: Path) -> None:
        """A severity that the shapes describe is no slip."""
        text = f"{PERSON}{TARGET}sh:severity ex:Grave .\nex:Grave a sh:Severity ."

        assert messages(tmp_path, "shapes/undefined-severity", text) == []

    @pytest.mark.parametrize(
        ("pattern", "flags", "count"),
        [
            ("$a", "", 1),
            ("[0-9]^", "", 1),
            ("^a$ ", "", 0),
            ("^a|b^", "", 0),
            ("[$a]b[x^]", "", 0),
            ("\\\\$5", "", 0),
            ("^x$a*", "", 0),
            ("$a", "m", 0),
        ],
    )
    def test_only_patterns_that_surely_fail_are_told(
        self, tmp_path: Path, pattern: str, flags: str, count: int
    ) -> None:
        """Escaped signs, character classes, alternatives and flags may make sense of it."""
        constraints = f'sh:path ex:name ; sh:pattern "{pattern}"'
        if flags:
            constraints += f' ; sh:flags "{flags}"'

        found_ = messages(tmp_path, "shapes/pattern-never-matches", person(constraints))

        assert len(found_) == count


class TestQueries:
    CODE = "shapes/sparql-prefix-undeclared"

    @pytest.mark.parametrize(
        "query",
        [
            "PREFIX own: <urn:x:> SELECT $this { $this own:age -1 }",
            "prefix own: <urn:x:>\nSELECT $this { $this own:age -1 }",
            "SELECT $this { $this <urn:x:age> 'own:age' }",
            "SELECT $this { # own:age\n $this <urn:x:age> 1 }",
            "SELECT $this { $this rdfs:label '''x''' ; a owl:Class }",
            "SELECT $this { _:b ?p $this }",
        ],
    )
    def test_only_prefixes_of_names_are_looked_for(self, tmp_path: Path, query: str) -> None:
        """IRIs, texts, comments and what the query declares itself are no undeclared prefixes."""
        text = f'{PERSON}{TARGET}sh:sparql [ sh:select """{query}""" ] .'
        with_prefixes = text.replace(
            "== shapes/example.ttl ==\n",
            "== shapes/example.ttl ==\n@prefix ex: <https://data.example/> .\n"
            "@prefix sh: <http://www.w3.org/ns/shacl#> .\n",
        )

        assert messages(tmp_path, self.CODE, with_prefixes) == []

    def test_prefixes_of_an_imported_node_are_declared(self, tmp_path: Path) -> None:
        """What sh:prefixes names may import its declarations."""
        text = (
            f"{PERSON}{TARGET}sh:sparql ex:Q .\n"
            "ex:Q sh:prefixes ex:o ; sh:select 'SELECT $this { ?x own:a 1 }' .\n"
            "ex:o owl:imports ex:base .\n"
            "ex:base sh:declare [ sh:prefix 'own' ; sh:namespace 'urn:x:' ] .\n"
        )

        assert messages(tmp_path, self.CODE, text) == []

    def test_the_first_missing_prefix_is_named(self, tmp_path: Path) -> None:
        """The finding names the prefix and stands at the query."""
        text = f"{PERSON}{TARGET}sh:sparql [ sh:select 'SELECT $this {{ $this zoo:x own:y }}' ] ."

        (finding,) = found(tmp_path, self.CODE, text)

        assert '"own:"' in finding.message
        assert finding.location is not None
        assert finding.location.line == 3


class TestFiles:
    def test_each_further_file_of_a_shape_is_told(self, tmp_path: Path) -> None:
        """A shape in three files has two findings, which name the first of them."""
        text = (
            f"{PERSON}{TARGET}sh:nodeKind sh:IRI .\n"
            "== shapes/other.ttl ==\nex:S sh:message 'm' .\n"
            "== shapes/third.ttl ==\nex:S sh:closed false .\n"
        )

        got = found(tmp_path, "shapes/shape-in-two-files", text)

        assert [each.location and each.location.path for each in got] == [
            "shapes/other.ttl",
            "shapes/third.ttl",
        ]
        assert all("shapes/example.ttl" in each.message for each in got)

    def test_a_note_on_a_shape_elsewhere_is_fine(self, tmp_path: Path) -> None:
        """A label or a source in another file does not change the shape."""
        text = (
            f"{PERSON}{TARGET}sh:nodeKind sh:IRI .\n"
            "== shapes/other.ttl ==\nex:S rdfs:label 'person' .\n"
        )

        assert messages(tmp_path, "shapes/shape-in-two-files", text) == []

    @pytest.mark.parametrize("place", ["shapes/more.ttl", "data/more.ttl"])
    def test_an_import_from_the_project_itself_is_there(self, tmp_path: Path, place: str) -> None:
        """What a file of the project describes needs no fetching."""
        text = (
            f"{PERSON}ex:o owl:imports ex:more , <https://data.example/graph/data/example> .\n"
            f"== {place} ==\nex:more a owl:Ontology .\n"
        )

        assert messages(tmp_path, "shapes/import-not-fetched", text) == []
