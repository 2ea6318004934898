"""RDF documents: the graph about an entity, the same in every format."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from lod.rdf import formats
from lod.rdf.formats import Format
from lod.rdf.jsonld import write_jsonld
from lod.rdf.namespaces import DCTERMS, FOAF, RDF, VOID, XSD
from lod.rdf.prefixes import Prefixes
from lod.rdf.rdfxml import checked, usable_prefixes
from lod.rdf.terms import lines
from lod.rdf.turtle import write_trig, write_turtle
from lod.store import Store

MOST_LINKS = 50
"""Links to the entity that its document holds of each property; the page lists all."""

Document = Sequence[Quad]


@dataclass(frozen=True, slots=True)
class Subjects:
    """What a document is about: its own canonical IRI and those of the entities it describes."""

    document: str
    entities: Sequence[str]


def document_graph(store: Store, subjects: Subjects, *, issued: str | None) -> list[Quad]:
    """Return the document about some entities: what is said of them, and who points at them.

    Quads keep the graph they stand in; what is said of the document stands in none of the
    project's own.
    """
    quads: dict[Quad, None] = {}
    records = store.records(subjects.entities)
    for iri in subjects.entities:
        record = records.get(iri)
        if record is not None:
            quads.update(dict.fromkeys(record.quads or record.apart))
        for link in store.links(iri):
            if link.is_apart:
                continue
            for subject in store.linked(iri, link.property, is_apart=False, limit=MOST_LINKS):
                predicate = NamedNode(link.property)
                found = _links(store, subject, predicate, NamedNode(iri))
                quads.update(dict.fromkeys(found))
    return [*quads, *_about(store, subjects, issued)]


def _links(store: Store, subject: str, predicate: NamedNode, value: NamedNode) -> Iterable[Quad]:
    """Return the triple with its graphs; none when only a blank node of the subject says it."""
    record = store.record(subject)
    wanted = Triple(NamedNode(subject), predicate, value)
    return (quad for quad in (record.quads if record else ()) if quad.triple == wanted)


def _about(store: Store, subjects: Subjects, issued: str | None) -> Iterable[Quad]:
    project = store.project
    document = NamedNode(subjects.document)
    graph = NamedNode(f"{project.base}graph/catalog")
    yield Quad(document, RDF.type, FOAF.Document, graph)
    for iri in subjects.entities:
        topic = FOAF.primaryTopic if len(subjects.entities) == 1 else FOAF.topic
        if iri != subjects.document:
            yield Quad(document, topic, NamedNode(iri), graph)
    yield Quad(document, VOID.inDataset, NamedNode(f"{project.base}dataset"), graph)
    if project.licence:
        yield Quad(document, DCTERMS.license, NamedNode(project.licence), graph)
    if issued:
        yield Quad(document, DCTERMS.issued, Literal(issued, datatype=XSD.date), graph)


def write_document(document: Document, target: Format, prefixes: Prefixes) -> bytes:
    """Return a document in one of ``formats.DOCUMENT_FORMATS`` other than HTML.

    :raises NotWritableError: when the format has no way to say it.
    """
    if target is formats.TRIG:
        return _trig(document, prefixes)
    if target is formats.CSV:
        return _table(document)
    triples = list(dict.fromkeys(quad.triple for quad in document))
    if target is formats.TURTLE:
        return write_turtle(map(_row, triples), prefixes).encode()
    ordered = sorted(triples, key=_row)
    if target is formats.N_TRIPLES:
        return lines(ordered)
    if target is formats.JSON_LD:
        return write_jsonld(lines(ordered), prefixes)
    named = usable_prefixes(prefixes)
    return serialize(checked(ordered), format=RdfFormat.RDF_XML, prefixes=named) or b""


def _row(triple: Triple | Quad) -> tuple[str, str, str]:
    return str(triple.subject), str(triple.predicate), str(triple.object)


def _trig(document: Document, prefixes: Prefixes) -> bytes:
    graphs: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for quad in document:
        name = quad.graph_name
        graphs[name.value if isinstance(name, NamedNode) else ""].append(_row(quad))
    return write_trig(graphs, prefixes).encode()


def _table(document: Document) -> bytes:
    """Return the statements as CSV (RFC 4180), one a line."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["subject", "property", "value", "kind", "language", "datatype", "graph"])
    for quad in sorted(document, key=lambda quad: (*_row(quad), str(quad.graph_name))):
        graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
        subject = _plain(quad.subject)[0]
        writer.writerow([subject, quad.predicate.value, *_plain(quad.object), graph])
    return text.getvalue().encode()


def _plain(term: object) -> tuple[str, str, str, str]:
    """Return (text, kind of term, language, datatype)."""
    if isinstance(term, Literal):
        language = term.language or ""
        return term.value, "literal", language, "" if language else term.datatype.value
    if isinstance(term, BlankNode):
        return f"_:{term.value}", "blank node", "", ""
    if isinstance(term, NamedNode):
        return term.value, "IRI", "", ""
    return str(term), "triple", "", ""
