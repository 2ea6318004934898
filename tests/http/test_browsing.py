"""Home, lists, search and the way back from a wrong address."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from lod.rdf.collation import sort_key
from lod.release import Release
from lod.store import ReleaseStore
from support.apps import served
from support.html import Page
from support.pace import slowness
from support.places import vary
from support.projects import release_of, write_project

MANY = 120


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A dataset with more entities than one page shows, all of them linked to one hub."""
    folder = tmp_path_factory.mktemp("many")
    start = "@prefix : <https://data.example/id/thing/> . @prefix v: <https://data.example/def#> ."
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    things = [
        f':t{number} a v:Thing ; {label} "thing {number}"@en ; v:near :hub .'
        for number in range(MANY)
    ]
    files = {"data/a.ttl": "\n".join([start, f':hub a v:Hub ; {label} "hub"@en .', *things])}
    write_project(folder / "project", files)
    with served(release_of(folder / "project", folder / "out")) as app:
        yield app.test_client()


def page(client: FlaskClient, address: str, **headers: str) -> Page:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    response = client.get(address, headers=sent, follow_redirects=True)
    assert response.status_code == 200
    assert response.mimetype == "text/html"
    return Page(response.get_data(as_text=True))


def hrefs(found: Page, start: str = "") -> list[str]:
    return [each.get("href") for each in found.all("a") if each.get("href").startswith(start)]


class TestHome:
    def test_home_leads_everywhere(self, client: FlaskClient, release: Release) -> None:
        """The home page counts what there is and leads to lists, downloads and the endpoint."""
        language = release.project.languages[0]
        found = page(client, f"/index.{language}.html")
        kinds = [kind for kind in ReleaseStore(release).kinds() if kind.members]

        for kind in kinds:
            assert f"/browse/{kind.segment}/index.{language}.html" in hrefs(found)
        assert any(each.startswith("/downloads/latest/") for each in hrefs(found))
        assert "/sparql" in found.one("main").words
        assert found.one("h1").words == release.project.title[language]

    def test_home_tells_search_engines_what_it_is(
        self, client: FlaskClient, release: Release
    ) -> None:
        """The home page carries the dataset as schema.org JSON-LD, with files that answer."""
        (script,) = page(client, "/").all("script")

        told = json.loads("".join(script.text))

        assert told["@type"] == "Dataset"
        assert told["license"] == release.project.licence
        assert told["version"] == release.manifest.version
        for each in told["distribution"]:
            assert client.head(urlsplit(each["contentUrl"]).path).status_code == 200

    def test_data_client_is_led_to_the_datasets_description(self, client: FlaskClient) -> None:
        """Who asks the home page for data gets the dataset's description."""
        response = client.get("/", headers={"Accept": "text/turtle"})

        assert response.status_code == 303
        assert response.headers["Location"] == "/doc/dataset"
        assert "accept" in vary(response)

    def test_client_without_a_wish_gets_the_page(self, client: FlaskClient) -> None:
        """Curl and browsers alike get the page."""
        assert client.get("/").mimetype == "text/html"
        assert client.get("/", headers={"Accept": "*/*"}).mimetype == "text/html"


