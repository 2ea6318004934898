"""Addresses for machines and operators."""

from __future__ import annotations

import urllib.robotparser
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from lod.release import Release
from support.graphs import read
from support.html import Page
from support.places import links


class TestVoid:
    def test_well_known_address_leads_to_the_description(
        self, client: FlaskClient, release: Release
    ) -> None:
        """Machines find the dataset's description at the address VoID reserves for it."""
        response = client.get(
            "/.well-known/void", headers={"Accept": "text/turtle"}, follow_redirects=True
        )
        base = release.project.base

        assert response.status_code == 200
        assert response.mimetype == "text/turtle"
        assert (
            f"<{base}dataset> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
            "<http://rdfs.org/ns/void#Dataset>"
        ) in read(response.data, "ttl")

    @pytest.mark.parametrize("path", ["/.well-known/", "/.well-known/nothing"])
    def test_other_well_known_addresses_are_404(self, client: FlaskClient, path: str) -> None:
        """What is not there is not there."""
        assert client.get(path).status_code == 404


class TestHealth:
    def test_health_names_the_release(self, client: FlaskClient, release: Release) -> None:
        """An operator sees that the server answers, and with which release."""
        response = client.get("/healthz")

        assert response.status_code == 200
        assert response.get_data(as_text=True) == f"ok {release.folder.name}\n"
        assert "no-store" in response.headers["Cache-Control"]


class TestRobots:
    @pytest.mark.parametrize(
        ("path", "allowed"),
        [
            ("/", True),
            ("/doc/dataset", True),
            ("/browse/", True),
            ("/downloads/", True),
            ("/sparql?query=x", False),
        ],
    )
    def test_crawlers_may_read_all_but_queries(
        self, client: FlaskClient, path: str, allowed: bool
    ) -> None:
        """robots.txt blocks no data, only what costs and is never the same."""
        rules = urllib.robotparser.RobotFileParser()

        rules.parse(client.get("/robots.txt").get_data(as_text=True).splitlines())

        assert rules.can_fetch("*", path) is allowed


class TestStatic:
    def test_files_a_page_needs_may_be_kept_for_ever(self, client: FlaskClient) -> None:
        """Style and icon are named by their content, so they never have to be asked for again."""
        page = Page(client.get("/").get_data(as_text=True))
        names = [
            each.get("href")
            for each in page.all("link")
            if each.get("rel") in {"stylesheet", "icon"}
        ]

        assert len(names) == 2
        for name in names:
            response = client.get(name)
            assert response.status_code == 200
            assert "immutable" in response.headers["Cache-Control"]
            again = client.get(name, headers={"If-None-Match": response.headers["ETag"]})
            assert again.status_code == 304

    @pytest.mark.parametrize(
        "name", ["style.css", "..%2F__init__.py", "%2e%2e/pages.py", "style.0000000000.css", ""]
    )
    def test_nothing_else_is_there(self, client: FlaskClient, name: str) -> None:
        """No other file of the toolkit can be had."""
        assert client.get(f"/static/{name}").status_code == 404


SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def parsed(content: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(content)  # noqa: S314 - our own answer


def listed(client: FlaskClient, path: str, kind: str) -> list[str]:
    """Return the addresses a list names."""
    response = client.get(path)
    assert response.status_code == 200
    assert response.mimetype == "application/xml"
    return [str(each.text) for each in parsed(response.data).iter(f"{SITEMAP}{kind}")]


class TestSitemap:
    def test_it_lists_pages_that_answer(self, client: FlaskClient, release: Release) -> None:
        """Each address of each list answers 200, without a redirect, and stands there once."""
        parts = [str(each) for each in listed(client, "/sitemap.xml", "loc")]
        pages = [page for part in parts for page in listed(client, urlsplit(part).path, "loc")]

        assert len(pages) == len(set(pages)) >= 10
        for page in pages[:: max(1, len(pages) // 100)]:
            assert client.get(urlsplit(page).path).status_code == 200
        assert len(pages) % len(release.project.languages) == 0

    def test_robots_lead_to_it(self, client: FlaskClient) -> None:
        """Crawlers find the list by robots.txt (RFC 9309)."""
        assert "Sitemap: http://localhost/sitemap.xml" in client.get("/robots.txt").text

    @pytest.mark.parametrize("name", ["nothing-1", "pages-1", "..", "initiative-99", "initiative"])
    def test_unknown_list_is_404(self, client: FlaskClient, name: str) -> None:
        """There are only the lists the first one names."""
        assert client.get(f"/sitemap/{name}.xml").status_code == 404

    def test_schema_is_kept(self, client: FlaskClient) -> None:
        """Language alternates name each other, in as many pairs as there are languages."""
        tree = parsed(client.get("/sitemap/pages.xml").data)

        for url in tree:
            alternates = [each.get("href") for each in url if each.tag.endswith("}link")]
            assert url[0].text in alternates


class TestLinkset:
    def test_each_link_answers(self, client: FlaskClient, release: Release) -> None:
        """Page, metadata and files lead to each other by absolute addresses (RFC 9264)."""
        response = client.get("/linkset.json")
        contexts = response.get_json()["linkset"]
        page, *files = contexts

        assert response.mimetype == "application/linkset+json"
        assert page["anchor"] == "http://localhost/doc/dataset"
        assert {"cite-as", "describedby", "type", "item"} <= set(page)
        assert [each["href"] for each in page["cite-as"]] == [f"{release.project.base}dataset"]
        assert [each["anchor"] for each in files] == [each["href"] for each in page["item"]]
        for each in (*page["item"], *page["describedby"], *files[0]["collection"]):
            answer = client.get(urlsplit(each["href"]).path)
            assert answer.status_code == 200
            assert answer.content_type == each["type"] or answer.mimetype == each["type"]

    def test_dataset_leads_to_it(self, client: FlaskClient) -> None:
        """The page about the dataset has the signposts of a landing page."""
        found = {each.relation for each in links(client.get("/doc/dataset"))}

        assert {"linkset", "item", "type", "cite-as", "describedby", "license"} <= found
        assert "collection" not in found
