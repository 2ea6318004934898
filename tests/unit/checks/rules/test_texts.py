"""Rules about the texts of files: IRIs, names and prefixes as they are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from lod.checks.check import check
from lod.checks.repairs import edits_by_file, repaired
from lod.config import read_project
from lod.dataset import open_dataset
from lod.rdf.formatting import format_turtle
from support.linting import NoShapes, checked, found, messages, write_example

EX = "@prefix ex: <https://data.example/> .\n"
FILE = "data/example.ttl"


def places(folder: Path, code: str, text: str) -> list[str]:
    """Return the words each finding is about."""
    findings = found(folder, code, text)
    lines = (folder / FILE).read_text("utf-8").split("\n")
    marked = []
    for finding in findings:
        place = finding.location
        assert place
        assert place.line
        assert place.column
        assert place.end_column
        assert place.line == place.end_line
        marked.append(lines[place.line - 1][place.column - 1 : place.end_column - 1])
    return marked


def mended(folder: Path, code: str, text: str) -> str:
    """Return what a file is after the repairs of one rule."""
    edits = edits_by_file(found(folder, code, text))
    return repaired((folder / FILE).read_text("utf-8"), edits.get(FILE, []))


class TestIriRelative:
    CODE = "lint/iri-relative"

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("ex:a ex:p <b> .", ["<b>"]),
            ("ex:a ex:p <#b>, </b>, <//b/c>, <?b> .", ["<#b>", "</b>", "<//b/c>", "<?b>"]),
            ("@prefix ex: <ex#> .\nex:a ex:p ex:b .", ["<ex#>"]),
            ("ex:a ex:p <example.org/b> .", ["<example.org/b>"]),
            ("ex:a ex:p <http//example.org/b> .", ["<http//example.org/b>"]),
        ],
    )
    def test_what_has_no_scheme_is_found(self, tmp_path: Path, text: str, words: list[str]) -> None:
        """What means something below the file's own address is shown."""
        assert places(tmp_path, self.CODE, text) == words

    @pytest.mark.parametrize(
        "text",
        [
            "<> ex:p <urn:x:y> .",
            "@base <https://data.example/> .\n<a> ex:p <b> .",
            "  BASE <https://data.example/>\n<a> ex:p <b> .",
            'ex:a ex:p "<b>bold</b>", """\n<a>\n"""@en . # <b>',
        ],
    )
    def test_what_is_no_relative_iri_passes(self, tmp_path: Path, text: str) -> None:
        """The file itself, names below a base, tags in texts and comments are left alone."""
        assert messages(tmp_path, self.CODE, text) == []

    def test_before_the_base_is_not_below_it(self, tmp_path: Path) -> None:
        """A base counts from where it stands."""
        text = "ex:a ex:p <b> .\n@base <https://data.example/> .\n<c> ex:p <d> ."

        assert places(tmp_path, self.CODE, text) == ["<b>"]

    def test_says_what_it_means(self, tmp_path: Path) -> None:
        """The message has the IRI that programs will see."""
        assert messages(tmp_path, self.CODE, "ex:a ex:p <b> .") == [
            "<b> is relative: it means <https://data.example/graph/data/b>."
        ]


class TestIriScheme:
    CODE = "lint/iri-scheme"

    @pytest.mark.parametrize(
        ("iri", "meant"),
        [
            ("htp://a.example/", "http://"),
            ("htpps://a.example/", "https://"),
            ("ttp://a.example/", "http://"),
            ("http:/a.example/", "http://"),
            ("http:a.example", "http://"),
            ("http:///a.example/", "http://"),
            ("HTTP://a.example/", "http://"),
            ("http://https://a.example/", "https://"),
        ],
    )
    def test_slip_is_found(self, tmp_path: Path, iri: str, meant: str) -> None:
        """What begins nearly like a link is one that was meant."""
        (message,) = messages(tmp_path, self.CODE, f"ex:a ex:p <{iri}> .")

        assert message.endswith(f'"{meant}" is probably meant.')

    @pytest.mark.parametrize(
        "iri",
        [
            *("http://a.example/", "https://a.example/", "urn:isbn:1", "mailto:a@a.example"),
            *("tel:+370", "geo:54.6,25.2", "doi:10.1/a", "info:a/b", "x-own:a", "did:web:a"),
            *("http://a.example/?see=http://b.example/", "ftp://a.example/", "ws://a.example/"),
        ],
    )
    def test_other_schemes_pass(self, tmp_path: Path, iri: str) -> None:
        """A scheme that is another word is meant as it stands."""
        assert messages(tmp_path, self.CODE, f"ex:a ex:p <{iri}> .") == []

    def test_a_prefix_is_no_misspelt_scheme(self, tmp_path: Path) -> None:
        """A name in brackets is told as such, and only once."""
        text = "@prefix htp: <https://data.example/> .\nhtp:a htp:p <htp:b> ."

        assert messages(tmp_path, self.CODE, text) == []