class TestLists:
    def test_list_is_sorted_for_its_readers(self, client: FlaskClient, release: Release) -> None:
        """A list stands in the order a reader of its language expects."""
        store = ReleaseStore(release)
        for language in release.project.languages:
            for kind in store.kinds():
                found = page(client, f"/browse/{kind.segment}/index.{language}.html")
                names = _names(found, release)
                assert len(names) == min(kind.members, 50)
                assert names == sorted(names, key=lambda name: sort_key(name, language))

    def test_pages_hold_each_entity_once(self, many: FlaskClient) -> None:
        """Page by page a long list is whole, in order, and the last page has no next one."""
        seen: list[str] = []
        address = "/browse/thing/index.en.html"
        count = 0

        while address:
            found = page(many, address)
            seen += hrefs(found, "/doc/thing/")
            following = [each.get("href") for each in found.all("a") if each.get("rel") == "next"]
            address = following[0] if following else ""
            count += 1

        assert count == 3
        assert seen == [f"/doc/thing/t{number}.en.html" for number in range(MANY)]

    def test_way_back_leads_back(self, many: FlaskClient) -> None:
        """The second page leads to the first by its plain address."""
        found = page(many, "/browse/thing/index.en.html?page=2")

        back = [each.get("href") for each in found.all("a") if each.get("rel") == "prev"]

        assert back == ["/browse/thing/index.en.html"]

    @pytest.mark.parametrize("number", ["0", "4", "-1", "x", "1.5", "٢", "", "9" * 400, "1e3"])
    def test_page_that_is_not_there_is_404(self, many: FlaskClient, number: str) -> None:
        """A page behind the last, or one that is no number, does not exist."""
        response = many.get("/browse/thing/", query_string={"page": number})

        assert response.status_code == 404

    def test_unknown_kind_is_404(self, client: FlaskClient) -> None:
        """A list nobody keeps does not exist."""
        assert client.get("/browse/no-such-kind/").status_code == 404

    def test_hub_shows_the_first_and_leads_to_all(self, many: FlaskClient) -> None:
        """Who points at a hub is counted, shown in part, and listed in full page by page."""
        found = page(many, "/doc/thing/hub.en.html")
        (address,) = hrefs(found, "/doc/thing/hub/links.en.html")
        seen: list[str] = []

        assert f"({MANY})" in found.one("main").words
        while address:
            part = page(many, address)
            inside = [each for each in part.all("a") if "main" in each.path]
            seen += [
                each.get("href") for each in inside if each.get("href").startswith("/doc/thing/t")
            ]
            following = [each.get("href") for each in inside if each.get("rel") == "next"]
            address = following[0] if following else ""

        assert len(seen) == len(set(seen)) == MANY

    @pytest.mark.parametrize(
        "query", ["", "?property=x", "?property=https://data.example/def%23no"]
    )
    def test_links_of_an_unknown_property_are_404(self, many: FlaskClient, query: str) -> None:
        """Nobody points with a property nobody uses."""
        assert many.get(f"/doc/thing/hub/links{query}").status_code == 404


def _names(found: Page, release: Release) -> list[str]:
    """Return the names of the entities a list shows."""
    lists = [each for each in found.all("a") if each.path[-2:] == ("ul", "li")]
    return [
        each.words
        for each in lists
        if "main" in each.path and not each.get("class") and "nav" not in each.path
    ]


class TestSearch:
    def test_found_entities_are_links(self, many: FlaskClient) -> None:
        """What is found leads to its page, and how many there are is said."""
        found = page(many, "/search.en.html?q=thing+119")

        assert hrefs(found, "/doc/thing/") == ["/doc/thing/t119.en.html"]
        assert "1 entity found" in found.one("main").words

    def test_results_are_paged_and_keep_the_words(self, many: FlaskClient) -> None:
        """The next page of results is about the same words."""
        found = page(many, "/search.en.html?q=thing")
        (following,) = [each.get("href") for each in found.all("a") if each.get("rel") == "next"]

        assert parse_qs(urlsplit(following).query) == {"q": ["thing"], "page": ["2"]}
        assert hrefs(page(many, following), "/doc/thing/")

    def test_nothing_found_leads_on(self, many: FlaskClient) -> None:
        """Where nothing is found, the lists are offered."""
        found = page(many, "/search.en.html?q=zzzzzz")

        assert "Nothing matches" in found.one("main").words
        assert "/browse/thing/index.en.html" in hrefs(found)

    def test_empty_search_is_a_form(self, client: FlaskClient) -> None:
        """Without words there is only the form."""
        assert page(client, "/search").one("h1").words

    def test_words_stay_in_the_field(self, many: FlaskClient) -> None:
        """What was typed can be changed."""
        found = page(many, '/search.en.html?q="a"+<b>')

        assert [each.get("value") for each in found.all("input") if each.get("id") == "q"] == [
            '"a" <b>'
        ]

    def test_kind_narrows_the_search(self, many: FlaskClient) -> None:
        """Results of one kind can be chosen, and the choice undone."""
        found = page(many, "/search.en.html?q=h&kind=hub")

        assert hrefs(found, "/doc/thing/") == ["/doc/thing/hub.en.html"]
        assert "/search.en.html?q=h" in hrefs(found)

    def test_own_address_leads_straight_to_its_page(self, many: FlaskClient) -> None:
        """An IRI of the dataset typed into the search leads to its page."""
        response = many.get(
            "/search.en.html", query_string={"q": "https://data.example/id/thing/hub"}
        )

        assert response.status_code == 303
        assert response.headers["Location"] == "/doc/thing/hub.en.html"

    def test_search_page_is_not_for_search_engines(self, many: FlaskClient) -> None:
        """Results are no pages to be indexed."""
        found = page(many, "/search.en.html?q=thing")

        assert any(
            each.get("name") == "robots" and "noindex" in each.get("content")
            for each in found.all("meta")
        )


