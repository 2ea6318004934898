"""Every shape against its cases: what is right passes, what is wrong is told as approved.

A case is a file ``<NodeShape>/{valid,invalid}.<case>.ttl``, checked together with the ontology.
What an invalid one must give stands beside it, a line for each result:
``<severity> <source shape> <focus node>``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from lod.checks.shacl.compiled.engine import CompiledShapes
from lod.checks.shacl.pyshacl.child import to_rdflib
from lod.checks.shacl.pyshacl.engine import PySHACL
from lod.config import read_project
from lod.dataset import Dataset, Role, open_dataset
from lod.diagnostics import Diagnostic
from lod.rdf.namespaces import RDF, SH

CASES = Path(__file__).parent
VALID = sorted(CASES.glob("*/valid.*.ttl"))
INVALID = sorted(CASES.glob("*/invalid.*.ttl"))
MANY = CASES / "Claim" / "invalid.wrong-values.ttl"

_TOLD = (rdflib.SH.resultSeverity, rdflib.SH.sourceShape, rdflib.SH.focusNode)

NOT_A_CLASS_OF_OURS = {"common.ttl", "concept.ttl", "consistency.ttl", "term.ttl"}
"""Shapes files that are not named after a class of the ontology."""

Shape = Mapping[NamedNode, list[object]]
"""What is said of a shape: the values of each property."""


def unexpected(finding: Diagnostic) -> None:
    raise AssertionError(finding)


def named(case: Path) -> str:
    return case.relative_to(CASES).as_posix()


def approved(case: Path) -> list[str]:
    return case.with_suffix(".expected.txt").read_text("utf-8").splitlines()


def local(iri: str) -> str:
    return iri.strip("<>").rpartition("#")[2]


def kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def lines(quads: Iterable[Quad]) -> bytes:
    """Return statements as the checks hand them to an engine."""
    return b"".join(f"{quad.triple} .\n".encode() for quad in quads)


@pytest.fixture(scope="module")
def dataset(repository: Path) -> Dataset:
    """The flagship, whose shapes these are."""
    return open_dataset(read_project(repository))


@pytest.fixture(scope="module")
def quads(dataset: Dataset) -> Mapping[Role, list[Quad]]:
    """All its statements, by the part their file plays."""
    found = defaultdict(list)
    for file, quad in dataset.quads(unexpected):
        found[file.role].append(quad)
    return found


@pytest.fixture(scope="module")
def told(dataset: Dataset) -> Callable[[str, str, str], str]:
    """Write a result as it stands in an approved report."""

    def line(severity: str, shape: str, focus: str) -> str:
        name = dataset.prefixes.shorten(focus.strip("<>"))
        return f"{local(severity).lower()} {local(shape)} {name}"

    return line


@pytest.fixture(scope="module")
def refereed(
    quads: Mapping[Role, list[Quad]], told: Callable[[str, str, str], str]
) -> Iterator[Callable[[Path], list[str]]]:
    """Tell what pySHACL finds in a case.

    The shapes are read once and not checked themselves, and only nodes that the case names are
    looked at: the ontology's own nodes would take most of the time, and are the same each time.
    """
    ontology = lines(quads[Role.ONTOLOGY])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rdflib, "NORMALIZE_LITERALS", False)
        shapes = to_rdflib(lines(quads[Role.SHAPES]))

        def find(case: Path) -> list[str]:
            statements = list(parse(path=case, format=RdfFormat.TURTLE))
            nodes = {term for quad in statements for term in (quad.subject, quad.object)}
            _, report, _ = pyshacl.validate(
                to_rdflib(ontology + lines(statements)),
                shacl_graph=shapes,
                inference="none",
                do_owl_imports=False,
                focus_nodes=sorted(node.value for node in nodes if isinstance(node, NamedNode)),
            )
            assert isinstance(report, rdflib.Graph)
            return sorted(
                told(*(str(report.value(each, of)) for of in _TOLD))
                for each in report.objects(None, rdflib.SH.result)
            )

        yield find


@pytest.fixture(scope="module")
def results(
    quads: Mapping[Role, list[Quad]],
    told: Callable[[str, str, str], str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Path], list[str]]:
    """Tell what the engine that users have finds in a case."""
    ontology, shapes = lines(quads[Role.ONTOLOGY]), lines(quads[Role.SHAPES])
    engine = CompiledShapes(cache=tmp_path_factory.mktemp("cache"))

    def find(case: Path) -> list[str]:
        statements = lines(parse(path=case, format=RdfFormat.TURTLE))
        found = engine.validate(ontology + statements, shapes)
        return sorted(told(each.severity, each.shape, each.focus) for each in found)

    return find


@pytest.fixture(scope="module")
def shapes(quads: Mapping[Role, list[Quad]]) -> Mapping[str, Shape]:
    """What is said of each shape with a name of its own, by that name."""
    found: dict[str, defaultdict[NamedNode, list[object]]] = {}
    for quad in quads[Role.SHAPES]:
        if isinstance(quad.subject, NamedNode):
            about = found.setdefault(local(quad.subject.value), defaultdict(list))
            about[quad.predicate].append(quad.object)
    return found


def of_kind(shapes: Mapping[str, Shape], kind: NamedNode) -> dict[str, Shape]:
    return {name: shape for name, shape in shapes.items() if kind in shape[RDF.type]}


class TestCases:
    @pytest.mark.parametrize("case", VALID, ids=named)
    def test_what_is_right_passes(self, results: Callable[[Path], list[str]], case: Path) -> None:
        """Data written as the shapes ask for is not complained of."""
        assert results(case) == []

    @pytest.mark.parametrize("case", INVALID, ids=named)
    def test_what_is_wrong_is_told(self, results: Callable[[Path], list[str]], case: Path) -> None:
        """Each slip is told by the shape that is meant for it, and nothing else is told."""
        assert results(case) == approved(case)

    @pytest.mark.parametrize("case", [*VALID, *INVALID], ids=named)
    def test_the_referee_tells_the_same(
        self, refereed: Callable[[Path], list[str]], case: Path
    ) -> None:
        """PySHACL finds the same in every case."""
        assert refereed(case) == (approved(case) if case in INVALID else [])

    @pytest.mark.slow
    def test_the_limited_process_tells_the_same(
        self, quads: Mapping[Role, list[Quad]], told: Callable[[str, str, str], str]
    ) -> None:
        """The check with pySHACL finds what these cases show, and nothing in the ontology."""
        data = [*quads[Role.ONTOLOGY], *parse(path=MANY, format=RdfFormat.TURTLE)]

        found = PySHACL().validate(lines(data), lines(quads[Role.SHAPES]))

        assert sorted(told(each.severity, each.shape, each.focus) for each in found) == approved(
            MANY
        )


class TestCoverage:
    def test_every_node_shape_has_a_right_and_a_wrong_case(
        self, shapes: Mapping[str, Shape]
    ) -> None:
        """For every kind of thing there is an example to follow and one to avoid."""
        nodes = set(of_kind(shapes, SH.NodeShape))

        assert {case.parent.name for case in VALID} == nodes
        assert {case.parent.name for case in INVALID} == nodes

    def test_every_property_shape_is_violated(self, shapes: Mapping[str, Shape]) -> None:
        """No property shape stands there without a case that shows it at work."""
        properties = set(of_kind(shapes, SH.PropertyShape))

        violated = {line.split()[1] for case in INVALID for line in approved(case)}

        assert properties
        assert sorted(properties - violated) == []

    def test_every_approved_report_belongs_to_a_wrong_case(self) -> None:
        """An approved report stands beside its case, and tells of something."""
        reports = sorted(CASES.glob("*/*.expected.txt"))

        assert reports == sorted(case.with_suffix(".expected.txt") for case in INVALID)
        assert all(approved(case) for case in INVALID)

    def test_every_file_is_a_case(self) -> None:
        """A case with a name slightly off is not passed over in silence."""
        cases = {*VALID, *INVALID, *(case.with_suffix(".expected.txt") for case in INVALID)}

        assert {path for path in CASES.glob("*/*") if path.is_file()} == cases


class TestShapes:
    @pytest.mark.parametrize(
        "term",
        [SH.name, SH.description, SH.message],
        ids=lambda term: local(term.value),
    )
    def test_property_shapes_speak_both_languages(
        self, shapes: Mapping[str, Shape], dataset: Dataset, term: NamedNode
    ) -> None:
        """Each property shape has its name, description and message once in each language."""
        wrong = {
            name: shape[term]
            for name, shape in of_kind(shapes, SH.PropertyShape).items()
            if sorted(
                each.language or ""
                for each in shape[term]
                if isinstance(each, Literal) and each.value.strip()
            )
            != sorted(dataset.project.languages)
        }

        assert wrong == {}

    def test_property_shapes_are_named_after_class_and_property(
        self, shapes: Mapping[str, Shape]
    ) -> None:
        """A finding names its shape so that the author knows which class and property it means."""
        named_so = re.compile(r"[A-Z][A-Za-z]*-[a-z][A-Za-z0-9]*")

        found = [name for name in of_kind(shapes, SH.PropertyShape) if not named_so.fullmatch(name)]

        assert found == []

    def test_no_property_shape_is_without_a_name(self, shapes: Mapping[str, Shape]) -> None:
        """Each property of a node shape leads to a property shape with an address."""
        nodes = of_kind(shapes, SH.NodeShape)
        properties = set(of_kind(shapes, SH.PropertyShape))
        used = [(name, each) for name, shape in nodes.items() for each in shape[SH.property]]

        assert [name for name, each in used if isinstance(each, BlankNode)] == []
        assert {local(each.value) for _, each in used if isinstance(each, NamedNode)} == properties

    def test_every_class_in_use_has_its_shapes_file(
        self, dataset: Dataset, quads: Mapping[Role, list[Quad]]
    ) -> None:
        """What the data calls an agreement is checked by the file named after agreements."""
        own = f"{dataset.project.base}def/"
        targets = {
            (file.name, quad.object)
            for file, quad in dataset.quads(unexpected)
            if file.role is Role.SHAPES and quad.predicate == SH.targetClass
        }
        classes = {
            quad.object
            for role in (Role.DATA, Role.SEPARATE)
            for quad in quads[role]
            if quad.predicate == RDF.type
        }

        assert len(classes) > 10
        for each in classes:
            assert isinstance(each, NamedNode)
            assert each.value.startswith(own)
            assert (f"shapes/{kebab(local(each.value))}.ttl", each) in targets

    def test_every_shapes_file_is_of_one_class(
        self, dataset: Dataset, quads: Mapping[Role, list[Quad]]
    ) -> None:
        """Each shapes file is named after a class that the ontology describes."""
        described = {
            f"{kebab(local(quad.subject.value))}.ttl"
            for quad in quads[Role.ONTOLOGY]
            if isinstance(quad.subject, NamedNode)
        }
        files = {file.path.name for file in dataset.files if file.role is Role.SHAPES}

        assert sorted(files - described - NOT_A_CLASS_OF_OURS) == []
