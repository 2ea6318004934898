"""Read the answers that the query tests expect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pyoxigraph import Literal, Quad, QueryResultsFormat, parse, parse_query_results

from conformance.answers import Answer, Graph, Row, Table, answer, row
from conformance.manifests import Document
from lod.rdf.namespaces import RDF, Namespace
from lod.rdf.terms import Term

_RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
_FORMATS = {
    ".srx": QueryResultsFormat.XML,
    ".srj": QueryResultsFormat.JSON,
    ".tsv": QueryResultsFormat.TSV,
}


def read_expected(document: Document, *, is_ordered: bool) -> Answer:
    """Return the answer a result file states.

    :param is_ordered: whether its order counts; a result set in RDF says that by itself.
    """
    found = _FORMATS.get(document.path.suffix)
    if found is not None:
        results = parse_query_results(path=document.path, format=found)
        return answer(results, is_ordered=is_ordered)
    quads = list(parse(path=document.path, base_iri=document.iri))
    if any(quad.object == _RS.ResultSet for quad in quads):
        return _ResultSet(quads).answer()
    return Graph(frozenset(quad.triple for quad in quads))


class _ResultSet:
    """A result set in the vocabulary that the first SPARQL tests use."""

    def __init__(self, quads: Sequence[Quad]) -> None:
        self._facts: defaultdict[tuple[Term, str], list[Term]] = defaultdict(list)
        for quad in quads:
            self._facts[quad.subject, quad.predicate.value].append(quad.object)
            if quad.predicate == RDF.type and quad.object == _RS.ResultSet:
                self._node = quad.subject

    def answer(self) -> Answer:
        """Return the result set as a value; its order counts when each solution has an index."""
        booleans = self._texts(self._node, "boolean")
        if booleans:
            return booleans[0] == "true"
        placed = [
            (self._texts(solution, "index"), self._row(solution))
            for solution in self._values(self._node, "solution")
        ]
        is_ordered = bool(placed) and all(index for index, _ in placed)
        if is_ordered:
            placed.sort(key=lambda pair: int(pair[0][0]))
        variables = frozenset(self._texts(self._node, "resultVariable"))
        return Table(variables, tuple(each for _, each in placed), is_ordered)

    def _row(self, solution: Term) -> Row:
        bindings = self._values(solution, "binding")
        return row(
            {self._texts(each, "variable")[0]: self._values(each, "value")[0] for each in bindings}
        )

    def _values(self, node: Term, name: str) -> list[Term]:
        return self._facts[node, _RS[name].value]

    def _texts(self, node: Term, name: str) -> list[str]:
        return [each.value for each in self._values(node, name) if isinstance(each, Literal)]