class TestNameInBrackets:
    CODE = "lint/name-in-brackets"

    def test_repair_takes_the_brackets_away(self, tmp_path: Path) -> None:
        """The name that was meant stands there after the repair."""
        assert mended(tmp_path, self.CODE, f"{EX}ex:a ex:p <ex:b> .") == f"{EX}ex:a ex:p ex:b ."

    def test_what_is_no_name_is_left_to_the_author(self, tmp_path: Path) -> None:
        """A slash cannot stand in a name, so nothing is changed by itself."""
        text = f"{EX}ex:a ex:p <ex:b/c> ."

        assert mended(tmp_path, self.CODE, text) == text
        assert len(checked(tmp_path, self.CODE).findings) == 1

    @pytest.mark.parametrize(
        "text",
        [
            "@prefix urn: <https://data.example/> .\nurn:a urn:p <urn:isbn:1> .",
            "@prefix ex: <https://data.example/> .\nex:a ex:p <ex://host/b> .",
            '@prefix ex: <https://data.example/> .\nex:a ex:p "<ex:b>" .',
            "@prefix : <https://data.example/> .\n:a :p <urn:b> .",
        ],
    )
    def test_iris_that_are_meant_pass(self, tmp_path: Path, text: str) -> None:
        """A registered scheme, an address with a host and a text are no names."""
        assert messages(tmp_path, self.CODE, text) == []


class TestIriDots:
    CODE = "lint/iri-dots"

    @pytest.mark.parametrize("end", ["a/../b", "a/..", "./b", "a/./b", "..#c", "a/.?q"])
    def test_segments_of_dots_are_found(self, tmp_path: Path, end: str) -> None:
        """What browsers would take out is shown."""
        assert len(messages(tmp_path, self.CODE, f"ex:a ex:p <http://a.example/{end}> .")) == 1

    @pytest.mark.parametrize("end", ["a..b", "..a", "a../b", "?a/../b", "#a/../b", ".well-known/a"])
    def test_other_dots_pass(self, tmp_path: Path, end: str) -> None:
        """Dots within a segment, and those behind ? or #, stay where they are."""
        assert messages(tmp_path, self.CODE, f"ex:a ex:p <http://a.example/{end}> .") == []


class TestIriEscape:
    CODE = "lint/iri-escape"

    def test_repair_writes_the_letter(self, tmp_path: Path) -> None:
        """The IRI is the same after the repair, and can be read."""
        text = f'{EX}ex:a ex:p <http://a.example/\\u0105\\U0001F600>, "\\u0105" .'

        assert (
            mended(tmp_path, self.CODE, text)
            == f'{EX}ex:a ex:p <http://a.example/ą😀>, "\\u0105" .'
        )

    def test_what_cannot_be_seen_stays_escaped(self, tmp_path: Path) -> None:
        """A character without a shape is not written into the file."""
        text = f"{EX}ex:a ex:p <http://a.example/\\u200Bb> ."

        assert mended(tmp_path, self.CODE, text) == text


class TestIriLetters:
    CODE = "lint/iri-letters"

    @pytest.mark.parametrize(
        ("term", "says"),
        [
            ("<http://a.example/e\u0301>", "two characters"),
            ("<http://a.example/e\\u0301>", "two characters"),
            ("ex:e\u0301", "two characters"),
            ("<http://a.example/a\u200bb>", "U+200B (zero width space)"),
            ("<http://a.example/a\\u00ADb>", "U+00AD (soft hyphen)"),
            ("<http://a.example/a\u00a0b>", "U+00A0 (no-break space)"),
            ("<http://a.example/\u202ea>", "U+202E (right-to-left override)"),
        ],
    )
    def test_deceptive_letters_are_found(self, tmp_path: Path, term: str, says: str) -> None:
        """A name that looks like another says which character makes it one."""
        (message,) = messages(tmp_path, self.CODE, f"ex:a ex:p {term} .")

        assert says in message

    @pytest.mark.parametrize(
        "term",
        [
            *("<http://a.example/é>", "ex:ąžuolas", '"e\u0301"', '"a\u200bb"@en', '"""\n\u00ad"""'),
            "<http://a.example/می\u200cخواهم>",
        ],
    )
    def test_letters_of_languages_pass(self, tmp_path: Path, term: str) -> None:
        """Letters in form C, joiners and whatever stands in a text are left alone."""
        assert messages(tmp_path, self.CODE, f"ex:a ex:p {term} . # e\u0301") == []


