"""Words of strangers are only read."""

from __future__ import annotations

import json

import pytest

from lod.reporters.escaping import cut, escaped, json_text, plain, whole


class TestPlain:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("ąžuolas 😀 中文", "ąžuolas 😀 中文"),
            ("a\nb\r\n\tc", "a b   c"),
            ("\x1b[31m\x9b2J\x07\x00\x7f", " [31m 2J   "),
            ("a\u202eb\u2066c\u200fd", "a b c d"),
            ("a\u2028b\u0085c\ufeffd", "a b c d"),
            ("file \udce9", "file  "),
            ("##[error]x", "# [error]x"),
            ("###[error]x", "## [error]x"),
            ("##vso[task.x]##teamcity[y]", "# vso[task.x]# teamcity[y]"),
            ("## not an order", "## not an order"),
        ],
        ids=[
            *("words", "lines", "control", "direction", "separators", "surrogate", "order"),
            *("order after a sign", "orders of other services", "no order"),
        ],
    )
    def test_text_is_one_printable_line_of_the_same_length(self, text: str, shown: str) -> None:
        """No letter moves, so that a mark below still fits, and none is an order."""
        assert plain(text) == shown
        assert len(plain(text)) == len(text)


class TestCut:
    def test_long_text_ends_with_a_sign_that_it_goes_on(self) -> None:
        """Who reads a part knows that it is one."""
        assert cut("abcdef", 4) == "abc…"
        assert cut("abcd", 4) == "abcd"


class TestWhole:
    def test_only_half_a_pair_is_replaced(self) -> None:
        """A letter beyond 16 bits stays, half of one cannot be written."""
        assert whole("a😀\ud83db") == "a😀\ufffdb"


class TestJsonText:
    @pytest.mark.parametrize("text", ["##[error]x", "\u202e", "\U000e0041", "\\##[a]", '"##a["'])
    def test_text_comes_back_and_orders_nobody(self, text: str) -> None:
        """A reader of JSON gets every letter; a build service and a terminal get no order."""
        written = json_text([text])

        assert json.loads(written) == [text]
        assert "##[" not in written
        assert written.replace("\n", "").isprintable()

    def test_half_a_pair_is_replaced(self) -> None:
        """Strict readers refuse a lone surrogate even when it is escaped."""
        assert json.loads(json_text(["a\ud800b"])) == ["a\ufffdb"]


class TestEscaped:
    def test_letter_beyond_16_bits_has_the_long_form(self) -> None:
        """Turtle and N-Triples know no pairs of surrogates."""
        assert escaped("\U000e0041\u202e") == "\\U000e0041\\u202e"
