"""One pass over all files of a dataset: what is wrong with them, and what the checks need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from itertools import chain, groupby
from tempfile import TemporaryFile
from typing import BinaryIO, TypeGuard

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from lod.checks.lint.usage import Usage
from lod.dataset import Dataset, Role, SourceFile
from lod.diagnostics import Diagnostic, Location, Severity
from lod.engine.payload import no_room
from lod.rdf.namespaces import OWL, RDF, RDFS, SH
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
_TERM_CLASSES = {
    RDF.Property,
    RDFS.Class,
    RDFS.Datatype,
    OWL.Class,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.AnnotationProperty,
}
_PLAIN = {XSD_STRING, *LANGUAGE_STRINGS}
_NOT_PUBLISHABLE = (")>>", "--ltr", "--rtl")
"""How the text of a value ends that cannot be published: triple terms, base directions."""
_UNPUBLISHABLE = {
    "rdf/triple-term": "RDF 1.2 triple terms cannot be published yet.",
    "rdf/direction": "RDF 1.2 texts with a base direction cannot be published yet.",
    "rdf/blank-graph": "A graph must have an IRI for its name, not a blank node.",
}

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
        self.terms: set[str] = set()
        """IRIs of the classes, properties and datatypes among them."""
        self.ontologies: set[str] = set()
        """IRIs of the ontologies themselves."""
        self.usage = Usage(dataset.project.base, dataset.files)
        self._dataset = dataset
        self._shapes: set[NamedNode | BlankNode | Triple] = set()
        self._spool: BinaryIO = TemporaryFile()  # noqa: SIM115 - closed with the reading
        self._sizes: Counter[SourceFile] = Counter()
        self._judge = judge
        self._judged: dict[str, bool] = {}
        self._read()

    def _read(self) -> None:
        pairs = self._dataset.quads(self.findings.append)
        try:
            for _, group in groupby(pairs, key=lambda pair: id(pair[0])):
                first = next(group)
                self._read_file(first[0], (quad for _, quad in chain((first,), group)))
            self._spool.flush()
        except OSError as error:
            self.close()
            raise no_room(error) from error

    def _read_file(self, file: SourceFile, quads: Iterable[Quad]) -> None:
        """Note what one file says; done for each triple of millions, it is kept short."""
        count = size = 0
        last = ""
        refused: set[str] = set()
        is_described = file.role in {Role.SHAPES, Role.ONTOLOGY}
        write, usage = self._spool.write, self.usage
        usage.open(file)
        for quad in quads:
            count += 1
            # The text of a quad is quicker to take apart than the quad.
            subject, predicate, rest = str(quad).split(" ", 2)
            value, _, graph = rest.rpartition(" ")
            size += write(f"{subject} {predicate} {value} .\n".encode())
            if subject != last:
                last = subject
                usage.begin(subject)
            usage.note(subject, predicate, value)
            if value[-1] == ">" and value[0] == '"':
                self._suspect(file, quad, value)
            if value.endswith(_NOT_PUBLISHABLE) or graph[0] == "_":
                refused.update(_unpublishable(quad.graph_name, quad.object))
            if is_described:
                self._note(file.role, quad)
        for code in sorted(refused):
            message = _UNPUBLISHABLE[code]
            self.findings.append(Diagnostic(code, Severity.ERROR, message, Location(file.name)))
        self.triples[file.name] += count
        self._sizes[file] += size

    def _note(self, role: Role, quad: Quad) -> None:
        if role is Role.SHAPES and _makes_a_shape(quad):
            self._shapes.add(quad.subject)
            return
        is_defined = role is Role.ONTOLOGY and quad.predicate == RDF.type
        if is_defined and isinstance(quad.subject, NamedNode):
            self.defined.add(quad.subject.value)
            if quad.object in _TERM_CLASSES:
                self.terms.add(quad.subject.value)
            elif quad.object == OWL.Ontology:
                self.ontologies.add(quad.subject.value)

    def _suspect(self, file: SourceFile, quad: Quad, text: str) -> None:
        if self._judge is None:
            return
        wrong = self._judged.get(text)
        if wrong is None:
            wrong = self._judged[text] = _is_typed(quad.object) and self._judge(quad.object)
        if wrong:
            self.suspects.append((file, quad))

    @property
    def shape_count(self) -> int:
        """How many shapes there are."""
        return len(self._shapes)

    def text(self, wanted: Callable[[Role], bool]) -> bytes:
        """Return the N-Triples of all files in a role."""
        spool, pieces = self.rewound(), []
        for file, size in self.sizes():
            piece = spool.read(size)
            if wanted(file.role):
                pieces.append(piece)
        return b"".join(pieces)

    def mentioning(self, terms: Collection[str]) -> set[SourceFile]:
        """Return the files that say something with one of these terms, in N-Triples."""
        sought = [term.encode() for term in terms]
        spool = self.rewound()
        found = set()
        for file, size in self.sizes():
            piece = spool.read(size)
            if any(term in piece for term in sought):
                found.add(file)
        return found

    def sizes(self) -> Iterator[tuple[SourceFile, int]]:
        """Yield each file with how many bytes of N-Triples it gave, in the order of the spool."""
        return ((file, self._sizes[file]) for file in self._dataset.files)

    def rewound(self) -> BinaryIO:
        """Return the N-Triples of all files, to be read from the start."""
        self._spool.seek(0)
        return self._spool

    def close(self) -> None:
        """Give back the room on the disk."""
        with suppress(OSError):  # what could not be written is not missed
            self._spool.close()


def _makes_a_shape(quad: Quad) -> bool:
    """Whether a triple makes its subject a shape (SHACL §2.1): a type, a target or a path."""
    if quad.predicate == RDF.type:
        return quad.object in _SHAPE_CLASSES
    return quad.predicate in _SHAPE_PREDICATES


def _is_typed(value: object) -> TypeGuard[Literal]:
    return isinstance(value, Literal) and value.datatype.value not in _PLAIN


def _unpublishable(graph: object, value: object) -> tuple[str, ...]:
    """Return the codes of what not every published format and engine can hold."""
    codes: tuple[str, ...] = ()
    if isinstance(value, Triple):
        codes = ("rdf/triple-term",)
    elif isinstance(value, Literal) and value.direction is not None:
        codes = ("rdf/direction",)
    return codes if isinstance(graph, NamedNode) else (*codes, "rdf/blank-graph")
