"""The reference engine over small projects."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from lod.checks.check import Codes, check
from lod.checks.shacl.pyshacl.engine import PySHACL
from lod.config import read_project
from lod.dataset import open_dataset
from lod.diagnostics import Location, Report, Severity
from lod.errors import ProcessError, ProjectError
from support.projects import CONFIGURATION, write_project

PREFIXES = """\
@prefix ex: <https://data.example/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
ENGINE = PySHACL(seconds=60, memory_mb=1024)

# One shape of each kind that matters here; a run of the engine takes half a second.
SHAPES = f"""{PREFIXES}
ex:ThingShape
  a sh:NodeShape ;
  sh:targetClass ex:Thing ;
  sh:property
    ex:Thing-name ,
    ex:Thing-number ,
    ex:Thing-owner ;
.

ex:Thing-name
  a sh:PropertyShape ;
  sh:message "Name it with ex:name."@en , "Pavadink su ex:name."@lt ;
  sh:minCount 1 ;
  sh:path ex:name ;
.

ex:Thing-number
  a sh:PropertyShape ;
  sh:datatype xsd:integer ;
  sh:message "Give a whole number."@en ;
  sh:path ex:number ;
  sh:severity sh:Warning ;
.

ex:Thing-owner
  a sh:PropertyShape ;
  sh:maxCount 0 ;
  sh:message "Nobody owns it."@en ;
  sh:path ( [ sh:inversePath ex:owns ] [ sh:zeroOrMorePath ex:q ] ) ;
  sh:severity sh:Info ;
.
"""


def checked(folder: Path, files: Mapping[str, str]) -> Report:
    configuration = f'{CONFIGURATION}[prefixes]\nex = "https://data.example/"\n'
    write_project(folder, {"lod.toml": configuration, **files})
    dataset = open_dataset(read_project(folder))
    return check(dataset, ENGINE, lambda _: None, Codes(select=("shacl",)))


def shape(body: str) -> str:
    return f"{PREFIXES}ex:Shape a sh:NodeShape ; sh:targetClass ex:Thing ; {body} .\n"


class TestPySHACL:
    def test_data_that_meets_its_shapes_has_no_findings(self, tmp_path: Path) -> None:
        """What the shapes ask for is there, in another file or not."""
        report = checked(
            tmp_path,
            {
                "shapes/s.ttl": SHAPES,
                "data/a.ttl": f"{PREFIXES}ex:a a ex:Thing ; ex:number 01 .",
                "data/b.ttl": f'{PREFIXES}ex:a ex:name "a"@en .',
            },
        )

        assert report.findings == ()
        assert report.engines == ("pyshacl",)
        assert report.shapes == 4

    def test_what_breaks_a_shape_is_told_with_all_that_is_known(self, tmp_path: Path) -> None:
        """Each finding says what to do, about what, by which property, and which value it is."""
        data = "ex:a a ex:Thing ; ex:number 1.50 , 1 , 'x\\ty'@en . ex:b ex:owns ex:a ."

        report = checked(tmp_path, {"shapes/s.ttl": SHAPES, "data/a.ttl": f"{PREFIXES}{data}"})

        assert [
            (each.code, each.severity, each.message, each.path, each.value)
            for each in report.findings
        ] == [
            ("shacl/min-count", Severity.ERROR, "Name it with ex:name.", "ex:name", None),
            (
                "shacl/datatype",
                Severity.WARNING,
                "Give a whole number.",
                "ex:number",
                '"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>',
            ),
            (
                "shacl/datatype",
                Severity.WARNING,
                "Give a whole number.",
                "ex:number",
                '"x\\ty"@en',
            ),
            ("shacl/max-count", Severity.INFO, "Nobody owns it.", "(^ex:owns/ex:q*)", None),
        ]
        assert {each.focus for each in report.findings} == {"https://data.example/a"}
        assert [
            (each.location.line, each.location.column) for each in report.findings if each.location
        ] == [(4, 1), (4, 29), (4, 40), (4, 57)]
        assert report.findings[0].source == "https://data.example/Thing-name"

    def test_finding_about_a_node_without_a_name_leads_to_it(self, tmp_path: Path) -> None:
        """What stands between square brackets has its place, and is called by the way to it."""
        data = f"{PREFIXES}ex:x ex:part [ a ex:Thing ] . _:named a ex:Thing ."

        report = checked(tmp_path, {"shapes/s.ttl": SHAPES, "data/a.ttl": data})

        assert [(each.focus, each.location) for each in report.findings] == [
            ("ex:x / ex:part", Location("data/a.ttl", 4, 14, 4, 28)),
            ("_:named", Location("data/a.ttl", 4, 31, 4, 38)),
        ]

    @pytest.mark.parametrize(
        "body",
        [
            'sh:property "no shape"',
            "sh:property [ sh:minCount 1 ]",
            'sh:property [ sh:path ex:p ; sh:minCount "one" ]',
            'sh:property [ sh:path ex:p ; sh:pattern "(" ]',
            'sh:sparql [ sh:select "SELECT nonsense" ]',
        ],
        ids=["literal", "no path", "wrong number", "wrong pattern", "wrong query"],
    )
    def test_shapes_that_are_no_shapes_are_refused(self, tmp_path: Path, body: str) -> None:
        """A slip in a shape is told as one, and never taken for a project that conforms."""
        files = {
            "shapes/s.ttl": shape(body),
            "data/a.ttl": f'{PREFIXES}ex:a a ex:Thing ; ex:p "x" .',
        }

        report = checked(tmp_path, files)

        assert {each.code for each in report.findings} == {"shacl/shapes"}
        paths = {each.location.path for each in report.findings if each.location}
        assert paths == ({"shapes/s.ttl"} if "no shape" not in body else set())
        assert report.has_errors

    def test_shape_without_a_type_is_checked(self, tmp_path: Path) -> None:
        """A shape with a target need not say that it is a shape."""
        untyped = f"{PREFIXES}ex:S sh:targetClass ex:Thing ; sh:property ex:P .\n" + (
            "ex:P sh:path ex:p ; sh:minCount 1 .\n"
        )

        report = checked(
            tmp_path, {"shapes/s.ttl": untyped, "data/a.ttl": f"{PREFIXES}ex:a a ex:Thing ."}
        )

        assert [each.code for each in report.findings] == ["shacl/min-count"]


