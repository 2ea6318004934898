"""The scanner finds the triples that the parser reads, in every document of the W3C tests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from pathlib import Path

import pytest

from conformance.manifests import suites_folder
from lod.dataset import Role, SourceFile, parse_file
from lod.diagnostics import Diagnostic
from lod.rdf.formats import N_QUADS, N_TRIPLES, TRIG, TURTLE
from lod.rdf.scanner import NotScannableError, PlacedTriple, scan
from lod.rdf.terms import Term, term_text

pytestmark = pytest.mark.thorough

FOLDER = suites_folder()
BASE = "https://data.example/folder/document?query"
FORMATS = {".ttl": TURTLE, ".trig": TRIG, ".nt": N_TRIPLES, ".nq": N_QUADS}
DOCUMENTS = sorted(path for path in FOLDER.rglob("*") if path.suffix in FORMATS)
MOST_NODES = 25
"""So many nodes of a document are asked for, one by one."""

Row = tuple[str, str, str, str]

documents = pytest.mark.parametrize(
    "path", DOCUMENTS, ids=lambda path: path.relative_to(FOLDER).as_posix()
)


def parsed(path: Path) -> list[Row] | None:
    """Return what the parser reads, None when it finds the document wrong."""
    findings: list[Diagnostic] = []
    file = SourceFile(path.name, path, Role.DATA, FORMATS[path.suffix], BASE)
    quads = list(parse_file(file, "f0x", findings.append, {}))
    if findings:
        return None
    return [
        (
            _text(quad.subject),
            _text(quad.predicate),
            _text(quad.object),
            str(quad.graph_name).replace(f"<{BASE}>", "").replace("_:f0x", "_:"),
        )
        for quad in quads
    ]


def _text(term: Term) -> str:
    return term_text(term).replace("_:f0x", "_:")


def scanned(
    path: Path, subjects: Collection[str] | None = None, objects: Collection[str] = ()
) -> list[PlacedTriple]:
    is_lines = FORMATS[path.suffix] in {N_TRIPLES, N_QUADS}
    return list(scan(path.read_bytes().decode(), BASE, subjects, objects, is_lines=is_lines))


def rows(triples: Iterable[PlacedTriple]) -> list[Row]:
    return [(t.subject.term, t.predicate.term, t.object.term, t.graph) for t in triples]


class TestDocuments:
    def test_there_are_many(self) -> None:
        """The folder holds the suites, RDF 1.2 among them."""
        assert sum(parsed(path) is not None for path in DOCUMENTS) > 2000
        assert sum("rdf12" in path.as_posix() for path in DOCUMENTS) > 300

    @documents
    def test_scanner_agrees_with_the_parser(self, path: Path) -> None:
        """Each valid document has the same triples in the same order, its blank nodes too."""
        expected = parsed(path)
        if expected is not None:  # what is no valid document is never scanned
            assert rows(scanned(path)) == expected

    @documents
    def test_places_hold_the_terms(self, path: Path) -> None:
        """A place begins and ends within the text, and not with white space."""
        if parsed(path) is None:
            return
        text = path.read_bytes().decode()

        for triple in scanned(path):
            for placed in (triple.subject, triple.predicate, triple.object):
                found = text[placed.span.start : placed.span.end]
                assert found
                assert found == found.strip()

    @documents
    def test_statements_not_asked_for_change_nothing(self, path: Path) -> None:
        """What is skipped is exactly what nobody asked for."""
        try:
            everything = scanned(path)
        except NotScannableError:
            return
        subjects: defaultdict[str, set[int]] = defaultdict(set)
        objects: defaultdict[str, set[int]] = defaultdict(set)
        for each in everything:
            subjects[each.subject.term].add(each.statement)
            if not each.object.term.startswith('"') and not each.object.parts:
                objects[each.object.term].add(each.statement)

        for node, wanted in list(subjects.items())[:MOST_NODES]:
            expected = [each for each in everything if each.statement in wanted]
            assert scanned(path, {node}) == expected
        for node, wanted in list(objects.items())[:MOST_NODES]:
            expected = [each for each in everything if each.statement in wanted]
            assert scanned(path, (), {node}) == expected
        assert scanned(path, ()) == []
