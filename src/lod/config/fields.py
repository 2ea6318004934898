"""Read one table of ``lod.toml`` key by key, saying the line of what is wrong."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lod.errors import ConfigError

FILE_NAME = "lod.toml"

IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*")


class Source:
    """The text of the file: finds the line of a key, and words complaints about it."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()

    def place(self, key: str, table: str | None) -> str:
        """Return ``lod.toml:LINE`` for a key, found by its name below its table's header.

        A table without a header of its own is found as a key of the table it stands in.
        """
        inside = table is None
        pattern = re.compile(rf"""\s*(\[\s*)*["']?{re.escape(key)}["']?\s*(=|\.|\])""")
        for number, line in enumerate(self._lines, 1):
            header = re.match(r"\s*\[\[?\s*([\w.-]+)", line)
            if header:
                inside = table is None or header[1] == table
            if inside and pattern.match(line):
                return f"{FILE_NAME}:{number}"
        outer, dot, inner = (table or "").rpartition(".")
        return self.place(inner, outer) if dot else FILE_NAME

    def wrong(self, what: str, key: str, table: str | None, message: str) -> ConfigError:
        """Return the complaint about a key, to be raised."""
        return ConfigError(f"config/{what}", f"{message}.", place=self.place(key, table))

    def refuse_unknown(
        self, table: Mapping[str, Any], known: Sequence[str], name: str | None
    ) -> None:
        """Refuse a key that is not known, naming the nearest that is.

        :raises ConfigError: for the first such key.
        """
        for key in table:
            if key in known:
                continue
            near = difflib.get_close_matches(key, known, n=1)
            what = f'unknown key "{key}" in [{name}].' if name else f"unknown table [{key}]."
            raise ConfigError(
                "config/unknown-key" if name else "config/unknown-table",
                what,
                place=self.place(key, name),
                cure=f'Did you mean "{near[0]}"?' if near else f"Known: {', '.join(known)}.",
            )


class Fields:
    """One table, whose keys are read each as the type it must have.

    Every reader raises ``ConfigError`` when the value is of another type.
    """

    def __init__(
        self, source: Source, table: Mapping[str, Any], name: str, languages: Sequence[str] = ()
    ) -> None:
        self._source = source
        self._table = table
        self._name = name
        self._languages = languages

    def wrong(self, key: str, message: str, *, what: str = "wrong-value") -> ConfigError:
        """Return the complaint about one of the table's keys, to be raised."""
        return self._source.wrong(what, key, self._name, message)

    def string(self, key: str) -> str:
        """Return a text that must be there."""
        if key not in self._table:
            raise self.wrong(key, f"{key} is missing in [{self._name}]", what="missing-key")
        value = self._table[key]
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, f"{key} must be a text in quotes")
        return value

    def optional(self, key: str) -> str | None:
        """Return a text, or None when the key is absent."""
        return self.string(key) if key in self._table else None

    def matching(self, key: str, pattern: re.Pattern[str], wanted: str) -> str:
        """Return a text that must be there and fit a pattern."""
        value = self.string(key)
        if not pattern.fullmatch(value):
            raise self.wrong(key, f'{key} "{value}" must be {wanted}')
        return value

    def iri(self, key: str) -> str | None:
        """Return an absolute IRI, or None when the key is absent."""
        return self.matching(key, IRI, "an absolute IRI") if key in self._table else None

    def number(self, key: str, *, least: int) -> int:
        """Return a whole number that is not below the least one allowed."""
        value = self._table[key]
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise self.wrong(key, f"{key} must be a whole number, {least} or more")
        return value

    def boolean(self, key: str) -> bool:
        """Return true or false."""
        value = self._table[key]
        if not isinstance(value, bool):
            raise self.wrong(key, f"{key} must be true or false")
        return value

    def date(self, key: str) -> datetime.date | None:
        """Return a date, or None when the key is absent."""
        value = self._table.get(key)
        if value is None or type(value) is datetime.date:
            return value
        raise self.wrong(key, f"{key} must be a date without quotes, such as 2026-11-23")

    def strings(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Return texts; one text stands for a list of one."""
        if required and key not in self._table:
            self.string(key)
        value = self._table.get(key, [])
        if isinstance(value, str):
            value = [value]
        if not _is_texts(value):
            raise self.wrong(key, f"{key} must be a list of texts")
        return tuple(value)

    def text(self, key: str, *, required: bool = False) -> Mapping[str, str]:
        """Return a text by language; a plain text is in the project's first language."""
        if required and key not in self._table:
            self.string(key)
        value = self._by_language(key, str)
        if not all(isinstance(each, str) for each in value.values()):
            raise self.wrong(key, f'{key} must be a text, or texts by language: {{ en = "…" }}')
        if required and not any(each.strip() for each in value.values()):
            raise self.wrong(key, f"{key} must not be empty")
        return value

    def texts(self, key: str) -> Mapping[str, tuple[str, ...]]:
        """Return lists of texts by language."""
        value = self._by_language(key, list)
        if not all(_is_texts(each) for each in value.values()):
            raise self.wrong(key, f'{key} must be lists of texts by language: {{ en = ["…"] }}')
        return {language: tuple(texts) for language, texts in value.items()}

    def _by_language(self, key: str, plain: type) -> dict[str, Any]:
        value = self._table.get(key, {})
        if isinstance(value, plain):
            return {self._languages[0]: value}
        if not isinstance(value, dict):
            raise self.wrong(key, f'{key} must stand by language: {{ en = "…" }}')
        self._source.refuse_unknown(value, self._languages, f"{self._name}.{key}")
        return dict(value)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def quoted(words: Iterable[str]) -> str:
    """Return words for a message: ``"a", "b"``."""
    return ", ".join(f'"{word}"' for word in words)
