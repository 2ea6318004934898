"""Data and requests that try to become markup, script or headers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from support.apps import served
from support.crawling import faults, walk
from support.html import Page
from support.projects import release_of, write_project

HOSTILE = """\
@prefix : <https://hostile.example/id/thing/> .
@prefix v: <https://hostile.example/def#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

:script a v:Thing ; rdfs:label "<script>alert(1)</script>"@en ;
  rdfs:comment "</title></main>{{ 7 * 7 }}{% raw %}<img src=x onerror=alert(1)>"@en ;
  v:link <javascript:alert(1)> , <data:text/html,%3Cscript%3Ealert(1)%3C/script%3E> ,
    <vbscript:alert(1)> , <file:///etc/passwd> , <https://other.example/?a='&b=%22%3E> ;
  v:address "javascript:alert(1)"^^xsd:anyURI , "https://other.example/\\"><script>"^^xsd:anyURI ;
  v:typed "<b>bold</b>"^^<https://other.example/type?a=1&b=%3Cscript%3E> .
<https://hostile.example/id/thing/a'b&c=d> a v:Thing ; v:knows :script ;
  rdfs:label "\\" onmouseover=\\"alert(1)"@en , "'><svg onload=alert(1)>"@fr .
<https://hostile.example/id/thing/%3Cscript%3Ealert(1)%3C/script%3E> a v:Thing .
<https://hostile.example/id/thing/..%2F..%2Fetc> a v:Thing ; rdfs:label "dots"@en .
<https://hostile.example/id/thing/100%25> a v:Thing ; rdfs:label "percent"@en .
<https://hostile.example/id/thing/a.ttl> a v:Thing ; rdfs:label "suffix"@en .
<https://hostile.example/id/thing/a.en.html> a v:Thing ; rdfs:label "page"@en .
<https://hostile.example/id/thing/a?b=c> a v:Thing ; rdfs:label "question"@en .
<https://hostile.example/id/thing/links> a v:Thing ; rdfs:label "links"@en .
v:Thing a owl:Class ; rdfs:label "<i>thing</i>"@en ; rdfs:comment "--><!--"@en .
v:link a owl:ObjectProperty ; rdfs:label "\\"><script>"@en .
"""
CONFIGURATION = """\
[project]
name = "hostile"
base = "https://hostile.example/"
languages = ["en"]
version = "1"
title = "</script><script>alert(1)</script>"
description = "<!-- \\" ' & </head>"
publisher = "<b>publisher</b>"
contact = "<a href='javascript:alert(1)'>"
licence = "https://licence.example/?a='&b=%22%3E"
homepage = "javascript:alert(2)"

[site]
footer = "<marquee>"
"""


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
