"""Describe the endpoint itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from lod.config import Limits
from lod.engine.guard import inspect
from lod.engine.operation import QueryForm
from lod.rdf.formats import GRAPH_FORMATS, SOLUTION_FORMATS
from lod.rdf.namespaces import RDF, RDFS, SCHEMA, SD, SH, VOID, XSD
from lod.store import Store

_TEXTS = {
    QueryForm.SELECT: SH.select,
    QueryForm.ASK: SH.ask,
    QueryForm.CONSTRUCT: SH.construct,
    QueryForm.DESCRIBE: SH["describe"],
}
"""The properties that hold the text of a query."""


@dataclass(frozen=True, slots=True)
class Example:
    """A query to begin with: its canonical address, what it asks by language, and its text."""

    iri: str
    title: Mapping[str, str]
    query: str


def service_description(
    store: Store, endpoint: str, limits: Limits, examples: Sequence[Example] = ()
) -> list[Triple]:
    """Return the description of the endpoint at an address.

    :param endpoint: the address this endpoint is reached at.
    :param limits: what a query may cost, told in words.
    :param examples: queries, described as others do who list theirs (SHACL §5, schema:target).
    """
    service = NamedNode(f"{store.project.base}service/sparql")
    dataset = BlankNode("dataset")
    return [
        *_service(service, NamedNode(endpoint), limits),
        Triple(service, SD.defaultDataset, dataset),
        *_dataset(dataset, store),
        *_prefixes(service, store),
        *_examples(NamedNode(endpoint), examples),
    ]


def _service(service: NamedNode, endpoint: NamedNode, limits: Limits) -> Iterator[Triple]:
    yield Triple(service, RDF.type, SD.Service)
    yield Triple(service, SD.endpoint, endpoint)
    yield Triple(service, SD.supportedLanguage, SD.SPARQL11Query)
    yield Triple(service, RDFS.comment, Literal(_words(limits), language="en"))
    for each in (*SOLUTION_FORMATS, *GRAPH_FORMATS):
        if each.iri:
            yield Triple(service, SD.resultFormat, NamedNode(each.iri))


def _words(limits: Limits) -> str:
    budget = (
        f" Queries of one client may take {limits.client_seconds} s a minute."
        if limits.client_seconds
        else ""
    )
    return (
        "Read-only; SERVICE is refused. "
        f"A query may take {limits.query_seconds} s and {limits.query_memory_mb} MB, "
        f"its text may have {limits.query_length:,} characters, {limits.query_nesting} nested "
        f"brackets and {limits.query_chain} joined patterns, its answer {limits.answer_mb} MB."
        f"{budget} Who needs more takes a dump."
    )


def _dataset(dataset: BlankNode, store: Store) -> Iterator[Triple]:
    yield Triple(dataset, RDF.type, SD.Dataset)
    default = BlankNode("default")
    yield Triple(dataset, SD.defaultGraph, default)
    yield Triple(default, RDF.type, SD.Graph)
    yield Triple(default, VOID.inDataset, NamedNode(f"{store.project.base}dataset"))
    yield from _statistics(default, store)
    for number, graph in enumerate(store.graphs()):
        node = BlankNode(f"graph{number}")
        yield Triple(dataset, SD.namedGraph, node)
        yield Triple(node, RDF.type, SD.NamedGraph)
        yield Triple(node, SD.name, NamedNode(graph.iri))
        yield Triple(node, SD.graph, NamedNode(graph.iri))
        yield Triple(NamedNode(graph.iri), VOID.triples, Literal(graph.triples))


def _statistics(default: BlankNode, store: Store) -> Iterator[Triple]:
    """Yield the default graph in numbers, as a query would count them (VoID §4.6)."""
    numbers = {(each.cls, each.property): each for each in store.statistics()}
    whole = numbers.get(("", ""))
    if whole is None:
        return
    classes = sum(bool(cls) and not name for cls, name in numbers)
    properties = sum(bool(name) and not cls for cls, name in numbers)
    yield Triple(default, VOID.triples, Literal(whole.triples))
    yield Triple(default, VOID.distinctSubjects, Literal(whole.subjects))
    yield Triple(default, VOID.classes, Literal(classes))
    yield Triple(default, VOID.properties, Literal(properties))


def _prefixes(service: NamedNode, store: Store) -> Iterator[Triple]:
    for number, (prefix, iri) in enumerate(store.prefixes.items()):
        if prefix:
            node = BlankNode(f"prefix{number}")
            yield Triple(service, SH.declare, node)
            yield Triple(node, SH.prefix, Literal(prefix))
            yield Triple(node, SH.namespace, Literal(iri, datatype=XSD.anyURI))


def _examples(endpoint: NamedNode, examples: Sequence[Example]) -> Iterator[Triple]:
    for each in examples:
        node = NamedNode(each.iri)
        yield Triple(node, RDF.type, SH.SPARQLExecutable)
        yield Triple(node, SCHEMA.target, endpoint)
        yield Triple(node, _TEXTS[_form(each.query)], Literal(each.query))
        for language, text in each.title.items():
            yield Triple(node, RDFS.comment, Literal(text, language=language))


def _form(query: str) -> QueryForm:
    return inspect(query, Limits(), {}).form