class TestOutsideWorld:
    QUERY = "SELECT $this ?value %s WHERE { ?x <https://data.example/secret> ?value }"

    def findings(self, folder: Path, query: str, data: str) -> str:
        """Return all that a check with this query as a constraint tells."""
        files = {
            "shapes/s.ttl": shape(f'sh:sparql [ sh:message "{{?value}}" ; sh:select "{query}" ]'),
            "data/a.ttl": f"{PREFIXES}ex:a a ex:Thing . {data}",
        }
        try:
            return repr(checked(folder, files))
        except (ProjectError, ProcessError) as error:
            return str(error)

    def test_constraint_sees_the_projects_own_data(self, tmp_path: Path) -> None:
        """A query in a shape finds what the project says."""
        told = self.findings(tmp_path, self.QUERY % "", 'ex:b ex:secret "told" .')

        assert "told" in told

    @pytest.mark.parametrize("clause", ["FROM", "FROM NAMED"])
    def test_constraint_cannot_read_a_file(self, tmp_path: Path, clause: str) -> None:
        """A query in a shape that names a file of this computer does not get to see it."""
        secret = tmp_path / "secret.ttl"
        secret.write_text('<x:a> <https://data.example/secret> "told" .')

        told = self.findings(tmp_path / "project", self.QUERY % f"{clause} <{secret.as_uri()}>", "")

        assert "told" not in told

    def test_nothing_is_imported(self, tmp_path: Path) -> None:
        """What a file says it imports is neither fetched nor read."""
        secret = tmp_path / "secret.ttl"
        secret.write_text('<x:a> <https://data.example/secret> "told" .')
        imports = f"<x:o> <http://www.w3.org/2002/07/owl#imports> <{secret.as_uri()}> ."

        told = self.findings(tmp_path / "project", self.QUERY % "", imports)

        assert "told" not in told

    def test_constraint_cannot_ask_the_network(self, tmp_path: Path) -> None:
        """A query in a shape that asks another endpoint is refused."""
        query = "SELECT $this WHERE { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }"

        assert "SERVICE" in self.findings(tmp_path, query, "")
