"""How a literal is shown to people."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from lod.rdf.namespaces import XSD
from lod.representation import edtf
from lod.representation.shown import Shown, show_literal
from lod.representation.wording import Wording

ENGLISH = Wording("en")
LITHUANIAN = Wording("lt")
EDTF = NamedNode(edtf.IRI)


def typed(value: str, datatype: NamedNode) -> str:
    return str(Literal(value, datatype=datatype))


class TestTexts:
    def test_text_has_its_language(self) -> None:
        """A text is told in which language it is, so that it is read out right."""
        assert show_literal(str(Literal("labas", language="lt")), ENGLISH) == Shown("labas", "lt")

    def test_plain_text_stands_as_it_is(self) -> None:
        """A text without a language is just its text, whatever it looks like."""
        for text in ("plain", "2015-07-24", "https://data.example/", "12", ""):
            assert show_literal(str(Literal(text)), ENGLISH) == Shown(text)

    @pytest.mark.parametrize("value", ["https://data.example/a", "http://data.example/"])
    def test_web_address_is_a_link(self, value: str) -> None:
        """An address that is typed as one can be followed."""
        assert show_literal(typed(value, XSD.anyURI), ENGLISH) == Shown(value, link=value)

    @pytest.mark.parametrize(
        "value",
        [
            *("javascript:alert(1)", "data:text/html,x", "//evil.example", " https://x/", "HTTP:x"),
            *('https://x/"><b>', "https://x/a b", "https://x/a\n", "https://"),
        ],
    )
    def test_other_address_is_no_link(self, value: str) -> None:
        """What is no web address is shown, never followed."""
        assert show_literal(typed(value, XSD.anyURI), ENGLISH).link is None


class TestValues:
    @pytest.mark.parametrize(
        ("value", "datatype", "english", "lithuanian", "element"),
        [
            ("1234.50", XSD.decimal, "1,234.50", "1\u00a0234,50", "data"),
            ("01", XSD.integer, "1", "1", "data"),
            ("-7", XSD.int, "−7", "−7", "data"),
            ("true", XSD.boolean, "yes", "taip", "data"),
            ("1", XSD.boolean, "yes", "taip", "data"),
            ("false", XSD.boolean, "no", "ne", "data"),
            ("2015", XSD.gYear, "2015, year only", "2015 m. (žinomi tik metai)", "time"),
            ("2015-07-24", XSD.date, "24 July 2015", "2015 m. liepos 24 d.", "time"),
            ("2015-21", EDTF, "spring of 2015", "2015 m. pavasaris", "data"),
        ],
    )
    def test_value_is_shown_in_words_beside_its_exact_form(
        self, value: str, datatype: NamedNode, english: str, lithuanian: str, element: str
    ) -> None:
        """Readers see words of their language, programs the value as it was given."""
        literal = typed(value, datatype)

        assert show_literal(literal, ENGLISH) == Shown(english, element=element, machine=value)
        assert show_literal(literal, LITHUANIAN) == Shown(
            lithuanian, element=element, machine=value
        )

    @pytest.mark.parametrize(
        ("value", "datatype"),
        [
            ("2015-13-01", XSD.date),
            ("20150724", XSD.date),
            ("2015-07-24Z", XSD.date),
            ("twelve", XSD.integer),
            ("1e3", XSD.double),
            ("INF", XSD.double),
            ("TRUE", XSD.boolean),
            ("15", XSD.gYear),
            ("2015-07", XSD.gYearMonth),
            ("2015-02-30", EDTF),
            ("soon", EDTF),
            ("POINT (1 2)", NamedNode("http://www.opengis.net/ont/geosparql#wktLiteral")),
        ],
    )
    def test_value_without_words_is_shown_exactly_with_its_type(
        self, value: str, datatype: NamedNode
    ) -> None:
        """What cannot be put into words stands as it is, and its type is told."""
        assert show_literal(typed(value, datatype), ENGLISH) == Shown(
            value, datatype=datatype.value
        )

    @pytest.mark.parametrize("value", ["1" * 5_000, f"0.{'3' * 5_000}"])
    def test_number_of_thousands_of_digits_is_shown(self, value: str) -> None:
        """A number however long does not break its page."""
        shown = show_literal(typed(value, XSD.decimal), ENGLISH)

        assert shown.text.replace(",", "") == value
        assert value in {shown.machine, shown.text}
