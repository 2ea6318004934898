"""Which name readers are shown."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from lod.description.model import Name, Reference, choose_name, local_name

IRI = "https://data.example/id/thing/oak"
OAK = Name("oak", "en")
GREAT_OAK = Name("great oak", "en")
AZUOLAS = Name("ąžuolas", "lt")
QUERCUS = Name("Quercus", "")
EICHE = Name("Eiche", "de")


class TestChooseName:
    @pytest.mark.parametrize(
        ("names", "languages", "chosen"),
        [
            ([OAK, AZUOLAS], ["lt", "en"], AZUOLAS),
            ([AZUOLAS, OAK], ["en", "lt"], OAK),
            ([OAK, GREAT_OAK], ["en"], OAK),
            ([EICHE, OAK], ["lt", "en"], OAK),
            ([EICHE, QUERCUS, OAK], ["lt", "en"], OAK),
            ([EICHE, QUERCUS], ["lt", "en"], QUERCUS),
            ([EICHE], ["lt", "en"], EICHE),
            ([EICHE, QUERCUS], [], QUERCUS),
            ([], ["en"], None),
        ],
        ids=[
            *("first language", "not the order of names", "first of two", "second language"),
            *("language before none", "none before others", "any", "no language", "no name"),
        ],
    )
    def test_name_is_in_the_first_language_that_has_one(
        self, names: Sequence[Name], languages: Sequence[str], chosen: Name | None
    ) -> None:
        """Readers get their language, then the project's others, then none, then any."""
        assert choose_name(names, languages) == chosen


class TestReference:
    def test_best_name_of_the_language_is_its_name(self) -> None:
        """An entity is called by its first name in the reader's language."""
        assert Reference(IRI, (OAK, GREAT_OAK, AZUOLAS)).name(["en", "lt"]) == OAK

    def test_entity_without_a_name_is_called_by_its_iri(self) -> None:
        """Where nobody gave a name the last part of the IRI stands for it, in no language."""
        assert Reference(IRI).name(["en"]) == Name("oak", "")

    def test_description_is_chosen_like_a_name(self) -> None:
        """A description is in the reader's language where there is one, and may be missing."""
        described = Reference(IRI, descriptions=(EICHE, AZUOLAS))

        assert described.description(["lt"]) == AZUOLAS
        assert Reference(IRI).description(["lt"]) is None


class TestLocalName:
    @pytest.mark.parametrize(
        ("iri", "name"),
        [
            (IRI, "oak"),
            ("https://data.example/def#Term", "Term"),
            ("https://data.example/set/", "set"),
            ("https://data.example/def#", "def"),
            ("https://data.example/a/b#c/d", "d"),
            ("https://data.example", "data.example"),
            ("urn:isbn:1", "urn:isbn:1"),
            ("/", "/"),
        ],
    )
    def test_last_part_of_the_iri_is_a_name_of_sorts(self, iri: str, name: str) -> None:
        """There is always something to call an entity by."""
        assert local_name(iri) == name
