"""The page of a source reads as an outline of it."""

from __future__ import annotations

import time
import zlib

from flask.testing import FlaskClient

from lod.description import Describer, outline_of
from lod.release import Release
from lod.store import ReleaseStore
from support.html import Page

SOURCE = "source/bilateral-cooperation"


def outline(release: Release, path: str):  # type: ignore[no-untyped-def]
    store = ReleaseStore(release)
    return outline_of(store, Describer(store), release.project.base + path)


class TestOutline:
    def test_parts_are_in_their_order(self, flagship: Release) -> None:
        """Sections and paragraphs come as the page has them, not by name."""
        found = outline(flagship, SOURCE)

        sections = [each.reference.iri.rpartition("/")[2] for each in found.parts]
        assert sections[:4] == ["header", "general", "united-states", "poland"]
        assert sections[-1] == "colophon"
        states = found.parts[2]
        assert [each.reference.iri.rpartition("/")[2] for each in states.parts] == list("1234567")

    def test_numbers_are_those_of_the_data(self, flagship: Release) -> None:
        """What is told of coverage is what one would count."""
        found = outline(flagship, SOURCE)

        leaves = [leaf for part in found.parts for leaf in part.leaves()]
        assert found.passages == len(leaves) == 45
        assert found.cited == sum(1 for each in leaves if each.statements)
        assert found.statements == len(
            {entry.reference.iri for each in leaves for entry in each.statements}
        )

    def test_what_is_no_source_has_none(self, flagship: Release, herbarium: Release) -> None:
        """Entities without parts that are cited have the page they always had."""
        assert outline(flagship, "id/partner/poland") is None
        assert outline(flagship, "source/bilateral-cooperation/poland/1") is None
        store = ReleaseStore(herbarium)
        for kind in store.kinds():
            for iri in store.members(kind.segment, "de", offset=0, limit=10):
                assert outline_of(store, Describer(store), iri) is None


class TestPage:
    def test_it_names_every_passage_and_statement(
        self, flagship_client: FlaskClient, flagship: Release
    ) -> None:
        """A reader of either language finds each statement below the passage it is drawn from."""
        found = outline(flagship, SOURCE)
        for language in flagship.project.languages:
            response = flagship_client.get(f"/doc/{SOURCE}.{language}.html")
            page = Page(response.get_data(as_text=True))

            targets = {link.get("href") for link in page.all("a")}
            for part in found.parts:
                for leaf in part.leaves():
                    path = leaf.reference.iri.removeprefix(flagship.project.base)
                    assert f"/doc/{path}.{language}.html" in targets

    def test_it_is_light_and_quick(self, flagship_client: FlaskClient) -> None:
        """The whole outline is one page of no more weight than any other."""
        address = f"/doc/{SOURCE}.en.html"
        began = time.process_time()
        content = flagship_client.get(address).get_data()

        assert time.process_time() - began < 2
        assert len(zlib.compress(content)) < 28_000