class TestPrefixUnused:
    CODE = "lint/prefix-unused"

    @pytest.mark.parametrize(
        "mention",
        ['"b:c"', "<http://a.example/b:c>", "ex:b\\-c", "1 . # b:c", "'''\nb:c'''", "ex:b:c"],
    )
    def test_mention_is_no_use(self, tmp_path: Path, mention: str) -> None:
        """A prefix in a text, a comment, an IRI or within a name is not used by it."""
        text = f"{EX}@prefix b: <http://b.example/> .\nex:a ex:p {mention} .\n"

        assert places(tmp_path, self.CODE, text) == ["@prefix b: <http://b.example/> ."]

    @pytest.mark.parametrize(
        "use",
        [
            "ex:a ex:p b:c .",
            "ex:a ex:p b: .",
            "ex:a ex:p b:c\\-d .",
            'ex:a ex:p "1"^^b:c .',
            "ex:a ex:p ex:c,b:c .",
            "[] ex:p 1.b:a ex:p 2 .",
            '[] ex:p "x"@en.b:a ex:p 2 .',
            "ex:a ex:p (b:c) .",
            "ex:a ex:p [b:c 1] .",
        ],
    )
    def test_use_is_seen(self, tmp_path: Path, use: str) -> None:
        """A name in any place, tightly written too, uses its prefix."""
        assert messages(tmp_path, self.CODE, f"{EX}@prefix b: <http://b.example/> .\n{use}") == []

    def test_repair_removes_the_line(self, tmp_path: Path) -> None:
        """What is left is the file without the line, in both spellings."""
        text = (
            f"{EX}@prefix b: <http://b.example/> .\nPREFIX c: <http://c.example/>\nex:a ex:p 1 .\n"
        )

        assert mended(tmp_path, self.CODE, text) == f"{EX}ex:a ex:p 1 .\n"

    def test_line_with_more_stays(self, tmp_path: Path) -> None:
        """A line with a comment or another declaration is left to the author."""
        text = f"{EX}@prefix b: <http://b.example/> . # why\nex:a ex:p 1 .\n"

        assert mended(tmp_path, self.CODE, text) == text

    def test_use_far_down_is_seen(self, tmp_path: Path) -> None:
        """A long file is read to its end before a prefix is called unused."""
        many = "".join(f"ex:a{number} ex:p {number} .\n" for number in range(20_000))
        text = f"{EX}@prefix b: <http://b.example/> .\n@prefix c: <http://c.example/> .\n{many}"

        assert places(tmp_path, self.CODE, f"{text}ex:a ex:p b:c .\n") == [
            "@prefix c: <http://c.example/> ."
        ]


class TestPrefixRebound:
    def test_second_meaning_is_found_where_it_begins(self, tmp_path: Path) -> None:
        """The second declaration is shown, not the first."""
        text = f"{EX}ex:a ex:p 1 .\nPREFIX ex: <http://b.example/>\nex:a ex:p 1 .\n"

        assert places(tmp_path, "lint/prefix-rebound", text) == ["PREFIX ex: <http://b.example/>"]


class TestPrefixRepeated:
    CODE = "lint/prefix-repeated"

    def test_same_line_again_is_removed(self, tmp_path: Path) -> None:
        """A declaration that changes nothing can go."""
        text = f"{EX}ex:a ex:p 1 .\n{EX}ex:b ex:p 1 .\n"

        assert mended(tmp_path, self.CODE, text) == f"{EX}ex:a ex:p 1 .\nex:b ex:p 1 .\n"

    def test_repairs_together_leave_one(self, tmp_path: Path) -> None:
        """A prefix declared twice before its first use is declared once after all repairs."""
        write_example(tmp_path, f"{EX}{EX}ex:a ex:p 1 .\n")
        dataset = open_dataset(read_project(tmp_path))
        findings = check(dataset, NoShapes(), lambda _: None).findings

        edits = edits_by_file(each for each in findings if each.code.startswith("lint/prefix"))

        assert repaired(f"{EX}{EX}ex:a ex:p 1 .\n", edits[FILE]) == f"{EX}ex:a ex:p 1 .\n"

    def test_a_namespace_that_lost_its_prefix_may_have_another(self, tmp_path: Path) -> None:
        """A prefix that means something else by now does not count."""
        text = (
            f"{EX}ex:a ex:p 1 .\n@prefix ex: <http://b.example/> .\n"
            "@prefix data: <https://data.example/> .\ndata:a ex:p 1 .\n"
        )

        assert messages(tmp_path, self.CODE, text) == []


