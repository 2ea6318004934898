"""Data and requests that try to become markup, script or headers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from support.apps import served
from support.crawling import faults, walk
from support.hostile import CONFIGURATION, HOSTILE
from support.html import Page
from support.projects import release_of, write_project


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("hostile")
    files = {"lod.toml": CONFIGURATION, "data/a.ttl": HOSTILE}
    write_project(folder / "project", files)
    with served(release_of(folder / "project", folder / "out")) as app:
        yield app.test_client()


class TestHostileData:
    def test_no_text_becomes_markup(self, hostile: FlaskClient) -> None:
        """Whatever labels, texts and addresses hold, every page stays sound and links are safe."""
        walked = walk(hostile, "/")

        assert {page.path: page.faults for page in walked.pages if page.faults} == {}
        assert len(walked.pages) > 10

    def test_text_is_shown_as_it_is(self, hostile: FlaskClient) -> None:
        """Markup in a label is shown, letter by letter."""
        page = Page(hostile.get("/doc/thing/script.html").get_data(as_text=True))

        assert page.one("h1").words == "<script>alert(1)</script>"
        assert "{{ 7 * 7 }}" in page.one("main").words

    @pytest.mark.parametrize(
        "query",
        [
            "/search?q=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E",
            "/search?q=a&kind=%22%3E%3Cscript%3E",
            "/sparql.en.html?query=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
            "/sparql.en.html?query=SELECT+(%22%3Cscript%3E%22+AS+%3Fx)+%7B%7D",
            "/%3Cscript%3Ealert(1)%3C/script%3E",
            "/doc/thing/script/links?property=%22%3E%3Cscript%3E",
            "/resolve?iri=%22%3E%3Cscript%3E",
            "/doc/thing/script?format=%22%3E%3Cscript%3E",
        ],
    )
    def test_request_does_not_become_markup(self, hostile: FlaskClient, query: str) -> None:
        """What a request holds is never markup of the page that answers it."""
        response = hostile.get(query, headers={"Accept": "text/html"})

        page = Page(response.get_data(as_text=True))

        assert list(faults(page)) == []

    def test_licence_that_is_a_script_is_no_link(self, tmp_path: Path) -> None:
        """An address a browser would run is no link, wherever it comes from."""
        wrong = CONFIGURATION.replace('licence = "https:', 'licence = "javascript:')
        files = {"lod.toml": wrong, "data/a.ttl": HOSTILE}
        write_project(tmp_path / "project", files)

        with served(release_of(tmp_path / "project", tmp_path / "out")) as app:
            page = Page(app.test_client().get("/about/").get_data(as_text=True))

        assert not [each for _, each in page.addresses() if each.startswith("javascript:")]

    @pytest.mark.parametrize("path", ["/doc/thing/a%0d%0aSet-Cookie:x", "/id/thing/%0d%0aX:y"])
    def test_header_cannot_be_injected(self, hostile: FlaskClient, path: str) -> None:
        """A line break in an address makes no header."""
        response = hostile.get(path)

        assert response.status_code == 404
        assert "Set-Cookie" not in response.headers
        assert "X" not in response.headers
