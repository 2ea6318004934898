"""What the files say of the nodes that findings are about, and where they say it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Set
from dataclasses import dataclass, field

from lod.dataset import Dataset, SourceFile
from lod.diagnostics import Location
from lod.rdf.formats import N_QUADS, N_TRIPLES, TRIG, TURTLE
from lod.rdf.lines import Lines
from lod.rdf.scanner import NotScannableError, Placed, PlacedTriple, Span, scan, triple_term
from lod.rdf.terms import is_blank

_SCANNED = {TURTLE, TRIG, N_TRIPLES, N_QUADS}
_FEW = 20
"""Looking so many nodes up in what is known of the files takes less than reading the files."""

Mentioning = Callable[[Collection[str]], Set[SourceFile]]
_LABEL = re.compile(r"_:f([0-9]+)x(.*)")


@dataclass(frozen=True, slots=True)
class Said:
    """A triple, and where its terms stand in the file with this number."""

    file: int
    subject: str
    predicate: str
    object: str
    subject_at: Span
    predicate_at: Span
    object_at: Span

    @property
    def position(self) -> tuple[int, Span]:
        """What puts triples in the order of the files."""
        return self.file, self.object_at


@dataclass(frozen=True, slots=True)
class Asked:
    """Nodes: statements about the subjects and those that mention the objects are wanted."""

    subjects: set[str] = field(default_factory=set)
    objects: set[str] = field(default_factory=set)

    def __or__(self, other: Asked) -> Asked:
        return Asked(self.subjects | other.subjects, self.objects | other.objects)

    def in_file(self, number: int) -> Asked:
        """Return IRIs and the blank nodes of one file, these with the labels they have there."""
        return Asked(_in_file(self.subjects, number), _in_file(self.objects, number))


class PlaceIndex:
    """Triples that were found, by subject and by object."""

    def __init__(self, dataset: Dataset, mentioning: Mentioning | None = None) -> None:
        self._dataset = dataset
        self._mentioning = mentioning
        # Sets that keep their order: a statement may be read more than once.
        self._about: defaultdict[str, dict[Said, None]] = defaultdict(dict)
        self._leading: defaultdict[str, dict[Said, None]] = defaultdict(dict)
        self._lines: dict[int, Lines] = {}
        self.unread: dict[int, SourceFile] = {}
        """Files whose places cannot be found."""

    def about(self, node: str, file: str | None = None) -> list[Said]:
        """Return the triples with a subject, in the order of the files.

        :param file: the name of the only file to look at, None for all.
        """
        return self._sorted(self._about.get(node, ()), file)

    def leading_to(self, node: str, file: str | None = None) -> list[Said]:
        """Return the triples with an object, likewise."""
        return self._sorted(self._leading.get(node, ()), file)

    def location(self, said: Said, span: Span) -> Location:
        """Return the place of a term of a triple."""
        return self._lines[said.file].location(span)

    def read(self, asked: Asked, in_files: dict[str, Asked]) -> None:
        """Find the statements asked for.

        :param in_files: what is asked of one file only.
        """
        holding = self._holding(asked, in_files)
        for number, file in enumerate(self._dataset.files):
            own = (asked | in_files.get(file.name, Asked())).in_file(number)
            if (own.subjects or own.objects) and (holding is None or file in holding):
                self._read(number, file, own)

    def _holding(self, asked: Asked, in_files: dict[str, Asked]) -> Set[SourceFile] | None:
        """Return the files to look at, None for all: a few IRIs are looked up before."""
        each = (asked, *in_files.values())
        nodes: set[str] = set().union(*(one.subjects | one.objects for one in each))
        if self._mentioning is None or len(nodes) > _FEW or any(map(is_blank, nodes)):
            return None
        return self._mentioning(nodes)

    def read_all(self, predicates: Collection[str]) -> None:
        """Find all triples with one of these properties."""
        for number, file in enumerate(self._dataset.files):
            self._read(number, file, None, predicates)

    def _read(
        self,
        number: int,
        file: SourceFile,
        asked: Asked | None,
        predicates: Collection[str] | None = None,
    ) -> None:
        if number in self.unread:
            return
        try:
            text = _text(file)
            triples = list(_scanned(file, text, asked))
        except (OSError, UnicodeDecodeError, NotScannableError):
            self.unread[number] = file  # or it changed since it was found valid
            return
        if triples and number not in self._lines:
            self._lines[number] = Lines(file.name, text)
        for each in triples:
            if predicates is None or each.predicate.term in predicates:
                self._note(number, each)

    def _note(self, number: int, triple: PlacedTriple) -> None:
        subject, predicate, value = triple.subject, triple.predicate, triple.object
        said = Said(
            number,
            _scoped(subject, number),
            predicate.term,
            _scoped(value, number),
            subject.span,
            predicate.span,
            value.span,
        )
        self._about[said.subject][said] = None
        self._leading[said.object][said] = None

    def _sorted(self, found: Collection[Said], file: str | None) -> list[Said]:
        files = self._dataset.files
        wanted = [each for each in found if file is None or files[each.file].name == file]
        return sorted(wanted, key=lambda each: each.position)


def _text(file: SourceFile) -> str:
    if file.format not in _SCANNED:
        raise NotScannableError(file.format.name)
    text = file.path.read_bytes().decode("utf-8")
    return f" {text[1:]}" if text.startswith("\ufeff") else text


def _scanned(file: SourceFile, text: str, asked: Asked | None) -> Iterator[PlacedTriple]:
    is_lines = file.format in {N_TRIPLES, N_QUADS}
    if asked is None:
        return scan(text, file.graph, is_lines=is_lines)
    return scan(text, file.graph, asked.subjects, asked.objects, is_lines=is_lines)


def _in_file(nodes: Set[str], number: int) -> set[str]:
    found: set[str] = set()
    for node in nodes:
        if not node.startswith("_:"):
            found.add(node)
        elif (label := _LABEL.fullmatch(node)) and int(label[1]) == number:
            found.add(f"_:{label[2]}")
    return found


def _scoped(placed: Placed, number: int) -> str:
    """Return a term as the dataset calls it."""
    if placed.parts:
        return triple_term([_scoped(each, number) for each in placed.parts])
    if placed.term.startswith("_:"):
        return f"_:f{number}x{placed.term[2:]}"
    return placed.term
