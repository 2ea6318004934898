"""Prefixes: IRIs made short and long again."""

from __future__ import annotations

import pytest

from lod.errors import ConfigError
from lod.rdf.namespaces import RDFS, WELL_KNOWN_PREFIXES
from lod.rdf.prefixes import Prefixes

BASE = "https://data.example/"
PREFIXES = Prefixes({"ex": BASE, "thing": f"{BASE}id/thing/", "term": f"{BASE}def#"})


class TestMapping:
    def test_well_known_prefixes_need_not_be_given(self) -> None:
        """Every project knows rdfs without saying so."""
        assert Prefixes({})["rdfs"] == RDFS.iri
        assert set(WELL_KNOWN_PREFIXES) <= set(PREFIXES)

    def test_own_meaning_of_a_prefix_wins(self) -> None:
        """A project may mean something else by a well-known prefix."""
        prefixes = Prefixes({"schema": "http://schema.org/"})

        assert prefixes["schema"] == "http://schema.org/"
        assert prefixes.shorten("http://schema.org/name") == "schema:name"
        assert prefixes.shorten("https://schema.org/name") is None

    def test_own_name_of_a_namespace_wins(self) -> None:
        """A namespace is shortened as the project calls it."""
        prefixes = Prefixes({"dct": WELL_KNOWN_PREFIXES["dcterms"]})

        assert prefixes.shorten("http://purl.org/dc/terms/source") == "dct:source"
        assert "dcterms" not in prefixes

    def test_prefixes_stand_sorted(self) -> None:
        """The order of the configuration does not show."""
        prefixes = Prefixes({"b": f"{BASE}b/", "a": f"{BASE}a/"}, well_known=False)

        assert list(prefixes) == ["a", "b"]
        assert len(prefixes) == 2

    def test_unknown_prefix_is_a_missing_key(self) -> None:
        """A prefix that nobody declared stands for nothing."""
        with pytest.raises(KeyError):
            PREFIXES["none"]


class TestShorten:
    @pytest.mark.parametrize(
        ("iri", "name"),
        [
            (f"{BASE}a", "ex:a"),
            (f"{BASE}id/thing/oak", "thing:oak"),
            (f"{BASE}def#Term", "term:Term"),
            (f"{BASE}gänseblümchen", "ex:gänseblümchen"),
            (f"{BASE}2015", "ex:2015"),
            (f"{BASE}a.b-c_d", "ex:a.b-c_d"),
            (f"{BASE}a:b", "ex:a:b"),
            (f"{BASE}\U00010400", "ex:\U00010400"),
            (BASE, "ex:"),
            (f"{BASE}def#", "term:"),
        ],
    )
    def test_iri_below_a_namespace_gets_its_prefix(self, iri: str, name: str) -> None:
        """An IRI is written as a prefixed name where that is possible."""
        assert PREFIXES.shorten(iri) == name

    @pytest.mark.parametrize(
        "local",
        ["a/b", "-a", ".a", "a.", "a%20b", "a'b", "a(b)", "a,b", "a~b", "a;b", "a#b", "a?b", "a&b"],
    )
    def test_local_name_that_needs_an_escape_is_not_shortened(self, local: str) -> None:
        """An IRI that could only be shortened with backslashes stays whole."""
        assert PREFIXES.shorten(BASE + local) is None

    @pytest.mark.parametrize(
        "iri", ["https://other.example/a", "https://data.example", "urn:a", ""]
    )
    def test_iri_of_no_namespace_stays_whole(self, iri: str) -> None:
        """An IRI that no prefix fits has no short form."""
        assert PREFIXES.shorten(iri) is None

    def test_longest_namespace_wins(self) -> None:
        """A namespace inside another is called by its own prefix."""
        prefixes = Prefixes({"a": BASE, "c": f"{BASE}x:y:", "b": f"{BASE}x:"})

        assert prefixes.shorten(f"{BASE}x:y:z") == "c:z"
        assert prefixes.shorten(f"{BASE}x:z") == "b:z"
        assert prefixes.shorten(f"{BASE}z") == "a:z"

    def test_namespace_may_end_anyhow(self) -> None:
        """A namespace that ends in the middle of a word is used like any other."""
        prefixes = Prefixes({"page": f"{BASE}page-", "long": f"{BASE}page-long", "ex": BASE})

        assert prefixes.shorten(f"{BASE}page-1") == "page:1"
        assert prefixes.shorten(f"{BASE}page-longer") == "long:er"
        assert prefixes.shorten(f"{BASE}pager") == "ex:pager"

    def test_outer_namespace_helps_where_the_inner_one_cannot(self) -> None:
        """Where the local name of the nearest prefix needs an escape, a wider prefix may do."""
        prefixes = Prefixes({"ex": BASE, "dash": f"{BASE}a:"})

        assert prefixes.shorten(f"{BASE}a:-b") == "ex:a:-b"

    def test_first_of_two_prefixes_of_a_namespace_is_used(self) -> None:
        """A namespace with two prefixes is always called by the same one."""
        one = Prefixes({"b": BASE, "a": BASE})
        other = Prefixes({"a": BASE, "b": BASE})

        assert one.shorten(f"{BASE}x") == other.shorten(f"{BASE}x") == "a:x"

    def test_empty_prefix_is_a_prefix(self) -> None:
        """The prefix may be nothing but its colon."""
        assert Prefixes({"": BASE}).shorten(f"{BASE}a") == ":a"


class TestExpand:
    @pytest.mark.parametrize(
        ("name", "iri"),
        [
            ("ex:a", f"{BASE}a"),
            ("ex:", BASE),
            ("ex:a:b/c", f"{BASE}a:b/c"),
            ("rdfs:label", RDFS.label.value),
            ("<urn:isbn:1>", "urn:isbn:1"),
            ("https://other.example/a", "https://other.example/a"),
        ],
    )
    def test_name_stands_for_an_iri(self, name: str, iri: str) -> None:
        """The configuration names terms by prefix, between angle brackets, or by web address."""
        assert PREFIXES.expand(name) == iri

    @pytest.mark.parametrize(
        ("name", "cure"),
        [
            ("exx:a", 'Add exx = "…" to [prefixes].'),
            ("urn:isbn:1", 'Add urn = "…" to [prefixes].'),
            (":a", 'Add the prefix = "…" to [prefixes].'),
        ],
    )
    def test_unknown_prefix_is_refused_with_its_cure(self, name: str, cure: str) -> None:
        """A prefix that is not declared is told with what to add, and where."""
        with pytest.raises(ConfigError) as caught:
            PREFIXES.expand(name)

        assert caught.value.code == "config/unknown-prefix"
        assert caught.value.place == "lod.toml"
        assert caught.value.cure == cure
        assert f'"{name}"' in caught.value.message

    @pytest.mark.parametrize("name", ["", "a", "ex", "<a"])
    def test_word_without_a_prefix_is_refused(self, name: str) -> None:
        """A bare word stands for no IRI."""
        with pytest.raises(ConfigError, match="config/unknown-prefix"):
            PREFIXES.expand(name)

    def test_place_of_the_name_is_told(self) -> None:
        """The complaint says where the name stands."""
        with pytest.raises(ConfigError) as caught:
            PREFIXES.expand("none:a", place="lod.toml:7")

        assert str(caught.value).startswith("config/unknown-prefix: lod.toml:7: ")
