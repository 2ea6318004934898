"""Describe the release for machines: VoID and DCAT 3, in the project's own namespace.

Addresses of dumps and endpoint are canonical here; a server puts its own in their place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from lod.addresses import quoted
from lod.config import Project, Text
from lod.rdf import formats
from lod.rdf.namespaces import DCAT, DCTERMS, FOAF, OWL, RDF, SD, SPDX, VCARD, VOID, XSD
from lod.release.manifest import File
from lod.release.staging import Graph

_DUMP_FORMATS = (
    formats.TURTLE,
    formats.N_TRIPLES,
    formats.RDF_XML,
    formats.JSON_LD,
    formats.N_QUADS,
    formats.TRIG,
)
_GZIP = NamedNode(f"{formats.IANA_MEDIA_TYPES}application/gzip")


@dataclass(frozen=True, slots=True)
class Statistics:
    """The default graph in numbers; classes and properties by IRI."""

    triples: int
    entities: int
    subjects: int
    classes: Mapping[str, int]
    properties: Mapping[str, int]
    graphs: Sequence[tuple[Graph, int]]
    examples: Sequence[str] = ()
    links: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """How many triples link elsewhere, by property and namespace of what they link to."""


def catalog(
    project: Project,
    version: str,
    issued: str | None,
    files: Sequence[File],
    numbers: Statistics,
    own: Graph,
) -> list[Triple]:
    """Return the description of a release.

    :param files: its dumps.
    :param own: the graph this description will stand in.
    """
    writer = _Catalog(project, version, issued)
    return [
        *writer.dataset(files, numbers),
        *writer.version_of_dataset(files),
        *writer.distributions(files),
        *writer.services(),
        *writer.graphs(numbers.graphs),
        *writer.graph(own),
        *writer.partitions(numbers),
        *writer.linksets(numbers),
    ]


class _Catalog:
    def __init__(self, project: Project, version: str, issued: str | None) -> None:
        self._project = project
        self._version = version
        self._issued = issued
        self._dataset = self._own("dataset")
        self._snapshot = self._own(f"dataset/{version}")
        self._endpoint = self._own("sparql")
        self._service = self._own("service/sparql")
        self._publisher = self._own("agent/publisher")

    def _own(self, path: str) -> NamedNode:
        return NamedNode(self._project.base + quoted(path))

    def _download(self, file: File) -> NamedNode:
        return self._own(f"downloads/{self._version}/{_name(file)}")

    def _distribution(self, file: File) -> NamedNode:
        return self._own(f"distribution/{self._version}/{_name(file)}")

    def dataset(self, files: Sequence[File], numbers: Statistics) -> Iterator[Triple]:
        subject, project = self._dataset, self._project
        yield from _types(subject, VOID.Dataset, DCAT.Dataset)
        yield from self._about(subject)
        yield Triple(subject, VOID.uriSpace, Literal(project.base))
        yield Triple(subject, VOID.sparqlEndpoint, self._endpoint)
        yield Triple(subject, DCAT.hasCurrentVersion, self._snapshot)
        if project.homepage:
            yield Triple(subject, FOAF.homepage, NamedNode(project.homepage))
        for file in files:
            yield Triple(subject, VOID.dataDump, self._download(file))
            yield Triple(subject, DCAT.distribution, self._distribution(file))
        for each in _DUMP_FORMATS:
            if each.iri and any(_format(file) is each for file in files):
                yield Triple(subject, VOID.feature, NamedNode(each.iri))
        for iri in numbers.examples:
            yield Triple(subject, VOID.exampleResource, NamedNode(iri))
        for namespace in sorted({namespace_of(iri) for iri in numbers.properties}):
            yield Triple(subject, VOID.vocabulary, NamedNode(namespace))

    def version_of_dataset(self, files: Sequence[File]) -> Iterator[Triple]:
        subject = self._snapshot
        yield from _types(subject, DCAT.Dataset)
        yield from self._about(subject)
        yield Triple(subject, DCAT.isVersionOf, self._dataset)
        for file in files:
            yield Triple(subject, DCAT.distribution, self._distribution(file))

    def _about(self, subject: NamedNode) -> Iterator[Triple]:
        project = self._project
        yield from _texts(subject, DCTERMS.title, project.title)
        yield from _texts(subject, DCTERMS.description, project.description)
        yield Triple(subject, DCAT.version, Literal(self._version))
        yield Triple(subject, OWL.versionInfo, Literal(self._version))
        for language in project.languages:
            yield Triple(subject, DCTERMS.language, Literal(language))
        for language, words in project.keywords.items():
            for word in words:
                yield Triple(subject, DCAT.keyword, Literal(word, language=language))
        if project.publisher:
            yield Triple(subject, DCTERMS.publisher, self._publisher)
        if project.contact:
            yield Triple(subject, DCAT.contactPoint, self._own("agent/contact"))
        yield from self._terms(subject)

    def _terms(self, subject: NamedNode) -> Iterator[Triple]:
        if self._project.licence:
            yield Triple(subject, DCTERMS.license, NamedNode(self._project.licence))
        if self._issued:
            yield Triple(subject, DCTERMS.issued, Literal(self._issued, datatype=XSD.date))

    def distributions(self, files: Sequence[File]) -> Iterator[Triple]:
        for number, file in enumerate(files):
            subject, kind = self._distribution(file), _format(file)
            checksum = BlankNode(f"checksum{number}")
            yield from _types(subject, DCAT.Distribution)
            yield Triple(subject, DCTERMS.title, Literal(_name(file)))
            yield Triple(subject, DCAT.accessURL, self._download(file))
            yield Triple(subject, DCAT.downloadURL, self._download(file))
            media_type = NamedNode(formats.IANA_MEDIA_TYPES + kind.media_type)
            yield Triple(subject, DCAT.mediaType, media_type)
            if file.path.endswith(".gz"):
                yield Triple(subject, DCAT.compressFormat, _GZIP)
            size = Literal(str(file.bytes), datatype=XSD.nonNegativeInteger)
            yield Triple(subject, DCAT.byteSize, size)
            yield Triple(subject, SPDX.checksum, checksum)
            yield Triple(checksum, RDF.type, SPDX.Checksum)
            yield Triple(checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
            value = Literal(file.sha256, datatype=XSD.hexBinary)
            yield Triple(checksum, SPDX.checksumValue, value)
            yield from self._terms(subject)

    def services(self) -> Iterator[Triple]:
        project, service, whole = self._project, self._service, self._own("catalog")
        yield from _types(service, DCAT.DataService)
        yield from _texts(service, DCTERMS.title, _with(project.title, "SPARQL"))
        yield Triple(service, DCAT.endpointURL, self._endpoint)
        yield Triple(service, DCAT.endpointDescription, self._endpoint)
        yield Triple(service, DCAT.servesDataset, self._dataset)
        yield from _types(whole, DCAT.Catalog)
        yield from _texts(whole, DCTERMS.title, project.title)
        yield from _texts(whole, DCTERMS.description, project.description or project.title)
        yield Triple(whole, DCAT.dataset, self._dataset)
        yield Triple(whole, DCAT.service, service)
        if project.publisher:
            yield Triple(whole, DCTERMS.publisher, self._publisher)
            yield from _types(self._publisher, FOAF.Agent)
            yield from _texts(self._publisher, FOAF.name, project.publisher)
        if project.contact:
            contact = self._own("agent/contact")
            yield from _types(contact, VCARD.Organization)
            yield from _texts(contact, VCARD.fn, project.publisher or project.title)
            yield _reached_at(contact, project.contact)

    def graphs(self, graphs: Sequence[tuple[Graph, int]]) -> Iterator[Triple]:
        for graph, triples in graphs:
            yield from self.graph(graph)
            yield Triple(NamedNode(graph.iri), VOID.triples, Literal(triples))

    def graph(self, graph: Graph) -> Iterator[Triple]:
        subject = NamedNode(graph.iri)
        yield from _types(subject, SD.Graph, VOID.Dataset)
        title = graph.iri.removeprefix(self._project.base)
        yield Triple(subject, DCTERMS.title, Literal(title))
        yield Triple(subject, DCTERMS.isPartOf, self._dataset)

    def partitions(self, numbers: Statistics) -> Iterator[Triple]:
        subject = self._dataset
        yield Triple(subject, VOID.triples, Literal(numbers.triples))
        yield Triple(subject, VOID.entities, Literal(numbers.entities))
        yield Triple(subject, VOID.distinctSubjects, Literal(numbers.subjects))
        yield Triple(subject, VOID.classes, Literal(len(numbers.classes)))
        yield Triple(subject, VOID.properties, Literal(len(numbers.properties)))
        for number, (iri, entities) in enumerate(sorted(numbers.classes.items())):
            part = BlankNode(f"class{number}")
            yield Triple(subject, VOID.classPartition, part)
            yield Triple(part, VOID["class"], NamedNode(iri))
            yield Triple(part, VOID.entities, Literal(entities))
        for number, (iri, triples) in enumerate(sorted(numbers.properties.items())):
            part = BlankNode(f"property{number}")
            yield Triple(subject, VOID.propertyPartition, part)
            yield Triple(part, VOID.property, NamedNode(iri))
            yield Triple(part, VOID.triples, Literal(triples))

    def linksets(self, numbers: Statistics) -> Iterator[Triple]:
        """Yield a linkset for each property and each namespace it leads to (VoID §5)."""
        for number, ((predicate, space), triples) in enumerate(sorted(numbers.links.items())):
            linkset, target = BlankNode(f"linkset{number}"), BlankNode(f"target{number}")
            yield from _types(linkset, VOID.Linkset)
            yield Triple(self._dataset, VOID.subset, linkset)
            yield Triple(linkset, VOID.linkPredicate, NamedNode(predicate))
            yield Triple(linkset, VOID.subjectsTarget, self._dataset)
            yield Triple(linkset, VOID.objectsTarget, target)
            yield Triple(linkset, VOID.triples, Literal(triples))
            yield from _types(target, VOID.Dataset)
            yield Triple(target, VOID.uriSpace, Literal(space))


def _types(subject: NamedNode | BlankNode, *classes: NamedNode) -> Iterator[Triple]:
    for each in classes:
        yield Triple(subject, RDF.type, each)


def _texts(subject: NamedNode, predicate: NamedNode, texts: Text) -> Iterator[Triple]:
    for language, text in texts.items():
        yield Triple(subject, predicate, Literal(text, language=language))


def _with(texts: Text, word: str) -> Text:
    return {language: f"{text}: {word}" for language, text in texts.items()}


def _reached_at(contact: NamedNode, address: str) -> Triple:
    if "@" in address and "://" not in address:
        return Triple(contact, VCARD.hasEmail, NamedNode(f"mailto:{address}"))
    if "://" in address:
        return Triple(contact, VCARD.hasURL, NamedNode(address))
    return Triple(contact, VCARD.note, Literal(address))


def _name(file: File) -> str:
    return file.path.rpartition("/")[2]


def _format(file: File) -> formats.Format:
    extension = _name(file).removesuffix(".gz").rpartition(".")[2]
    return formats.by_extension(_DUMP_FORMATS, extension) or formats.N_TRIPLES


def namespace_of(iri: str) -> str:
    """Return an IRI up to its last part.

    >>> namespace_of("https://sws.geonames.org/597427/")
    'https://sws.geonames.org/'
    """
    iri = iri.rstrip("/")
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] or iri
