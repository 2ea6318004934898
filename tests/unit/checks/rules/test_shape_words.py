"""Rules about the terms, targets and paths of shapes: hard cases either way."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.linting import found, messages

PERSON = 'ex:ada a ex:Person ; ex:name "Ada" ; ex:knows ex:ada .\n== shapes/example.ttl ==\n'
TARGET = "ex:S sh:targetClass ex:Person ; "


def person(constraints: str) -> str:
    """Return an example: one person, and what a property shape asks of persons."""
    return f"{PERSON}{TARGET}sh:property ex:P .\nex:P {constraints} ."


class TestUnknownTerm:
    CODE = "shapes/unknown-term"

    @pytest.mark.parametrize(
        "shape",
        [
            "ex:S sh:targetWhere [ sh:class ex:Person ] .",
            "ex:S sh:severity sh:Debug .",
            "ex:S owl:imports sh: .",
            "ex:S sh:own 1 . sh:own a rdf:Property .",
            "ex:S sh:flags 'i' ; sh:nodeKind sh:BlankNodeOrIRI .",
        ],
    )
    def test_terms_of_every_version_are_known(self, tmp_path: Path, shape: str) -> None:
        """SHACL 1.2, the advanced features and terms a project adds are terms too."""
        assert messages(tmp_path, self.CODE, f"{PERSON}{shape}") == []

    def test_a_value_is_found_at_the_value(self, tmp_path: Path) -> None:
        """A misspelt node kind is found where it stands, with the right one beside it."""
        (finding,) = found(tmp_path, self.CODE, person("sh:path ex:name ; sh:nodeKind sh:Iri"))

        assert finding.cure == "Did you mean sh:IRI?"
        assert str(finding.location) == "shapes/example.ttl:4:36"

    def test_the_data_are_not_looked_at(self, tmp_path: Path) -> None:
        """What stands in a data file is no shape, and another rule's business."""
        assert messages(tmp_path, self.CODE, "ex:S sh:minCuont 1 .") == []


class TestNearMissNamespace:
    CODE = "shapes/near-miss-namespace"

    @pytest.mark.parametrize(
        "namespace",
        [
            "http://www.w3.org/ns/shacl/",
            "http://www.w3.org/ns/shacl",
            "https://www.w3.org/ns/shacl#",
            "http://w3.org/ns/shacl#",
            "http://www.w3.org/ns/SHACL#",
            "http://www.w3.org/shacl#",
            "http://www.w3c.org/ns/shacl#",
        ],
    )
    def test_each_slip_is_told_once_a_file(self, tmp_path: Path, namespace: str) -> None:
        """A file written with a wrong prefix has one finding, however much is in it."""
        shapes = (
            f"@prefix sh: <{namespace}> .\n@prefix ex: <https://data.example/> .\n"
            "ex:S sh:targetClass ex:Person ; sh:property ex:P .\nex:P sh:path ex:name .\n"
        )

        (finding,) = found(tmp_path, self.CODE, PERSON + shapes)

        assert str(finding.location) == "shapes/example.ttl:4:6"

    @pytest.mark.parametrize(
        "predicate",
        ["http://www.w3.org/ns/shacl-shacl#x", "http://www.w3.org/ns/shex#x", "urn:shacl#x"],
    )
    def test_neighbours_are_left_alone(self, tmp_path: Path, predicate: str) -> None:
        """Another vocabulary of the same publisher is no slip."""
        assert messages(tmp_path, self.CODE, f"{PERSON}ex:S <{predicate}> 1 .") == []


class TestNotRun:
    CODE = "shapes/not-run"

    def test_a_component_of_the_project_is_run(self, tmp_path: Path) -> None:
        """A parameter that a constraint component of the shapes declares is run."""
        text = (
            "@prefix dash: <http://datashapes.org/dash#> .\n@prefix ex: <https://data.example/> .\n"
            "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
            "ex:S sh:targetClass ex:Person ; dash:stem 'x' .\n"
        )
        component = "ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path dash:stem ] .\n"

        assert messages(tmp_path, self.CODE, f"{PERSON}{text}{component}") == []

    @pytest.mark.parametrize("term", ["sh:rule", "sh:reifierShape", "sh:entailment", "sh:values"])
    def test_what_is_passed_over_is_told(self, tmp_path: Path, term: str) -> None:
        """Whoever writes a rule or a constraint of a later version learns that it is not run."""
        assert messages(tmp_path, self.CODE, f"{PERSON}{TARGET}{term} ex:X .") == [
            f"{term} is not run by this check."
        ]


