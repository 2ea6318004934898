"""Words, numbers and dates as readers of a language expect them."""

from __future__ import annotations

import string

import pytest

from lod.representation.terms import term_names
from lod.representation.wording import Wording, catalogue_languages

ENGLISH = Wording("en")
LITHUANIAN = Wording("lt")
SPACE = "\u00a0"


class TestLanguages:
    def test_interface_speaks_english_and_lithuanian(self) -> None:
        """There are catalogues for the languages of the flagship."""
        assert set(catalogue_languages()) == {"en", "lt"}

    @pytest.mark.parametrize(
        ("tag", "spoken"), [("en", "en"), ("lt", "lt"), ("lt-lt", "lt"), ("de", "en"), ("x", "en")]
    )
    def test_language_without_a_catalogue_is_answered_in_english(
        self, tag: str, spoken: str
    ) -> None:
        """A page says which language its interface really speaks."""
        wording = Wording(tag)

        assert wording.language == spoken
        assert wording.gettext("Search") == {"en": "Search", "lt": "Ieškoti"}[spoken]

    def test_languages_are_named_in_the_readers_language(self) -> None:
        """What a text is in is told in the language of the page; an unknown tag stays a tag."""
        assert ENGLISH.language_name("lt") == "Lithuanian"
        assert LITHUANIAN.language_name("en-gb") == "anglų k."
        assert ENGLISH.language_name("tlh") == "tlh"


class TestPlurals:
    @pytest.mark.parametrize(
        ("number", "words"),
        [
            (0, "0 trejetų"),
            (1, "1 trejetas"),
            (2, "2 trejetai"),
            (9, "9 trejetai"),
            (10, "10 trejetų"),
            (11, "11 trejetų"),
            (12, "12 trejetų"),
            (19, "19 trejetų"),
            (20, "20 trejetų"),
            (21, "21 trejetas"),
            (22, "22 trejetai"),
            (100, "100 trejetų"),
            (101, "101 trejetas"),
            (111, "111 trejetų"),
            (112, "112 trejetų"),
            (121, "121 trejetas"),
        ],
    )
    def test_lithuanian_noun_agrees_with_its_number(self, number: int, words: str) -> None:
        """Lithuanian counts in three forms, and 11 to 19 in the third."""
        text = LITHUANIAN.ngettext("%(shown)s triple", "%(shown)s triples", number)

        assert text % {"shown": number} == words

    @pytest.mark.parametrize(
        ("number", "words"),
        [(0, "0 triples"), (1, "1 triple"), (2, "2 triples"), (21, "21 triples")],
    )
    def test_english_noun_has_two_forms(self, number: int, words: str) -> None:
        """English says triple of one and triples of any other number."""
        text = ENGLISH.ngettext("%(shown)s triple", "%(shown)s triples", number)

        assert text % {"shown": number} == words


class TestNumber:
    @pytest.mark.parametrize(
        ("value", "english", "lithuanian"),
        [
            (0, "0", "0"),
            (999, "999", "999"),
            (1234567, "1,234,567", f"1{SPACE}234{SPACE}567"),
            ("1.50", "1.50", "1,50"),
            ("1234.5678", "1,234.5678", f"1{SPACE}234,5678"),
            ("-5", "−5", "−5"),
            ("-0.5", "−0.5", "−0,5"),
            ("+5", "5", "5"),
            ("007", "7", "7"),
        ],
    )
    def test_number_is_grouped_and_keeps_its_decimals(
        self, value: int | str, english: str, lithuanian: str
    ) -> None:
        """Digits stand in groups of three; every decimal that was given is shown."""
        assert ENGLISH.number(value) == english
        assert LITHUANIAN.number(value) == lithuanian

    def test_number_of_any_length_is_shown(self) -> None:
        """A number may have thousands of digits."""
        assert ENGLISH.number("1" * 5_001).count(",") == 1_666


