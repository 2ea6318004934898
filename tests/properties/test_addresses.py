"""Addresses lead where they should, whatever the IRI."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from hypothesis import assume, given
from hypothesis import strategies as st

from lod.addresses import (
    Site,
    Suffix,
    document_path,
    is_internal,
    split_suffix,
    thing_path,
    thing_paths,
)
from properties.strategies import BASE, iris, texts

LANGUAGES = ("en", "lt")
EXTENSIONS = ("html", "ttl")
paths = st.lists(texts(max_size=6), max_size=4).map("/".join)
roots = st.sampled_from(["", "/data", "/a/b"])


class TestDocuments:
    @given(iris())
    def test_document_of_a_thing_is_about_it(self, iri: str) -> None:
        """From a thing to its document and back is the same thing."""
        assume("#" not in iri)

        path = document_path(iri, BASE)

        assert (path is None) == (not is_internal(iri, BASE))
        assert path is None or thing_path(iri, BASE) in thing_paths(path)

    @given(paths)
    def test_things_of_a_document_lead_back_to_it(self, path: str) -> None:
        """From a document to what it is about and back is the same document."""
        assume("#" not in path and "%" not in path)

        for each in thing_paths(f"doc/{path}"):
            leads_to = document_path(BASE + each, BASE)
            assert leads_to in {f"doc/{path}", f"doc/{path.removeprefix('id/')}"}

    @given(iris())
    def test_document_of_a_name_is_where_it_is_named(self, iri: str) -> None:
        """What stands behind # changes nothing about where its document is."""
        assume(is_internal(iri, BASE))

        assert document_path(f"{iri.partition('#')[0]}#name", BASE) == thing_path(iri, BASE)


class TestSite:
    @given(paths, roots, st.sampled_from(LANGUAGES))
    def test_no_path_leads_off_the_site(self, path: str, root: str, language: str) -> None:
        """Whatever a path holds, its address is below the site's own root."""
        site = Site(BASE, root)

        for address in (site.path(path), site.page(path, language)):
            parts = urlsplit(address)
            assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
            assert parts.path.startswith(f"{root}/")

    @given(paths)
    def test_address_says_the_path(self, path: str) -> None:
        """A server that decodes an address is asked for the path it was made of."""
        assume(not path.startswith("/"))

        assert unquote(Site(BASE).path(path)) == f"/{path}"

    @given(paths.filter(lambda path: path != "" and not path.endswith("/")))
    def test_page_is_found_again(self, path: str) -> None:
        """The address of a page is taken apart into what it was made of."""
        address = unquote(Site(BASE).page(path, "lt")).removeprefix("/")

        found = split_suffix(address, EXTENSIONS, LANGUAGES)

        assume(not path.startswith("/"))
        assert found == Suffix(path, "html", "lt")
