"""Ask the engine, in its limited process, what the queries of shapes want to know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

from pyoxigraph import Literal

from lod.checks.shacl.compiled import literals
from lod.checks.shacl.compiled.graph import Graph
from lod.checks.shacl.compiled.queries import COMPONENT, Query
from lod.checks.shacl.compiled.query_text import (
    ASKED_BY,
    DATA,
    ROW,
    ROWS,
    SHAPES,
    asker,
    variable,
)
from lod.checks.shacl.refusals import unusable
from lod.engine.batch import Part, Row, ask_all, kept_as
from lod.engine.batch import Question as EngineQuestion
from lod.errors import ProcessError
from lod.rdf.terms import LANGUAGE_STRINGS, XSD_STRING, is_iri, is_literal, read_term

Key = tuple[str, str | None]
"""A focus node, and a value of it where the query is asked about each."""
Answers = Mapping[Query, Mapping[Key, Sequence[Row]]]

_PLAIN = {XSD_STRING, *LANGUAGE_STRINGS}
_POSITION = re.compile(r"error at (\d+):(\d+): ")


def answers(
    asked: Mapping[Query, Iterable[Key]],
    content: bytes,
    shapes: bytes,
    data: Graph,
    *,
    seconds: int,
) -> Answers:
    """Return the solutions of all queries, by what they were asked about.

    :param content: the data as N-Triples, which are in the graph ``data`` too.
    :raises ShapesRefusedError: when the engine finds that a query is none.
    :raises ProcessError: when the engine does not end in time.
    """
    rows: list[tuple[Query, Key]] = []
    lines: list[str] = []
    questions: list[EngineQuestion] = []
    owners: dict[str, Query] = {}
    for number, (query, keys) in enumerate(asked.items()):
        question = query.question
        if question.is_joint:
            owners[str(number)] = query
            questions.append(_engine_question(str(number), question.asked_for(None, number)))
        for key in dict.fromkeys(keys):
            row = f"<urn:x-lod:row/{len(rows)}>"
            for name, term in query.terms(*key):
                lines.append(f"{row} <{variable(name)}> {term} .\n")
            if question.is_joint:
                lines.append(f"{row} {ASKED_BY} {asker(number)} .\n")
            else:
                name = f"{number}/{len(rows)}"
                owners[name] = query
                questions.append(_engine_question(name, question.asked_for(row, number)))
            rows.append((query, key))
    found = _asked(questions, owners, (content, shapes, "".join(lines).encode()), seconds)
    exact = _Exact(data)
    solved: dict[Query, dict[Key, list[Row]]] = {query: {} for query in asked}
    for name, solutions in found.items():
        for solution in solutions:
            _, single = name, name.partition("/")[2]
            index = int(single or solution[ROW][1:-1].rpartition("/")[2])
            query, key = rows[index]
            told = {
                each: exact.term(term, key[0]) for each, term in solution.items() if each != ROW
            }
            solved[query].setdefault(key, []).append(told)
    return solved


def _engine_question(name: str, text: str) -> EngineQuestion:
    return EngineQuestion(name, text, (DATA,))


def _asked(
    questions: Sequence[EngineQuestion],
    owners: Mapping[str, Query],
    contents: tuple[bytes, bytes, bytes],
    seconds: int,
) -> Mapping[str, Sequence[Row]]:
    graphs = (DATA, SHAPES, ROWS)
    parts = [Part(len(each), (graph,)) for each, graph in zip(contents, graphs, strict=True)]
    try:
        found = ask_all(map(BytesIO, contents), parts, questions, seconds=seconds)
    except ProcessError as error:
        if error.code != "process/time":
            raise
        shapes = {named(query) for query in owners.values()}
        raise ProcessError(
            "shacl/time",
            f"The queries of {' and '.join(sorted(shapes))} did not end within {seconds} s.",
            cure="Look there for patterns that have no variable in common.",
        ) from None
    for name, said in found.failed.items():
        query = owners[name]
        text = _POSITION.sub("", said)[:300]
        around = [*query.shape.within, query.shape.node]
        raise unusable(f"The query is no SPARQL: {text}", around, COMPONENT)
    return found.rows


def named(query: Query) -> str:
    """Return what to call the shape of a query in a sentence."""
    around = [*query.shape.within, query.shape.node]
    return next((each for each in reversed(around) if is_iri(each)), "a shape without a name")


class _Exact:
    """Finds what the data say where the engine's store has rewritten a literal (``1.50``)."""

    def __init__(self, data: Graph) -> None:
        self._data = data
        self._rewritten: dict[str, list[str]] | None = None

    def term(self, term: str, focus: str) -> str:
        """Return the term of the data that an answer means, that of the focus node best."""
        if not is_literal(term) or literals.datatype(term) in _PLAIN:
            return term
        if self._rewritten is None:
            self._rewritten = self._all()
        candidates = self._rewritten.get(term, ())
        own = {value for _, value in self._data.about(focus)} if candidates else set()
        if term in own:
            return term
        return next((each for each in candidates if each in own), next(iter(candidates), term))

    def _all(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        typed = {
            value
            for predicate in self._data.properties()
            for values in self._data.index(predicate).values()
            for value in values
            if value[-1] == ">" and value[0] == '"'
        }
        for text in sorted(typed):
            literal = read_term(text)
            if isinstance(literal, Literal) and (kept := str(kept_as(literal))) != text:
                found.setdefault(kept, []).append(text)
        for kept in found.keys() & typed:  # the data say it so, too
            found[kept].insert(0, kept)
        return found
