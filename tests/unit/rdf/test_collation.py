"""How names fold for search and sort for people."""

from __future__ import annotations

import itertools
import random

import pytest

from lod.rdf.collation import fold, sort_key

LITHUANIAN = "a ą b c č d e ę ė f g h i į y j k l m n o p r s š t u ų ū v z ž"


def shuffled(words: list[str]) -> list[str]:
    mixed = [*words]
    random.Random(7).shuffle(mixed)
    return mixed


class TestFold:
    @pytest.mark.parametrize(
        ("text", "folded"),
        [
            ("Švedija", "svedija"),
            ("ŠIAULIŲ ĄŽUOLYNAS", "siauliu azuolynas"),
            ("ėęįųū", "eeiuu"),
            ("Łódź", "lodz"),
            ("Tromsø", "tromso"),
            ("Đakovo", "dakovo"),
            ("Straße", "strasse"),
            ("STRAẞE", "strasse"),
            ("İstanbul", "istanbul"),
            ("Isparta ısparta", "isparta isparta"),
            ("ħalfar ŧ", "halfar t"),
            ("e\u0301", "e"),
            ("ﬁnal", "final"),
        ],
    )
    def test_marks_and_case_are_dropped(self, text: str, folded: str) -> None:
        """Who types without diacritics or capitals finds the name all the same."""
        assert fold(text) == folded

    @pytest.mark.parametrize(
        "text", ["  two  words ", "two\twords", "two\nwords", "two\u00a0words", "TWO\u2003WORDS"]
    )
    def test_spaces_are_one_wide(self, text: str) -> None:
        """How many spaces stand between words, and which, does not matter."""
        assert fold(text) == "two words"

    def test_empty_text_folds_to_nothing(self) -> None:
        """A text of spaces is no text."""
        assert fold("") == fold(" \n ") == ""

    def test_letters_of_other_scripts_stay(self) -> None:
        """Names in other scripts are searched as they are written, but for their case."""
        assert fold("УКРАЇНА") == fold("Україна")
        assert fold("日本") == "日本"

    @pytest.mark.parametrize(
        ("text", "folded"), [("BALTNET™", "baltnettm"), ("№ 5", "no 5"), ("𝐀", "a")]
    )
    def test_signs_made_of_capitals_fold_to_small_letters(self, text: str, folded: str) -> None:
        """A sign that stands for letters is found by these letters."""
        assert fold(text) == folded


class TestSortKey:
    def test_lithuanian_letters_stand_in_their_order(self) -> None:
        """Lithuanian names stand as in a Lithuanian dictionary, y between į and j."""
        letters = LITHUANIAN.split()

        ordered = sorted(shuffled(letters), key=lambda each: sort_key(each, "lt"))

        assert ordered == letters

    def test_lithuanian_words_differ_at_their_first_differing_letter(self) -> None:
        """Letters count one by one from the front, whatever their marks."""
        words = ["Airija", "Ąžuolas", "Čekija", "Dania", "Ispanija", "Įgula", "Ypatingas", "Jonava"]

        ordered = sorted(shuffled(words), key=lambda each: sort_key(each, "lt"))

        assert ordered == words

    def test_regional_tag_sorts_like_its_language(self) -> None:
        """Lithuanian as written in Lithuania is Lithuanian."""
        words = ["cukrus", "čekis", "dangus"]

        ordered = sorted(shuffled(words), key=lambda each: sort_key(each, "lt-lt"))

        assert ordered == words

    def test_letters_in_two_parts_sort_like_whole_ones(self) -> None:
        """It does not matter whether č is one character or c with a caron behind it."""
        words = ["cz", "c\u030ca", "d"]

        ordered = sorted(shuffled(words), key=lambda each: sort_key(each, "lt"))

        assert ordered == words

    def test_foreign_letters_stand_with_their_base_letter(self) -> None:
        """Foreign names stand where a reader looks for them."""
        words = ["Laba", "Łódź", "Lukas", "Øresundas", "Oslas", "Roma"]

        ordered = sorted(shuffled(words), key=lambda each: sort_key(each, "lt"))

        assert ordered == words

    def test_marks_do_not_matter_where_they_are_no_letters_of_their_own(self) -> None:
        """An English reader finds Šiauliai among the names with S."""
        words = ["Rome", "Šiauliai", "Sweden", "Tallinn"]

        ordered = sorted(shuffled(words), key=lambda each: sort_key(each, "en"))

        assert ordered == words

    @pytest.mark.parametrize("language", ["en", "lt", ""])
    def test_case_does_not_matter(self, language: str) -> None:
        """Capitals stand among small letters, not before them."""
        words = ["alfa", "Beta", "gama"]

        ordered = sorted(shuffled(words), key=lambda each: sort_key(each, language))

        assert ordered == words

    @pytest.mark.parametrize("language", ["en", "lt"])
    def test_numbers_sort_by_value(self, language: str) -> None:
        """Part 9 stands before part 10, and 0 before 1, leading zeros or not."""
        words = ["part 0", "part 1", "part 09", "part 10", "part 10 b", "part 100", "part 2026"]

        ordered = sorted(shuffled(words), key=lambda each: sort_key(each, language))

        assert ordered == words

    def test_long_numbers_sort_by_value_too(self) -> None:
        """Numbers of any length stand by their value, such as those of books."""
        words = ["999999999999", "1000000000000", "9780131103627"]

        ordered = sorted(shuffled(words), key=lambda each: sort_key(each, "en"))

        assert ordered == words

    @pytest.mark.parametrize("language", ["en", "lt"])
    def test_order_does_not_depend_on_the_order_before(self, language: str) -> None:
        """The same names always stand in the same order, those that differ in marks alone too."""
        orders = {
            tuple(sorted(words, key=lambda each: sort_key(each, language)))
            for words in itertools.permutations(["Resume", "resume", "résumé", "part 9", "part 09"])
        }

        assert len(orders) == 1
