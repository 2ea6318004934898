"""The pages as a reader meets them, all of them."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from lod.addresses import Site
from lod.release import Release
from lod.representation.wording import catalogue_languages
from lod.store import ReleaseStore
from support.crawling import Walk, walk

pytestmark = pytest.mark.slow


@pytest.fixture(
    scope="session", params=[pytest.param("flagship", marks=pytest.mark.thorough), "herbarium"]
)
def release(request: pytest.FixtureRequest) -> Release:
    """Each of the two releases; the flagship has thousands of pages."""
    found: Release = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def walked(client: FlaskClient, release: Release) -> Walk:
    """Every page of a dataset; of the flagship's other formats one in twenty."""
    small = release.manifest.counts["triples"] < 1000
    return walk(client, "/", one_in=1 if small else 20)


@pytest.mark.slow
class TestWholeSite:
    def test_every_link_answers(self, walked: Walk) -> None:
        """No link of any page, in any language, leads to nothing."""
        assert walked.broken() == {}

    def test_every_page_is_sound(self, walked: Walk) -> None:
        """Every page is well-formed, labelled, and whole without script or other hosts."""
        faults = {page.path: page.faults for page in walked.pages if page.faults}

        assert faults == {}

    def test_every_entity_has_a_page_that_a_link_leads_to(
        self, walked: Walk, release: Release
    ) -> None:
        """From the home page on, links lead to the page of every entity of every list."""
        store = ReleaseStore(release)
        site = {page.path for page in walked.pages}
        for kind in store.kinds():
            for language in release.project.languages:
                for iri in store.members(kind.segment, language, offset=0, limit=10_000):
                    address = Site(release.project.base).entity(iri, language) or ""
                    assert address.partition("#")[0] in site

    def test_pages_say_their_language(self, walked: Walk, release: Release) -> None:
        """A page's language is that of its address; the interface speaks it or English."""
        spoken = catalogue_languages()

        for page in walked.pages:
            assert page.content_language in release.project.languages
            expected = page.content_language if page.content_language in spoken else "en"
            assert page.language == expected
            if page.path.count(".") > 1 and page.path.endswith(".html"):
                assert page.content_language == page.path.split(".")[-2]

    def test_titles_end_with_the_name_of_the_dataset(self, walked: Walk, release: Release) -> None:
        """Every title says which dataset it is of."""
        for page in walked.pages:
            language = page.content_language
            assert page.title.endswith(release.project.title[language])

    def test_both_languages_have_the_same_pages(self, walked: Walk, release: Release) -> None:
        """Each page in one language has its counterpart in every other."""

        def stems(language: str) -> set[str]:
            end = f".{language}.html"
            return {page.path.removesuffix(end) for page in walked.pages if page.path.endswith(end)}

        first, *others = release.project.languages
        assert stems(first)
        assert all(stems(other) == stems(first) for other in others)
