"""Notes on texts that are laid out as the formatter does it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lod.checks.lint.formatted import FormattedTexts


class TestFormattedTexts:
    def test_what_was_noted_is_known_to_the_next_run(self, tmp_path: Path) -> None:
        """A text that was laid out so need not be laid out again, another one must."""
        first = FormattedTexts(tmp_path)
        first.add("one")
        first.keep()

        second = FormattedTexts(tmp_path)

        assert second.have("one")
        assert not second.have("two")

    def test_what_is_no_longer_there_is_forgotten(self, tmp_path: Path) -> None:
        """The notes are about the files of the last run, so they never grow."""
        first = FormattedTexts(tmp_path)
        first.add("one")
        first.keep()
        second = FormattedTexts(tmp_path)
        second.add("two")
        second.keep()

        assert not FormattedTexts(tmp_path).have("one")
        assert FormattedTexts(tmp_path).have("two")

    def test_another_formatter_knows_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What was right for one formatter is looked at anew by the next."""
        first = FormattedTexts(tmp_path)
        first.add("one")
        first.keep()
        monkeypatch.setattr("lod.checks.lint.formatted._formatter", lambda: b"another")

        assert not FormattedTexts(tmp_path).have("one")

    def test_without_a_folder_nothing_is_known(self, tmp_path: Path) -> None:
        """A check that may keep nothing lays out every text, and one that cannot write does too."""
        notes = FormattedTexts(None)
        notes.add("one")
        notes.keep()
        blocked = tmp_path / "file"
        blocked.write_text("")
        elsewhere = FormattedTexts(blocked / "folder")
        elsewhere.add("one")
        elsewhere.keep()

        assert not FormattedTexts(None).have("one")
        assert not FormattedTexts(blocked / "folder").have("one")
