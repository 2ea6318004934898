"""The two projects of the repository are read as they stand."""

from __future__ import annotations

import datetime
from pathlib import Path

from lod.config import Limits, read_project
from lod.rdf.prefixes import Prefixes


class TestFlagship:
    def test_flagship_is_read(self, repository: Path) -> None:
        """The repository is a project folder."""
        project = read_project(repository)

        assert project.name == "ltdef"
        assert project.base == "https://w3id.org/ltdef/"
        assert project.languages == ("en", "lt")
        assert project.root == repository
        assert set(project.title) == set(project.description) == {"en", "lt"}

    def test_names_the_flagship_uses_are_declared(self, repository: Path) -> None:
        """Every class and property its configuration names has a prefix that is known."""
        project = read_project(repository)
        names = [
            *(each for kind in project.kinds for each in kind.classes),
            *project.claims.source,
            *project.claims.citation,
            *project.claims.qualifiers,
            *project.claims.plain,
        ]

        expanded = [Prefixes(project.prefixes).expand(name) for name in names]

        assert all(iri.startswith(("https://", "http://")) for iri in expanded)


class TestHerbarium:
    def test_herbarium_is_read(self, herbarium_folder: Path) -> None:
        """A project of another kind is read by the same rules."""
        project = read_project(herbarium_folder)

        assert project.name == "herbarium"
        assert project.languages == ("de",)
        assert project.title == {"de": "Herbarium"}
        assert project.issued == datetime.date(2025, 5, 4)
        assert project.contact == "garten@pflanzen.example"
        assert project.kinds == ()
        assert project.limits == Limits(query_seconds=5)
