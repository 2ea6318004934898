"""Addresses of pages and files on the server that answers."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from lod.addresses import Site, quoted

BASE = "https://data.example/set/"
SITE = Site(BASE)
MOUNTED = Site(BASE, "/data", "http://localhost:8000")


class TestQuoted:
    @pytest.mark.parametrize(
        ("path", "address"),
        [
            ("doc/thing/oak.ttl", "doc/thing/oak.ttl"),
            ("a b", "a%20b"),
            ("gänse", "g%C3%A4nse"),
            ("a%20b", "a%2520b"),
            ("a?b#c", "a%3Fb%23c"),
            ("a\\b\n", "a%5Cb%0A"),
            ("a:b@c!$&'()*+,;=~", "a:b@c!$&'()*+,;=~"),
            ('"<>`{}|^[]', "%22%3C%3E%60%7B%7D%7C%5E%5B%5D"),
        ],
    )
    def test_only_what_a_path_may_hold_stands_as_it_is(self, path: str, address: str) -> None:
        """A path is written so that it cannot become a query, a fragment or another line."""
        assert quoted(path) == address


class TestPath:
    @pytest.mark.parametrize(
        ("site", "address"), [(SITE, "/doc/a%20b"), (MOUNTED, "/data/doc/a%20b")]
    )
    def test_address_starts_where_the_site_is_mounted(self, site: Site, address: str) -> None:
        """A site below another path links within itself."""
        assert site.path("doc/a b") == address

    def test_absolute_address_has_the_host_that_was_asked(self) -> None:
        """Addresses that must be whole name the host the client knows."""
        assert MOUNTED.absolute("downloads/") == "http://localhost:8000/data/downloads/"

    @pytest.mark.parametrize("path", ["/evil.example", "//evil.example", "/\\evil.example", "/"])
    def test_path_with_slashes_at_its_start_stays_on_the_site(self, path: str) -> None:
        """No path can lead a reader to another host."""
        assert urlsplit(SITE.path(path)).netloc == ""
        assert urlsplit(SITE.page(path, "en")).netloc == ""


class TestServed:
    @pytest.mark.parametrize(
        ("iri", "address"),
        [
            (f"{BASE}id/a%20b", "http://localhost:8000/data/id/a%20b"),
            (f"{BASE}def#Term", "http://localhost:8000/data/def#Term"),
            (BASE, "http://localhost:8000/data/"),
            ("https://other.example/a", "https://other.example/a"),
            ("https://data.example/set", "https://data.example/set"),
        ],
    )
    def test_our_own_iris_are_answered_here(self, iri: str, address: str) -> None:
        """An address of our own leads to this server, another stays as it is."""
        assert MOUNTED.served(iri) == address


class TestEntity:
    @pytest.mark.parametrize(
        ("local", "address"),
        [
            ("id/thing/oak", "/doc/thing/oak.lt.html"),
            ("def#Term", "/def.lt.html#Term"),
            ("id/gänse", "/doc/g%C3%A4nse.lt.html"),
            ("id/a%20b", "/doc/a%20b.lt.html"),
            ("x?y=1", "/doc/x%3Fy=1.lt.html"),
            ("", "/doc/index.lt.html"),
            ("dir/#x", "/dir/index.lt.html#x"),
        ],
    )
    def test_page_about_our_own_iri_is_in_the_language(self, local: str, address: str) -> None:
        """A link on a page leads to a page in the same language."""
        assert SITE.entity(BASE + local, "lt") == address
        assert MOUNTED.entity(BASE + local, "lt") == f"/data{address}"

    @pytest.mark.parametrize("iri", ["https://other.example/a", "javascript:alert(1)", "urn:x", ""])
    def test_other_iri_has_no_page_here(self, iri: str) -> None:
        """We have no page about what is not ours."""
        assert SITE.entity(iri, "en") is None
        assert SITE.document(iri) is None

    @pytest.mark.parametrize("local", ["/evil.example/#x", "/evil.example#x", "//evil.example/#x"])
    def test_iri_with_double_slashes_leads_nowhere_else(self, local: str) -> None:
        """An IRI of our own, however odd, never links to another host."""
        address = SITE.entity(BASE + local, "en")

        assert address is not None
        assert urlsplit(address).netloc == ""


class TestDocument:
    @pytest.mark.parametrize(
        ("local", "extension", "address"),
        [
            ("id/thing/oak", "", "/doc/thing/oak"),
            ("id/thing/oak", "ttl", "/doc/thing/oak.ttl"),
            ("def#Term", "jsonld", "/def.jsonld"),
            ("scheme/a%20b", "csv", "/doc/scheme/a%20b.csv"),
        ],
    )
    def test_document_is_addressed_with_or_without_a_format(
        self, local: str, extension: str, address: str
    ) -> None:
        """A document has one address that negotiates and one for each format."""
        assert SITE.document(BASE + local, extension) == address


class TestPage:
    @pytest.mark.parametrize(
        ("path", "address"),
        [
            ("", "/index.en.html"),
            ("browse/", "/browse/index.en.html"),
            ("search", "/search.en.html"),
            ("doc/thing/oak", "/doc/thing/oak.en.html"),
        ],
    )
    def test_page_names_its_language(self, path: str, address: str) -> None:
        """Each page has an address of its own in each language; a folder's page is its index."""
        assert SITE.page(path, "en") == address

    def test_query_fields_with_a_value_are_kept(self) -> None:
        """Fields of a form that are empty are left out; 0 is a value."""
        address = SITE.page("search", "lt", q="ąžuolas & co", kind=None, after="", page=2, n=0)

        assert address == "/search.lt.html?q=%C4%85%C5%BEuolas+%26+co&page=2&n=0"