class TestClasses:
    @pytest.mark.parametrize(
        "definition",
        [
            "== ontology/x.ttl ==\nex:Robot a owl:Class .",
            "== ontology/x.ttl ==\nex:Droid rdfs:subClassOf ex:Robot .",
            "== shapes/x.ttl ==\nex:Robot a rdfs:Class .",
            "== data/x.ttl ==\nex:r2 a ex:Robot .",
            "== data/enrichment/x.ttl ==\nex:r2 a ex:Robot .",
        ],
    )
    def test_a_class_may_be_defined_anywhere(self, tmp_path: Path, definition: str) -> None:
        """A class with an instance, a description or a subclass is not misspelt."""
        text = f"{person('sh:path ex:name ; sh:not [ sh:class ex:Robot ]')}\n{definition}"

        assert messages(tmp_path, "shapes/undefined-class", text) == []

    def test_a_class_in_use_is_offered(self, tmp_path: Path) -> None:
        """A class that only instances name is offered for one that is misspelt."""
        (finding,) = found(
            tmp_path, "shapes/undefined-class", f"{PERSON}ex:S sh:targetClass ex:Persson ."
        )

        assert finding.cure == "Did you mean ex:Person?"

    def test_without_data_nothing_is_said(self, tmp_path: Path) -> None:
        """While there are no data at all, one finding says so; not one for each shape."""
        text = "== shapes/example.ttl ==\nex:S sh:targetClass ex:Person ."

        assert messages(tmp_path, "shapes/undefined-class", text) == []

    @pytest.mark.parametrize(
        "target",
        [
            "sh:targetClass ex:Being , ex:Plant",
            "sh:targetSubjectsOf ex:name ; sh:targetClass ex:Plant",
            "sh:targetNode ex:ada ; sh:targetClass ex:Plant",
        ],
    )
    def test_one_target_that_selects_is_enough(self, tmp_path: Path, target: str) -> None:
        """A shape that checks something is not told of a further class without instances."""
        ontology = "== ontology/x.ttl ==\nex:Plant a owl:Class .\n"
        chain = "ex:Person rdfs:subClassOf ex:Animal . ex:Animal rdfs:subClassOf ex:Being ."

        text = f"{PERSON}ex:S {target} ; sh:nodeKind sh:IRI .\n{ontology}{chain}"

        assert messages(tmp_path, "shapes/target-class-empty", text) == []

    def test_a_class_that_is_a_shape_needs_instances(self, tmp_path: Path) -> None:
        """A class among the shapes that is a shape itself checks nothing without instances."""
        text = f"{PERSON}ex:Robot a owl:Class , sh:NodeShape ; sh:nodeKind sh:IRI ."

        (finding,) = found(tmp_path, "shapes/target-class-empty", text)

        assert str(finding.location) == "shapes/example.ttl:4:1"

    @pytest.mark.parametrize("super_", ["ex:Animal", "ex:Being"])
    def test_an_axiom_the_ontology_has_too_does_no_harm(self, tmp_path: Path, super_: str) -> None:
        """Repeating among the shapes what the ontology says is no slip."""
        ontology = "ex:Person rdfs:subClassOf ex:Animal . ex:Animal rdfs:subClassOf ex:Being ."
        text = f"{PERSON}ex:Person rdfs:subClassOf {super_} .\n== ontology/x.ttl ==\n{ontology}"

        assert messages(tmp_path, "shapes/subclass-in-shapes", text) == []


