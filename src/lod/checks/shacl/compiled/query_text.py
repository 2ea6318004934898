"""The text of a query in a shape: what SHACL forbids in it, and how its variables are bound before.

SPARQL has no way to bind a variable in all parts of a query (SHACL §A). Here each group of patterns
begins with a look at a graph of rows, which says what the variables are; one query can so be asked
for many rows at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lod.config import Limits
from lod.engine.guard import Token, inspect, tokenized
from lod.errors import QueryError

ROWS, SHAPES, DATA = "urn:x-lod:rows", "urn:x-lod:shapes", "urn:x-lod:data"
"""Graphs: what the variables are; the shapes graph; the data graph."""
ROW = "lodRow"
"""The variable for the row."""
ASKED_BY = "<urn:x-lod:asked-by>"

_FORBIDDEN = {
    "FROM": "A query in a shape must ask the project's own data: take out its FROM.",
    "MINUS": "A query in a shape must not contain MINUS (SHACL §A).",
    "VALUES": "A query in a shape must not contain VALUES (SHACL §A).",
}
_NOT_TOGETHER = {
    *("GROUP", "HAVING", "LIMIT", "OFFSET", "COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE"),
    "GROUP_CONCAT",
}
"""What looks at several solutions at once, so that rows must not come together."""
_OPTIONAL = {"shapesGraph", "currentShape"}
"""Variables a subquery need not select (SHACL §A)."""


class QueryTextError(ValueError):
    """It must not stand in a shape."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query whose variables are bound beforehand.

    :param text: the query with its prefixes.
    :param variables: those bound beforehand that it names.
    :param is_joint: whether it can be asked for all rows at once.
    """

    text: str
    variables: tuple[str, ...]
    is_joint: bool

    def asked_for(self, row: str | None, number: int) -> str:
        """Return the SELECT query for one row, or for all rows of the question with a number."""
        return "".join(_bound(self.text, self._pattern(row, number), is_joint=row is None))

    def _pattern(self, row: str | None, number: int) -> str:
        about = [f"<{variable(name)}> ?{name}" for name in self.variables]
        if row is None:
            about.append(f"{ASKED_BY} {asker(number)}")
        start = f"?{ROW}" if row is None else row
        return f" GRAPH <{ROWS}> {{ {start} {' ; '.join(about)} }} " if about else ""


def variable(name: str) -> str:
    """Return the IRI of the property that says what a variable is in a row."""
    return f"urn:x-lod:variable/{name}"


def asker(number: int) -> str:
    """Return the term for a question."""
    return f"<urn:x-lod:question/{number}>"


def read_question(
    text: str, form: str, prefixes: Mapping[str, str], bound: Collection[str], path: str | None
) -> Question:
    """Return a query of a shape.

    :param form: ``SELECT`` or ``ASK``.
    :param bound: the variables that are bound beforehand.
    :param path: what ``$PATH`` stands for, None in a node shape.
    :raises QueryTextError: when it is none, or has what it must not have.
    """
    declared = "".join(f"PREFIX {name}: <{iri}> " for name, iri in prefixes.items())
    whole = f"{declared}{_with_path(text, path)}"
    try:
        operation = inspect(whole, Limits(), {})
    except QueryError as error:
        raise QueryTextError(error.message) from None
    if operation.form.value != form:
        raise QueryTextError(f"It must be a query that begins with {form}.")
    tokens = list(tokenized(whole))
    _refuse(tokens, bound)
    named = {token.text[1:] for token in tokens if token.kind == "variable"}
    words = [token.word for token in tokens]
    return Question(
        whole,
        tuple(name for name in sorted(bound) if name in named),
        is_joint=words.count("SELECT") + words.count("ASK") == 1
        and _NOT_TOGETHER.isdisjoint(words),
    )


def _with_path(text: str, path: str | None) -> str:
    places = [
        token.start
        for token in tokenized(text)
        if token.kind == "variable" and token.text[1:] == "PATH"
    ]
    if places and path is None:
        raise QueryTextError("It has $PATH in it, but the shape has no sh:path.")
    for start in reversed(places):
        text = f"{text[:start]}{path}{text[start + len('$PATH') :]}"
    return text


def _refuse(tokens: Sequence[Token], bound: Collection[str]) -> None:
    selects = 0
    for index, token in enumerate(tokens):
        if token.word in _FORBIDDEN:
            raise QueryTextError(_FORBIDDEN[token.word])
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if token.word == "AS" and following is not None and following.text[1:] in bound:
            raise QueryTextError(f"It must not bind ${following.text[1:]} itself (SHACL §A).")
        if token.word == "SELECT":
            selects += 1
            if selects > 1:
                _refuse_subquery(tokens[index + 1 :], bound)


def _refuse_subquery(tokens: Sequence[Token], bound: Collection[str]) -> None:
    selected: set[str] = set()
    for token in tokens:
        if token.text == "{" or token.word == "WHERE":
            break
        if token.text == "*":
            raise QueryTextError("A query within must name what it selects, not use * (SHACL §A).")
        if token.kind == "variable":
            selected.add(token.text[1:])
    for name in sorted(set(bound) - selected - _OPTIONAL):
        raise QueryTextError(f"A query within must select ${name} too (SHACL §A).")


def _bound(text: str, pattern: str, *, is_joint: bool) -> Iterator[str]:
    """Yield the pieces of the query with a pattern at the start of each group."""
    tokens = list(tokenized(text))
    at, is_first = 0, True
    for index, token in enumerate(tokens):
        following = tokens[index + 1].word if index + 1 < len(tokens) else ""
        if token.text == "{" and token.kind == "mark" and following != "SELECT":
            yield f"{text[at : token.start + 1]}{pattern}"
            at = token.start + 1
        elif is_first and token.word in {"SELECT", "ASK"}:
            is_first = False
            yield text[at : token.start]
            at = token.start + len(token.text)
            if token.word == "ASK":
                yield f"SELECT DISTINCT ?{ROW}" if is_joint else "SELECT (1 AS ?lodYes)"
                continue
            yield "SELECT"
            if following in {"DISTINCT", "REDUCED"}:
                yield f" {following}"
                at = tokens[index + 1].start + len(following)
                following = tokens[index + 2].text
            else:
                following = tokens[index + 1].text
            if is_joint and following != "*":
                yield f" ?{ROW}"
    yield text[at:]
