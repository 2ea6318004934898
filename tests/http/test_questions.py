"""The questions a project comes with, as pages with their answers."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from lod.release import Release
from support.html import Page


def read(client: FlaskClient, address: str) -> Page:
    response = client.get(address)
    assert (response.status_code, response.mimetype) == (200, "text/html"), address
    return Page(response.get_data(as_text=True))


class TestList:
    def test_every_question_is_listed_in_words(self, client: FlaskClient, release: Release) -> None:
        """A reader finds each question by what it asks, in each language of the project."""
        asked = release.questions()

        assert asked
        for language in release.project.languages:
            page = read(client, f"/questions/index.{language}.html")
            links = {link.get("href"): link.words for link in page.all("a")}
            for each in asked:
                assert each.title[language] in links[f"/questions/{each.name}.{language}.html"]

    def test_navigation_leads_there(self, client: FlaskClient, release: Release) -> None:
        """Questions are one step away from every page."""
        language = release.project.languages[0]

        assert f"/questions/index.{language}.html" in {
            link.get("href") for link in read(client, "/").all("a")
        }


class TestAnswer:
    def test_every_question_is_answered(self, client: FlaskClient, release: Release) -> None:
        """Each page shows the rows of its answer, the query, and where the rest is."""
        for each in release.questions():
            for language in release.project.languages:
                page = read(client, f"/questions/{each.name}.{language}.html")

                assert each.title[language] in page.one("h1").words
                assert page.all("td"), each.name
                assert each.query.strip() in "".join(page.one("pre").text)

    def test_columns_have_words(self, flagship_client: FlaskClient) -> None:
        """The heads of a table are in the page's language, not names of variables."""
        page = read(flagship_client, "/questions/united-states-money-for-lithuania.lt.html")

        heads = [each.words for each in page.all("th")]
        assert "suma" in heads
        assert "naiveTotal" not in heads

    def test_language_is_negotiated(self, flagship_client: FlaskClient, flagship: Release) -> None:
        """Without a language in the address the reader's own is chosen."""
        name = flagship.questions()[0].name

        answers = {
            language: flagship_client.get(
                f"/questions/{name}", headers={"Accept-Language": language}
            )
            for language in ("en", "lt")
        }

        for language, response in answers.items():
            assert response.headers["Content-Language"] == language
            assert "Accept-Language" in response.headers["Vary"]

    def test_unchanged_answer_is_not_sent_again(
        self, client: FlaskClient, release: Release
    ) -> None:
        """The answer changes with the version of the data, not before."""
        address = f"/questions/{release.questions()[0].name}"
        tag = client.get(address).headers["ETag"]

        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


class TestUnknown:
    @pytest.mark.parametrize("name", ["none", "a/b", "none.en.html", "%2e%2e/manifest", "é"])
    def test_unknown_question_is_404(self, client: FlaskClient, name: str) -> None:
        """A question that nobody wrote is not found."""
        assert client.get(f"/questions/{name}").status_code == 404