class TestWrongAddress:
    def test_mistyped_address_suggests_what_was_meant(self, flagship_client: FlaskClient) -> None:
        """A slug with a slip leads to the entities with the nearest names and to their list."""
        response = flagship_client.get("/id/partner/swedn", headers={"Accept": "text/html"})
        found = Page(response.get_data(as_text=True))

        assert response.status_code == 404
        assert "/doc/partner/sweden.en.html" in hrefs(found)
        assert "/browse/partner/index.en.html" in hrefs(found)

    def test_program_gets_the_suggestions_as_well(self, flagship_client: FlaskClient) -> None:
        """The JSON body lists the IRIs that may have been meant."""
        response = flagship_client.get("/doc/initiative/sucba", headers={"Accept": "text/turtle"})

        assert response.status_code == 404
        assert response.mimetype == "application/problem+json"
        assert "https://w3id.org/ltdef/id/initiative/sucbas" in response.get_json()["suggestions"]

    def test_nothing_like_it_is_just_404(self, client: FlaskClient) -> None:
        """Where nothing is alike nothing is suggested."""
        body = client.get("/qqqqqqqq").get_json()

        assert body["status"] == 404
        assert body["title"]
        assert "suggestions" not in body

    @pytest.mark.parametrize("address", ["/", "/id/thing/", "/doc/thing/t1."])
    def test_longest_slug_costs_no_more_than_a_page(
        self, herbarium_client: FlaskClient, address: str
    ) -> None:
        """An address of 60 kB is answered at once: it must not keep the server searching."""
        began = time.process_time()
        response = herbarium_client.get(address + "a" * 60_000)

        assert response.status_code == 404
        assert time.process_time() - began < slowness()

    @pytest.mark.parametrize("length", [1, 500, 5000])
    def test_very_long_slug_is_answered(self, client: FlaskClient, length: int) -> None:
        """A long address costs no more than a short one."""
        assert client.get("/doc/" + "a" * length).status_code == 404

    def test_error_page_speaks_the_pages_language(self, flagship_client: FlaskClient) -> None:
        """A wrong address of a Lithuanian page is told in Lithuanian."""
        response = flagship_client.get("/doc/nothing.lt.html", headers={"Accept": "text/html"})

        found = Page(response.get_data(as_text=True))

        assert response.status_code == 404
        assert found.language == "lt"


class TestResolve:
    def test_pasted_iri_leads_to_its_page(self, client: FlaskClient, release: Release) -> None:
        """A canonical IRI can be pasted, with spaces around it."""
        iri = f"{release.project.base}dataset"

        response = client.get("/resolve", query_string={"iri": f" {iri} "})

        assert response.status_code == 303
        assert client.get(response.headers["Location"]).mimetype == "text/html"
        assert "accept-language" in vary(response)

    @pytest.mark.parametrize(
        "iri", ["", "x", "https://other.example/", "javascript:alert(1)", "//other.example/"]
    )
    def test_other_iri_leads_nowhere(self, client: FlaskClient, iri: str) -> None:
        """Nobody is led to another site."""
        assert client.get("/resolve", query_string={"iri": iri}).status_code == 404

    def test_unknown_iri_of_our_own_is_404(self, client: FlaskClient, release: Release) -> None:
        """An IRI nobody describes leads nowhere."""
        iri = f"{release.project.base}id/nothing/here"

        assert client.get("/resolve", query_string={"iri": iri}).status_code == 404


class TestPrefixedNames:
    def test_name_as_files_have_it_leads_to_the_page(self, herbarium_client: FlaskClient) -> None:
        """Whoever copies a prefixed name from a file is led to its page, too."""
        response = herbarium_client.get("/resolve", query_string={"iri": "begriff:Baum"})

        assert response.status_code == 303
        assert response.headers["Location"].endswith("/begriffe.de.html#Baum")
