"""The query page: a plain form, and its results."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from lod.release import Release
from support.html import Page

ADDRESS = "/sparql.{}.html"


def language(release: Release) -> str:
    return release.project.languages[0]


def page(client: FlaskClient, release: Release, query: str | None = None) -> Page:
    fields = {} if query is None else {"query": query}
    response = client.get(ADDRESS.format(language(release)), query_string=fields)
    assert response.mimetype == "text/html"
    return Page(response.get_data(as_text=True))


class TestForm:
    def test_form_is_filled_with_a_query_that_works(
        self, client: FlaskClient, release: Release
    ) -> None:
        """The first query of the form gives rows."""
        query = "".join(page(client, release).one("textarea").text)

        rows = page(client, release, query).one("table").words

        assert rows

    def test_form_leads_to_the_page_itself(self, client: FlaskClient, release: Release) -> None:
        """The form is sent to the page in its language, by GET, so that results can be shared."""
        form = next(each for each in page(client, release).all("form") if "main" in each.path)

        assert form.get("action") == ADDRESS.format(language(release))
        assert form.get("method") == "get"

    def test_long_query_is_posted(self, client: FlaskClient, release: Release) -> None:
        """A query too long for an address is sent by POST, and answered."""
        query = "# " + "x" * 3000 + "\nASK { ?s ?p ?o }"
        response = client.post(ADDRESS.format(language(release)), data={"query": query})
        found = Page(response.get_data(as_text=True))

        (form,) = [each for each in found.all("form") if "main" in each.path]

        assert response.status_code == 200
        assert form.get("method") == "post"
        assert "Yes" in found.one("main").words

    def test_prefixes_can_be_copied(self, client: FlaskClient, release: Release) -> None:
        """The project's prefixes stand on the page as a query wants them."""
        words = page(client, release).one("main").words

        for prefix, iri in release.project.prefixes.items():
            assert f"PREFIX {prefix}: <{iri}>" in words

    def test_browser_at_the_endpoint_gets_the_page(self, client: FlaskClient) -> None:
        """A person who opens the endpoint's address gets the form."""
        response = client.get("/sparql", headers={"Accept": "text/html,*/*;q=0.8"})

        assert Page(response.get_data(as_text=True)).one("textarea")

    @pytest.mark.parametrize("query", ["", "  \n "])
    def test_empty_query_shows_the_form(
        self, client: FlaskClient, release: Release, query: str
    ) -> None:
        """An empty form is no mistake."""
        assert page(client, release, query).one("textarea")


class TestResult:
    def test_entities_are_shown_by_name_with_links(
        self, flagship_client: FlaskClient, flagship: Release
    ) -> None:
        """An address in a result is shown by its name and leads to its page."""
        query = "SELECT ?partner { VALUES ?partner { <https://w3id.org/ltdef/id/partner/sweden> } }"

        found = page(flagship_client, flagship, query)
        (cell,) = found.all("td")
        links = found.all("a")

        assert cell.words == "Sweden"
        assert any(
            each.words == "Sweden" and each.get("href") == "/doc/partner/sweden.en.html"
            for each in links
        )

    def test_downloads_are_the_same_query_in_each_format(
        self, client: FlaskClient, release: Release
    ) -> None:
        """Under the result there is a link for each format, and each answers."""
        query = "SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 3"
        found = page(client, release, query)
        links = [
            each.get("href") for each in found.all("a") if each.get("href").startswith("/sparql?")
        ]

        types = set()
        for link in links:
            response = client.get(link)
            types.add(response.mimetype)
            response.close()

        assert types == {
            "application/sparql-results+json",
            "application/sparql-results+xml",
            "text/csv",
            "text/tab-separated-values",
        }

    def test_long_result_is_cut_and_says_so(self, flagship_client: FlaskClient) -> None:
        """A page shows a hundred rows and says that the downloads hold all."""
        response = flagship_client.get(
            ADDRESS.format("en"), query_string={"query": "SELECT * { ?s ?p ?o }"}
        )
        found = Page(response.get_data(as_text=True))

        assert len([each for each in found.all("tr") if "tbody" in each.path]) == 100
        assert "first 100 rows" in found.one("main").words

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("ASK { ?s ?p ?o }", "Yes"),
            ("ASK { ?s <https://v.example/no> ?o }", "No"),
            ("SELECT * { ?s <https://v.example/no> ?o }", "No rows"),
        ],
    )
    def test_other_results_are_said_in_words(
        self, client: FlaskClient, release: Release, query: str, words: str
    ) -> None:
        """Yes, no and nothing are said in words."""
        assert words in page(client, release, query).one("main").words

    def test_graph_is_shown_as_a_table(self, client: FlaskClient, release: Release) -> None:
        """CONSTRUCT is shown as subject, predicate and object."""
        query = "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c }"

        heads = [each.words for each in page(client, release, query).all("th")]

        assert heads == ["subject", "predicate", "object"]

    def test_query_stays_in_the_form(self, client: FlaskClient, release: Release) -> None:
        """What was asked can be changed, letter by letter."""
        query = "SELECT *\n{ ?s ?p '</textarea><b>\"&amp;' }"

        assert "".join(page(client, release, query).one("textarea").text) == query