class TestSize:
    @pytest.mark.parametrize(
        ("octets", "size"),
        [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1.0 kB"),
            (1_550, "1.6 kB"),
            (123_456, "123 kB"),
            (1_000_000, "1.0 MB"),
            (2_500_000_000, "2.5 GB"),
            (999_999, "1.0 MB"),
        ],
    )
    def test_size_is_in_the_unit_people_compare(self, octets: int, size: str) -> None:
        """A size has at most three digits before its unit, which a line break does not part."""
        assert ENGLISH.size(octets) == size.replace(" ", SPACE)

    def test_lithuanian_size_has_a_comma(self) -> None:
        """A size is written like any number of the language."""
        assert LITHUANIAN.size(1_500) == f"1,5{SPACE}kB"


class TestDate:
    @pytest.mark.parametrize(
        ("text", "english", "lithuanian"),
        [
            ("2015-07-24", "24 July 2015", "2015 m. liepos 24 d."),
            ("2016-02-29", "29 February 2016", "2016 m. vasario 29 d."),
            ("2025-01-01", "1 January 2025", "2025 m. sausio 1 d."),
        ],
    )
    def test_date_is_put_into_words(self, text: str, english: str, lithuanian: str) -> None:
        """A date reads as people say it."""
        assert ENGLISH.date(text) == english
        assert LITHUANIAN.date(text) == lithuanian

    @pytest.mark.parametrize(
        "text", ["2015-13-01", "2015-02-29", "2015-7-4", "20150724", "2015-W30-5", "soon", ""]
    )
    def test_what_xsd_calls_no_date_is_not_put_into_words(self, text: str) -> None:
        """Only what is a date in the data's own terms is shown as one."""
        assert ENGLISH.date(text) is None

    def test_every_month_has_its_name(self) -> None:
        """Twelve months have twelve names, in each language."""
        for wording in (ENGLISH, LITHUANIAN):
            days = [wording.date(f"2015-{month:02}-03") for month in range(1, 13)]
            months = [wording.edtf(f"2015-{month:02}") for month in range(1, 13)]

            assert len(set(days)) == len(set(months)) == 12


class TestEdtf:
    @pytest.mark.parametrize(
        ("text", "english", "lithuanian"),
        [
            ("2015", "2015, year only", "2015 m. (žinomi tik metai)"),
            ("2015-07", "July 2015", "2015 m. liepa"),
            ("2015-07-24", "24 July 2015", "2015 m. liepos 24 d."),
            ("2015-21", "spring of 2015", "2015 m. pavasaris"),
            ("2015-24", "winter of 2015", "2015 m. žiema"),
            ("2015-33", "quarter 1 of 2015", "2015 m. 1 ketvirtis"),
            ("2015-41", "second half of 2015", "2015 m. antrasis pusmetis"),
            ("2015~", "about 2015", "apie 2015"),
            ("2015/2016", "2015 – 2016", "2015 – 2016"),
            ("2015/..", "since: 2015", "nuo: 2015"),
            ("../2015-07", "until: July 2015", "iki: 2015 m. liepa"),
        ],
    )
    def test_date_is_said_as_precisely_as_it_is_known(
        self, text: str, english: str, lithuanian: str
    ) -> None:
        """Readers see what is known of a date and no more."""
        assert ENGLISH.edtf(text) == english
        assert LITHUANIAN.edtf(text) == lithuanian

    @pytest.mark.parametrize("text", ["", "soon", "201X", "2015-02-30"])
    def test_what_is_not_understood_is_not_put_into_words(self, text: str) -> None:
        """What no words are known for is shown as it stands."""
        assert ENGLISH.edtf(text) is None


class TestTermNames:
    def test_every_well_known_term_has_a_name_in_each_language(self) -> None:
        """Properties that nobody described are still named in the reader's language."""
        english = term_names(ENGLISH.gettext)
        lithuanian = term_names(LITHUANIAN.gettext)

        assert english.keys() == lithuanian.keys()
        assert [iri for iri in english if english[iri] == lithuanian[iri]] == []
        assert all(name.strip(string.whitespace) == name != "" for name in lithuanian.values())
