"""Which language a page comes in, and how it says so."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from support.html import Page
from support.places import vary

PATHS = [
    "/",
    "/browse/",
    "/browse/partner/",
    "/doc/partner/sweden",
    "/search?q=a",
    "/about/",
    "/downloads/",
    "/sparql",
    "/def/cooperation",
]


def page(client: FlaskClient, path: str, wish: str | None = None) -> tuple[Page, str]:
    headers = {"Accept": "text/html"} | ({"Accept-Language": wish} if wish is not None else {})
    response = client.get(path, headers=headers)
    assert response.status_code == 200
    return Page(response.get_data(as_text=True)), response.headers["Content-Language"]


class TestChoice:
    @pytest.mark.parametrize(
        ("wish", "language"),
        [
            (None, "en"),
            ("", "en"),
            ("lt", "lt"),
            ("lt-LT", "lt"),
            ("LT", "lt"),
            ("en;q=0.5, lt;q=0.9", "lt"),
            ("fr, lt;q=0.1", "lt"),
            ("fr", "en"),
            ("*", "en"),
            ("en;q=0, *;q=0.5", "lt"),
            ("lt;q=0, en", "en"),
            ("lt;q=nonsense", "en"),
            (",,;;=", "en"),
        ],
    )
    @pytest.mark.parametrize("path", ["/", "/doc/partner/sweden", "/sparql"])
    def test_client_decides_where_the_address_does_not(
        self, flagship_client: FlaskClient, path: str, wish: str | None, language: str
    ) -> None:
        """Accept-Language decides on an address without a language, else the first language."""
        found, told = page(flagship_client, path, wish)

        assert found.language == told == language

    @pytest.mark.parametrize("path", PATHS)
    def test_negotiated_pages_vary_by_language(
        self, flagship_client: FlaskClient, path: str
    ) -> None:
        """Caches are told that the language decided."""
        response = flagship_client.get(path, headers={"Accept": "text/html"})

        assert "accept-language" in vary(response)

    @pytest.mark.parametrize("language", ["en", "lt"])
    @pytest.mark.parametrize(
        "stem",
        [
            "/index",
            "/browse/index",
            "/browse/partner/index",
            "/doc/partner/sweden",
            "/search",
            "/about/index",
            "/downloads/index",
            "/sparql",
            "/def/cooperation",
        ],
    )
    def test_address_wins_over_the_client(
        self, flagship_client: FlaskClient, stem: str, language: str
    ) -> None:
        """An address with a language is always in that language."""
        other = {"en": "lt", "lt": "en"}[language]

        found, told = page(flagship_client, f"{stem}.{language}.html", other)

        assert found.language == told == language

    @pytest.mark.parametrize("language", ["fr", "xx", "en-gb", "EN", "lt2"])
    @pytest.mark.parametrize("stem", ["/index", "/search", "/doc/partner/sweden", "/sparql"])
    def test_other_languages_are_404(
        self, flagship_client: FlaskClient, stem: str, language: str
    ) -> None:
        """A language the project does not have has no page."""
        assert flagship_client.get(f"{stem}.{language}.html").status_code == 404


class TestPages:
    def test_links_stay_in_the_language(self, flagship_client: FlaskClient) -> None:
        """On a Lithuanian page every link to a page leads to a Lithuanian one."""
        found, _ = page(flagship_client, "/doc/partner/sweden.lt.html")
        inside = [each for each in found.all("a") if each.get("href").endswith(".html")]

        other = [each.get("href") for each in inside if not each.get("href").endswith(".lt.html")]

        assert len(inside) > 10
        assert other == ["/doc/partner/sweden.en.html"]

    def test_language_link_leads_to_the_same_page(self, flagship_client: FlaskClient) -> None:
        """The other language is the same page with the same query."""
        found, _ = page(flagship_client, "/search.en.html?q=a&kind=partner")

        (link,) = [each for each in found.all("a") if each.get("hreflang")]

        assert link.get("href") == "/search.lt.html?q=a&kind=partner"
        assert link.get("lang") == "lt"
        assert link.words == "Lietuviškai"

    def test_head_names_each_language(self, flagship_client: FlaskClient) -> None:
        """Search engines find the page in each language."""
        found, _ = page(flagship_client, "/doc/partner/sweden.en.html")

        alternates = {
            each.get("hreflang"): each.get("href")
            for each in found.all("link")
            if each.get("hreflang")
        }

        assert alternates == {
            "en": "/doc/partner/sweden.en.html",
            "lt": "/doc/partner/sweden.lt.html",
        }

    def test_names_are_in_the_pages_language(self, flagship_client: FlaskClient) -> None:
        """An entity is called by its name in the page's language."""
        english, _ = page(flagship_client, "/doc/partner/sweden.en.html")
        lithuanian, _ = page(flagship_client, "/doc/partner/sweden.lt.html")

        assert english.one("h1").words == "Sweden"
        assert lithuanian.one("h1").words == "Švedija"

    def test_texts_in_another_language_say_so(self, herbarium_client: FlaskClient) -> None:
        """Where the interface does not speak the data's language, each text carries its own."""
        found, told = page(herbarium_client, "/arten")

        heading = next(each for each in found.all("h3") if each.words == "Stieleiche")

        assert told == "de"
        assert found.language == "en"
        assert heading.get("lang") == "de"
