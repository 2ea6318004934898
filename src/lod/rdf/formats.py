"""The formats this toolkit reads and writes, with their media types, extensions and names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

FORMATS_NAMESPACE = "http://www.w3.org/ns/formats/"
IANA_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True, slots=True)
class Format:
    """One format: ``name`` is for people, ``extension`` (without dot) for addresses.

    ``aliases`` are media types seen in requests that mean this format.
    ``iri`` is its name in ``http://www.w3.org/ns/formats/``, where it has one.
    """

    name: str
    media_type: str
    extension: str
    iri: str | None = None
    aliases: tuple[str, ...] = ()
    is_text: bool = False

    @property
    def content_type(self) -> str:
        """The value of ``Content-Type``: text types state their charset."""
        return f"{self.media_type}; charset=utf-8" if self.is_text else self.media_type


def _w3c(name: str) -> str:
    return FORMATS_NAMESPACE + name


HTML = Format("HTML", "text/html", "html", aliases=("application/xhtml+xml",), is_text=True)

TURTLE = Format(
    "Turtle",
    "text/turtle",
    "ttl",
    _w3c("Turtle"),
    ("application/x-turtle", "application/turtle", "text/n3", "text/rdf+n3"),
    is_text=True,
)
N_TRIPLES = Format(
    "N-Triples", "application/n-triples", "nt", _w3c("N-Triples"), ("text/plain", "text/ntriples")
)
JSON_LD = Format("JSON-LD", "application/ld+json", "jsonld", _w3c("JSON-LD"), ("application/json",))
RDF_XML = Format(
    "RDF/XML",
    "application/rdf+xml",
    "rdf",
    _w3c("RDF_XML"),
    ("application/xml", "text/xml", "text/rdf"),
)
TRIG = Format("TriG", "application/trig", "trig", _w3c("TriG"), ("application/x-trig",))
N_QUADS = Format(
    "N-Quads", "application/n-quads", "nq", _w3c("N-Quads"), ("text/nquads", "text/x-nquads")
)

CSV = Format("CSV", "text/csv", "csv", _w3c("SPARQL_Results_CSV"), is_text=True)
TSV = Format("TSV", "text/tab-separated-values", "tsv", _w3c("SPARQL_Results_TSV"), is_text=True)
RESULTS_JSON = Format(
    "JSON",
    "application/sparql-results+json",
    "json",
    _w3c("SPARQL_Results_JSON"),
    ("application/json",),
)
RESULTS_XML = Format(
    "XML",
    "application/sparql-results+xml",
    "xml",
    _w3c("SPARQL_Results_XML"),
    ("application/xml", "text/xml"),
)

GRAPH_FORMATS = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML)
"""What CONSTRUCT and DESCRIBE answer in, preferred first."""

DOCUMENT_FORMATS = (HTML, TURTLE, JSON_LD, RDF_XML, N_TRIPLES, TRIG, CSV)
"""What the document about an entity is offered in, preferred first."""

SOLUTION_FORMATS = (RESULTS_JSON, RESULTS_XML, CSV, TSV)
"""What SELECT answers in, preferred first."""

BOOLEAN_FORMATS = (RESULTS_JSON, RESULTS_XML)
"""What ASK answers in: CSV and TSV are not defined for it."""

SOURCE_FORMATS = (TURTLE, TRIG, N_TRIPLES, N_QUADS)
"""What the files of a project may be written in."""


def by_extension(formats: Iterable[Format], extension: str) -> Format | None:
    """Return the format among these that has this extension (without dot)."""
    return next((each for each in formats if each.extension == extension.lower()), None)


def by_any_name(formats: Iterable[Format], name: str) -> Format | None:
    """Return the format among these that clients call so: ``ttl``, ``turtle``, ``text/turtle``.

    An extension goes before what only resembles a media type.
    """
    known = list(formats)
    wanted = name.lower()
    return by_extension(known, wanted) or next(
        (each for each in known if wanted in _names_of(each)), None
    )


def _names_of(known: Format) -> set[str]:
    media_types = {known.media_type, *known.aliases}
    subtypes = {each.partition("/")[2] for each in media_types}
    return {known.name.lower(), *media_types, *subtypes}
