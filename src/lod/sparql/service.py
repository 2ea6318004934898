"""Describe the endpoint itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from lod.rdf.formats import GRAPH_FORMATS, SOLUTION_FORMATS
from lod.rdf.namespaces import RDF, SD, SH, VOID, XSD
from lod.store import Store


def service_description(store: Store, endpoint: str) -> list[Triple]:
    """Return the description of the endpoint at an address.

    :param endpoint: the address this endpoint is reached at.
    """
    return list(_triples(store, NamedNode(endpoint)))


def _triples(store: Store, endpoint: NamedNode) -> Iterator[Triple]:
    base = store.project.base
    service, dataset = NamedNode(f"{base}service/sparql"), BlankNode("dataset")
    yield Triple(service, RDF.type, SD.Service)
    yield Triple(service, SD.endpoint, endpoint)
    yield Triple(service, SD.supportedLanguage, SD.SPARQL11Query)
    for each in (*SOLUTION_FORMATS, *GRAPH_FORMATS):
        if each.iri:
            yield Triple(service, SD.resultFormat, NamedNode(each.iri))
    yield Triple(service, SD.defaultDataset, dataset)
    yield Triple(dataset, RDF.type, SD.Dataset)
    default = BlankNode("default")
    yield Triple(dataset, SD.defaultGraph, default)
    yield Triple(default, RDF.type, SD.Graph)
    yield Triple(default, VOID.inDataset, NamedNode(f"{base}dataset"))
    for number, graph in enumerate(store.graphs()):
        node = BlankNode(f"graph{number}")
        yield Triple(dataset, SD.namedGraph, node)
        yield Triple(node, RDF.type, SD.NamedGraph)
        yield Triple(node, SD.name, NamedNode(graph.iri))
        yield Triple(node, SD.graph, NamedNode(graph.iri))
        yield Triple(NamedNode(graph.iri), VOID.triples, Literal(graph.triples))
    for number, (prefix, iri) in enumerate(store.prefixes.items()):
        if prefix:
            node = BlankNode(f"prefix{number}")
            yield Triple(service, SH.declare, node)
            yield Triple(node, SH.prefix, Literal(prefix))
            yield Triple(node, SH.namespace, Literal(iri, datatype=XSD.anyURI))
