"""One pass over all files of a dataset: what is wrong with them, and what the checks need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from tempfile import TemporaryFile
from typing import BinaryIO

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from lod.dataset import Dataset, Role, SourceFile
from lod.diagnostics import Diagnostic, Location, Severity
from lod.rdf.namespaces import RDF, SH
from lod.rdf.terms import LANGUAGE_STRINGS, XSD_STRING

_SHAPE_CLASSES = {SH.NodeShape, SH.PropertyShape}
_SHAPE_PREDICATES = {
    SH.targetClass,
    SH.targetNode,
    SH.targetSubjectsOf,
    SH.targetObjectsOf,
    SH.target,
    SH.path,
}
_PLAIN = {XSD_STRING, *LANGUAGE_STRINGS}

JudgeLiteral = Callable[[Literal], bool]
"""Whether something is wrong with a literal that has a datatype."""


class Reading:
    """What one pass over all files found.

    The triples are kept in a temporary file, file by file, as N-Triples with the labels of blank
    nodes they had in this pass.

    :param judge: is asked once for each different literal with a datatype.
    """

    def __init__(self, dataset: Dataset, judge: JudgeLiteral | None = None) -> None:
        self.findings: list[Diagnostic] = []
        self.triples: Counter[str] = Counter()
        self.suspects: list[tuple[SourceFile, Quad]] = []
        """Triples whose literal was judged wrong."""
        self.defined: set[str] = set()
        """IRIs of what the ontology describes."""
        self._dataset = dataset
        self._shapes: set[NamedNode | BlankNode | Triple] = set()
        self._spool: BinaryIO = TemporaryFile()  # noqa: SIM115 - closed with the reading
        self._sizes: Counter[str] = Counter()
        self._judge = judge
        self._judged: dict[str, bool] = {}
        self._read()

    def _read(self) -> None:
        refused: set[tuple[str, str]] = set()
        for file, quad in self._dataset.quads(self.findings.append):
            self.triples[file.name] += 1
            for code, message in _unpublishable(quad):
                if (file.name, code) not in refused:
                    refused.add((file.name, code))
                    self.findings.append(
                        Diagnostic(code, Severity.ERROR, message, Location(file.name))
                    )
            self._note(file.role, quad)
            self._sizes[file.name] += self._spool.write(f"{quad.triple} .\n".encode())
            value = quad.object
            if isinstance(value, Literal) and value.datatype.value not in _PLAIN:
                self._suspect(file, quad, value)

    def _note(self, role: Role, quad: Quad) -> None:
        if role is Role.SHAPES and _makes_a_shape(quad):
            self._shapes.add(quad.subject)
            return
        is_defined = role is Role.ONTOLOGY and quad.predicate == RDF.type
        if is_defined and isinstance(quad.subject, NamedNode):
            self.defined.add(quad.subject.value)

    def _suspect(self, file: SourceFile, quad: Quad, value: Literal) -> None:
        if self._judge is None:
            return
        key = str(value)
        wrong = self._judged.get(key)
        if wrong is None:
            wrong = self._judged[key] = self._judge(value)
        if wrong:
            self.suspects.append((file, quad))

    @property
    def shape_count(self) -> int:
        """How many shapes there are."""
        return len(self._shapes)

    def text(self, wanted: Callable[[Role], bool]) -> bytes:
        """Return the N-Triples of all files in a role."""
        self._spool.seek(0)
        pieces = []
        for file, size in self.sizes():
            piece = self._spool.read(size)
            if wanted(file.role):
                pieces.append(piece)
        return b"".join(pieces)

    def sizes(self) -> Iterator[tuple[SourceFile, int]]:
        """Yield each file with how many bytes of N-Triples it gave, in the order of the spool."""
        return ((file, self._sizes[file.name]) for file in self._dataset.files)

    def rewound(self) -> BinaryIO:
        """Return the N-Triples of all files, to be read from the start."""
        self._spool.seek(0)
        return self._spool

    def close(self) -> None:
        """Give back the room on the disk."""
        self._spool.close()


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
