"""What a client likes best of what there is."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from lod.rdf.formats import (
    DOCUMENT_FORMATS,
    HTML,
    JSON_LD,
    N_TRIPLES,
    RDF_XML,
    TURTLE,
    Format,
)
from lod.rdf.negotiation import Preference, choose, choose_language, parse

OFFERED = (HTML, TURTLE, JSON_LD)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


class TestParse:
    def test_elements_are_read_in_order_with_their_weights(self) -> None:
        """Every range of the header counts; one without a weight is liked fully."""
        preferences = parse("text/turtle;q=0.25 , TEXT/html;level=1 ; Q=1.000,*/*;q=0")

        assert preferences == (
            Preference("text/turtle", 0.25),
            Preference("text/html", 1.0),
            Preference("*/*", 0.0),
        )

    @pytest.mark.parametrize("weight", ["0", "0.", "0.5", "0.999", "1", "1.", "1.0", "1.000"])
    def test_weight_of_up_to_three_decimals_is_read(self, weight: str) -> None:
        """A weight is a number from 0 to 1 with at most three decimals."""
        assert parse(f"text/turtle;q={weight}") == (Preference("text/turtle", float(weight)),)

    @pytest.mark.parametrize(
        "weight",
        ["", "0.1234", "1.001", "1.1", "2", "-1", "+1", "1e0", "nan", "inf", "x", "٠", "½"],
    )
    def test_element_with_a_weight_that_is_none_is_left_out(self, weight: str) -> None:
        """A range whose weight has no meaning does not count, and the others still do."""
        preferences = parse(f"text/turtle;q={weight}, text/html;q=0.5")

        assert Preference("text/html", 0.5) in preferences
        assert "text/turtle" not in {each.name for each in preferences}

    def test_comma_and_semicolon_in_quotes_do_not_end_an_element(self) -> None:
        """A quoted parameter may hold any sign, even what looks like a weight."""
        preferences = parse(r'text/turtle;a="x,y;q=0;\"z";q=0.4, text/html')

        assert preferences == (Preference("text/turtle", 0.4), Preference("text/html", 1.0))

    @pytest.mark.parametrize("header", ["", "  ", ",", " , ,, ", ";", ";;,;"])
    def test_header_without_a_range_is_empty(self, header: str) -> None:
        """Commas and semicolons alone ask for nothing."""
        assert parse(header) == ()


class TestChoose:
    @pytest.mark.parametrize("header", ["", "   ", "\t"])
    def test_empty_header_takes_the_first_offered(self, header: str) -> None:
        """A client that says nothing gets what we like best."""
        assert choose(header, OFFERED) is HTML

    def test_nothing_offered_is_nothing_chosen(self) -> None:
        """Where there is nothing to choose from, nothing is chosen."""
        assert choose("", ()) is None
        assert choose("*/*", ()) is None

    def test_named_format_is_chosen(self) -> None:
        """A client that asks for Turtle gets Turtle."""
        assert choose("text/turtle", OFFERED) is TURTLE

    def test_case_of_the_media_type_does_not_matter(self) -> None:
        """Media types are the same in capitals."""
        assert choose("Text/TURTLE", OFFERED) is TURTLE

    def test_higher_weight_wins(self) -> None:
        """What is liked better is sent, wherever it stands in the header."""
        assert choose("text/turtle;q=0.4, application/ld+json;q=0.6", OFFERED) is JSON_LD
        assert choose("application/ld+json;q=0.6, text/turtle;q=0.4", OFFERED) is JSON_LD

    def test_third_decimal_of_the_weight_counts(self) -> None:
        """Weights are compared to their third decimal."""
        assert choose("text/turtle;q=0.501, text/html;q=0.5", OFFERED) is TURTLE

    def test_equal_weights_keep_the_order_offered(self) -> None:
        """Among what is liked equally we send what we like best."""
        assert choose("application/ld+json, text/turtle", OFFERED) is TURTLE

    def test_specific_range_beats_wildcard(self) -> None:
        """A client that names Turtle gets Turtle even when it also accepts anything."""
        assert choose("*/*;q=0.9, text/turtle", OFFERED) is TURTLE

    def test_named_format_beats_wildcard_of_equal_weight(self) -> None:
        """Of two formats liked equally, the one that is named is meant."""
        assert choose("*/*, text/turtle", OFFERED) is TURTLE
        assert choose("*/*;q=0.5, application/ld+json;q=0.5", OFFERED) is JSON_LD

    def test_kind_of_media_beats_wildcard_of_equal_weight(self) -> None:
        """Asking for any application format is closer than asking for any format."""
        assert choose("*/*;q=0.5, application/*;q=0.5", OFFERED) is JSON_LD

    def test_most_specific_range_decides_the_weight(self) -> None:
        """A low weight for Turtle holds although any text is liked more."""
        assert choose("text/*, text/html;q=0.1, text/turtle;q=0.2", OFFERED) is TURTLE

    def test_weight_zero_excludes_what_a_wildcard_lets_in(self) -> None:
        """What a client refuses is not sent, even when it accepts anything else."""
        assert choose("*/*, text/html;q=0", OFFERED) is TURTLE
        assert choose("*/*, text/*;q=0", OFFERED) is JSON_LD

    @pytest.mark.parametrize("header", ["*/*;q=0", "text/turtle;q=0", "image/png", "text/turtl"])
    def test_nothing_acceptable_is_none(self, header: str) -> None:
        """A client that accepts nothing we have is told so."""
        assert choose(header, OFFERED) is None

    def test_parameters_do_not_take_part(self) -> None:
        """A parameter we know nothing of does not change what is meant."""
        assert choose("text/turtle;version=1.1;q=0.9, text/html;q=0.8", OFFERED) is TURTLE

    def test_usual_browser_gets_the_page(self) -> None:
        """A browser is shown a page."""
        assert choose(BROWSER, DOCUMENT_FORMATS) is HTML

    @pytest.mark.parametrize(
        ("alias", "meant"),
        [
            ("application/xml", RDF_XML),
            ("application/json", JSON_LD),
            ("text/plain", N_TRIPLES),
            ("application/x-turtle", TURTLE),
            ("application/xhtml+xml", HTML),
        ],
    )
    def test_other_name_of_a_media_type_is_understood(self, alias: str, meant: Format) -> None:
        """Media types that older clients use for a format stand for it."""
        assert choose(alias, DOCUMENT_FORMATS) is meant

    def test_wildcard_does_not_reach_other_names(self) -> None:
        """Any text means HTML and Turtle, not N-Triples for once having been plain text."""
        assert choose("text/*", (N_TRIPLES, RDF_XML, TURTLE)) is TURTLE

    def test_format_refused_by_name_is_not_sent_for_its_other_name(self) -> None:
        """N-Triples is sent as application/n-triples: a client that refuses that cannot read it."""
        header = "application/n-triples;q=0, text/plain, text/turtle;q=0.1"

        assert choose(header, (N_TRIPLES, TURTLE)) is TURTLE

    @pytest.mark.parametrize(
        "header",
        ['"', '"a', '\\"', "a;b;c=", "q=0", ";q=0.5", "=", "*", "*/", "/*", "text/", "\x00", "ž/ž"],
    )
    def test_malformed_header_never_raises(self, header: str) -> None:
        """What makes no sense is passed over."""
        assert choose(header, OFFERED) in {None, *OFFERED}
        assert choose(f"{header}, text/turtle", OFFERED) in {None, *OFFERED}

    @pytest.mark.parametrize(
        "header",
        ['"' + '\\"' * 8_000, '"a' * 8_000, ',"' * 8_000, ";a" * 8_000, "a/b;q=0.1," * 2_000],
        ids=["escapes", "quotes", "open", "parameters", "ranges"],
    )
    def test_long_header_is_read_in_no_time(self, header: str) -> None:
        """A header made to be slow does not keep the server from its work."""
        start = time.process_time()

        choose(header, OFFERED)

        assert time.process_time() - start < 0.5


class TestChooseLanguage:
    @pytest.mark.parametrize(
        ("header", "chosen"),
        [
            ("lt", "lt"),
            ("LT", "lt"),
            ("en;q=0.4, lt;q=0.5", "lt"),
            ("lt;q=0.401, en;q=0.4", "lt"),
            ("de, lt;q=0.1", "lt"),
            ("lt-LT", "lt"),
            ("lt-Latn-LT", "lt"),
            ("de-AT, lt-LT;q=0.5, en;q=0.4", "lt"),
            ("*, lt", "lt"),
            ("*;q=0.5, lt;q=0.5", "lt"),
            ("en;q=0, *", "lt"),
        ],
    )
    def test_language_liked_best_is_chosen(self, header: str, chosen: str) -> None:
        """A reader gets the language liked best, also when a country is named with it."""
        assert choose_language(header, ["en", "lt"]) == chosen

    @pytest.mark.parametrize("header", ["", " ", "*", "de", "de;q=1, fr", "*;q=0", ";", '"', "-"])
    def test_first_language_is_given_when_none_is_liked(self, header: str) -> None:
        """Who reads none of our languages, or does not say, gets the first."""
        assert choose_language(header, ["en", "lt"]) == "en"
        assert choose_language(header, ["lt", "en"]) == "lt"

    def test_shorter_tag_of_the_client_matches_a_longer_one(self) -> None:
        """A reader of Portuguese gets Brazilian Portuguese when that is all there is."""
        assert choose_language("pt", ["en", "pt-br"]) == "pt-br"

    @pytest.mark.parametrize("header", ["ltg", "l", "lt_LT", "en-lt"])
    def test_part_of_a_tag_is_no_match(self, header: str) -> None:
        """Latgalian is not Lithuanian although its tag starts the same."""
        assert choose_language(f"{header}, en;q=0.1", ["en", "lt"]) == "en"

    @pytest.mark.parametrize("offered", [["en", "lt"], ["lt", "en"]])
    def test_language_itself_counts_before_one_of_its_countries(
        self, offered: Sequence[str]
    ) -> None:
        """What is said of Lithuanian decides, not what is said of Lithuanian in one country."""
        header = "lt-LT;q=0.1, lt, en;q=0.5"

        assert choose_language(header, offered) == "lt"

    @pytest.mark.parametrize("offered", [["en", "lt"], ["lt", "en"]])
    def test_best_liked_country_of_a_language_counts(self, offered: Sequence[str]) -> None:
        """A reader who likes American English best is given English."""
        header = "en-GB;q=0.2, lt;q=0.5, en-US;q=0.9"

        assert choose_language(header, offered) == "en"
