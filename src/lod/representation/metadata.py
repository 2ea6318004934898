"""The dataset for search engines: schema.org as JSON-LD in the home page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from lod.addresses import Site
from lod.representation.place import Edition


class File(Protocol):
    """What is said of a download."""

    @property
    def name(self) -> str:
        """The file's name."""

    @property
    def media_type(self) -> str:
        """The file's media type."""


def dataset_metadata(edition: Edition, site: Site, files: Iterable[File]) -> dict[str, Any]:
    """Return a schema.org ``Dataset`` with its downloads, at the addresses of this server."""
    project = edition.project
    metadata = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": f"{project.base}dataset",
        "identifier": f"{project.base}dataset",
        "name": _texts(project.title),
        "description": _texts(project.description),
        "url": site.absolute(""),
        "version": edition.version,
        "datePublished": edition.issued,
        "license": project.licence,
        "isAccessibleForFree": True,
        "inLanguage": list(project.languages),
        "keywords": [word for words in project.keywords.values() for word in words],
        "creator": {"@type": "Organization", "name": _texts(project.publisher)}
        if project.publisher
        else None,
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": site.absolute(f"downloads/{edition.version}/{file.name}"),
                "encodingFormat": file.media_type.partition(";")[0],
            }
            for file in files
        ],
    }
    return {name: value for name, value in metadata.items() if value}


def _texts(texts: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@language": language, "@value": text} for language, text in texts.items()]
