"""What is wrong with a project: every file's syntax, then the shapes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from lod.checks import Result, check
from lod.checks.check import Codes
from lod.checks.shacl.results import ShapesRefusedError
from lod.config import read_project
from lod.dataset import open_dataset
from lod.diagnostics import Location, Report, Severity
from lod.errors import ConfigError
from lod.rdf.namespaces import SH
from support.projects import CONFIGURATION, write_project

NO_RULES = Codes(ignore=("lint", "project", "shapes"))
"""What rules find is tested with the rules."""
PREFIXES = "@prefix ex: <https://data.example/> .\n@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
SHAPE = f"{PREFIXES}ex:Shape a sh:NodeShape ; sh:targetClass ex:Thing .\n"
DATA = f"{PREFIXES}ex:a a ex:Thing ; ex:p 1.50 .\n"


@dataclass
class Engine:
    """Gives the results it was made with, and keeps what it was asked."""

    results: Sequence[Result] = ()
    asked: list[tuple[str, str]] = field(default_factory=list)
    name: str = "made up"
    is_quick: bool = True

    def validate(self, data: bytes, shapes: bytes) -> Sequence[Result]:
        self.asked.append((data.decode(), shapes.decode()))
        return self.results


class Refusing(Engine):
    """Finds that the shapes are none."""

    def validate(self, data: bytes, shapes: bytes) -> Sequence[Result]:
        raise ShapesRefusedError("They are none.", [result("Shape")])


def result(focus: str, component: str = "MinCount", severity: str = "Violation") -> Result:
    return Result(
        f"<https://data.example/{focus}>",
        SH[severity].value,
        SH[f"{component}ConstraintComponent"].value,
        "<https://data.example/Shape>",
        {"en": "Give one."},
    )


def checked(
    folder: Path, files: Mapping[str, str], engine: Engine | None, rules: str = ""
) -> Report:
    (folder / "data").mkdir()
    configuration = f"{CONFIGURATION}[rules]\n{rules}\n"
    write_project(folder, {"lod.toml": configuration, **files})
    return check(open_dataset(read_project(folder)), engine, lambda _: None, NO_RULES)


class TestConfiguration:
    @pytest.mark.parametrize("table", ['[kinds]\nthing = "no:Thing"', '[claims]\nplain = "no:x"'])
    def test_name_with_an_unknown_prefix_is_refused(self, tmp_path: Path, table: str) -> None:
        """What the build would trip on is told by the check."""
        with pytest.raises(ConfigError) as caught:
            checked(tmp_path, {}, None, rules=table)

        assert caught.value.code == "config/unknown-prefix"


class TestSyntax:
    def test_broken_file_does_not_hide_another(self, tmp_path: Path) -> None:
        """All files are read to their end, and every slip is told."""
        report = checked(
            tmp_path,
            {
                "data/a.ttl": DATA,
                "data/b.ttl": f"{PREFIXES}ex:b .\n",
                "ontology/c.ttl": "<x:a> nonsense .\n",
            },
            None,
        )

        assert [(each.code, str(each.location)) for each in report.findings] == [
            ("turtle/syntax", "data/b.ttl:3:6"),
            ("turtle/syntax", "ontology/c.ttl:1:7"),
        ]
        assert report.has_errors

    def test_shapes_wait_for_the_syntax(self, tmp_path: Path) -> None:
        """Half the data would break shapes that the whole meets, so shapes wait."""
        engine = Engine([result("a")])

        report = checked(
            tmp_path,
            {"data/a.ttl": DATA, "data/b.ttl": "nonsense", "shapes/s.ttl": SHAPE},
            engine,
        )

        assert engine.asked == []
        assert report.engines == ()
        assert [each.code for each in report.findings] == ["turtle/syntax"]

    def test_nothing_wrong_is_nothing_found(self, tmp_path: Path) -> None:
        """A project that is right has a report that says what was looked at."""
        report = checked(tmp_path, {"data/a.ttl": DATA, "shapes/s.ttl": SHAPE}, Engine())

        assert report == Report((), files=2, triples=4, shapes=1, engines=("made up",))

    def test_empty_project_is_right(self, tmp_path: Path) -> None:
        """A project may start without a single statement."""
        assert checked(tmp_path, {}, Engine()) == Report(())


class TestUnpublishable:
    @pytest.mark.parametrize(
        ("name", "statement", "code"),
        [
            ("data/a.ttl", "ex:a ex:p <<( ex:a ex:p ex:b )>> .", "rdf/triple-term"),
            ("data/a.ttl", "<< ex:a ex:p ex:b >> ex:q 1 .", "rdf/triple-term"),
            ("ontology/a.ttl", 'ex:a ex:p "x"@en--ltr .', "rdf/direction"),
            ("data/a.trig", "_:g { ex:a ex:p 1 }", "rdf/blank-graph"),
            ("shapes/a.ttl", "ex:a ex:p <<( ex:a ex:p ex:b )>> .", "rdf/triple-term"),
        ],
    )
    def test_what_cannot_be_published_is_refused(
        self, tmp_path: Path, name: str, statement: str, code: str
    ) -> None:
        """What not every format can hold is an error, told once a file."""
        content = f"{PREFIXES}{statement}\n{statement}\n"

        report = checked(tmp_path, {name: content}, None)

        assert [(each.code, each.severity, each.location) for each in report.findings] == [
            (code, Severity.ERROR, Location(name))
        ]

    def test_each_file_is_told(self, tmp_path: Path) -> None:
        """What is wrong in two files is told of both."""
        content = f"{PREFIXES}ex:a ex:p <<( ex:a ex:p ex:b )>> ."

        report = checked(tmp_path, {"data/a.ttl": content, "data/b.ttl": content}, Engine())

        assert [str(each.location) for each in report.findings] == ["data/a.ttl", "data/b.ttl"]


class TestShapes:
    def test_engine_is_given_data_and_shapes_apart(self, tmp_path: Path) -> None:
        """Ontology and data are checked by the shapes, literals in their exact form."""
        engine = Engine()

        checked(
            tmp_path,
            {
                "data/a.ttl": DATA,
                "data/enrichment/e.ttl": "<x:e> <x:p> <x:o> .",
                "ontology/o.ttl": "<x:c> <x:p> <x:o> .",
                "shapes/s.ttl": SHAPE,
            },
            engine,
        )

        ((data, shapes),) = engine.asked
        assert '"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n' in data
        assert "<x:c>" in data
        assert "<x:e>" in data
        assert "NodeShape" in shapes
        assert "NodeShape" not in data
        assert "1.50" not in shapes

    def test_shape_without_a_type_is_a_shape(self, tmp_path: Path) -> None:
        """What has a target is a shape by SHACL's own words, and is not passed over in silence."""
        engine = Engine([result("a")])
        shape = f"{PREFIXES}ex:Shape sh:targetClass ex:Thing ; sh:property [ sh:path ex:p ] .\n"

        report = checked(tmp_path, {"data/a.ttl": DATA, "shapes/s.ttl": shape}, engine)

        assert len(engine.asked) == 1
        assert [each.code for each in report.findings] == ["shacl/min-count"]

    def test_without_an_engine_shapes_are_not_checked(self, tmp_path: Path) -> None:
        """A quick check reads the files alone, and says so by naming no engine."""
        report = checked(tmp_path, {"data/a.ttl": DATA, "shapes/s.ttl": SHAPE}, None)

        assert (report.shapes, report.engines, report.findings) == (1, (), ())

    def test_without_shapes_no_engine_is_asked(self, tmp_path: Path) -> None:
        """A project without shapes does not wait for an engine."""
        engine = Engine()

        report = checked(tmp_path, {"data/a.ttl": DATA}, engine)

        assert engine.asked == []
        assert report.engines == ()

    def test_finding_names_the_files_of_its_entity(self, tmp_path: Path) -> None:
        """A finding leads to where its entity is described, and to the other places."""
        report = checked(
            tmp_path,
            {
                "data/a.ttl": DATA,
                "data/b.ttl": f"{PREFIXES}ex:a ex:q 1 .",
                "data/c.ttl": f"{PREFIXES}ex:c ex:q ex:a .",
                "shapes/s.ttl": SHAPE,
            },
            Engine([result("a"), result("nowhere")]),
        )

        assert [(each.focus, each.location, each.related) for each in report.findings] == [
            ("https://data.example/nowhere", None, ()),
            (
                "https://data.example/a",
                Location("data/a.ttl", 3, 1, 3, 5),
                (Location("data/b.ttl", 3, 1, 3, 5),),
            ),
        ]

    def test_findings_stand_file_by_file(self, tmp_path: Path) -> None:
        """The order of an engine's results does not show."""
        files = {
            "data/b.ttl": f"{PREFIXES}ex:b a ex:Thing .",
            "data/a.ttl": DATA,
            "shapes/s.ttl": SHAPE,
        }
        results = [result("b"), result("a", "Datatype"), result("a", "Class")]

        report = checked(tmp_path, files, Engine(results))

        assert [each.code for each in report.findings] == [
            "shacl/class",
            "shacl/datatype",
            "shacl/min-count",
        ]


