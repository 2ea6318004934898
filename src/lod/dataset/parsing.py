"""Parse one file to exact quads, going on past every syntax error."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse

from lod.dataset.files import SourceFile
from lod.diagnostics import Diagnostic, Location, Severity
from lod.rdf import formats
from lod.rdf.terms import Term

Report = Callable[[Diagnostic], None]

MOST_ERRORS = 20
"""Syntax errors told of one file: after so many the rest is rubbish."""

_PARSERS = {
    formats.TURTLE: RdfFormat.TURTLE,
    formats.TRIG: RdfFormat.TRIG,
    formats.N_TRIPLES: RdfFormat.N_TRIPLES,
    formats.N_QUADS: RdfFormat.N_QUADS,
}
_PREAMBLE = re.compile(r"Parser error .*?(?:column|columns) \d+(?: and \d+)?: ")
_POSTAMBLE = re.compile(r" \(line \d+\)$")
_UNDECLARED = re.compile(r"The prefix ([^:\s]*): has not been declared")


def parse_file(
    file: SourceFile, scope: str, report: Report, known: Mapping[str, str]
) -> Iterator[Quad]:
    """Yield the quads of a file, its own graph standing for the default graph.

    :param scope: starts the label of every blank node, so that files never share one.
    :param report: is told each syntax error; parsing goes on behind it.
    :param known: prefixes to name in the cure when the file uses one undeclared.
    """
    graph = NamedNode(file.graph)
    default = DefaultGraph()
    told = _Told()
    try:
        with file.path.open("rb") as stream:
            if stream.read(len(BOM_UTF8)) == BOM_UTF8:
                report(_byte_order_mark(file))
            else:
                stream.seek(0)
            parser = parse(stream, format=_PARSERS[file.format], base_iri=file.graph)
            while True:
                try:
                    quad = next(parser)
                except StopIteration:
                    return
                except SyntaxError as error:
                    finding = _syntax_error(file, error, known)
                    if told.is_news(finding):
                        report(finding)
                    if told.count == MOST_ERRORS:
                        report(_too_many(file))
                        return
                    continue
                name = quad.graph_name
                yield Quad(
                    _scoped(quad.subject, scope),
                    quad.predicate,
                    _scoped(quad.object, scope),
                    graph if name == default else _scoped(name, scope),
                )
    except OSError as error:
        report(_unreadable(file, error))


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


def _scoped(term: Term, scope: str):  # type: ignore[no-untyped-def]
    if isinstance(term, BlankNode):
        return BlankNode(scope + term.value)
    if isinstance(term, Triple):
        return Triple(_scoped(term.subject, scope), term.predicate, _scoped(term.object, scope))
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
