"""Read a query before the engine does: its form, and whether it asks for too much.

The engine's parser recurses, so nesting and chains are bounded here, and what would leave the
machine or write is refused with its place. This is a first fence: the worker's limits are the wall.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from lod.config import Limits
from lod.engine.operation import FromClauses, QueryForm, QueryOperation, Star
from lod.errors import QueryError

# Quantifiers are possessive or bounded where a hostile text could make them go back and forth.
_TOKEN = re.compile(
    r"""
      (?P<space>   \s+ | \#[^\n\r]* )
    | (?P<string>  \"\"\"(?:\"{0,2}(?:[^"\\]++|\\.))*+\"\"\" | '''(?:'{0,2}(?:[^'\\]++|\\.))*+'''
                 | "(?:[^"\\\n\r]++|\\.)*+" | '(?:[^'\\\n\r]++|\\.)*+' )
    | (?P<open>    ["'].* )
    | (?P<iri>     <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<variable> [?$]\w+ )
    | (?P<blank>   _:[\w.\-\u00b7]* )
    | (?P<tag>     @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<name>    (?P<prefix>(?:[^\W\d_][\w.\-\u00b7]{0,99}+)?+)
                   :(?:(?=[\w:%\\])(?:[\w:.\-\u00b7]|%[0-9A-Fa-f]{2}|\\.)*
                      (?:[\w:\-\u00b7]|%[0-9A-Fa-f]{2}|\\.))? )
    | (?P<number>  \d*\.?\d+(?:[eE][+-]?\d+)? )
    | (?P<word>    [^\W\d]\w* )
    | (?P<mark>    \|\| | && | \^\^ | <= | >= | != | . )
    """,
    re.VERBOSE | re.DOTALL,
)
_SERVICE = re.compile("service", re.IGNORECASE)
_VOLATILE = re.compile("now|rand|uuid", re.IGNORECASE)
_NAMED = re.compile("graph|from", re.IGNORECASE)
_GRAPH = re.compile(
    r"\bGRAPH[ \t]+<([A-Za-z][A-Za-z0-9+.\-]*://[^<>\"'{}()|^`\\\x00-\x20]*)>", re.IGNORECASE
)
"""A graph named by a whole IRI. Without it, the rest of a query has the tokens it had."""
_ADDRESS = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

_OPENING, _CLOSING = frozenset("({["), frozenset(")}]")
_CHAIN_MARKS = frozenset(["||", "&&", "!", "/", "|", "+", "-", "*", "^", ";", ","])
_CHAIN_WORDS = frozenset(["UNION", "OPTIONAL", "MINUS", "BIND", "FILTER", "LATERAL"])
_UPDATES = frozenset(
    ["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"]
)
_OF_PATTERNS = frozenset(["", "A", "WHERE", "OPTIONAL", "UNION", "GRAPH", "LIMIT", "OFFSET"])
"""With no other word in a query, each of its variables is bound by a pattern, so is a column."""

_FORMS = {form.value: form for form in QueryForm}


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its kind is the name of its group in the pattern above; ``start`` counts from 0."""

    kind: str
    text: str
    start: int
    prefix: str = ""

    @property
    def word(self) -> str:
        """A keyword in capitals; empty for any other token."""
        return self.text.upper() if self.kind == "word" else ""


def inspect(
    text: str, limits: Limits, known_prefixes: Mapping[str, str], *, declare: bool = False
) -> QueryOperation:
    """Return the operation a text asks for.

    :param known_prefixes: prefixes to name in the cure when the text uses one undeclared.
    :param declare: whether these count as declared.
    :raises QueryError: when the text is too long, too deep, no query, writes or leaves the machine.
    """
    if len(text) > limits.query_length:
        raise QueryError(
            "query/too-long",
            f"The query has {len(text):,} characters; {limits.query_length:,} are allowed.",
            cure="Split it, or take a dump and query that.",
        )
    tokens = list(tokenized(text))
    unescaped = _ESCAPE.sub(_unescape, text) if "\\" in text else text
    plain = list(tokenized(unescaped)) if unescaped != text else tokens
    if _SERVICE.search(unescaped) or _SERVICE.search(text):
        _refuse_leaving(text, tokens, plain)
    _bound(text, tokens, limits)
    prologue, declared = _prologue(tokens)
    form = _form(text, tokens[prologue:])
    prefixes = dict(known_prefixes) if declare else {}
    _refuse_undeclared(text, tokens, {*declared, *prefixes}, known_prefixes)
    start = tokens[prologue].start
    default, named = _from_clauses(tokens[prologue:])
    clauses = FromClauses(text[:start], default, named)
    namespaces = {**known_prefixes, **declared} if form.gives_graph else {}
    return QueryOperation(
        text,
        form,
        clauses,
        prefixes=prefixes,
        namespaces=namespaces,
        star=_star(tokens[prologue:]),
        is_volatile=_may_hold(_VOLATILE, unescaped, plain),
        reads_named=_may_hold(_NAMED, unescaped, plain),
    )


def graphs_asked(text: str) -> frozenset[str] | None:
    """Return the named graphs a query may ask for, None when these may be any.

    >>> graphs_asked("SELECT * { GRAPH <https://data.example/a> { ?s ?p ?o } }")
    frozenset({'https://data.example/a'})
    >>> graphs_asked("SELECT * { GRAPH ?g { ?s ?p ?o } }")
    """
    if not _NAMED.search(text) and not _ESCAPE.search(text):
        return frozenset()
    named = frozenset(_GRAPH.findall(text))
    rest = _GRAPH.sub(" ", text)
    # The engine takes dots out of paths, and reads keywords with escaped letters.
    if any("/." in each for each in named) or _ESCAPE.search(text):
        return None
    return None if _may_hold(_NAMED, rest, tokenized(rest)) else named


def position(text: str, index: int) -> tuple[int, int]:
    """Return line and column, counted from 1, of a place in a text."""
    line = text.count("\n", 0, index) + 1
    return line, index - (text.rfind("\n", 0, index) + 1) + 1


def tokenized(text: str) -> Iterator[Token]:
    """Yield the tokens of a query, without space and comments."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        if match["name"] is not None:
            yield Token("name", match[0], match.start(), match["prefix"])
        elif kind != "space":
            yield Token(kind, match[0], match.start())


def _error(code: str, message: str, text: str, index: int, cure: str | None = None) -> QueryError:
    line, column = position(text, index)
    return QueryError(f"query/{code}", message, line=line, column=column, cure=cure)


def _refuse_leaving(text: str, tokens: list[Token], plain: list[Token]) -> None:
    """Refuse SERVICE, also where it is spelt with the escapes that SPARQL reads before words."""
    _refuse_service(text, tokens, lambda index: index)
    if plain is not tokens:
        _refuse_service(text, plain, lambda index: _before_unescaping(text, index))


def _refuse_service(text: str, tokens: list[Token], place: Callable[[int], int]) -> None:
    for token in tokens:
        found = _SERVICE.search(token.text) if _may_hold_keyword(token) else None
        if found:
            raise _error(
                "service",
                "SERVICE is refused: this endpoint asks no other one.",
                text,
                place(token.start + found.start()),
                "Query the other endpoint yourself and join the answers.",
            )


def _may_hold(keyword: re.Pattern[str], text: str, tokens: Iterable[Token]) -> bool:
    """Whether the engine could read a keyword somewhere."""
    if not keyword.search(text):
        return False
    return any(keyword.search(each.text) for each in tokens if _may_hold_keyword(each))


def _may_hold_keyword(token: Token) -> bool:
    """Whether the engine, which needs no space between words, could read a keyword inside.

    What looks like an IRI may be a comparison that ends its bracket: ``?a<?b)SERVICE#>``.
    """
    if token.kind == "iri":
        return ")" in token.text and not _ADDRESS.match(token.text)
    return token.kind in {"word", "open"}


def _before_unescaping(text: str, index: int) -> int:
    """Return where a character of the unescaped text stands in the text as written."""
    for match in _ESCAPE.finditer(text):
        if match.start() >= index:
            break
        index += len(match[0]) - 1
    return index


def _unescape(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF else "\ufffd"


def _bound(text: str, tokens: list[Token], limits: Limits) -> None:
    depth = chain = 0
    for token in tokens:
        if token.kind == "mark":
            depth += (token.text in _OPENING) - (token.text in _CLOSING)
            chain += token.text in _CHAIN_MARKS
        elif token.word in _CHAIN_WORDS:
            chain += 1
        if depth > limits.query_nesting:
            raise _error(
                "too-deep",
                f"The query nests deeper than {limits.query_nesting} brackets.",
                text,
                token.start,
                "Write it flatter.",
            )
        if chain > limits.query_chain:
            raise _error(
                "too-many-parts",
                f"The query joins more than {limits.query_chain} patterns or expressions.",
                text,
                token.start,
                "Use VALUES or IN for long lists, or split the query.",
            )


def _prologue(tokens: list[Token]) -> tuple[int, dict[str, str]]:
    """Return the index of the first token behind BASE, PREFIX and VERSION, and the prefixes."""
    declared: dict[str, str] = {}
    index = 0
    while index < len(tokens):
        word = tokens[index].word
        if word in {"BASE", "VERSION"}:
            index += 2
        elif word == "PREFIX":
            if index + 2 < len(tokens):
                declared[tokens[index + 1].prefix] = tokens[index + 2].text[1:-1]
            index += 3
        else:
            break
    return min(index, len(tokens)), declared


def _form(text: str, tokens: list[Token]) -> QueryForm:
    if not tokens:
        raise _error("empty", "The query is empty.", text, len(text))
    form = _FORMS.get(tokens[0].word)
    if form is not None:
        return form
    if tokens[0].word in _UPDATES:
        raise _error(
            "update",
            "Updates are refused: the published data is read-only.",
            text,
            tokens[0].start,
            "Changes come through the project's repository.",
        )
    raise _error(
        "syntax",
        "Expected SELECT, ASK, CONSTRUCT or DESCRIBE here.",
        text,
        tokens[0].start,
    )


def _refuse_undeclared(
    text: str, tokens: list[Token], declared: Collection[str], known: Mapping[str, str]
) -> None:
    for token in tokens:
        if token.kind == "name" and token.prefix not in declared:
            iri = known.get(token.prefix)
            raise _error(
                "undeclared-prefix",
                f"The prefix {token.prefix}: is not declared.",
                text,
                token.start,
                f"Add at the top: PREFIX {token.prefix}: <{iri or '…'}>",
            )


def _star(tokens: list[Token]) -> Star | None:
    """Return the star of ``SELECT *``, None when the query names its columns."""
    if tokens[0].word != "SELECT":
        return None
    index = 1 + (len(tokens) > 1 and tokens[1].word in {"DISTINCT", "REDUCED"})
    if index >= len(tokens) or tokens[index].text != "*":
        return None
    names = (token.text[1:] for token in tokens if token.kind == "variable")
    words = {token.word for token in tokens[index:]}
    return Star(tokens[index].start, tuple(dict.fromkeys(names)), words <= _OF_PATTERNS)


def _from_clauses(tokens: list[Token]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    default: list[str] = []
    named: list[str] = []
    for index, token in enumerate(tokens[:-1]):
        if token.text == "{":
            break
        if token.word == "FROM":
            is_named = tokens[index + 1].word == "NAMED"
            target = index + 1 + is_named
            if target < len(tokens):
                (named if is_named else default).append(tokens[target].text)
    return tuple(default), tuple(named)