class TestRules:
    @pytest.mark.parametrize(
        ("rules", "severities"),
        [
            ("", [Severity.WARNING, Severity.ERROR]),
            ('"shacl/class" = "error"', [Severity.ERROR, Severity.ERROR]),
            ('"shacl/min-count" = "info"', [Severity.WARNING, Severity.INFO]),
            ('"shacl/min-count" = "off"', [Severity.WARNING]),
            ('"shacl/class" = "off"\n"shacl/min-count" = "off"', []),
            ('"turtle/syntax" = "off"', [Severity.WARNING, Severity.ERROR]),
        ],
    )
    def test_project_says_how_binding_a_finding_is(
        self, tmp_path: Path, rules: str, severities: list[Severity]
    ) -> None:
        """[rules] makes a finding more or less than it was, or leaves it out."""
        files = {"data/a.ttl": DATA, "shapes/s.ttl": SHAPE}
        engine = Engine([result("a", "Class", "Warning"), result("a")])

        report = checked(tmp_path, files, engine, rules)

        assert [each.severity for each in report.findings] == severities

    @pytest.mark.parametrize("severity", ["off", "info"])
    def test_what_cannot_be_read_is_always_an_error(self, tmp_path: Path, severity: str) -> None:
        """No project may publish what it cannot read, so this is not a matter of taste."""
        files = {"data/a.ttl": "nonsense", "data/b.ttl": f"{PREFIXES}ex:a ex:p 'x'@en--ltr ."}
        rules = f'"turtle/syntax" = "{severity}"\n"rdf/direction" = "{severity}"'

        report = checked(tmp_path, files, None, rules)

        assert [(each.code, each.severity) for each in report.findings] == [
            ("turtle/syntax", Severity.ERROR),
            ("rdf/direction", Severity.ERROR),
        ]


