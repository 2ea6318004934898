"""What the triples of a dataset make use of, noted while they are read.

The rules are told it as facts, so that none of them has to look through all triples for the few
that it is about.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from lod.checks.lint.label_keys import Labels
from lod.checks.lint.vocabularies import namespace_of
from lod.dataset import Role, SourceFile
from lod.rdf.namespaces import LINKS, PREFERRED_LABELS, RDF, RDFS, SCHEMA, SH

MOST_NAMES = 10_000
"""Names of one namespace that are kept: where there are more, they are no vocabulary's terms."""


_NOTHING, _TYPE, _LABEL, _LINK, _SHAPE = range(5)
"""What a triple is looked at for, by its property."""

# What others have, which may stand in a file of its own.
_LINKS = (
    *(RDFS.subClassOf, RDFS.subPropertyOf, SCHEMA.sameAs),
    NamedNode("http://schema.org/sameAs"),
    *LINKS,
)
_OF_SHAPES = (
    SH.targetClass,
    SH.targetNode,
    SH.targetSubjectsOf,
    SH.targetObjectsOf,
    SH.property,
)
_KINDS = {
    str(RDF.type): _TYPE,
    **{f"<{label}>": _LABEL for label in PREFERRED_LABELS},
    **dict.fromkeys(map(str, _LINKS), _LINK),
    **dict.fromkeys(map(str, _OF_SHAPES), _SHAPE),
}
_SHAPE_CLASSES = {str(SH.NodeShape), str(SH.PropertyShape)}
_SHARED = {Role.DATA, Role.ONTOLOGY}
_NOTED = {*_SHARED, Role.SEPARATE}
_SCHEME = re.compile(r"^https?:/*(www\.)?", re.IGNORECASE)


class Usage:
    """What is noted of triples that are shown one by one, file by file.

    Terms are canonical N-Triples: reading these is quicker than asking each term for its parts.

    :param base: what begins the IRIs of the project.
    :param files: all there are.
    """

    def __init__(self, base: str = "", files: Iterable[SourceFile] = ()) -> None:
        self.properties: set[str] = set()
        """What triples have for their property."""
        self.all_properties: set[str] = set()
        """Those of the shapes' files with them; of these nothing else is noted."""
        self.classes: set[str] = set()
        """What something is an instance of."""
        self.values: defaultdict[str, set[str]] = defaultdict(set)
        """By their namespace, values that are IRIs not below the base; not all of very many."""
        self.near_base: set[str] = set()
        """IRIs that begin as the base does but for ``https``, ``www.`` or capitals; not all."""
        self.documents: set[str] = set()
        """IRIs below the base without the fragment that something described has."""
        self.shapes: defaultdict[str, set[str]] = defaultdict(set)
        """By file, what is described as a shape in a file that is not the shapes'."""
        self.labels = Labels()
        self._own = f"<{base}"
        self._bare = bare(base).lower()
        self._kinds: dict[str, int] = {}
        self._files: dict[str, str] = {}
        self._shared: dict[str, set[str]] = {}
        self._file = ""
        self._is_noted = self._is_shared = False
        self._is_divided = len({file.name for file in files if file.role in _SHARED}) > 1
        self._awaited = ""

    def open(self, file: SourceFile) -> None:
        """Begin with the triples of another file."""
        self._file = file.name
        self._kinds = {}
        self._is_noted = file.role in _NOTED
        self._is_shared = self._is_divided and file.role in _SHARED
        self._awaited = ""

    def begin(self, subject: str) -> None:
        """Begin with the triples of another subject."""
        self._awaited = subject if self._is_shared and subject[0] == "<" else ""
        if subject.startswith(self._own):
            if "#" in subject:
                self.documents.add(subject[: subject.index("#")] + ">")
        elif self._is_noted and subject[0] == "<":
            self._note_near(subject)

    def note(self, subject: str, predicate: str, value: str) -> None:
        """Take note of a triple, of the subject that was begun last."""
        kind = self._kinds.get(predicate)
        if kind is None:
            kind = self._kinds[predicate] = _KINDS.get(predicate, _NOTHING)
            self.all_properties.add(predicate)
            if self._is_noted:
                self.properties.add(predicate)
        if not self._is_noted:
            return
        if self._awaited and kind != _LINK:
            self._stands_here(self._awaited)
            self._awaited = ""
        if value[0] == "<" and not value.startswith(self._own):
            self._note_other(value)
        if kind:
            self._note_kind(kind, subject, value)

    def described(self) -> Iterator[tuple[str, str]]:
        """Yield what is described in more than one file of data and ontology, with each of them.

        A link to what others have is no description.
        """
        for subject in sorted(self._shared):
            for file in sorted(self._shared[subject]):
                yield subject, file

    def _stands_here(self, subject: str) -> None:
        first = self._files.setdefault(subject, self._file)
        if first != self._file:
            self._shared.setdefault(subject, {first}).add(self._file)

    def _note_kind(self, kind: int, subject: str, value: str) -> None:
        if kind == _TYPE and value[0] != '"':
            self.classes.add(value)
        elif kind == _LABEL and value[0] == '"':
            self.labels.note(value)
        is_shape = kind == _SHAPE or (kind == _TYPE and value in _SHAPE_CLASSES)
        if is_shape and subject[0] == "<":
            self.shapes[self._file].add(subject)

    def _note_other(self, value: str) -> None:
        if value.startswith("<<"):
            return
        names = self.values[namespace_of(value[1:])]
        if value not in names and len(names) < MOST_NAMES:
            names.add(value)
            self._note_near(value)

    def _note_near(self, iri: str) -> None:
        is_near = iri[1:5].lower() == "http" and bare(iri[1:]).lower().startswith(self._bare)
        if is_near and len(self.near_base) < MOST_NAMES:
            self.near_base.add(iri)


def bare(iri: str) -> str:
    """Return an IRI without what begins all that are addresses.

    >>> bare("https://www.data.example/tree")
    'data.example/tree'
    """
    return _SCHEME.sub("", iri)
