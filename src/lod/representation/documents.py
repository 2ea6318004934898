"""RDF documents: the graph about an entity, the same in every format."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import RdfFormat, parse, serialize

from lod.config import Project
from lod.rdf import formats
from lod.rdf.formats import Format
from lod.rdf.jsonld import JsonLdWriter
from lod.rdf.namespaces import DCTERMS, FOAF, RDF, VOID, XSD
from lod.rdf.prefixes import Prefixes
from lod.rdf.rdfxml import checked, usable_prefixes
from lod.rdf.terms import Line, is_blank, is_iri, is_literal, lexical_form, split_literal
from lod.rdf.turtle import Names, write_trig, write_turtle
from lod.store import Link, Store
from lod.store.protocol import Record

MOST_LINKS = 50
"""Links to the entity that its document holds of each property; the page lists all."""

Document = Sequence[Line]
Row = tuple[str, str, str]

_TYPE = str(RDF.type)
_DOCUMENT = str(FOAF.Document)
_TOPIC = str(FOAF.topic)
_PRIMARY_TOPIC = str(FOAF.primaryTopic)
_IN_DATASET = str(VOID.inDataset)
_LICENSE = str(DCTERMS.license)
_ISSUED = str(DCTERMS.issued)
_DATE = str(XSD.date)
_STRING = XSD.string.value


@dataclass(frozen=True, slots=True)
class Subjects:
    """What a document is about: its own canonical IRI and those of the entities it describes.

    :param is_part: these are only some of the entities, those of one page.
    """

    document: str
    entities: Sequence[str]
    is_part: bool = False


def document_graph(
    store: Store, subjects: Subjects, *, issued: str | None, with_graphs: bool = True
) -> list[Line]:
    """Return the document about some entities: what is said of them, and who points at them.

    Lines keep the graph they stand in; what is said of the document stands in none of the
    project's own.

    :param with_graphs: without, links stand in no graph, which is cheaper to find out.
    """
    lines: dict[Line, None] = {}
    records = store.records(subjects.entities)
    for iri in subjects.entities:
        record = records.get(iri)
        if record is not None:
            lines.update(dict.fromkeys(record.lines or record.apart))
        links = links_to(store, iri, store.incoming(iri, most=MOST_LINKS))
        found = _lines_of(store, iri, links) if with_graphs else _lines_without(iri, links)
        lines.update(dict.fromkeys(found))
    return [*lines, *about_document(store.project, subjects, issued)]


def links_to(store: Store, iri: str, incoming: Sequence[Link] | None) -> Sequence[tuple[str, str]]:
    """Return property and subject of the links a document holds: the first with each property.

    :param incoming: all who point at the entity, None when these are many.
    """
    return _many_links(store, iri) if incoming is None else _first(incoming)


def _first(links: Sequence[Link]) -> list[tuple[str, str]]:
    """Return the same from all links, which are sorted by property."""
    if len(links) <= MOST_LINKS:
        return [(name, subject) for name, subject, is_apart, own in links if own and not is_apart]
    found = []
    counted = Counter[str]()
    for name, subject, is_apart, is_direct in links:
        if not is_apart:
            counted[name] += 1
            if is_direct and counted[name] <= MOST_LINKS:
                found.append((name, subject))
    return found


def _many_links(store: Store, iri: str) -> list[tuple[str, str]]:
    return [
        (link.property, subject)
        for link in store.links(iri)
        if not link.is_apart
        for subject in store.linked_directly(iri, link.property, limit=MOST_LINKS)
    ]


def _lines_without(iri: str, links: Iterable[tuple[str, str]]) -> list[Line]:
    value = f"<{iri}>"
    return [Line(f"<{subject}>", f"<{name}>", value, "") for name, subject in links]


def _lines_of(store: Store, iri: str, links: Sequence[tuple[str, str]]) -> Iterable[Line]:
    records: Mapping[str, Record] = store.records({subject for _, subject in links})
    for name, subject in links:
        wanted = (f"<{subject}>", f"<{name}>", f"<{iri}>")
        yield from (line for line in records[subject].lines if line[:3] == wanted)


def about_document(project: Project, subjects: Subjects, issued: str | None) -> Iterable[Line]:
    """Yield what is said of a document itself."""
    document, graph = f"<{subjects.document}>", f"<{project.base}graph/catalog>"
    yield Line(document, _TYPE, _DOCUMENT, graph)
    is_of_one = len(subjects.entities) == 1 and not subjects.is_part
    topic = _PRIMARY_TOPIC if is_of_one else _TOPIC
    for iri in subjects.entities:
        if iri != subjects.document:
            yield Line(document, topic, f"<{iri}>", graph)
    yield Line(document, _IN_DATASET, f"<{project.base}dataset>", graph)
    if project.licence:
        yield Line(document, _LICENSE, f"<{project.licence}>", graph)
    if issued:
        yield Line(document, _ISSUED, f'"{issued}"^^{_DATE}', graph)


class DocumentWriter:
    """Writes documents with the same prefixes, remembering how IRIs are written with them."""

    def __init__(self, prefixes: Prefixes) -> None:
        self._prefixes = prefixes
        self._names = Names(prefixes)
        self._json_ld = JsonLdWriter(prefixes)

    def write(self, document: Document, target: Format) -> bytes:
        """Return a document in one of ``formats.DOCUMENT_FORMATS`` other than HTML.

        :raises NotWritableError: when the format has no way to say it.
        """
        if target is formats.TRIG:
            return _trig(document, self._prefixes)
        if target is formats.CSV:
            return _table(document)
        if target is formats.TURTLE:
            rows = [line[:3] for line in document]
            return write_turtle(rows, self._prefixes, self._names).encode()
        ordered = sorted({line[:3] for line in document})
        if target is formats.JSON_LD:
            return self._json_ld.write(ordered)
        n_triples = "".join(f"{' '.join(row)} .\n" for row in ordered).encode()
        if target is formats.N_TRIPLES:
            return n_triples
        triples = parse(n_triples, format=RdfFormat.N_TRIPLES, lenient=True)
        named = usable_prefixes(self._prefixes)
        checked_triples = checked(quad.triple for quad in triples)
        return serialize(checked_triples, format=RdfFormat.RDF_XML, prefixes=named) or b""


def write_document(document: Document, target: Format, prefixes: Prefixes) -> bytes:
    """Return a document, as :class:`DocumentWriter` does."""
    return DocumentWriter(prefixes).write(document, target)


def _trig(document: Document, prefixes: Prefixes) -> bytes:
    graphs: defaultdict[str, list[Row]] = defaultdict(list)
    for line in document:
        graphs[line.graph[1:-1]].append(line[:3])
    return write_trig(graphs, prefixes).encode()


def _table(document: Document) -> bytes:
    """Return the statements as CSV (RFC 4180), one a line."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["subject", "property", "value", "kind", "language", "datatype", "graph"])
    for line in sorted(document):
        subject = _plain(line.subject)[0]
        graph = line.graph[1:-1]
        writer.writerow([subject, line.predicate[1:-1], *_plain(line.object), graph])
    return text.getvalue().encode()


def _plain(term: str) -> tuple[str, str, str, str]:
    """Return (text, kind of term, language, datatype)."""
    if is_literal(term):
        _, language, datatype = split_literal(term)
        return lexical_form(term), "literal", language, datatype or ("" if language else _STRING)
    if is_blank(term):
        return term, "blank node", "", ""
    if is_iri(term):
        return term[1:-1], "IRI", "", ""
    return term, "triple", "", ""
