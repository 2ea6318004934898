"""Addresses of one format or one language."""

from __future__ import annotations

import pytest

from lod.addresses import Suffix, split_suffix

EXTENSIONS = ("html", "ttl", "jsonld")
LANGUAGES = ("en", "lt", "pt-br")


def split(path: str) -> Suffix | None:
    return split_suffix(path, EXTENSIONS, LANGUAGES)


class TestSplitSuffix:
    @pytest.mark.parametrize(
        ("path", "suffix"),
        [
            ("doc/oak.ttl", Suffix("doc/oak", "ttl")),
            ("doc/oak.html", Suffix("doc/oak", "html")),
            ("doc/oak.lt.html", Suffix("doc/oak", "html", "lt")),
            ("doc/oak.pt-br.html", Suffix("doc/oak", "html", "pt-br")),
            ("doc/v1.2.ttl", Suffix("doc/v1.2", "ttl")),
            ("doc/v1.2.en.html", Suffix("doc/v1.2", "html", "en")),
            ("index.en.html", Suffix("index", "html", "en")),
        ],
    )
    def test_format_and_language_are_taken_off(self, path: str, suffix: Suffix) -> None:
        """The end of an address names a format, and for pages a language."""
        assert split(path) == suffix

    @pytest.mark.parametrize(
        ("path", "suffix"),
        [
            ("doc/oak.de.html", Suffix("doc/oak.de", "html")),
            ("doc/oak.lt.ttl", Suffix("doc/oak.lt", "ttl")),
            ("doc/.lt.html", Suffix("doc/.lt", "html")),
            (".lt.html", Suffix(".lt", "html")),
        ],
    )
    def test_what_is_no_language_belongs_to_the_name(self, path: str, suffix: Suffix) -> None:
        """Only a language of the project, and only of a page, is taken for one."""
        assert split(path) == suffix

    @pytest.mark.parametrize(
        "path",
        [
            "doc/oak",
            "doc/v1.2",
            "doc/oak.exe",
            "doc/.ttl",
            ".ttl",
            "ttl",
            "",
            "doc/oak.",
            "oak.TTL",
        ],
    )
    def test_path_that_names_no_format_is_none(self, path: str) -> None:
        """A name may end like a format, but it must be a name."""
        assert split(path) is None
