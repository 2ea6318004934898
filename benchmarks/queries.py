"""The queries of the mix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.project import CLASSES, VOCABULARY, Contents, iri
from benchmarks.servers import JSON_RESULTS, TURTLE

_PREFIXES = f"""\
PREFIX v: <{VOCABULARY}>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Query:
    """A query with ``$thing``, ``$class`` and ``$limit``, which are others each time.

    :param times: how many are asked in a row: more of those that take little, as the system tells
        processor time in hundredths of a second.
    """

    name: str
    text: str
    times: int
    media_type: str = JSON_RESULTS

    def at(self, number: int, contents: Contents) -> str:
        """Return the text for one time; no two are the same."""
        thing = iri(contents.thing(number * 7919 % contents.things))
        text = self.text.replace("$thing", f"<{thing}>")
        text = text.replace("$limit", f"{ROWS + number}")
        return f"{_PREFIXES}{text.replace('$class', f'v:C{number % CLASSES}')}\n# {number}"


MIX: Sequence[Query] = (
    Query("point", "SELECT ?size { $thing v:size ?size }", 500),
    Query("star", "SELECT * { $thing a ?c ; rdfs:label ?l ; v:size ?n ; v:date ?d }", 500),
    Query("path of 3", "SELECT ?x { $thing v:knows ?a . ?a v:knows ?b . ?b v:knows ?x }", 500),
    Query(
        "OPTIONAL and FILTER",
        "SELECT ?s ?other { ?s a $class ; v:size ?n "
        "OPTIONAL { ?s v:knows ?other . ?other v:size ?m FILTER (?m > ?n) } FILTER (?n > 950) }",
        20,
    ),
    Query(
        "text",
        'SELECT ?s ?text { ?s rdfs:comment ?text FILTER CONTAINS(LCASE(?text), "dune fern") } '
        "LIMIT $limit",
        20,
    ),
    Query(
        "GROUP BY",
        "SELECT ?hub (COUNT(*) AS ?n) (AVG(?size) AS ?mean) { ?s v:partOf ?hub ; v:size ?size } "
        "GROUP BY ?hub ORDER BY ?hub",
        10,
    ),
    Query("property path", "SELECT (COUNT(*) AS ?n) { $thing v:knows+ ?x }", 10),
    Query(
        "CONSTRUCT",
        "CONSTRUCT { ?s v:size ?n ; rdfs:label ?l } { ?s v:knows $thing ; v:size ?n ; "
        "rdfs:label ?l }",
        500,
        TURTLE,
    ),
    Query("DESCRIBE", "DESCRIBE $thing", 500, TURTLE),
    Query("stream", f"SELECT * {{ ?s ?p ?o }} LIMIT {ROWS}", 4),
)
