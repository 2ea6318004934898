"""The dataset as search engines read it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lod.addresses import Site
from lod.config import Project
from lod.rdf.prefixes import Prefixes
from lod.representation.metadata import dataset_metadata
from lod.representation.place import Edition

PROJECT = Project(
    name="sample",
    base="https://data.example/",
    languages=("en", "lt"),
    version="1.0",
    title={"en": "Sample", "lt": "Pavyzdys"},
)
SITE = Site(PROJECT.base, "/data", "http://localhost")


@dataclass(frozen=True)
class Download:
    name: str
    media_type: str


def edition(project: Project) -> Edition:
    return Edition(project, Prefixes({}), "1.0", "2025-01-31", 4)


class TestDatasetMetadata:
    def test_dataset_is_named_by_its_iri_and_found_at_this_server(self) -> None:
        """The dataset has one name everywhere, and its addresses are those that answer."""
        metadata = dataset_metadata(edition(PROJECT), SITE, [Download("a.nt.gz", "text/x; y=z")])

        assert metadata["@type"] == "Dataset"
        assert metadata["@id"] == "https://data.example/dataset"
        assert metadata["url"] == "http://localhost/data/"
        assert metadata["version"] == "1.0"
        assert metadata["datePublished"] == "2025-01-31"
        assert metadata["name"] == [
            {"@language": "en", "@value": "Sample"},
            {"@language": "lt", "@value": "Pavyzdys"},
        ]
        assert metadata["distribution"] == [
            {
                "@type": "DataDownload",
                "contentUrl": "http://localhost/data/downloads/1.0/a.nt.gz",
                "encodingFormat": "text/x",
            }
        ]

    def test_what_is_not_known_is_left_out(self) -> None:
        """Nothing empty is said."""
        metadata = dataset_metadata(edition(PROJECT), SITE, [])

        assert all(value for value in metadata.values())
        assert not {"license", "creator", "keywords", "distribution", "description"} & set(metadata)

    def test_all_that_is_known_is_said(self) -> None:
        """Licence, publisher and keywords of all languages are told."""
        project = replace(
            PROJECT,
            licence="https://licence.example/",
            publisher={"en": "Someone"},
            keywords={"en": ("one", "two"), "lt": ("vienas",)},
        )

        metadata = dataset_metadata(edition(project), SITE, [])

        assert metadata["license"] == "https://licence.example/"
        assert metadata["creator"]["name"] == [{"@language": "en", "@value": "Someone"}]
        assert metadata["keywords"] == ["one", "two", "vienas"]
