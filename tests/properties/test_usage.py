"""What is noted of triples is what one would find by going through all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from lod.checks.lint.label_keys import Labels, label_key
from lod.checks.lint.usage import Usage
from lod.dataset import Role, SourceFile
from lod.rdf.formats import TURTLE
from lod.rdf.namespaces import OWL, PREFERRED_LABELS, RDF, RDFS, SH, SKOS
from properties.strategies import BASE, Row, literals, named, plain_graphs

PLACES = [
    ("data/a.ttl", Role.DATA),
    ("data/b.ttl", Role.DATA),
    ("data/enrichment/c.ttl", Role.SEPARATE),
    ("ontology/d.ttl", Role.ONTOLOGY),
    ("shapes/e.ttl", Role.SHAPES),
]
FILES = [SourceFile(name, Path(name), role, TURTLE, f"{BASE}graph/{name}") for name, role in PLACES]
LABELS = {f"<{iri}>" for iri in PREFERRED_LABELS}
LINKS = {str(OWL.sameAs), str(RDFS.seeAlso), str(SKOS.exactMatch)}
OF_SHAPES = {str(SH.targetClass), str(SH.property)}
SHAPE_CLASSES = {str(SH.NodeShape), str(SH.PropertyShape)}

Placed = tuple[SourceFile, Row]


def telling_rows() -> st.SearchStrategy[Row]:
    """Triples of the kinds that are looked at, about few subjects."""
    subjects = st.sampled_from(["<http://other.example/a>", *(f"<{BASE}{x}>" for x in "ab#c")])
    predicates = st.sampled_from(
        [str(RDF.type), str(SKOS.notation), *sorted(LABELS | LINKS | OF_SHAPES)]
    )
    words = st.sampled_from(['"A b"@en', '"a-B"@en-GB', '"à b"@en', '"Ab"@de', '"1.12"', '"11.2"'])
    values = st.one_of(words, literals(), named(), st.sampled_from(sorted(SHAPE_CLASSES)))
    return st.tuples(subjects, predicates, values)


def placed() -> st.SearchStrategy[list[Placed]]:
    """Triples of several files, file by file."""
    rows = st.one_of(telling_rows(), plain_graphs(min_size=1, max_size=1).map(lambda one: one[0]))
    pairs = st.lists(st.tuples(st.sampled_from(FILES), rows), max_size=25)
    return pairs.map(lambda found: sorted(found, key=lambda pair: pair[0].name))


def noted(triples: Iterable[Placed]) -> Usage:
    usage = Usage(BASE, FILES)
    last: tuple[str, str] = ("", "")
    for file, (subject, predicate, value) in triples:
        if file.name != last[0]:
            usage.open(file)
        if (file.name, subject) != last:
            usage.begin(subject)
        last = (file.name, subject)
        usage.note(subject, predicate, value)
    return usage


def of_data(triples: Iterable[Placed]) -> list[Placed]:
    return [(file, row) for file, row in triples if file.role is not Role.SHAPES]


class TestUsage:
    @given(placed())
    def test_terms_in_use(self, triples: list[Placed]) -> None:
        """No property, class or value of another namespace is missed, and none invented."""
        usage = noted(triples)

        rows = [row for _, row in of_data(triples)]
        assert usage.properties == {predicate for _, predicate, _ in rows}
        assert usage.all_properties == {row[1] for _, row in triples}
        assert usage.classes == {row[2] for row in rows if row[1] == str(RDF.type)} - {
            row[2] for row in rows if row[2][0] == '"'
        }
        assert set().union(*usage.values.values()) == {
            value for _, _, value in rows if value[0] == "<" and not value.startswith(f"<{BASE}")
        }

    @given(placed())
    def test_what_several_files_describe(self, triples: list[Placed]) -> None:
        """A subject counts where something is said of it that is no link to what others have."""
        usage = noted(triples)

        files: dict[str, set[str]] = {}
        for file, (subject, predicate, _) in triples:
            if file.role in {Role.DATA, Role.ONTOLOGY} and predicate not in LINKS:
                files.setdefault(subject, set()).add(file.name)
        assert set(usage.described()) == {
            (subject, name) for subject, names in files.items() if len(names) > 1 for name in names
        }

    @given(placed())
    def test_shapes_outside_their_folder(self, triples: list[Placed]) -> None:
        """What has a target or a property shape, or is called a shape, is one."""
        usage = noted(triples)

        expected = {
            (file.name, subject)
            for file, (subject, predicate, value) in of_data(triples)
            if predicate in OF_SHAPES or (predicate == str(RDF.type) and value in SHAPE_CLASSES)
        }
        assert {(file, each) for file, found in usage.shapes.items() for each in found} == expected

    @given(placed())
    def test_documents_of_names_with_a_fragment(self, triples: list[Placed]) -> None:
        """The document of a name that is described counts as described, wherever that is."""
        subjects = {row[0] for _, row in triples}

        assert noted(triples).documents == {
            subject.partition("#")[0] + ">"
            for subject in subjects
            if "#" in subject and subject.startswith(f"<{BASE}")
        }

    @given(placed())
    def test_labels_that_stand_twice(self, triples: list[Placed]) -> None:
        """A label that two triples have is told once."""
        counts = Counter(
            value
            for _, (_, predicate, value) in of_data(triples)
            if predicate in LABELS and value[0] == '"'
        )

        repeated = {label for label, count in counts.items() if count > 1}
        assert noted(triples).labels.repeated == repeated


class TestLabels:
    @given(st.lists(literals(), max_size=12))
    def test_no_label_that_looks_like_another_is_missed(self, labels: list[str]) -> None:
        """Whatever the exact comparison finds alike, the quick one does."""
        noted = Labels()
        for label in labels:
            noted.note(label)

        exact: dict[str, set[str]] = {}
        for label in labels:
            exact.setdefault(label_key(label), set()).add(label)
        exact.pop("", None)
        alike = {label for same in exact.values() if len(same) > 1 for label in same}
        assert alike <= noted.alike()

    @given(literals(), st.sampled_from([str.upper, str.title, lambda text: text.replace(" ", "-")]))
    def test_other_case_or_punctuation_is_alike(self, label: str, change: object) -> None:
        """A label in another case has the same key, unless a letter has no other case."""
        noted = Labels()
        text, quote, tail = label.rpartition('"')
        other = f"{change(text)}{quote}{tail}" if "\\" not in text else label  # type: ignore[operator]
        for each in (label, other):
            noted.note(each)

        same = label_key(label) == label_key(other) != ""
        assert label == other or not same or noted.alike() == {label, other}
