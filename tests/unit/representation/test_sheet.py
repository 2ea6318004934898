"""Pages with gaps."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from lod.representation.fragments import escaped
from lod.representation.sheet import Gaps, Sheet


class TestSheet:
    def test_gaps_are_filled_each_time_they_stand(self) -> None:
        """A gap may stand in an address, in an attribute and in text."""
        gaps = Gaps()
        sheet = Sheet(f'<a href="/x/{gaps.path}.ttl" title="{gaps.name}">{gaps.name}</a>', gaps)

        filled = sheet.filled({"path": "a/b", "name": "A"})

        assert filled == '<a href="/x/a/b.ttl" title="A">A</a>'
        assert sheet.filled({"path": "c", "name": "B"}) == '<a href="/x/c.ttl" title="B">B</a>'

    def test_text_is_escaped_and_markup_is_not(self) -> None:
        """Only what was made as HTML is taken for HTML."""
        gaps = Gaps()
        sheet = Sheet(f"{gaps.one}|{gaps.other}", gaps)

        filled = sheet.filled({"one": "<b>\"'&", "other": Markup("<b>")})

        assert filled == "&lt;b&gt;&#34;&#39;&amp;|<b>"

    def test_a_gap_without_value_is_told(self) -> None:
        """A page never shows the mark of a gap."""
        gaps = Gaps()

        with pytest.raises(KeyError):
            Sheet(f"{gaps.name}", gaps).filled({})

    def test_text_that_looks_like_a_mark_of_others_stays(self) -> None:
        """What data says is never taken for a gap: nobody can guess the marks."""
        gaps = Gaps()
        text = str(Gaps().name)

        assert Sheet(f"{text}{gaps.name}", gaps).filled({"name": text}) == text * 2

    def test_page_without_gaps_is_itself(self) -> None:
        """There may be nothing to fill in."""
        assert Sheet("<p>", Gaps()).filled({}) == "<p>"


class TestEscaped:
    @pytest.mark.parametrize("text", ["", "plain ąč", "a&b", "<", ">", '"', "'", "&amp;", "\u2028"])
    def test_it_is_what_templates_make_of_it(self, text: str) -> None:
        """Text is escaped as everywhere else."""
        assert Markup("{}").format(text) == escaped(text)
