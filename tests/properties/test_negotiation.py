"""What a client gets is what it asked for, whatever its header."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lod.rdf.formats import DOCUMENT_FORMATS, GRAPH_FORMATS, Format
from lod.rdf.negotiation import choose, choose_language, parse
from properties.strategies import accept_headers, header_texts

LANGUAGES = ["en", "lt", "de", "pt-br"]
offers = st.lists(st.sampled_from(DOCUMENT_FORMATS), unique=True, max_size=7)
headers = st.one_of(accept_headers(), header_texts())


class TestChoose:
    @given(headers, offers)
    def test_chosen_format_is_one_that_was_offered(
        self, header: str, offered: list[Format]
    ) -> None:
        """Any header gets an answer: one of the formats there are, or that none will do."""
        chosen = choose(header, offered)

        assert chosen is None or chosen in offered

    @given(accept_headers(), offers)
    def test_refused_format_is_not_chosen(self, header: str, offered: list[Format]) -> None:
        """A client that adds that it cannot read a format is not sent it."""
        chosen = choose(header, offered)
        if chosen is None:
            return

        elements = [each for each in header.split(", ") if not each.startswith(chosen.media_type)]
        again = choose(", ".join([*elements, f"{chosen.media_type};q=0"]), offered)

        assert again is not chosen

    @given(accept_headers(), st.sampled_from(GRAPH_FORMATS))
    def test_format_liked_fully_is_chosen(self, header: str, wanted: Format) -> None:
        """A client that names one format with full weight gets no other than one it named."""
        chosen = choose(f"{header}, {wanted.media_type}", GRAPH_FORMATS)

        assert chosen is not None
        assert chosen is wanted or any(
            each.name in {chosen.media_type, *chosen.aliases} for each in parse(header)
        )

    @given(accept_headers())
    def test_order_of_the_header_does_not_matter(self, header: str) -> None:
        """Weights decide, not which range stands first."""
        turned = ", ".join(reversed(header.split(", ")))

        assert choose(turned, DOCUMENT_FORMATS) is choose(header, DOCUMENT_FORMATS)

    @given(accept_headers())
    def test_case_and_spaces_do_not_matter(self, header: str) -> None:
        """A header in capitals with spaces around its signs asks for the same."""
        changed = header.upper().replace(";", " ; ").replace(",", " , ")

        assert choose(changed, DOCUMENT_FORMATS) is choose(header, DOCUMENT_FORMATS)


class TestChooseLanguage:
    @given(headers, st.lists(st.sampled_from(LANGUAGES), min_size=1, unique=True))
    def test_chosen_language_is_one_that_was_offered(self, header: str, offered: list[str]) -> None:
        """Every reader gets a page, in one of the languages there are."""
        assert choose_language(header, offered) in offered

    @given(
        st.dictionaries(st.sampled_from(LANGUAGES), st.integers(1, 1000), min_size=1),
        st.permutations(LANGUAGES),
    )
    def test_language_with_the_highest_weight_is_chosen(
        self, weights: dict[str, int], offered: list[str]
    ) -> None:
        """Of languages that are named the one liked best is given."""
        header = ", ".join(f"{tag};q={weight / 1000:.3f}" for tag, weight in weights.items())

        assert weights[choose_language(header, offered)] == max(weights.values())


class TestParse:
    @given(header_texts())
    def test_weights_are_from_0_to_1(self, header: str) -> None:
        """Whatever a client sends, what is read of it makes sense."""
        for preference in parse(header):
            assert 0 <= preference.quality <= 1
            assert preference.name == preference.name.strip().lower() != ""
