"""Tell whether two texts of a format make the same statements, in time that grows with their size.

Labels of blank nodes count as names, as they do for what rewrites a text without renaming; those
without a label are known by what is said of them, which needs no canonical labels.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, DefaultGraph, RdfFormat, Triple, parse

from lod.rdf.terms import Term

_BASE = "http://base.invalid/"
_LABEL = re.compile(r"_:([^\s#<>\"'(){}\[\];,|~]+)")
_SIZE = 2**64


@dataclass(slots=True)
class _Nodes:
    """Blank nodes without a label: what is said of them, and what is known of each."""

    labels: set[str]
    said: defaultdict[str, list[tuple[str, Term]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    known: dict[str, int] = field(default_factory=dict)

    def without_label(self, term: Term | DefaultGraph) -> str | None:
        if isinstance(term, BlankNode) and term.value not in self.labels:
            return term.value
        return None

    def key(self, term: Term | DefaultGraph) -> str:
        """Return the same text for the same term, whatever the parser called its nodes."""
        if isinstance(term, Triple):
            parts = (term.subject, term.predicate, term.object)
            return f"<<( {' '.join(map(self.key, parts))} )>>"
        node = self.without_label(term)
        return str(term) if node is None else f"[{self.known.get(node, 0)}]"


def digest(text: str, kind: RdfFormat) -> tuple[int, int]:
    """Return how many statements a text makes, and a sum that is the same for the same ones.

    It holds within a process only.

    :raises SyntaxError: when the text is not valid.
    """
    labels = {each.rstrip(".") for each in _LABEL.findall(text)}
    nodes = _Nodes(labels)
    open_ends: list[tuple[str, Term]] = []
    count = total = 0
    for quad in parse(text.encode(), format=kind, base_iri=_BASE):
        count += 1
        about = f"{quad.predicate} {nodes.key(quad.graph_name)}"
        subject = nodes.without_label(quad.subject)
        if subject is not None:
            nodes.said[subject].append((about, quad.object))
        elif isinstance(quad.object, BlankNode | Triple):
            open_ends.append((f"{quad.subject} {about}", quad.object))
        else:
            total += hash((str(quad.subject), about, str(quad.object)))
    total += sum(hash((begin, key)) for begin, key in _closed(nodes, open_ends))
    return count, total % _SIZE


def _closed(nodes: _Nodes, open_ends: list[tuple[str, Term]]) -> Iterator[tuple[str, str]]:
    """Yield what leads to nodes with what the nodes are, then the nodes nothing leads to."""
    led_to = {
        node
        for rows in nodes.said.values()
        for _, term in rows
        if (node := nodes.without_label(term)) is not None
    }
    for node in _leaves_first(nodes):
        rows = sorted((begin, nodes.key(term)) for begin, term in nodes.said[node])
        nodes.known[node] = hash(tuple(rows))
    led_to |= {node for _, term in open_ends if (node := nodes.without_label(term)) is not None}
    for begin, term in open_ends:
        yield begin, nodes.key(term)
    for node, known in nodes.known.items():
        if node not in led_to:
            yield "", str(known)


def _leaves_first(nodes: _Nodes) -> list[str]:
    """Return the nodes so that each comes after those it leads to; circles end somewhere."""
    ordered: list[str] = []
    seen: set[str] = set()
    for start in list(nodes.said):
        stack = [(start, False)]
        while stack:
            node, is_done = stack.pop()
            if is_done:
                ordered.append(node)
            elif node not in seen:
                seen.add(node)
                stack.append((node, True))
                ends = (nodes.without_label(term) for _, term in nodes.said.get(node, ()))
                stack.extend((each, False) for each in ends if each is not None)
    return ordered
