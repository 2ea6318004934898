"""What a question says of itself."""

from __future__ import annotations

import pytest

from lod.release.questions import read_question

ASK = "ASK { ?s ?p ?o }\n"


class TestWords:
    def test_words_are_by_language(self) -> None:
        """A reader of each language gets the title and explanation in it."""
        text = f"# title@en: What?\n# about@lt: Kodėl.\n# title@lt: Kas?\n# question: Q1\n{ASK}"

        question = read_question("what", text, ["en", "lt"])

        assert dict(question.title) == {"en": "What?", "lt": "Kas?"}
        assert dict(question.about) == {"lt": "Kodėl."}
        assert question.query == ASK

    @pytest.mark.parametrize(
        "text", [f"#title: What?\n{ASK}", f"\ufeff# title:What?  \r\n\r\n{ASK}"]
    )
    def test_words_without_a_language_are_in_the_first(self, text: str) -> None:
        """A project of one language need not name it."""
        question = read_question("what", text, ["de"])

        assert dict(question.title) == {"de": "What?"}
        assert question.query == ASK

    def test_first_title_counts(self) -> None:
        """A title that stands twice is taken once."""
        question = read_question("what", f"# title@en: One\n# title@EN: Two\n{ASK}", ["en"])

        assert dict(question.title) == {"en": "One"}

    @pytest.mark.parametrize("text", ["", ASK, f"# Some remark.\n{ASK}", f"{ASK}# title@en: No\n"])
    def test_no_words(self, text: str) -> None:
        """A file that says nothing of itself is a question without a title."""
        question = read_question("what", text, ["en"])

        assert not question.title
        assert not question.about
        assert question.query in text
