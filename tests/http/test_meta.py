"""Addresses for machines and operators."""

from __future__ import annotations

import urllib.robotparser

import pytest
from flask.testing import FlaskClient

from lod.release import Release
from support.graphs import read
from support.html import Page


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
