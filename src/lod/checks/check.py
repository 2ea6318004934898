"""Check a dataset: every file's syntax, what cannot be published, then the shapes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from lod.checks.places import Places
from lod.checks.shapes import Result, ShapesEngine, to_diagnostic
from lod.dataset import Dataset, Role, SourceFile
from lod.diagnostics import Diagnostic, Location, Report, Severity
from lod.rdf.namespaces import RDF, SH

Progress = Callable[[str], None]

_SHAPE_CLASSES = {SH.NodeShape, SH.PropertyShape}
_SHAPE_PREDICATES = {
    SH.targetClass,
    SH.targetNode,
    SH.targetSubjectsOf,
    SH.targetObjectsOf,
    SH.target,
    SH.path,
}


def check(dataset: Dataset, engine: ShapesEngine | None, progress: Progress) -> Report:
    """Return what is wrong with a dataset, all files read to their end.

    Shapes are checked only when every file could be read: half the data breaks shapes that the
    whole would meet.

    :param engine: what checks the shapes; without one they are not checked.
    :param progress: is told in a few words what goes on.
    :raises ProcessError: when the shapes engine does not end or breaks.
    :raises ProjectError: when the shapes are no shapes.
    :raises ConfigError: when the configuration names a class or property by an unknown prefix.
    """
    _expand_names(dataset)
    progress("reading files")
    reading = _Reading(dataset)
    findings = reading.findings
    engines: tuple[str, ...] = ()
    if engine is not None and reading.shapes and not findings:
        progress("checking shapes")
        engines = (engine.name,)
        results = engine.validate(b"".join(reading.data), b"".join(reading.shape_lines))
        findings = list(_from_results(dataset, results))
    return Report(
        findings=tuple(sorted(_weighed(dataset, findings), key=Diagnostic.sort_key)),
        files=len(dataset.files),
        triples=reading.triples,
        shapes=reading.shapes,
        engines=engines,
    )


def _expand_names(dataset: Dataset) -> None:
    """Refuse a name of the configuration whose prefix nobody knows, before the build trips on it.

    :raises ConfigError: for the first such name.
    """
    project, claims = dataset.project, dataset.project.claims
    names = [name for kind in project.kinds for name in kind.classes]
    for name in (*names, *claims.source, *claims.citation, *claims.qualifiers, *claims.plain):
        dataset.prefixes.expand(name)


class _Reading:
    """One pass over all files: what is wrong with them, and what the shapes engine needs."""

    def __init__(self, dataset: Dataset) -> None:
        self.findings: list[Diagnostic] = []
        self.data: list[bytes] = []
        self.shape_lines: list[bytes] = []
        self.triples = 0
        self._shapes: set[NamedNode | BlankNode | Triple] = set()
        has_shapes = any(file.role is Role.SHAPES for file in dataset.files)
        refused: set[tuple[str, str]] = set()
        for file, quad in dataset.quads(self.findings.append):
            self.triples += 1
            for code, message in _unpublishable(quad):
                if (file.name, code) not in refused:
                    refused.add((file.name, code))
                    self.findings.append(_finding(file, code, message))
            if file.role is Role.SHAPES:
                if _makes_a_shape(quad):
                    self._shapes.add(quad.subject)
                self.shape_lines.append(f"{quad.triple} .\n".encode())
            elif has_shapes:
                self.data.append(f"{quad.triple} .\n".encode())

    @property
    def shapes(self) -> int:
        """How many shapes there are."""
        return len(self._shapes)


def _makes_a_shape(quad: Quad) -> bool:
    """Whether a triple makes its subject a shape (SHACL §2.1): a type, a target or a path."""
    if quad.predicate == RDF.type:
        return quad.object in _SHAPE_CLASSES
    return quad.predicate in _SHAPE_PREDICATES


def _unpublishable(quad: Quad) -> Iterator[tuple[str, str]]:
    """Yield what not every published format and engine can hold."""
    if isinstance(quad.object, Triple):
        yield "rdf/triple-term", "RDF 1.2 triple terms cannot be published yet."
    if isinstance(quad.object, Literal) and quad.object.direction is not None:
        yield "rdf/direction", "RDF 1.2 texts with a base direction cannot be published yet."
    if not isinstance(quad.graph_name, NamedNode):
        yield "rdf/blank-graph", "A graph must have an IRI for its name, not a blank node."


def _finding(file: SourceFile, code: str, message: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, Location(file.name))


def _from_results(dataset: Dataset, results: Sequence[Result]) -> Iterator[Diagnostic]:
    places = Places(dataset, results)
    for result in results:
        found = places.of(result)
        finding = to_diagnostic(
            result, found[0] if found else None, dataset.project.languages, dataset.prefixes
        )
        yield replace(finding, related=tuple(found[1:]))


def _weighed(dataset: Dataset, findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Give findings the severity the project wants; those that are off are left out."""
    wanted = dataset.project.rules
    for finding in findings:
        severity = wanted.get(finding.code)
        if severity != "off":
            yield replace(finding, severity=Severity(severity)) if severity else finding
