"""Answer many queries over one dataset in a limited process: what a check asks of a project.

Runs as the function of ``lod.process.run_limited``; a query that crashes the engine ends that
process and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any, BinaryIO

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, Triple, parse

from lod.engine.payload import pieces, spooled
from lod.process import Limited, begin_limited
from lod.rdf.terms import term_text

Row = Mapping[str, str]
"""The bound variables of one solution, as canonical N-Triples text."""

_MEMORY_MB = 16384
MOST_JOINED = 1 << 22
"""Bytes of parts that are loaded as one: what is loaded at once is in memory."""
MOST_ROWS = 1_000_000
"""Solutions of one question: nobody reads so many findings, and they must fit in memory."""


@dataclass(frozen=True, slots=True)
class Part:
    """The next ``size`` bytes of N-Triples go into each of these graphs."""

    size: int
    graphs: tuple[str, ...]


def joined(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield parts of the same graphs one behind the other as one: each takes time to begin with.

    >>> list(joined([Part(1, ("a",)), Part(2, ("a",)), Part(3, ())]))
    [Part(size=3, graphs=('a',)), Part(size=3, graphs=())]
    """
    for graphs, some in groupby(parts, key=attrgetter("graphs")):
        size = 0
        for part in some:
            if size and size + part.size > MOST_JOINED:
                yield Part(size, graphs)
                size = 0
            size += part.size
        yield Part(size, graphs)


@dataclass(frozen=True, slots=True)
class Question:
    """A SELECT query, and the graphs that are its default graph whatever its FROM says."""

    name: str
    text: str
    graphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """What the questions were answered, by name; a solution stands once.

    ``failed`` has what the engine said of a query it could not answer.
    """

    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    failed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Derivation:
    """CONSTRUCT queries over some graphs, whose triples go into another before all questions."""

    queries: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    target: str = ""


def ask_all(
    triples: Iterable[BinaryIO],
    parts: Sequence[Part],
    questions: Sequence[Question],
    derivation: Derivation | None = None,
    *,
    seconds: int,
) -> Answers:
    """Return the answers to all questions over a dataset; see ``begin_all``.

    :raises ProcessError: when they take longer than they may, or the engine breaks.
    """
    with begin_all(triples, parts, questions, derivation, seconds=seconds) as asking:
        return answers_of(asking)


def begin_all(
    triples: Iterable[BinaryIO],
    parts: Sequence[Part],
    questions: Sequence[Question],
    derivation: Derivation | None = None,
    *,
    seconds: int,
) -> Limited:
    """Begin to ask all questions over a dataset, and return the process that does.

    :param triples: files with N-Triples, read to their ends; all parts one behind the other.
    :param seconds: for all questions together.
    """
    header = {
        "parts": [asdict(each) for each in joined(parts)],
        "questions": [asdict(each) for each in questions],
        "derivation": asdict(derivation or Derivation()),
    }
    with spooled(header, triples) as payload:
        return begin_limited(
            "lod.engine.batch:answer", payload, seconds=seconds, memory_mb=_MEMORY_MB
        )


def answers_of(asking: Limited) -> Answers:
    """Return the answers of a process, waiting for them.

    :raises ProcessError: when they take longer than they may, or the engine breaks.
    """
    return Answers(**json.loads(asking.result()))


def answer(stream: BinaryIO) -> bytes:
    """Return the answers as JSON; see ``ask_all``."""
    header = json.loads(stream.readline())
    store = Store()
    for part in header["parts"]:
        for piece in pieces(stream, part["size"]):
            for graph in part["graphs"]:
                _load(store, piece, graph)
    _derive(store, **header["derivation"])
    rows: dict[str, list[Row]] = {}
    failed: dict[str, str] = {}
    for each in header["questions"]:
        try:
            rows[each["name"]] = list(_solutions(store, each["text"], each["graphs"]))
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            failed[each["name"]] = str(error)
    return json.dumps({"rows": rows, "failed": failed}).encode()


def _load(store: Store, content: bytes, graph: str) -> None:
    """Load lines of N-Triples into a graph, blank nodes with the labels they have.

    The engine's own loader, which is faster, gives them new ones each time, so that no two graphs
    would share a node, and nobody could tell where a node in an answer comes from.
    """
    if b"_:" in content:
        lines = content.splitlines(keepends=True)
        labelled = b"".join(line for line in lines if b"_:" in line)
        content = b"".join(line for line in lines if b"_:" not in line)
        quads = labelled.replace(b" .\n", f" <{graph}> .\n".encode())
        store.extend(parse(quads, format=RdfFormat.N_QUADS, lenient=True))
    # The loader for bulks is no faster, and takes twice the memory.
    store.load(content, format=RdfFormat.N_TRIPLES, to_graph=NamedNode(graph), lenient=True)


def kept_as(literal: Literal) -> Literal:
    """Return the literal the engine's store makes of one."""
    store = Store()
    node = NamedNode("urn:lod:probe")
    store.add(Quad(node, node, literal))
    (kept,) = store
    value = kept.object
    assert isinstance(value, Literal)  # noqa: S101 - what went in
    return value


def _derive(store: Store, queries: Sequence[str], sources: Sequence[str], target: str) -> None:
    derived = [
        Quad(triple.subject, triple.predicate, triple.object, NamedNode(target))
        for text in queries
        for triple in _result(store, text, sources)
        if isinstance(triple, Triple)
    ]
    store.extend(derived)


def _result(store: Store, text: str, graphs: Sequence[str]) -> Any:
    return store.query(text, default_graph=[NamedNode(graph) for graph in graphs])


def _solutions(store: Store, text: str, graphs: Sequence[str]) -> Iterator[Row]:
    """Yield each solution once: the engine repeats a triple that two default graphs have."""
    result = _result(store, text, graphs)
    if not isinstance(result, QuerySolutions):
        raise ValueError("A rule must be a SELECT query.")  # noqa: TRY004 - about the text
    names = [variable.value for variable in result.variables]
    seen: set[tuple[str, ...]] = set()
    for solution in result:
        found = tuple("" if term is None else term_text(term) for term in solution)
        if found not in seen:
            if len(seen) == MOST_ROWS:
                raise ValueError(f"It has more than {MOST_ROWS:,} solutions.")
            seen.add(found)
            yield {name: text for name, text in zip(names, found, strict=True) if text}
