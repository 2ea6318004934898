"""Where a page stands, and what every page says about the data it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote

from lod.addresses import Site
from lod.config import Project
from lod.rdf.prefixes import Prefixes
from lod.representation.wording import AUTONYMS


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands: its path without suffix, its query fields, its language.

    :param formats: addresses of the same content in other formats, by media type.
    :param signposts: what else it leads machines to: (address, relation, media type or '').
    """

    path: str
    language: str
    site: Site
    query: Mapping[str, str] = field(default_factory=dict)
    formats: Mapping[str, str] = field(default_factory=dict)
    canonical: str | None = None
    signposts: Sequence[tuple[str, str, str]] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """What the frame of every page says about the data it shows."""

    project: Project
    prefixes: Prefixes
    version: str
    issued: str | None
    triples: int
    has_questions: bool = False


class Here:
    """What templates ask of the page they are: its own address with other fields or languages."""

    def __init__(self, edition: Edition, place: Place) -> None:
        self._edition = edition
        self._place = place

    def page(self, **query: str | int | None) -> str:
        """Return this page's own address with other query fields."""
        place = self._place
        return place.site.page(place.path, place.language, **{**place.query, **query})

    @property
    def report_address(self) -> str | None:
        """Return where errors of this page are reported, its address and version filled in."""
        issues = self._edition.project.site.issues
        if issues is None:
            return None
        place = self._place
        here = place.site.absolute(place.path)
        body = f"{here} ({self._edition.project.name} {self._edition.version})"
        return issues.replace("{title}", quote(place.path)).replace("{body}", quote(body))

    @cached_property
    def alternates(self) -> list[tuple[str, str, str]]:
        """Return (language, address, words of the link) of this page in each language."""
        place = self._place
        return [
            (
                language,
                place.site.page(place.path, language, **place.query),
                AUTONYMS.get(language.partition("-")[0], language),
            )
            for language in self._edition.project.languages
        ]
