"""Parse one file to exact quads, going on past every syntax error."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
    serialize,
)

from lod.dataset.files import SourceFile
from lod.dataset.foreign import read_foreign
from lod.dataset.nesting import too_deep
from lod.diagnostics import Diagnostic, Location, Severity
from lod.rdf import formats
from lod.rdf.scan_labels import Labels
from lod.rdf.terms import Term

Report = Callable[[Diagnostic], None]

MOST_ERRORS = 20
"""Syntax errors told of one file: after so many the rest is rubbish."""

_AT_ONCE = 1_000
"""Quads that are written together: more are no quicker, and take memory."""

_PARSERS = {
    formats.TURTLE: RdfFormat.TURTLE,
    formats.TRIG: RdfFormat.TRIG,
    formats.N_TRIPLES: RdfFormat.N_TRIPLES,
    formats.N_QUADS: RdfFormat.N_QUADS,
}
_PLAIN = (NamedNode, Literal)
_ALL_LABELLED = {formats.N_TRIPLES, formats.N_QUADS}
_PREAMBLE = re.compile(r"Parser error .*?(?:column|columns) \d+(?: and \d+)?: ")
_POSTAMBLE = re.compile(r" \(line \d+\)$")
_UNDECLARED = re.compile(r"The prefix ([^:\s]*): has not been declared")


def parse_file(
    file: SourceFile, scope: str, report: Report, known: Mapping[str, str]
) -> Iterator[Quad]:
    """Yield the quads of a file, its own graph standing for the default graph.

    Blank nodes are called the same each time; those without a label as ``Labels`` say.

    :param scope: starts the label of every blank node, so that files never share one.
    :param report: is told each syntax error; parsing goes on behind it.
    :param known: prefixes to name in the cure when the file uses one undeclared.
    """
    graph = NamedNode(file.graph)
    scoped = _Scoped(scope, has_unnamed=file.format not in _ALL_LABELLED)
    for subject, predicate, value, name in _quads(file, report, known):
        yield Quad(
            subject if isinstance(subject, NamedNode) else scoped.term(subject),
            predicate,
            value if isinstance(value, _PLAIN) else scoped.term(value),
            graph if isinstance(name, DefaultGraph) else scoped.term(name),
        )


def parse_lines(
    file: SourceFile, scope: str, report: Report, known: Mapping[str, str]
) -> Iterator[tuple[list[Quad], str]]:
    """Yield the quads ``parse_file`` yields with their lines of N-Quads, many at once.

    The default graph stays without a name here. So only quads with blank nodes, which are few,
    are made anew: for all of them that takes twice as long as parsing.
    """
    scoped = _Scoped(scope, has_unnamed=file.format not in _ALL_LABELLED)
    quads = _quads(file, report, known)
    while some := list(islice(quads, _AT_ONCE)):
        lines = _written(some)
        if "_:" in lines:
            some = [
                scoped.quad(quad) if "_:" in line else quad
                for quad, line in zip(some, lines.split("\n"), strict=False)  # the last is empty
            ]
            lines = _written(some)
        yield some, lines


def _written(quads: Iterable[Quad]) -> str:
    return (serialize(quads, format=RdfFormat.N_QUADS) or b"").decode()


def _quads(file: SourceFile, report: Report, known: Mapping[str, str]) -> Iterator[Quad]:
    """Yield the quads of a file as the parser gives them, as far as it can be read."""
    try:
        yield from _opened(file, report, known)
    except OSError as error:
        report(_unreadable(file, error))


def _opened(file: SourceFile, report: Report, known: Mapping[str, str]) -> Iterator[Quad]:
    if _is_special(file.path):  # one would wait for a pipe without end
        raise OSError(0, "it is not a plain file")
    if file.format not in _PARSERS:
        content = file.path.read_bytes()
        yield from read_foreign(content, file.format, file.graph, report, file.name)
        return
    with file.path.open("rb") as stream:
        depth = too_deep(stream)
        if depth is not None:
            report(_too_deep(file, depth))
            return
        stream.seek(0)
        if stream.read(len(BOM_UTF8)) == BOM_UTF8:
            report(_byte_order_mark(file))
        else:
            stream.seek(0)
        yield from _parsed(file, stream, report, known)


def _is_special(path: Path) -> bool:
    return path.exists() and not path.is_file() and not path.is_dir()


def _parsed(
    file: SourceFile, stream: BinaryIO, report: Report, known: Mapping[str, str]
) -> Iterator[Quad]:
    told = _Told()
    parser = parse(stream, format=_PARSERS[file.format], base_iri=file.graph)
    while True:
        try:
            yield from parser  # it goes on behind an error
        except MemoryError:
            report(_too_long(file))
            return
        except SyntaxError as error:
            finding = _syntax_error(file, error, known)
            if told.is_news(finding):
                report(finding)
            if told.count == MOST_ERRORS:
                report(_too_many(file))
                return
        else:
            return


class _Told:
    """Remembers what was said, so that one slip is told once: its place, its undeclared prefix."""

    def __init__(self) -> None:
        self.count = 0
        self._seen: set[object] = set()

    def is_news(self, finding: Diagnostic) -> bool:
        place = finding.location
        marks: set[object] = {(place.line, place.column) if place else None}
        if _UNDECLARED.search(finding.message):
            marks.add(finding.message)
        news = not marks & self._seen
        self._seen |= marks
        self.count += news
        return news


class _Scoped:
    """Gives blank nodes the labels they have in the whole dataset."""

    def __init__(self, scope: str, *, has_unnamed: bool) -> None:
        self._scope = scope
        self._labels = Labels() if has_unnamed else None

    def quad(self, quad: Quad) -> Quad:
        subject, predicate, value, graph = quad
        return Quad(self.term(subject), predicate, self.term(value), self.term(graph))

    def term(self, term: Term):  # type: ignore[no-untyped-def]
        if isinstance(term, BlankNode):
            label = self._labels.label(term.value) if self._labels else term.value
            return BlankNode(self._scope + label)
        if isinstance(term, Triple):
            return Triple(self.term(term.subject), term.predicate, self.term(term.object))
        return term


def _syntax_error(file: SourceFile, error: SyntaxError, known: Mapping[str, str]) -> Diagnostic:
    message = _POSTAMBLE.sub("", _PREAMBLE.sub("", str(error.msg or error), count=1))
    undeclared = _UNDECLARED.search(message)
    cure = None
    if undeclared:
        iri = known.get(undeclared[1], "…")
        cure = f"Add at the top: @prefix {undeclared[1]}: <{iri}> ."
    return Diagnostic(
        code=f"{file.format.name.lower()}/syntax",
        severity=Severity.ERROR,
        message=f"{message.rstrip('.')}.",
        location=Location(
            file.name, error.lineno, error.offset, error.end_lineno, error.end_offset
        ),
        cure=cure,
    )


def _byte_order_mark(file: SourceFile) -> Diagnostic:
    return Diagnostic(
        code=f"{file.format.name.lower()}/syntax",
        severity=Severity.ERROR,
        message="The file starts with a byte order mark.",
        location=Location(file.name, 1, 1, 1, 2),
        cure="Save it as UTF-8 without one.",
    )


def _too_deep(file: SourceFile, depth: str) -> Diagnostic:
    return Diagnostic(
        code="rdf/too-deep",
        severity=Severity.ERROR,
        message=depth,
        location=Location(file.name),
        cure="Give the inner ones names of their own, and speak of them by these.",
    )


def _too_long(file: SourceFile) -> Diagnostic:
    return Diagnostic(
        code="rdf/too-long",
        severity=Severity.ERROR,
        message="A text, IRI or comment is longer than the 16 MB the parser takes.",
        location=Location(file.name),
        cure="Is a quote left open? What is that long belongs in a file of its own.",
    )


def _too_many(file: SourceFile) -> Diagnostic:
    return Diagnostic(
        code="file/too-many-errors",
        severity=Severity.ERROR,
        message=f"The file has more syntax errors than the {MOST_ERRORS} told here.",
        location=Location(file.name),
        cure="Mend these and check again; is it the right kind of file?",
    )


def _unreadable(file: SourceFile, error: OSError) -> Diagnostic:
    return Diagnostic(
        code="file/unreadable",
        severity=Severity.ERROR,
        message=f"The file cannot be read: {error.strerror or error}.",
        location=Location(file.name),
        cure="Look at its permissions and that it is a plain file.",
    )
