"""A text split into tokens."""

from __future__ import annotations

import pytest

from lod.rdf.tokens import NotScannableError, Span, Token, tokens


def kinds(text: str) -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in tokens(text)]


class TestTokens:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("ex:a.", [("name", "ex:a"), ("mark", ".")]),
            ("ex:a.b.", [("name", "ex:a.b"), ("mark", ".")]),
            ("ex:a\\.", [("name", "ex:a\\.")]),
            ("a:b:c%41-\\,", [("name", "a:b:c%41-\\,")]),
            ("p.q:", [("name", "p.q:")]),
            (":", [("name", ":")]),
            ("_:a.b.", [("blank", "_:a.b"), ("mark", ".")]),
            ("1.", [("number", "1"), ("mark", ".")]),
            ("1.5.", [("number", "1.5"), ("mark", ".")]),
            ("-.5E-1", [("number", "-.5E-1")]),
            ("1.e3", [("number", "1.e3")]),
            ('"a\\"."', [("string", '"a\\"."')]),
            ("''''x''y'''", [("string", "''''x''y'''")]),
            ('""', [("string", '""')]),
            ('"x"@en-GB--ltr.', [("string", '"x"'), ("tag", "@en-GB--ltr"), ("mark", ".")]),
            ("<a#b>.", [("iri", "<a#b>"), ("mark", ".")]),
            ("<<<a>", [("mark", "<<"), ("iri", "<a>")]),
            ("<<(<a>)>>", [("mark", "<<("), ("iri", "<a>"), ("mark", ")>>")]),
            ("{|~|}", [("mark", "{|"), ("mark", "~"), ("mark", "|}")]),
            ("a # b\r\n.", [("word", "a"), ("comment", "# b"), ("mark", ".")]),
            ("@prefix", [("tag", "@prefix")]),
            ("^^<a>", [("mark", "^^"), ("iri", "<a>")]),
        ],
    )
    def test_token_ends_where_the_grammar_says(
        self, text: str, found: list[tuple[str, str]]
    ) -> None:
        """The longest token is taken, and a dot at its end is none of it."""
        assert kinds(text) == found

    def test_places_are_counted_from_the_start_of_the_text(self) -> None:
        """A token tells its place in the whole text, wherever reading began."""
        text = "ex:a  'é'@lt"

        assert list(tokens(text, 4)) == [
            Token("string", "'é'", Span(6, 9)),
            Token("tag", "@lt", Span(9, 12)),
        ]

    @pytest.mark.parametrize("text", ['"x', "'''x''", "<a b>", "ex:a\\u", "&", "\ufeff"])
    def test_what_is_no_token_is_refused(self, text: str) -> None:
        """A text that no parser takes is not read on."""
        with pytest.raises(NotScannableError):
            list(tokens(text))

    @pytest.mark.parametrize("start", ['"', "'", '"""', "'''"])
    def test_long_strings_take_no_more_time(self, start: str) -> None:
        """A million letters without an end are given up at once."""
        with pytest.raises(NotScannableError):
            list(tokens(start + "x\\\\" * 1_000_000))
