"""Read RDF/XML and JSON-LD, whose parsers can be led astray, in a limited process."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from io import BytesIO

from pyoxigraph import Quad, RdfFormat, parse

from lod.diagnostics import Diagnostic, Location, Severity
from lod.errors import ProcessError
from lod.process import run_limited
from lod.rdf.formats import JSON_LD, Format

_SECONDS = 20
"""For a small file; a large one has another second for each megabyte."""
_MEGABYTE = 1_000_000
_MEMORY_MB = 2048
_DEEPEST = 1000
"""Elements or objects in one another: time and memory to read them grow with the square of it."""
_JSON_MARK = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]', re.DOTALL)
Error = dict[str, object]

_AMPLIFIED = 43
"""XML_ERROR_AMPLIFICATION_LIMIT_BREACH of expat."""
_BOUNDS = "Look for entities that expand without end, and for very deep nesting."
_PREAMBLE = re.compile(r"^Parser error [^:]*: ")


class _TooDeepError(Exception):
    pass


def read_foreign(
    content: bytes, kind: Format, base: str, report: Callable[[Diagnostic], None], name: str
) -> Iterator[Quad]:
    """Yield the quads of an RDF/XML or JSON-LD document; nothing is fetched.

    :param base: against which relative IRIs are resolved.
    :param report: is told the first error, with which reading ends.
    :param name: of the file, for findings.
    """
    header = json.dumps({"format": kind.extension, "base": base}).encode()
    code = f"{kind.extension}/syntax"
    try:
        answer = run_limited(
            "lod.dataset.foreign:to_quads",
            header + b"\n" + content,
            seconds=_SECONDS + len(content) // _MEGABYTE,
            memory_mb=_MEMORY_MB,
        )
    except ProcessError:
        message = "The file cannot be read within bounds of time and memory."
        report(Diagnostic(code, Severity.ERROR, message, Location(name), cure=_BOUNDS))
        return
    heading, _, quads = answer.partition(b"\n")
    yield from parse(BytesIO(quads), format=RdfFormat.N_QUADS, lenient=True)
    found = json.loads(heading)
    if found:
        place = Location(name, found["line"], found["column"])
        report(Diagnostic(code, Severity.ERROR, found["message"], place, cure=found["cure"]))


def to_quads(payload: bytes) -> bytes:
    """Return a JSON line with the error met, if any, and the quads read until then as N-Quads."""
    heading, _, content = payload.partition(b"\n")
    header = json.loads(heading)
    is_json = header["format"] == JSON_LD.extension
    kind = RdfFormat.JSON_LD if is_json else RdfFormat.RDF_XML
    lines: list[str] = []
    error = _too_deep_json(content) if is_json else _hostile_xml(content)
    try:
        if error is None:
            quads = parse(BytesIO(content), format=kind, base_iri=header["base"])
            lines.extend(f"{quad} .\n" for quad in quads)
    except SyntaxError as failure:
        error = _error(str(failure.msg or failure), failure.lineno, failure.offset)
    except ValueError as failure:
        error = _error(str(failure))
    return json.dumps(error).encode() + b"\n" + "".join(lines).encode()


def _error(
    message: str, line: int | None = None, column: int | None = None, cure: str | None = None
) -> Error:
    if "LoadDocumentCallback" in message:
        message = "The file takes its @context from the network, and nothing is fetched"
        cure = "Write the context into the file, or expand the file first."
    told = _PREAMBLE.sub("", message).rstrip(".")
    told = f"{told[:1].upper()}{told[1:]}."
    return {"line": line, "column": column, "message": told, "cure": cure}


def _too_deep_json(content: bytes) -> Error | None:
    depth = 0
    for mark in _JSON_MARK.finditer(content):
        depth += {b"{": 1, b"[": 1, b"}": -1, b"]": -1}.get(mark[0], 0)
        if depth > _DEEPEST:
            line = content.count(b"\n", 0, mark.start()) + 1
            return _error(f"Objects stand more than {_DEEPEST:,} deep in one another", line)
    return None


def _hostile_xml(content: bytes) -> Error | None:
    """Return what makes a document too expensive to read, as far as a quick look shows it."""
    from xml.parsers import expat  # noqa: PLC0415 - only this format needs it

    parser = expat.ParserCreate()
    depth = 0

    def start(_: str, __: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise _TooDeepError

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(content, True)
    except _TooDeepError:
        message = f"Elements stand more than {_DEEPEST:,} deep in one another"
        return _error(message, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1, _BOUNDS)
    except expat.ExpatError as error:
        if error.code == _AMPLIFIED:
            return _error("Its entities expand to far more than the file", cure=_BOUNDS)
    return None