class TestTargets:
    @pytest.mark.parametrize("node", ["ex:ada", "ex:Person", '"Ada"'])
    def test_a_node_only_spoken_of_is_there(self, tmp_path: Path, node: str) -> None:
        """A target node may be a value, and even a text."""
        text = f"{PERSON}ex:S sh:targetNode {node} ; sh:nodeKind sh:IRI ."

        assert messages(tmp_path, "shapes/target-node-absent", text) == []

    def test_a_misspelt_property_is_told_beside_a_right_one(self, tmp_path: Path) -> None:
        """That a shape has a target that selects does not hide one that is misspelt."""
        text = f"{PERSON}ex:S sh:targetSubjectsOf ex:name , ex:nmae ; sh:nodeKind sh:IRI ."

        (finding,) = found(tmp_path, "shapes/target-property-unused", text)

        assert finding.cure == "Did you mean ex:name?"

    def test_a_defined_property_beside_a_used_one_is_fine(self, tmp_path: Path) -> None:
        """A shape for several properties may be ahead of the data."""
        text = (
            f"{PERSON}ex:S sh:targetSubjectsOf ex:name , ex:nick ; sh:nodeKind sh:IRI .\n"
            "== ontology/x.ttl ==\nex:nick a rdf:Property ."
        )

        assert messages(tmp_path, "shapes/target-property-unused", text) == []


class TestPaths:
    CODE = "shapes/undefined-property"

    @pytest.mark.parametrize(
        "path",
        [
            "( ex:knows [ sh:inversePath ex:nope ] )",
            "[ sh:alternativePath ( ex:name ( ex:knows ex:nope ) ) ]",
            "[ sh:zeroOrMorePath [ sh:alternativePath ( ex:knows ex:nope ) ] ]",
            "( [ sh:oneOrMorePath ex:nope ] ex:name )",
        ],
    )
    def test_every_property_of_a_path_is_looked_at(self, tmp_path: Path, path: str) -> None:
        """However deep a property stands in a path, it is found when nothing has it."""
        assert messages(tmp_path, self.CODE, person(f"sh:path {path} ; sh:minCount 1")) == [
            "Nothing has ex:nope, and no file defines this property."
        ]

    @pytest.mark.parametrize(
        "shape",
        [
            person("sh:path ex:nope ; sh:maxCount 0"),
            person("sh:path rdf:_1 ; sh:maxCount 1"),
            person("sh:path skos:prefLabel ; sh:maxCount 1"),
            f"{PERSON}ex:C a sh:ConstraintComponent ; sh:parameter ex:P . ex:P sh:path ex:nope .",
            "== shapes/example.ttl ==\nex:P sh:path ex:nope ; sh:maxCount 1 .",
        ],
    )
    def test_what_must_not_be_used_is_left_alone(self, tmp_path: Path, shape: str) -> None:
        """Forbidden properties, members of containers and parameters need no use in the data."""
        assert messages(tmp_path, self.CODE, shape) == []

    @pytest.mark.parametrize("written", ["ex:friend", "<https://data.example/friend>"])
    def test_a_property_that_a_rule_derives_is_in_use(self, tmp_path: Path, written: str) -> None:
        """What the build derives is not there yet when the check runs."""
        text = (
            f"{person('sh:path ex:friend ; sh:maxCount 9')}\n"
            "== ontology/x.ttl ==\nex:friend a rdf:Property .\n"
            "== rules/friend.rq ==\nPREFIX ex: <https://data.example/>\n"
            f"CONSTRUCT {{ ?a {written} ?b }} WHERE {{ ?a ex:knows ?b }}\n"
        )

        assert messages(tmp_path, "shapes/path-unused", text) == []

    def test_a_property_no_rule_derives_is_told(self, tmp_path: Path) -> None:
        """A rule about another property does not hide one that is not in use."""
        text = (
            f"{person('sh:path ex:friend ; sh:maxCount 9')}\n"
            "== ontology/x.ttl ==\nex:friend a rdf:Property .\n"
            "== rules/friend.rq ==\nPREFIX ex: <https://data.example/>\n"
            "CONSTRUCT { ?a ex:friends ?b } WHERE { ?a ex:knows ?b }\n"
        )

        assert messages(tmp_path, "shapes/path-unused", text) == ["Nothing has ex:friend yet."]

    def test_an_empty_class_is_told_once(self, tmp_path: Path) -> None:
        """Where nothing is of the class, its properties are not told one by one."""
        text = (
            f"{PERSON}ex:S sh:targetClass ex:Robot ; sh:property ex:P .\n"
            "ex:P sh:path ex:model ; sh:maxCount 1 .\n"
            "== ontology/x.ttl ==\nex:Robot a owl:Class . ex:model a rdf:Property ."
        )

        assert messages(tmp_path, "shapes/path-unused", text) == []