class TestComplete:
    @pytest.mark.parametrize(
        ("text", "engine", "complete"),
        [
            (DATA, Engine([result("a")]), True),
            (DATA, Refusing(), False),
            ("nonsense", Engine(), False),
            (f"{PREFIXES}ex:a ex:p <<( ex:a ex:p ex:b )>> .", Engine(), False),
        ],
    )
    def test_report_says_whether_all_was_looked_for(
        self, tmp_path: Path, text: str, engine: Engine, complete: bool
    ) -> None:
        """Whoever compares two reports must know what no finding means."""
        report = checked(tmp_path, {"data/a.ttl": text, "shapes/s.ttl": SHAPE}, engine)

        assert report.is_complete is complete


class TestMeanwhile:
    @pytest.mark.parametrize("step", ["linting", "checking shapes", "finding places"])
    @pytest.mark.parametrize("what", ["gone", "not text", "shorter", "folder", "other text"])
    def test_file_that_changes_while_it_is_checked(
        self, tmp_path: Path, step: str, what: str
    ) -> None:
        """A check whose files change under its hands ends with a report, and not with a crash."""
        typed = '"x"^^<http://www.w3.org/2001/XMLSchema#date>'
        broken = f'{PREFIXES}ex:a a ex:Thing ; ex:p "x"@EN , {typed} .'
        files = {"data/a.ttl": broken, "shapes/s.ttl": SHAPE}
        (tmp_path / "data").mkdir()
        write_project(tmp_path, files)
        path = tmp_path / "data/a.ttl"
        steps = []

        def progress(now: str) -> None:
            steps.append(now)
            if now != step:
                return
            path.unlink()
            if what == "not text":
                path.write_bytes(b"\xff\xfe")
            elif what == "shorter":
                path.write_text("@prefix")
            elif what == "other text":
                path.write_text(f"{PREFIXES}ex:b ex:q '''\n''' .")
            elif what == "folder":
                path.mkdir()

        report = check(open_dataset(read_project(tmp_path)), Engine([result("a")]), progress)

        assert step in steps
        assert "shacl/min-count" in {each.code for each in report.findings}
