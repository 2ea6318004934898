"""Answer a project's questions as the endpoint will answer them, before there is a release.

Runs as the function of ``lod.process.run_limited``: one process loads the triples, derives what
rules derive, and writes each answer as CSV.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from io import BytesIO
from typing import BinaryIO

from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryTriples, RdfFormat, Store, Triple

from lod.engine.batch import Part, joined
from lod.engine.evaluation import evaluate, forget, worded, write
from lod.engine.operation import QueryOperation
from lod.engine.payload import spooled
from lod.engine.request import Request
from lod.process import Limited, begin_limited

DEFAULT = ""
"""Stands in a part for the default graph."""

_FORMAT = "csv"
_MEMORY_MB = 16384


@dataclass(frozen=True, slots=True)
class Tables:
    """The answers as CSV, by the names of their questions; ``failed`` says why one has none.

    Both are empty when a rule is no query.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    failed: Mapping[str, str] = field(default_factory=dict)


def ask_tables(
    triples: BinaryIO,
    parts: Sequence[Part],
    rules: Sequence[str],
    questions: Mapping[str, QueryOperation],
    *,
    derived: str,
    seconds: int,
) -> Tables:
    """Return the answers to SELECT queries; see ``begin_tables``.

    :raises ProcessError: when they take longer than they may, or the engine breaks.
    """
    asking = begin_tables(triples, parts, rules, questions, derived=derived, seconds=seconds)
    with asking:
        return tables_of(asking)


def begin_tables(
    triples: BinaryIO,
    parts: Sequence[Part],
    rules: Sequence[str],
    questions: Mapping[str, QueryOperation],
    *,
    derived: str,
    seconds: int,
) -> Limited:
    """Begin to ask SELECT queries as the endpoint of a release would answer them.

    :param triples: N-Triples at its start, in parts one behind the other.
    :param rules: CONSTRUCT queries; their triples join the default graph.
    :param derived: the graph these triples are in, too.
    :param seconds: for all questions together.
    """
    header = {
        "parts": [asdict(each) for each in joined(parts)],
        "rules": list(rules),
        "derived": derived,
        "questions": {name: _request(each).to_json().decode() for name, each in questions.items()},
    }
    with spooled(header, [triples]) as payload:
        return begin_limited(
            "lod.engine.tables:answer", payload, seconds=seconds, memory_mb=_MEMORY_MB
        )


def tables_of(asking: Limited) -> Tables:
    """Return the answers of a process, waiting for them.

    :raises ProcessError: when they take longer than they may, or the engine breaks.
    """
    return Tables(**json.loads(asking.result()))


def answer(stream: BinaryIO) -> bytes:
    """Return the answers as JSON; see ``ask_tables``."""
    header = json.loads(stream.readline())
    store = Store()
    for part in header["parts"]:
        content = stream.read(part["size"])
        for graph in part["graphs"]:
            name = DefaultGraph() if graph == DEFAULT else NamedNode(graph)
            store.load(content, format=RdfFormat.N_TRIPLES, to_graph=name, lenient=True)
    answers: dict[str, str] = {}
    failed: dict[str, str] = {}
    try:
        _derive(store, header["rules"], NamedNode(header["derived"]))
    except SyntaxError:
        return json.dumps({"answers": answers, "failed": failed}).encode()
    for name, request in header["questions"].items():
        try:
            answers[name] = _table(store, Request.from_json(request.encode()))
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            failed[name] = worded(str(error))["message"]
        finally:
            forget(store)
    return json.dumps({"answers": answers, "failed": failed}).encode()


def _request(operation: QueryOperation) -> Request:
    return Request(
        query=operation.text,
        format=_FORMAT,
        base=operation.base,
        declared=operation.prefixes,
        prologue=operation.clauses.prologue,
        from_default=operation.clauses.default,
        from_named=operation.clauses.named,
        star=operation.star.index if operation.star else None,
        variables=operation.star.variables if operation.star else (),
    )


def _derive(store: Store, rules: Sequence[str], graph: NamedNode) -> None:
    """Add what the rules derive; none sees what another derives."""
    found: list[Triple] = []
    for text in rules:
        result = store.query(text)
        if isinstance(result, QueryTriples):
            found.extend(result)
    for triple in found:
        for name in (DefaultGraph(), graph):
            store.add(Quad(triple.subject, triple.predicate, triple.object, name))


def _table(store: Store, request: Request) -> str:
    stream = BytesIO()
    write(evaluate(store, request), request, stream)
    return stream.getvalue().decode("utf-8")
