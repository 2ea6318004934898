"""A folder without a readable ``lod.toml`` is told as such."""

from __future__ import annotations

from pathlib import Path

import pytest

from lod.config import read_project
from lod.errors import ConfigError
from support.projects import CONFIGURATION, write_project


class TestNoFile:
    def test_folder_that_is_none_is_told(self, tmp_path: Path) -> None:
        """A folder that does not exist is named, and so is a file given for a folder."""
        for folder in (tmp_path / "nowhere", write_project(tmp_path, {}) / "lod.toml"):
            with pytest.raises(ConfigError) as caught:
                read_project(folder)

            assert caught.value.code == "config/no-folder"
            assert str(folder) in caught.value.message
            assert caught.value.cure

    def test_folder_without_the_file_is_told(self, tmp_path: Path) -> None:
        """A folder without lod.toml is no project folder."""
        with pytest.raises(ConfigError) as caught:
            read_project(tmp_path)

        assert caught.value.code == "config/no-file"
        assert "--project" in (caught.value.cure or "")

    def test_file_that_is_no_utf8_is_told_with_its_cure(self, tmp_path: Path) -> None:
        """A file in an old encoding is to be saved as UTF-8."""
        (tmp_path / "lod.toml").write_bytes(
            CONFIGURATION.replace("Sample", "Žemė").encode("cp1257")
        )

        with pytest.raises(ConfigError) as caught:
            read_project(tmp_path)

        assert caught.value.code == "config/unreadable"
        assert caught.value.cure == "Save it as UTF-8."

    def test_file_that_is_a_folder_is_told(self, tmp_path: Path) -> None:
        """What cannot be read is told, not shown as a crash."""
        (tmp_path / "lod.toml").mkdir()

        with pytest.raises(ConfigError, match="config/unreadable"):
            read_project(tmp_path)

    @pytest.mark.parametrize(
        ("text", "place", "message"),
        [
            ("one two\n", "lod.toml:1:5", "Expected '='"),
            ("a = 1\na = 2\n", "lod.toml:2", "Cannot overwrite a value"),
            ('a = "unclosed', "lod.toml", "Unterminated string"),
        ],
        ids=["no value", "twice", "unclosed"],
    )
    def test_text_that_is_no_toml_is_told_with_its_place(
        self, tmp_path: Path, text: str, place: str, message: str
    ) -> None:
        """A slip in the syntax is told with line and column, as far as they are known."""
        write_project(tmp_path, {"lod.toml": text})

        with pytest.raises(ConfigError) as caught:
            read_project(tmp_path)

        assert caught.value.code == "config/not-toml"
        assert (caught.value.place or "").startswith(place)
        assert message in caught.value.message
        assert "at line" not in caught.value.message
