"""``lod.toml`` is read into a project, or refused with the line and the cure."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

import pytest

from lod.config import Kind, Limits, Paths, Project, Server, Site, read_project
from lod.config.project import Claims
from lod.errors import ConfigError

SMALLEST = """\
[project]
name = "sample"
base = "https://data.example/"
languages = ["en", "lt"]
version = "1.0"
title = "Sample"
"""


def write(folder: Path, text: str) -> Path:
    (folder / "lod.toml").write_text(text, "utf-8")
    return folder


def error_of(folder: Path, text: str) -> ConfigError:
    write(folder, text)
    with pytest.raises(ConfigError) as caught:
        read_project(folder)
    return caught.value


class TestDefaults:
    def test_five_keys_make_a_project(self, tmp_path: Path) -> None:
        """A project needs no more than a name, a base, languages, a version and a title."""
        project = read_project(write(tmp_path, SMALLEST))

        assert project == Project(
            name="sample",
            base="https://data.example/",
            languages=("en", "lt"),
            version="1.0",
            title={"en": "Sample"},
            root=tmp_path,
            frozen=project.frozen,
        )

    def test_what_is_not_said_has_a_default(self, tmp_path: Path) -> None:
        """Folders, limits and the server work without being configured, and only on this host."""
        project = read_project(write(tmp_path, SMALLEST))

        assert project.paths == Paths("ontology", "data", "shapes", "questions", "rules")
        assert project.paths.separate == ("data/enrichment",)
        assert project.claims == Claims(source=("dcterms:source",))
        assert project.server == Server(host="127.0.0.1", port=8000)
        assert project.limits == Limits()
        assert project.site == Site()
        assert project.rules == project.prefixes == {}
        assert project.kinds == ()

    def test_empty_table_is_like_none(self, tmp_path: Path) -> None:
        """A table with nothing in it changes nothing."""
        tables = "".join(
            f"[{name}]\n" for name in ("paths", "prefixes", "kinds", "claims", "rules", "server")
        )

        project = read_project(write(tmp_path, SMALLEST + tables))

        assert project.paths == Paths()
        assert project.server == Server()


class TestValues:
    def test_everything_that_can_be_said_is_read(self, tmp_path: Path) -> None:
        """Each key of each table arrives in the project."""
        text = SMALLEST.replace('title = "Sample"', 'title = { lt = "Pavyzdys", en = "Sample" }')
        text += """\