class TestPrefixNearMiss:
    CODE = "lint/prefix-near-miss"

    def test_certain_slip_is_repaired(self, tmp_path: Path) -> None:
        """Where only the end differs, the namespace is written as its vocabulary writes it."""
        text = f"{EX}@prefix sh: <http://www.w3.org/ns/shacl/> .\nex:a a sh:NodeShape .\n"

        assert mended(tmp_path, self.CODE, text) == text.replace("shacl/", "shacl#")

    def test_likely_slip_is_only_told(self, tmp_path: Path) -> None:
        """Where a word differs, the author decides."""
        text = f"{EX}@prefix dct: <http://purl.org/dc/term/> .\nex:a dct:title 1 .\n"

        assert mended(tmp_path, self.CODE, text) == text
        assert len(checked(tmp_path, self.CODE).findings) == 1

    def test_what_the_project_binds_so_is_meant(self, tmp_path: Path) -> None:
        """A namespace that lod.toml names is no slip."""
        text = (
            f"{EX}@prefix s: <http://www.w3.org/ns/shacl/> .\nex:a a s:B .\n"
            '== lod.toml ==\ns = "http://www.w3.org/ns/shacl/"\n'
        )

        assert messages(tmp_path, self.CODE, text) == []


class TestPrefixUnusual:
    CODE = "lint/prefix-unusual"

    def test_prefix_of_the_project_is_kept(self, tmp_path: Path) -> None:
        """A prefix of lod.toml means the same in every file."""
        text = "@prefix ex: <http://b.example/> .\nex:a ex:p 1 .\n"

        assert messages(tmp_path, self.CODE, text) == [
            "ex: stands for <http://b.example/> here; in lod.toml it is <https://data.example/>."
        ]

    @pytest.mark.parametrize("iri", ["http://schema.org/", "https://schema.org/"])
    def test_two_usual_bindings_pass(self, tmp_path: Path, iri: str) -> None:
        """Of schema.org both addresses are in use."""
        text = f"{EX}@prefix schema: <{iri}> .\nex:a schema:name 1 .\n"

        assert messages(tmp_path, self.CODE, text) == []

    def test_near_miss_is_told_once(self, tmp_path: Path) -> None:
        """A slip in a well-known namespace is another rule's finding."""
        text = f"{EX}@prefix owl: <http://www.w3.org/2002/07/owl/> .\nex:a a owl:Class .\n"

        assert messages(tmp_path, self.CODE, text) == []


class TestLanguageTagCase:
    CODE = "lint/language-tag-case"

    def test_only_tags_are_looked_at(self, tmp_path: Path) -> None:
        """What looks like a tag in a text, a comment or an IRI is none."""
        text = 'ex:a ex:p "a@EN"@en, "b"@en-GB, <mailto:a@EN> . # "c"@DE'

        assert places(tmp_path, self.CODE, text) == ["@en-GB"]


class TestNotFormatted:
    CODE = "lint/not-formatted"

    def test_first_line_that_differs_is_shown(self, tmp_path: Path) -> None:
        """A file has one finding, where its layout begins to differ."""
        right = format_turtle(f"{EX}ex:a ex:p 1 .\nex:b ex:p 2 .\n")
        wrong = right.replace("ex:b\n  ex:p 2 ;\n.", "ex:b ex:p 2 .")
        assert wrong != right

        assert places(tmp_path, self.CODE, wrong) == ["ex:b ex:p 2 ."]

    @pytest.mark.parametrize("end", ["", "\n\n"])
    def test_end_of_the_file_counts(self, tmp_path: Path, end: str) -> None:
        """A missing or a needless line end is found, too."""
        right = format_turtle(f"{EX}ex:a ex:p 1 .\n")

        assert len(messages(tmp_path, self.CODE, right.rstrip("\n") + end)) == 1

    def test_n_triples_have_no_layout(self, tmp_path: Path) -> None:
        """Lines of triples are left as they are."""
        text = "== data/a.nt ==\n<urn:b:a>   <urn:b:p> <urn:b:b>.\n<urn:b:a> <urn:b:p> <urn:b:a>.\n"

        assert messages(tmp_path, self.CODE, text) == []
