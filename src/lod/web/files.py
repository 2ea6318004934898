"""The dump files of a release, as pages and downloads name them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lod.rdf import formats
from lod.release import Release

_FORMATS = (
    formats.TURTLE,
    formats.N_TRIPLES,
    formats.RDF_XML,
    formats.JSON_LD,
    formats.TRIG,
    formats.N_QUADS,
)
GZIP = "application/gzip"


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One dump: ``format`` is for people; ``media_type`` is that of the file as it is."""

    name: str
    path: Path
    format: str
    media_type: str
    bytes: int
    sha256: str
    compressed: bool


def published_files(release: Release) -> list[PublishedFile]:
    """Return the dumps, the formats people know best first."""
    found = []
    for file in release.dumps:
        name = file.path.rpartition("/")[2]
        plain = name.removesuffix(".gz")
        known = formats.by_extension(_FORMATS, plain.rpartition(".")[2])
        if known is not None:
            compressed = name != plain
            media_type = GZIP if compressed else known.content_type
            path = release.path(file.path)
            found.append(
                PublishedFile(
                    name, path, known.name, media_type, file.bytes, file.sha256, compressed
                )
            )
    order = [each.name for each in _FORMATS]
    return sorted(found, key=lambda each: (order.index(each.format), each.compressed))