description.lt = "Aprašymas"
issued = 2025-01-31
licence = "https://creativecommons.org/publicdomain/zero/1.0/"
publisher = "Someone"
homepage = "https://example.org/"
contact = "someone@example.org"
keywords.en = ["one", "two"]
[paths]
data = "facts"
separate = "facts/more"
[prefixes]
ex = "https://data.example/id/"
"" = "https://data.example/def#"
[kinds]
thing = "ex:Thing"
place = ["ex:Place", "ex:Area"]
[claims]
qualifiers = ["ex:certainty"]
[rules]
"shacl/min-count" = "warning"
[site]
accent = "#0A6349"
footer.lt = "Pabaiga"
[limits]
query_seconds = 5
[server]
port = 0
address = "https://data.example/"
"""

        project = read_project(write(tmp_path, text))

        assert project.title == {"lt": "Pavyzdys", "en": "Sample"}
        assert project.description == {"lt": "Aprašymas"}
        assert project.issued == datetime.date(2025, 1, 31)
        assert project.licence == "https://creativecommons.org/publicdomain/zero/1.0/"
        assert project.publisher == {"en": "Someone"}
        assert project.homepage == "https://example.org/"
        assert project.contact == "someone@example.org"
        assert project.keywords == {"en": ("one", "two")}
        assert project.paths == Paths(data="facts", separate=("facts/more",))
        assert project.prefixes == {
            "ex": "https://data.example/id/",
            "": "https://data.example/def#",
        }
        assert project.kinds == (
            Kind("thing", ("ex:Thing",)),
            Kind("place", ("ex:Place", "ex:Area")),
        )
        assert project.claims == Claims(qualifiers=("ex:certainty",))
        assert project.rules == {"shacl/min-count": "warning"}
        assert project.site == Site(accent="#0A6349", footer={"lt": "Pabaiga"})
        assert project.limits == Limits(query_seconds=5)
        assert project.server == Server(port=0, address="https://data.example/")

    @pytest.mark.parametrize(
        ("languages", "read"),
        [('"lt"', ("lt",)), ('["de", "pt-br", "zh-hant-tw"]', ("de", "pt-br", "zh-hant-tw"))],
    )
    def test_languages_are_tags_in_order(
        self, tmp_path: Path, languages: str, read: tuple[str, ...]
    ) -> None:
        """One language or several, best first."""
        text = SMALLEST.replace('["en", "lt"]', languages)

        assert read_project(write(tmp_path, text)).languages == read

    def test_text_without_a_language_is_in_the_first(self, tmp_path: Path) -> None:
        """A project in one language need not name it with every text."""
        text = SMALLEST.replace('["en", "lt"]', '["de"]') + 'keywords = ["Garten"]\n'

        project = read_project(write(tmp_path, text))

        assert project.title == {"de": "Sample"}
        assert project.keywords == {"de": ("Garten",)}

    def test_lines_may_end_as_on_windows(self, tmp_path: Path) -> None:
        """How an editor ends lines does not matter."""
        (tmp_path / "lod.toml").write_bytes(SMALLEST.replace("\n", "\r\n").encode())

        assert read_project(tmp_path).name == "sample"


class TestTables:
    @pytest.mark.parametrize(
        ("text", "line", "message", "cure"),
        [
            (
                SMALLEST + 'langages = ["en"]\n',
                7,
                'unknown key "langages" in [project]',
                'Did you mean "languages"?',
            ),
            (
                SMALLEST + "# accnt\n[site]\naccnt = 1\n",
                9,
                'unknown key "accnt" in [site]',
                'Did you mean "accent"?',
            ),
            (
                SMALLEST + "[limits]\nquery_second = 1\n",
                8,
                'unknown key "query_second" in [limits]',
                'Did you mean "query_seconds"?',
            ),
            (
                SMALLEST + '[site]\nname = "x"\n',
                8,
                'unknown key "name" in [site]',
                "Known: accent, accent_dark, footer, issues.",
            ),
            (SMALLEST + "[sight]\n", 7, "unknown table [sight]", 'Did you mean "site"?'),
            (
                SMALLEST + "[zzz]\n",
                7,
                "unknown table [zzz]",
                "Known: project, paths, prefixes, kinds, claims, rules, columns, site, limits, "
                "server.",
            ),
            (
                SMALLEST + "[project.title]\nen = 'x'\nde = 'y'\n".replace("title", "publisher"),
                9,
                'unknown key "de" in [project.publisher]',
                "Known: en, lt.",
            ),
            (
                SMALLEST + 'publisher.de = "y"\n',
                7,
                'unknown key "de" in [project.publisher]',
                "Known: en, lt.",
            ),
            (
                SMALLEST + 'publisher = { de = "y" }\n',
                7,
                'unknown key "de" in [project.publisher]',
                "Known: en, lt.",
            ),
        ],
        ids=["project", "site", "limits", "far", "table", "far table", "text", "dotted", "inline"],
    )
    def test_unknown_name_is_refused_with_its_line_and_the_nearest(
        self, tmp_path: Path, text: str, line: int, message: str, cure: str
    ) -> None:
        """A slip in a key is told with its line and with the key that was meant."""
        error = error_of(tmp_path, text)

        assert error.code in {"config/unknown-key", "config/unknown-table"}
        assert error.place == f"lod.toml:{line}"
        assert error.message == f"{message}."
        assert error.cure == cure

    @pytest.mark.parametrize("text", ["", "# nothing\n", '[site]\naccent = "#0a6349"\n'])
    def test_missing_project_table_is_told_with_what_it_needs(
        self, tmp_path: Path, text: str
    ) -> None:
        """Without [project] there is no project."""
        error = error_of(tmp_path, text)

        assert error.code == "config/missing-table"
        assert error.cure is not None
        assert all(key in error.cure for key in ("name", "base", "languages", "version", "title"))

    @pytest.mark.parametrize("key", ["name", "base", "languages", "version", "title"])
    def test_missing_key_is_named(self, tmp_path: Path, key: str) -> None:
        """Each of the five keys must be there."""
        lines = [line for line in SMALLEST.splitlines() if not line.startswith(key)]

        error = error_of(tmp_path, "\n".join(lines))

        assert error.code == "config/missing-key"
        assert error.message == f"{key} is missing in [project]."
        assert error.place == "lod.toml"

    @pytest.mark.parametrize(
        ("text", "line"),
        [('project = "x"\n', 1), (f"{SMALLEST}[[kinds]]\na = 'x'\n", 7)],
        ids=["text", "list"],
    )
    def test_table_must_be_a_table(self, tmp_path: Path, text: str, line: int) -> None:
        """A table that is a text or a list is refused."""
        error = error_of(tmp_path, text)

        assert error.code == "config/wrong-value"
        assert error.message.endswith("must be a table.")
        assert error.place == f"lod.toml:{line}"


WRONG: Mapping[str, tuple[str, str, int]] = {
    "number for a text": ('name = "sample"', "name = 5", 2),
    "blank text": ('name = "sample"', 'name = " "', 2),
    "capitals in the name": ('name = "sample"', 'name = "Sample"', 2),
    "space in the name": ('name = "sample"', 'name = "a b"', 2),
    "base without a slash": ("https://data.example/", "https://data.example", 3),
    "base with a fragment": ("https://data.example/", "https://data.example/#", 3),
    "base with a query": ("https://data.example/", "https://data.example/?x/", 3),
    "base of another scheme": ("https://data.example/", "ftp://data.example/", 3),
    "base with a space": ("https://data.example/", "https://data example/", 3),
    "base without a host": ("https://data.example/", "https:///", 3),
    "relative base": ("https://data.example/", "/data/", 3),
    "no language": ('["en", "lt"]', "[]", 4),
    "language in capitals": ('["en", "lt"]', '["EN"]', 4),
    "language that is none": ('["en", "lt"]', '["english!"]', 4),
    "underscore in a language": ('["en", "lt"]', '["en_gb"]', 4),
    "language twice": ('["en", "lt"]', '["en", "en"]', 4),
    "number for a language": ('["en", "lt"]', "[1]", 4),
    "space in the version": ('"1.0"', '"1 0"', 5),
    "slash in the version": ('"1.0"', '"1/0"', 5),
    "number for the title": ('"Sample"', "5", 6),
    "number for a title": ('"Sample"', "{ en = 5 }", 6),
    "no title in the title": ('"Sample"', "{}", 6),
    "blank title": ('"Sample"', '""', 6),
}

WRONG_LATER = {
    "text for a date": 'issued = "2025-01-31"',
    "time for a date": "issued = 2025-01-31T10:00:00",
    "licence that is no IRI": 'licence = "CC0"',
    "homepage with a space": 'homepage = "https://exa mple.org/"',
    "keywords as a text": 'keywords = "one"',
    "keywords that are numbers": "keywords.en = [1]",
    "space in a prefix": '[prefixes]\n"a b" = "https://x.example/"',
    "dot at the end of a prefix": '[prefixes]\n"a." = "https://x.example/"',
    "prefix for a relative IRI": '[prefixes]\nex = "x/"',
    "prefix for a number": "[prefixes]\nex = 5",
    "capital in a kind": '[kinds]\nPlace = "ex:Place"',
    "kind that is a number": "[kinds]\nplace = 5",
    "claims that are numbers": "[claims]\nsource = [5]",
    "unknown severity": '[rules]\n"shacl/min-count" = "fatal"',
    "severities": '[rules]\n"shacl/min-count" = ["error"]',
    "name for a colour": '[site]\naccent = "green"',
    "short colour": '[site]\naccent_dark = "#abc"',
    "colour nobody can read": '[site]\naccent = "#ffff00"',
    "dark colour on a dark page": '[site]\naccent_dark = "#002200"',
    "text for a number": '[limits]\nworkers = "2"',
    "number below 0": "[limits]\nwait_seconds = -1",
    "nobody to answer": "[limits]\nworkers = 0",
    "no time at all": "[limits]\nquery_seconds = 0",
    "number for yes or no": "[server]\nmetrics = 1",
    "yes for a number": "[limits]\nworkers = true",
    "half a number": "[server]\nport = 1.5",
    "list for a folder": '[paths]\ndata = ["data"]',
}


class TestWrongValues:
    @pytest.mark.parametrize(("old", "new", "line"), WRONG.values(), ids=WRONG.keys())
    def test_wrong_value_of_a_required_key_is_told_with_its_line(
        self, tmp_path: Path, old: str, new: str, line: int
    ) -> None:
        """What a required key cannot mean is told with its line and what it must be."""
        error = error_of(tmp_path, SMALLEST.replace(old, new))

        key = SMALLEST.splitlines()[line - 1].partition(" ")[0]
        assert error.code == "config/wrong-value"
        assert error.place == f"lod.toml:{line}"
        assert key in error.message or "language" in error.message

    @pytest.mark.parametrize("text", WRONG_LATER.values(), ids=WRONG_LATER.keys())
    def test_wrong_value_of_any_other_key_is_told_with_its_line(
        self, tmp_path: Path, text: str
    ) -> None:
        """What any key cannot mean is told with its line and what it must be."""
        error = error_of(tmp_path, f"{SMALLEST}{text}\n")

        key = text.splitlines()[-1].partition(" =")[0].strip('"').partition(".en")[0]
        assert error.code == "config/wrong-value"
        assert error.place == f"lod.toml:{6 + len(text.splitlines())}"
        assert key in error.message
