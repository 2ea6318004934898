"""How names fold and sort holds for any text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lod.rdf.collation import fold, sort_key
from properties.strategies import texts

ALPHABET = "aąbcčdeęėfghiįyjklmnoprsštuųūvzž"
words = st.text(ALPHABET, min_size=1, max_size=6)
languages = st.sampled_from(["en", "lt", "de", ""])


class TestFold:
    @given(texts())
    def test_folded_text_folds_to_itself(self, text: str) -> None:
        """What search keeps of a name is found by what search keeps of it."""
        assert fold(fold(text)) == fold(text)

    @given(words)
    def test_capitals_fold_like_small_letters(self, word: str) -> None:
        """Names in capitals are found."""
        assert fold(word.upper()) == fold(word)

    @given(texts())
    def test_spaces_stand_single_and_only_between(self, text: str) -> None:
        """No folded text starts or ends with a space, or has two in a row."""
        assert fold(text) == " ".join(fold(text).split())


class TestSortKey:
    @given(words, words)
    def test_lithuanian_words_stand_by_their_letters(self, one: str, other: str) -> None:
        """Two Lithuanian words stand as their letters do, one by one."""
        expected = [ALPHABET.index(letter) for letter in one] <= [
            ALPHABET.index(letter) for letter in other
        ]

        assert (sort_key(one, "lt") <= sort_key(other, "lt")) == expected

    @given(st.integers(0, 10**12 - 1), st.integers(0, 10**12 - 1), languages)
    def test_numbers_stand_by_value(self, one: int, other: int, language: str) -> None:
        """Of two numbered names the one with the smaller number is first."""
        smaller = sort_key(f"part {one} b", language) < sort_key(f"part {other} a", language)

        assert smaller == (one < other)

    @given(st.sets(texts(max_size=4)), languages)
    def test_different_names_never_stand_on_one_place(self, names: set[str], language: str) -> None:
        """No two names have the same key, so a list has one order only."""
        assert len({sort_key(name, language) for name in names}) == len(names)