class TestMistakes:
    def test_mistake_is_shown_where_it_is(self, client: FlaskClient, release: Release) -> None:
        """A wrong query is shown with its line and a mark below the place, and can be changed."""
        query = "SELECT *\n{ ?s nobody:knows ?o }"
        response = client.get(ADDRESS.format(language(release)), query_string={"query": query})
        found = Page(response.get_data(as_text=True))

        excerpt = "".join(found.all("pre")[0].text)

        assert response.status_code == 400
        assert excerpt == "{ ?s nobody:knows ?o }\n     ^"
        assert "".join(found.one("textarea").text) == query
        assert "PREFIX nobody:" in found.one("main").words

    @pytest.mark.parametrize(
        ("query", "status"),
        [
            ("CLEAR ALL", 403),
            ("SELECT * { SERVICE <https://other.example/> {} }", 403),
            ("rubbish", 400),
            ("SELECT * {\n\n", 400),
            ("{" * 90, 400),
            ("ASK { ?s ?p ?o }".ljust(100_001), 413),
        ],
    )
    def test_refusal_has_its_status_and_words(
        self, client: FlaskClient, release: Release, query: str, status: int
    ) -> None:
        """What is refused is told on the page, with the right status."""
        response = client.post(ADDRESS.format(language(release)), data={"query": query})
        found = Page(response.get_data(as_text=True))

        assert response.status_code == status
        assert any(each.get("role") == "alert" and each.words for each in found.elements)

    @pytest.mark.parametrize("content_type", ["text/plain", "multipart/form-data", ""])
    def test_form_sent_otherwise_is_415(
        self, client: FlaskClient, release: Release, content_type: str
    ) -> None:
        """A form in an unknown wrapping is refused here, too."""
        response = client.post(
            ADDRESS.format(language(release)), data=b"query=x", content_type=content_type
        )

        assert response.status_code == 415

    def test_links_of_entities_open_a_query_that_works(
        self, client: FlaskClient, release: Release
    ) -> None:
        """The query an entity's page leads to gives what is said of the entity."""
        home = Page(client.get("/doc/dataset", headers={"Accept": "text/html"}).get_data(True))
        link = next(
            each.get("href")
            for each in home.all("a")
            if urlsplit(each.get("href")).query.startswith("query=")
        )

        assert client.get(link).status_code == 200


class TestRefusal:
    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("SELECT * {", "Užklausa nėra taisyklinga"),
            ("ASK { SERVICE <http://x/> { } }", "kitus serverius"),
            ("CLEAR ALL", "nieko nekeičia"),
            ("ASK " + "{" * 100 + "}" * 100, "per giliai"),
        ],
    )
    def test_reader_of_lithuanian_is_told_why(
        self, flagship_client: FlaskClient, query: str, said: str
    ) -> None:
        """What is wrong is said in the page's language; the details are marked as English."""
        response = flagship_client.get("/sparql.lt.html", query_string={"query": query})
        found = response.get_data(as_text=True)

        assert response.status_code >= 400
        assert said in found
        assert '<p lang="en">' in found
