"""The SHACL engine without its process: what it finds in a few lines of Turtle."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from io import BytesIO

from pyoxigraph import RdfFormat, parse

from lod.checks.shacl.compiled.engine import CompiledShapes
from lod.checks.shacl.pyshacl import child as pyshacl_child
from lod.checks.shacl.pyshacl.engine import read_answer
from lod.checks.shacl.results import Result, ShapesRefusedError, to_diagnostic, to_refusal
from lod.diagnostics import Diagnostic, Reason
from lod.rdf.prefixes import Prefixes

PREFIXES = Prefixes({"ex": "https://data.example/"})


def triples(turtle: str) -> bytes:
    """Return Turtle with the usual prefixes as N-Triples."""
    text = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()) + turtle
    quads = parse(BytesIO(text.encode()), format=RdfFormat.TURTLE)
    return "".join(f"{quad.triple} .\n" for quad in quads).encode()


def validate(data: bytes, shapes: bytes) -> Sequence[Result]:
    """Return the results of N-Triples against N-Triples, with the engine that users have."""
    return CompiledShapes().validate(data, shapes)


def refereed(data: bytes, shapes: bytes, **options: object) -> Sequence[Result]:
    """Return likewise what pySHACL finds, in this process."""
    payload = json.dumps(options).encode() + b"\n" + data + b"\0" + shapes
    return read_answer(json.loads(pyshacl_child.validate(payload)), 60)


def findings(data: str, shapes: str) -> list[Diagnostic]:
    """Return what is wrong with data, or with the shapes where these are refused."""
    try:
        results = validate(triples(data), triples(shapes))
    except ShapesRefusedError as refused:
        return [to_refusal(each, None, ["en"], PREFIXES) for each in refused.results]
    return [to_diagnostic(each, None, ["en"], PREFIXES) for each in results]


def messages(data: str, shapes: str) -> list[str]:
    """Return the messages of what is wrong, in the order of their entities."""
    return [each.message for each in findings(data, shapes)]


def reasons(data: str, shapes: str) -> list[str]:
    """Return the reasons of what is wrong, those within others set in by two spaces."""
    return [line for each in findings(data, shapes) for line in _told(each.reasons, "")]


def _told(given: Iterable[Reason], indent: str) -> Iterable[str]:
    for each in given:
        yield indent + each.message
        yield from _told(each.reasons, indent + "  ")


def parts(example: str) -> tuple[str, str]:
    """Return the data and the shapes of an example, in which ``== NAME ==`` starts another file."""
    split = re.split(r"^== (\S+) ==\n", f"== data/example.ttl ==\n{example}", flags=re.MULTILINE)
    files = dict(zip(split[1::2], split[2::2], strict=True))
    return files.get("data/example.ttl", ""), files.get("shapes/example.ttl", "")
