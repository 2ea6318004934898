"""Search over names and descriptions: what is found, in which order, and that nothing breaks it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.release import Release
from lod.store import ReleaseStore
from support.projects import release_of, write_project

DATA = """\
@prefix : <https://data.example/id/bird/> .
@prefix v: <https://data.example/def#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

:crane a v:Bird ; rdfs:label "Crane"@en , "Gervė"@lt .
:crane-house a v:House ; rdfs:label "Crane house"@en .
:cranesbill a v:Plant ; rdfs:label "Cranesbill"@en .
:heron a v:Bird ; rdfs:label "Heron"@en ; rdfs:comment "Like a crane, with a bent neck."@en .
:stork a v:Bird ; rdfs:label "Stork"@en ; skos:altLabel "Šiaurės gandras"@lt ;
  skos:hiddenLabel "CRN-1"@en .
:straße a v:Street ; rdfs:label "Große Straße"@de .
:unnamed a v:Bird ; rdfs:label "Ø"@da , "100 % \\"quoted\\" (sic)"@en .
"""
BIRD = "https://data.example/id/bird/"


@pytest.fixture(scope="session")
def birds(tmp_path_factory: pytest.TempPathFactory) -> ReleaseStore:
    folder = tmp_path_factory.mktemp("birds")
    write_project(folder / "project", {"data/birds.ttl": DATA})
    return ReleaseStore(release_of(folder / "project", folder / "out"))


def found(store: ReleaseStore, text: str, kind: str | None = None) -> list[str]:
    """Return the slugs of what is found, best first."""
    hits = store.search(text, kind=kind, offset=0, limit=100)
    return [hit.iri.removeprefix(BIRD) for hit in hits.hits]


class TestRanking:
    def test_exact_name_comes_first_and_descriptions_last(self, birds: ReleaseStore) -> None:
        """Who types a name gets it first, then names that hold it, then mere mentions."""
        order = found(birds, "crane")

        assert order[0] == "crane"
        assert set(order[1:3]) == {"crane-house", "cranesbill"}
        assert order[3:] == ["heron"]

    @pytest.mark.parametrize("text", ["GERVĖ", "gerve", "gervė", " Gerve ", "gerve\u0307"])
    def test_case_and_marks_do_not_matter(self, birds: ReleaseStore, text: str) -> None:
        """Names are found without their diacritics, in either case, however composed."""
        assert found(birds, text) == ["crane"]

    @pytest.mark.parametrize("text", ["siaures gandras", "gandras šiaurės", "siau gand"])
    def test_words_may_be_cut_and_stand_in_any_order(self, birds: ReleaseStore, text: str) -> None:
        """The last letters of each word may be missing."""
        assert found(birds, text) == ["stork"]

    def test_all_words_must_match(self, birds: ReleaseStore) -> None:
        """More words find less."""
        assert found(birds, "crane house") == ["crane-house"]
        assert found(birds, "crane castle") == []

    def test_other_names_are_found(self, birds: ReleaseStore) -> None:
        """Alternative and hidden names lead to their entity."""
        assert found(birds, "crn-1") == ["stork"]

    def test_letters_of_other_languages_fold(self, birds: ReleaseStore) -> None:
        """ß is found as ss and Ø as o."""
        assert found(birds, "grosse strasse") == ["straße"]
        assert found(birds, "GROßE") == ["straße"]
        assert found(birds, "o") == ["unnamed"]

    def test_name_with_signs_is_found_as_typed(self, birds: ReleaseStore) -> None:
        """A name with quotes, brackets and signs can be typed as it is."""
        assert found(birds, '100 % "quoted" (sic)') == ["unnamed"]


class TestKindsAndPages:
    def test_kinds_are_counted_whatever_is_chosen(self, birds: ReleaseStore) -> None:
        """How many of each kind match is told also when one kind is chosen."""
        everything = birds.search("crane", kind=None, offset=0, limit=10)
        chosen = birds.search("crane", kind="bird", offset=0, limit=10)

        assert everything.total == 4
        assert everything.kinds == {"bird": 2, "house": 1, "plant": 1}
        assert chosen.total == 2
        assert chosen.kinds == everything.kinds
        assert {hit.kind for hit in chosen.hits} == {"bird"}

    def test_unknown_kind_has_no_hits(self, birds: ReleaseStore) -> None:
        """A kind nobody has finds nothing."""
        assert birds.search("crane", kind="fish", offset=0, limit=10).hits == ()

    def test_pages_follow_each_other(self, birds: ReleaseStore) -> None:
        """Page by page one gets what one would get at once."""
        pages = [
            hit.iri
            for offset in range(5)
            for hit in birds.search("crane", kind=None, offset=offset, limit=1).hits
        ]

        assert [each.removeprefix(BIRD) for each in pages] == found(birds, "crane")

    def test_each_entity_is_found_once(self, birds: ReleaseStore) -> None:
        """Two names that match make one hit."""
        hits = found(birds, "s")

        assert len(hits) == len(set(hits))


HOSTILE = [
    '"',
    '""',
    "*",
    "^",
    "-",
    "(",
    ")",
    ":",
    '" OR *',
    '" OR "',
    "OR",
    "AND",
    "NOT",
    "NEAR",
    "NEAR(a b)",
    "folded:crane",
    "{folded} : crane",
    "crane*",
    '"crane',
    "crane'; DROP TABLE entry; --",
    "%",
    "_",
    "\\",
    "\0",
    "crane\0",
    "\ud800",
    "a" * 100_000,
    "crane " * 5000,
    "́",
    "🦆",
    "١٢",
]


class TestHostileTexts:
    @pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:20])
    def test_nothing_typed_breaks_the_search(self, birds: ReleaseStore, text: str) -> None:
        """Signs that mean something to the search engine mean nothing when typed."""
        hits = birds.search(text, kind=None, offset=0, limit=10)

        assert hits.total >= len(hits.hits)

    @pytest.mark.parametrize("text", ["", "   ", '"', "*", "()", "- -", "\0"])
    def test_text_without_a_word_finds_nothing(self, birds: ReleaseStore, text: str) -> None:
        """Without a letter or digit there is nothing to look for."""
        assert found(birds, text) == []

    @pytest.mark.parametrize("text", ["OR", "AND", "NOT", "NEAR"])
    def test_operators_are_words(self, birds: ReleaseStore, text: str) -> None:
        """AND, OR, NOT and NEAR are looked for as words, and nothing here holds them."""
        assert found(birds, f"crane {text} stork") == []

    def test_column_filter_is_two_words(self, birds: ReleaseStore) -> None:
        """The index's own column names cannot be addressed."""
        assert found(birds, "folded:crane") == []

    @given(st.text(max_size=40), st.none() | st.text(max_size=5))
    def test_any_text_is_answered(self, birds: ReleaseStore, text: str, kind: str | None) -> None:
        """Whatever is typed, there is an answer."""
        hits = birds.search(text, kind=kind, offset=0, limit=5)

        assert len(hits.hits) <= min(5, max(hits.total, 0))


class TestFlagship:
    @pytest.mark.parametrize(
        ("text", "slug"),
        [
            ("SUCBAS", "id/initiative/sucbas"),
            ("sucbas", "id/initiative/sucbas"),
            ("svedija", "id/partner/sweden"),
            ("Švedija", "id/partner/sweden"),
            ("Sweden", "id/partner/sweden"),
            ("litpolukrbrig", "id/initiative/litpolukrbrig"),
        ],
    )
    def test_what_people_type_comes_first(self, flagship: Release, text: str, slug: str) -> None:
        """Names and abbreviations, with or without diacritics, lead to their entity first."""
        store = ReleaseStore(flagship)

        best = store.search(text, kind=None, offset=0, limit=1).hits[0]

        assert best.iri == f"{flagship.project.base}{slug}"
