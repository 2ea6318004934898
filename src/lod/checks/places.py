"""Find where in the project's files stands what a validation result speaks of.

Only the files that say something of an entity with a finding are read again, so that a project
without findings does not pay for places.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from lod.dataset import Dataset, SourceFile
from lod.diagnostics import Location
from lod.rdf.formats import N_QUADS
from lod.rdf.scanner import NotScannableError, PlacedTriple, Span, scan
from lod.rdf.terms import is_iri


@dataclass(frozen=True, slots=True)
class Sought:
    """What a finding is about: an entity, one of its properties, one of the values."""

    focus: str
    path: str | None = None
    value: str | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """A triple about an entity with a finding, and the places of its terms."""

    predicate: str
    object: str
    subject_at: Location
    predicate_at: Location
    object_at: Location


class Places:
    """Where the entities of some results are described, file by file in their order."""

    def __init__(self, dataset: Dataset, sought: Sequence[Sought]) -> None:
        self._files: defaultdict[str, list[str]] = defaultdict(list)
        self._said: defaultdict[str, list[_Said]] = defaultdict(list)
        foci = {each.focus for each in sought}
        files = self._find_files(dataset, foci)
        for file in files:
            for subject, said in _read(file, foci):
                self._said[subject].append(said)

    def _find_files(self, dataset: Dataset, foci: Collection[str]) -> list[SourceFile]:
        """Note which files say something of the foci, and return these files."""
        found: dict[str, SourceFile] = {}
        for focus in foci:
            if focus.startswith("_:") and (file := dataset.file_of(focus[2:])):
                self._files[focus].append(file.name)
        if any(is_iri(focus) for focus in foci):
            for file, quad in dataset.quads(lambda _: None):
                subject = str(quad.subject)
                if subject in foci and file.name not in self._files[subject]:
                    self._files[subject].append(file.name)
                    found[file.name] = file
        return [found[name] for name in sorted(found)]

    def name(self, focus: str) -> str | None:
        """Return what to call a blank node, None when nothing is known of it."""
        return None

    def of(self, result: Sought) -> list[Location]:
        """Return the places of a result, the one to go to first.

        A value has its own place; a property without a value to blame, the places of all its
        values; what is missing, the place where the entity is described.
        """
        places = _places(self._said[result.focus], result)
        return places or [Location(name) for name in self._files[result.focus]]


def _places(said: Sequence[_Said], result: Sought) -> list[Location]:
    path = result.path if result.path and is_iri(result.path) else None
    if result.value is not None and (path is not None or result.value != result.focus):
        values = [
            each.object_at
            for each in said
            if each.object == result.value and path in {None, each.predicate}
        ]
        if values:
            return values
    if path is not None:
        with_path = [each for each in said if each.predicate == path]
        if with_path:
            return [with_path[0].predicate_at, *(each.object_at for each in with_path)]
    first: dict[str, Location] = {}
    for each in said:
        first.setdefault(each.subject_at.path, each.subject_at)
    return list(first.values())


def _read(file: SourceFile, foci: Collection[str]) -> Iterator[tuple[str, _Said]]:
    """Yield what a file says of the foci; nothing where its places cannot be found."""
    if file.format is N_QUADS:
        return
    try:
        text = file.path.read_bytes().decode("utf-8")
        triples = [each for each in scan(text, file.graph) if each.subject.term in foci]
    except (OSError, UnicodeDecodeError, NotScannableError):
        return  # not ours to read, or changed since it was found valid
    yield from _located(file.name, text, triples)


def _located(name: str, text: str, triples: Iterable[PlacedTriple]) -> Iterator[tuple[str, _Said]]:
    lines = [0]
    lines.extend(index + 1 for index, character in enumerate(text) if character == "\n")

    def place(span: Span) -> Location:
        start = bisect_right(lines, span.start) - 1
        end = bisect_right(lines, span.end) - 1
        return Location(
            name, start + 1, span.start - lines[start] + 1, end + 1, span.end - lines[end] + 1
        )

    for each in triples:
        yield (
            each.subject.term,
            _Said(
                each.predicate.term,
                each.object.term,
                place(each.subject.span),
                place(each.predicate.span),
                place(each.object.span),
            ),
        )
