"""Write Turtle and TriG: the same text for the same graph, laid out for people and for diffs.

One subject a block, ``a`` first, then names, then definitions, then the rest by name; two values
or more stand one a line; a blank node used once is nested; the end mark has its own line.
Terms are given as canonical N-Triples text (``lod.rdf.terms``).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from lod.rdf.namespaces import RDF, XSD
from lod.rdf.prefixes import Prefixes
from lod.rdf.ranks import LAST_RANK, RANKS, TYPE
from lod.rdf.terms import is_blank, is_iri, split_literal

Statements = Sequence[tuple[str, str]]
"""Predicates and objects of one subject."""

FIRST = str(RDF.first)
REST = str(RDF.rest)
NIL = str(RDF.nil)

_SHORT_FORMS = {
    XSD.integer.value: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal.value: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.double.value: re.compile(r"[+-]?([0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
    XSD.boolean.value: re.compile(r"true|false"),
}
_DEEPEST = 40
"""Blank nodes nested deeper than this are written with a label instead."""
_NAMES_KEPT = 100_000
"""So many IRIs are remembered with their prefixed names."""


class Names:
    """What IRIs are called with some prefixes, remembered from one text to the next."""

    def __init__(self, prefixes: Prefixes) -> None:
        self.prefixes = prefixes
        self._names: dict[str, tuple[str, str]] = {}
        self._predicates: dict[str, tuple[int, str, str]] = {}

    def name(self, text: str) -> tuple[str, str]:
        """Return how an IRI is written, and the prefix of that ('' when it is written whole)."""
        found = self._names.get(text)
        if found is None:
            if len(self._names) > _NAMES_KEPT:
                self._names.clear()
            parts = self.prefixes.split(text[1:-1])
            found = (f"{parts[0]}:{parts[1]}", f"{parts[0]}:") if parts else (text, "")
            self._names[text] = found
        return found

    def predicate(self, text: str) -> tuple[int, str, str]:
        """Return where a predicate stands among others, and how it is written."""
        found = self._predicates.get(text)
        if found is None:
            if len(self._predicates) > _NAMES_KEPT:
                self._predicates.clear()
            name = ("a", "") if text == TYPE else self.name(text)
            found = self._predicates[text] = (RANKS.get(text, LAST_RANK), *name)
        return found


def write_turtle(
    triples: Iterable[tuple[str, str, str]], prefixes: Prefixes, names: Names | None = None
) -> str:
    """Return a graph as Turtle that declares only the prefixes it uses.

    :param names: of these prefixes, when many graphs are written.
    """
    ordered = sorted(set(triples))
    writer = TurtleWriter(prefixes, nested=nestable(ordered), names=names)
    body: list[str] = []
    for subject, rows in groupby(ordered, key=itemgetter(0)):
        body += writer.block(subject, [(predicate, value) for _, predicate, value in rows])
    return _document(header({name: prefixes[name] for name in writer.used}), body)


def write_trig(graphs: Mapping[str, Iterable[tuple[str, str, str]]], prefixes: Prefixes) -> str:
    """Return named graphs (by IRI) as TriG that declares only the prefixes it uses."""
    writer = TurtleWriter(prefixes, nested={})
    body: list[str] = []
    sorted_graphs = {graph: sorted(set(graphs[graph])) for graph in sorted(graphs)}
    nested = nestable_by_graph(sorted_graphs)
    for graph, ordered in sorted_graphs.items():
        writer.nested = nested[graph]
        blocks = [
            block
            for subject, rows in groupby(ordered, key=itemgetter(0))
            for block in writer.block(subject, [(row[1], row[2]) for row in rows])
        ]
        body.append(f"{writer.iri(f'<{graph}>')} {{\n" + "\n".join(blocks) + "}\n")
    return _document(header({name: prefixes[name] for name in writer.used}), body)


def _document(declarations: str, body: Sequence[str]) -> str:
    return "\n".join([declarations, *body] if declarations else body)


def header(prefixes: Mapping[str, str]) -> str:
    """Return the prefix declarations, sorted by prefix."""
    return "".join(f"@prefix {prefix}: <{prefixes[prefix]}> .\n" for prefix in sorted(prefixes))


def nestable(triples: Sequence[tuple[str, str, str]]) -> dict[str, Statements]:
    """Return the blank nodes that can be written inside their only user, with their statements.

    Left out are those used twice or never, and those that lead back to themselves.
    """
    uses = Counter([value for _, _, value in triples if value[0] == "_"])
    if not uses:
        return {}
    users = {row[2]: row[0] for row in triples if uses.get(row[2]) == 1}
    in_circle = _in_circles(users)
    found: dict[str, list[tuple[str, str]]] = {node: [] for node in users if node not in in_circle}
    for subject, predicate, value in triples:
        if subject in found:
            found[subject].append((predicate, value))
    return dict(found)


def nestable_by_graph(
    graphs: Mapping[str, Sequence[tuple[str, str, str]]],
) -> dict[str, dict[str, Statements]]:
    """Return what can be nested in each graph; a blank node of two graphs keeps its label."""
    seen_in: defaultdict[str, set[str]] = defaultdict(set)
    for graph, triples in graphs.items():
        for subject, _, value in triples:
            for term in (subject, value):
                if is_blank(term):
                    seen_in[term].add(graph)
    return {
        graph: {
            node: statements
            for node, statements in nestable(triples).items()
            if len(seen_in[node]) == 1
        }
        for graph, triples in graphs.items()
    }


def cells(node: str, nested: Mapping[str, Statements]) -> list[str] | None:
    """Return the cells of a well-formed collection that starts at a node, else None.

    :param nested: the blank nodes that are used once, with their statements.
    """
    found = []
    while node != NIL:
        rest = _rest(node, nested)
        if rest is None:
            return None
        found.append(node)
        node = rest
    return found


def _rest(node: str, nested: Mapping[str, Statements]) -> str | None:
    """Return what follows a cell of a collection, None when the node is no cell."""
    statements = nested.get(node, ())
    cell = dict(statements)
    return cell[REST] if len(statements) == 2 and cell.keys() == {FIRST, REST} else None


def _in_circles(users: Mapping[str, str]) -> set[str]:
    """Return the nodes from which going from user to user comes back to the same node."""
    settled: set[str] = set()
    circles: set[str] = set()
    for start in users:
        walk: dict[str, None] = {}
        node = start
        while node in users and node not in settled and node not in walk:
            walk[node] = None
            node = users[node]
        if node in walk:
            ring = list(walk)
            circles.update(ring[ring.index(node) :])
        settled.update(walk)
    return circles


class TurtleWriter:
    """Writes blocks, remembering which prefixes they used.

    :param nested: the blank nodes to write inside their user; their own block is empty.
    """

    def __init__(
        self,
        prefixes: Prefixes,
        *,
        nested: Mapping[str, Statements],
        names: Names | None = None,
    ) -> None:
        self.nested = nested
        self._names = names or Names(prefixes)
        self._used: set[str] = set()
        self._too_deep: list[str] = []
        self._open_collections = 0
        self._spoilt: set[str] = set()

    @property
    def used(self) -> set[str]:
        """The prefixes that were used so far."""
        return {each[:-1] for each in self._used if each}

    def block(self, subject: str, statements: Statements) -> list[str]:
        """Return the block of a subject, and of the blank nodes it nests too deeply to hold.

        A blank node that is nested elsewhere gives no block.
        """
        if subject in self.nested:
            return []
        blocks = [f"{self._node(subject)}\n{self._statements(statements, 1)}.\n"]
        while self._too_deep:
            node = self._too_deep.pop(0)
            blocks.append(f"{node}\n{self._statements(self.nested[node], 1)}.\n")
        return blocks

    def iri(self, text: str) -> str:
        """Return an IRI as a prefixed name where a prefix fits."""
        name, prefix = self._names.name(text)
        self._used.add(prefix)
        return name

    def _node(self, text: str) -> str:
        return self.iri(text) if is_iri(text) else text

    def _statements(self, statements: Statements, depth: int) -> str:
        indent = "  " * depth
        if len(statements) == 1:
            ((predicate, value),) = statements
            _, name, prefix = self._names.predicate(predicate)
            self._used.add(prefix)
            return f"{indent}{name} {self._value(value, depth)} ;\n"
        by_predicate: dict[str, list[str]] = {}
        for predicate, value in statements:
            by_predicate.setdefault(predicate, []).append(value)
        text = []
        for (_, name, prefix), values in sorted(
            [(self._names.predicate(each), values) for each, values in by_predicate.items()]
        ):
            self._used.add(prefix)
            if len(values) == 1:
                text.append(f"{indent}{name} {self._value(values[0], depth)} ;\n")
            else:
                between = f" ,\n{indent}  "
                written = sorted([(_order(each), self._value(each, depth + 1)) for each in values])
                rows = between.join([row for _, row in written])
                text.append(f"{indent}{name}\n{indent}  {rows} ;\n")
        return "".join(text)

    def _value(self, value: str, depth: int) -> str:
        if value[0] == '"':
            return self._literal(value) if value[-1] == ">" else value
        if is_iri(value):
            return self.iri(value)
        if value not in self.nested:
            return value
        if not self.nested[value]:
            return "[]"
        if depth + self._open_collections >= _DEEPEST:
            self._too_deep.append(value)
            return value
        items = self._items(value)
        if items is not None:
            return self._collection(items, depth)
        return f"[\n{self._statements(self.nested[value], depth + 1)}{'  ' * depth}]"

    def _collection(self, items: Sequence[str], depth: int) -> str:
        self._open_collections += 1
        text = f"( {' '.join(self._value(item, depth) for item in items)} )"
        self._open_collections -= 1
        return text

    def _literal(self, value: str) -> str:
        lexical, _, datatype = split_literal(value)
        short = _SHORT_FORMS.get(datatype)
        if short and short.fullmatch(lexical[1:-1]):
            return lexical[1:-1]
        return f"{lexical}^^{self.iri(f'<{datatype}>')}"

    def _items(self, node: str) -> list[str] | None:
        """Return the members of a well-formed collection that starts here, else None.

        The cells of one that is spoilt are remembered, lest each walks to the bad end again.
        """
        if node in self._spoilt:
            return None
        found = cells(node, self.nested)
        if found is not None:
            return [dict(self.nested[cell])[FIRST] for cell in found]
        spoilt: str | None = node
        while spoilt is not None:
            self._spoilt.add(spoilt)
            spoilt = _rest(spoilt, self.nested)
        return None


def _order(value: str) -> tuple[int, str]:
    """IRIs first, then texts by language, then the rest; blank nodes by what they hold."""
    if value[0] == '"':
        return 1, "" if value[-1] in '">' else value[value.rindex('"') + 2 :]
    return (2, "") if is_blank(value) else (0, "")


Write = Callable[[str], object]
