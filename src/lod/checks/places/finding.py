"""Find where in the project's files stands what a finding speaks of.

The files are read again, and of them only the statements that matter: a project without findings
does not pay for places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lod.checks.places.index import Asked, Mentioning, PlaceIndex, Said
from lod.checks.places.literals import ways_to_literals
from lod.checks.places.names import ancestors, author_label, name_of
from lod.checks.places.paths import Path, Walk, read_path, walk
from lod.dataset import Dataset, parse_file
from lod.diagnostics import Location
from lod.rdf.terms import is_blank, is_iri, is_literal

_MOST_READINGS = 4
"""How often to look for single statements before all are read: a path may lead on and on."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What a finding is about: an entity, one of its properties, one of the values.

    Terms are canonical N-Triples text, the path is a SPARQL property path, ``file`` is the name
    of the only file to look in. A literal stands in many places: for one, ``shape`` is the shape
    that looks at it.
    """

    focus: str
    path: str | None = None
    value: str | None = None
    file: str | None = None
    shape: str | None = None


class Places:
    """Where things are that findings are about, file by file in their order.

    :param mentioning: returns the files that say something with one of some IRIs, where that is
        known without reading them again.
    """

    def __init__(
        self, dataset: Dataset, sought: Sequence[Sought], mentioning: Mentioning | None = None
    ) -> None:
        self._dataset = dataset
        self._prefixes = dataset.prefixes
        self._index = PlaceIndex(dataset, mentioning)
        self._asked: set[tuple[str | None, str, bool]] = set()
        self._has_all = False
        self._paths: dict[str, Path | None] = {}
        self._read([each for each in dict.fromkeys(sought) if _is_node(each.focus)])
        self._ways = self._ways_to_literals(sought)
        self._files = self._unplaced({each.focus for each in sought})

    def name(self, focus: str) -> str | None:
        """Return what to call a blank node by the path to it, None when nothing is known of it."""
        return name_of(focus, self._index, self._prefixes) if is_blank(focus) else None

    def of(self, sought: Sought) -> list[Location]:
        """Return the places of what was sought, the one to go to first.

        A value has its own place; a property without a value to blame, itself and the places of
        all its values; what is missing, the end of the path as far as there is one, then the
        place where the entity is described.
        """
        found = self._of_value(sought) or self._of_entity(sought)
        places = list(dict.fromkeys(found))
        if places:
            return places
        if sought.file is not None:
            return [Location(sought.file)]
        return [Location(name) for name in self._files.get(sought.focus, ())]

    def _of_value(self, sought: Sought) -> list[Location]:
        path, value = self._path(sought), sought.value
        if path is not None:
            if value == sought.focus and path.end in path.closed(0):
                return []
            walked = self._walk(path, sought)
            ends = walked.ends
            said = [each for each, node in ends if node == value]
            if said:
                return self._objects(said)
            said = [each for each, _ in ends or walked.last]
            if said:
                first = min(said, key=lambda each: each.position)
                return [self._index.location(first, first.predicate_at), *self._objects(said)]
        elif value is not None and value != sought.focus:
            about = self._index.about(sought.focus, sought.file)
            return self._objects(each for each in about if each.object == value)
        return []

    def _of_entity(self, sought: Sought) -> list[Location]:
        """Return where it is first described in each file, or else where it is first mentioned."""
        about = self._index.about(sought.focus, sought.file)
        first: dict[int, Said] = {}
        for each in sorted(about, key=lambda each: (each.file, each.subject_at)):
            first.setdefault(each.file, each)
        if first:
            return [self._index.location(each, each.subject_at) for each in first.values()]
        leading = self._index.leading_to(sought.focus, sought.file)
        if is_literal(sought.focus):
            ways = self._ways.get(sought.shape, ())
            return self._objects(each for each in leading if each.predicate in ways)
        return self._objects(leading[:1])

    def _objects(self, said: Iterable[Said]) -> list[Location]:
        ordered = sorted(said, key=lambda each: each.position)
        return [self._index.location(each, each.object_at) for each in ordered]

    # Paths

    def _path(self, sought: Sought) -> Path | None:
        text = sought.path
        if text is None:
            return None
        if text not in self._paths:
            self._paths[text] = read_path(text)
        return self._paths[text]

    def _walk(self, path: Path, sought: Sought) -> Walk[Said]:
        def triples(node: str, predicate: str, is_inverse: bool) -> list[tuple[Said, str]] | None:
            if not self._is_known(node, sought.file, is_inverse=is_inverse):
                return None
            if is_inverse:
                said = self._index.leading_to(node, sought.file)
                return [(each, each.subject) for each in said if each.predicate == predicate]
            said = self._index.about(node, sought.file)
            return [(each, each.object) for each in said if each.predicate == predicate]

        return walk(path, sought.focus, triples)

    # Reading

    def _read(self, sought: Sequence[Sought]) -> None:
        for _ in range(_MOST_READINGS):
            asked, in_files = Asked(), defaultdict[str, Asked](Asked)
            for file, node, is_inverse in set(self._needs(sought)):
                self._asked.add((file, node, is_inverse))
                wanted = asked if file is None else in_files[file]
                (wanted.objects if is_inverse else wanted.subjects).add(node)
            if not asked.subjects and not asked.objects and not in_files:
                return
            self._index.read(asked, in_files)
        if any(True for _ in self._needs(sought)):
            paths = [path for path in self._paths.values() if path is not None]
            self._index.read_all({step[1] for path in paths for step in path.steps})
            self._has_all = True

    def _ways_to_literals(self, sought: Sequence[Sought]) -> dict[str | None, set[str]]:
        """Return, by shape, the properties whose values it looks at; read what has them."""
        shapes = {each.shape for each in sought if is_literal(each.focus) and each.shape}
        if not shapes:
            return {}
        self._index.read(Asked(shapes, shapes), {})
        ways: dict[str | None, set[str]] = {
            shape: ways_to_literals(shape, self._index) for shape in shapes
        }
        self._index.read_all(set().union(*ways.values()))
        return ways

    def _needs(self, sought: Iterable[Sought]) -> Iterator[tuple[str | None, str, bool]]:
        """Yield what is to be read: in which file, of which node, whether what leads to it."""
        for each in sought:
            if not self._is_known(each.focus, each.file, is_inverse=False):
                yield each.file, each.focus, False
            elif not self._index.about(each.focus, each.file):
                yield from self._unknown(each.focus, each.file)
            path = self._path(each)
            if path is not None and not path.is_property:
                for need in self._walk(path, each).needs:
                    yield each.file, need.node, need.is_inverse
            for node in (each.focus, each.value):
                root = ancestors(node, self._index)[1] if node is not None else ""
                if is_blank(root):
                    yield from self._unknown(root, None)

    def _unknown(self, node: str, file: str | None) -> Iterator[tuple[str | None, str, bool]]:
        if not self._is_known(node, file, is_inverse=True):
            yield file, node, True

    def _is_known(self, node: str, file: str | None, *, is_inverse: bool) -> bool:
        """Whether all is read that is said of a node, or that leads to it."""
        if self._has_all or not _is_node(node):
            return True
        if {(None, node, is_inverse), (file, node, is_inverse)} & self._asked:
            return True
        if is_blank(node) and author_label(node) is None:  # all stands in one statement
            return bool(self._index.about(node) or self._index.leading_to(node))
        return False

    def _unplaced(self, foci: set[str]) -> dict[str, list[str]]:
        """Return the names of files that say something of a focus, nobody knows where."""
        names: defaultdict[str, list[str]] = defaultdict(list)
        for number, file in self._index.unread.items():
            for quad in parse_file(file, f"f{number}x", lambda _: None, {}):
                subject = str(quad.subject)
                if subject in foci and file.name not in names[subject]:
                    names[subject].append(file.name)
        for focus in foci:
            if is_blank(focus) and (home := self._dataset.file_of(focus[2:])):
                names[focus] = [home.name]
        return names


def _is_node(term: str) -> bool:
    return is_iri(term) or is_blank(term)
