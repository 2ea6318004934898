"""One pass over all files of a dataset: what is wrong with them, and what the checks need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from tempfile import TemporaryFile
from typing import BinaryIO, TypeGuard

from pyoxigraph import BlankNode, DefaultGraph, Literal, Quad, Triple

from lod.checks.lint.usage import Usage
from lod.dataset import Dataset, Role, SourceFile
from lod.diagnostics import Diagnostic, Location, Severity
from lod.engine.payload import no_room
from lod.rdf.formats import N_TRIPLES, TURTLE
from lod.rdf.namespaces import OWL, RDF, RDFS, SH
from lod.rdf.terms import LANGUAGE_STRINGS, XSD_STRING

# Terms as N-Triples has them.
_TYPE = str(RDF.type)
_ONTOLOGY = str(OWL.Ontology)
_SHAPE_CLASSES = {str(SH.NodeShape), str(SH.PropertyShape)}
_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf, SH.target)
_SHAPE_PREDICATES = {str(SH.path), *map(str, _TARGETS)}
_CLASSES = (RDF.Property, RDFS.Class, RDFS.Datatype, OWL.Class)
_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
_TERM_CLASSES = {*map(str, _CLASSES), *map(str, _PROPERTIES)}
_WITHOUT_GRAPHS = (TURTLE, N_TRIPLES)
"""Formats whose triples all are in the default graph."""
_PLAIN = {XSD_STRING, *LANGUAGE_STRINGS}
_NOT_PUBLISHABLE = (")>>", "--ltr", "--rtl")
"""How the text of a value ends that cannot be published: triple terms, base directions."""
_UNPUBLISHABLE = {
    "rdf/triple-term": "RDF 1.2 triple terms cannot be published yet.",
    "rdf/direction": "RDF 1.2 texts with a base direction cannot be published yet.",
    "rdf/blank-graph": "A graph must have an IRI for its name, not a blank node.",
}

Batches = Iterator[tuple[list[Quad], str]]
"""Quads with their lines of N-Quads, many at once."""

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
        self._shapes: set[str] = set()
        self._spool: BinaryIO = TemporaryFile()  # noqa: SIM115 - closed with the reading
        self._sizes: Counter[SourceFile] = Counter()
        self._judge = judge
        self._judged: dict[str, bool] = {}
        self._read()

    def _read(self) -> None:
        try:
            for file, batches in self._dataset.lines(self.findings.append):
                self._read_file(file, batches)
            self._spool.flush()
        except OSError as error:
            self.close()
            raise no_room(error) from error

    def _read_file(self, file: SourceFile, batches: Batches) -> None:
        """Note what one file says; done for each triple of millions, it is kept short."""
        last = ""
        refused: set[str] = set()
        is_described = file.role in {Role.SHAPES, Role.ONTOLOGY}
        usage = self.usage
        note = usage.note
        usage.open(file)
        for quad, line in self._spooled(file, batches, refused):
            # The text of a triple is quicker to take apart than the triple.
            subject, predicate, rest = line.split(" ", 2)
            value = rest[:-2]
            if subject != last:
                last = subject
                usage.begin(subject)
            note(subject, predicate, value)
            if value[-1] == ">" and value[0] == '"':
                self._suspect(file, quad, value)
            if value.endswith(_NOT_PUBLISHABLE):
                refused.update(_unpublishable(quad.object))
            if is_described:
                self._note(file.role, subject, predicate, value)
        for code in sorted(refused):
            message = _UNPUBLISHABLE[code]
            self.findings.append(Diagnostic(code, Severity.ERROR, message, Location(file.name)))

    def _spooled(
        self, file: SourceFile, batches: Batches, refused: set[str]
    ) -> Iterator[tuple[Quad, str]]:
        """Yield each quad with its line of N-Triples, once that is kept.

        :param refused: gets the codes of what is wrong with the names of graphs.
        """
        for quads, lines in batches:
            text = lines
            if file.format not in _WITHOUT_GRAPHS:
                text = _triples(quads, lines)
                if any(isinstance(quad.graph_name, BlankNode) for quad in quads):
                    refused.add("rdf/blank-graph")
            self.triples[file.name] += len(quads)
            self._sizes[file] += self._spool.write(text.encode())
            yield from zip(quads, text.split("\n"), strict=False)  # nothing is behind the last

    def _note(self, role: Role, subject: str, predicate: str, value: str) -> None:
        if role is Role.SHAPES:
            if predicate in _SHAPE_PREDICATES or (predicate == _TYPE and value in _SHAPE_CLASSES):
                self._shapes.add(subject)  # a type, a target or a path makes it one (SHACL §2.1)
        elif predicate == _TYPE and subject[0] == "<":
            self.defined.add(subject[1:-1])
            if value in _TERM_CLASSES:
                self.terms.add(subject[1:-1])
            elif value == _ONTOLOGY:
                self.ontologies.add(subject[1:-1])

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


def _triples(quads: list[Quad], lines: str) -> str:
    """Return the lines of quads without the names of their graphs."""
    return "".join(
        f"{line}\n"
        if isinstance(quad.graph_name, DefaultGraph)
        else f"{line.rsplit(' ', 2)[0]} .\n"
        for quad, line in zip(quads, lines.split("\n"), strict=False)  # nothing behind the last
    )


def _is_typed(value: object) -> TypeGuard[Literal]:
    return isinstance(value, Literal) and value.datatype.value not in _PLAIN


def _unpublishable(value: object) -> tuple[str, ...]:
    """Return the codes of what not every published format and engine can hold."""
    if isinstance(value, Triple):
        return ("rdf/triple-term",)
    if isinstance(value, Literal) and value.direction is not None:
        return ("rdf/direction",)
    return ()
