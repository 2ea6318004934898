"""Every text of the interface is there in every language, and no text without a use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from lod.representation.wording import SOURCE_LANGUAGE, catalogue_languages

TRANSLATED = [each for each in catalogue_languages() if each != SOURCE_LANGUAGE]

Key = tuple[str | None, str | tuple[str, ...]]
"""The context of a text and the text, singular and plural where it has both."""


def key(message: Message) -> Key:
    identifier = message.id
    return message.context, identifier if isinstance(identifier, str) else tuple(identifier)


def texts(catalogue: Catalog) -> Iterator[Message]:
    """Yield the texts; the first entry is the header."""
    return (message for message in catalogue if message.id)


@pytest.fixture(scope="module")
def written(repository: Path) -> dict[Key, str]:
    """The texts that code and templates say, with a place of each."""
    with (repository / "babel.cfg").open(encoding="utf-8") as stream:
        methods, options = parse_mapping_cfg(stream)  # type: ignore[no-untyped-call]
    found: dict[Key, str] = {}
    for name, line, text, _, context in extract_from_dir(
        repository, method_map=methods, options_map=options
    ):
        found[context, text if isinstance(text, str) else tuple(text)] = f"{name}:{line}"
    return found


@pytest.fixture(scope="module", params=TRANSLATED)
def catalogue(request: pytest.FixtureRequest, repository: Path) -> Catalog:
    """The catalogue of a language."""
    folder = repository / "src" / "lod" / "representation" / "locale" / request.param
    with (folder / "LC_MESSAGES" / "lod.po").open("rb") as stream:
        return read_po(stream, locale=request.param, abort_invalid=True)


class TestCatalogue:
    def test_languages_are_those_of_the_flagship(self) -> None:
        """The interface speaks Lithuanian besides English."""
        assert TRANSLATED == ["lt"]

    def test_every_text_is_in_the_catalogue(
        self, written: dict[Key, str], catalogue: Catalog
    ) -> None:
        """A reader of a language meets no text that nobody has translated."""
        known = {key(message) for message in texts(catalogue)}

        assert len(written) > 100
        assert {text: place for text, place in written.items() if text not in known} == {}

    def test_no_text_of_the_catalogue_is_unused(
        self, written: dict[Key, str], catalogue: Catalog
    ) -> None:
        """A text that is said no more leaves the catalogue."""
        assert [key(each) for each in texts(catalogue) if key(each) not in written] == []
        assert [*catalogue.obsolete] == []

    def test_every_text_is_translated_for_good(self, catalogue: Catalog) -> None:
        """No translation is empty, lacks a form, or waits for somebody to look at it."""
        unfinished = [key(each) for each in texts(catalogue) if each.fuzzy or not all(forms(each))]
        incomplete = [
            key(each)
            for each in texts(catalogue)
            if each.pluralizable and len(forms(each)) != catalogue.num_plurals
        ]

        assert unfinished == []
        assert incomplete == []

    def test_translation_keeps_what_is_filled_in(self, catalogue: Catalog) -> None:
        """Names and numbers appear in a translation wherever the original has them."""
        wrong = {
            key(each): errors
            for each in texts(catalogue)
            if (errors := list(each.check(catalogue)))
        }

        assert wrong == {}

    def test_plural_forms_are_the_language_s(self, catalogue: Catalog) -> None:
        """One, a few and many are told apart as the language does."""
        stated = catalogue.mime_headers
        usual = Catalog(locale=catalogue.locale)

        assert dict(stated)["Plural-Forms"] == usual.plural_forms


def forms(message: Message) -> tuple[str, ...]:
    """Return the translations of a text, one or as many as it has plural forms."""
    string = message.string or ""
    return (string,) if isinstance(string, str) else tuple(string)
