"""What commands say while they run, and where they keep what they can make again."""

from __future__ import annotations

import sys
import tempfile
import time
from io import StringIO
from pathlib import Path

import pytest

from lod.cli.options import cache_folder, issued_by_environment
from lod.cli.output import progress
from lod.config import Project, read_project
from support.projects import write_project
from unit.cli.test_check import Screen


@pytest.fixture
def sample(tmp_path: Path) -> Project:
    """A project without data."""
    return read_project(write_project(tmp_path / "project", {}))


class TestProgress:
    def after(self, seconds: float, monkeypatch: pytest.MonkeyPatch, stream: StringIO) -> str:
        """Return what is told of progress when a run has taken so long."""
        began = time.monotonic()
        monkeypatch.setattr(sys, "stderr", stream)
        monkeypatch.setattr(time, "monotonic", lambda: began)
        tell = progress()
        monkeypatch.setattr(time, "monotonic", lambda: began + seconds)

        tell("reading files")
        return stream.getvalue()

    def test_short_runs_say_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is done within a second needs no words."""
        assert self.after(0.9, monkeypatch, Screen()) == ""

    def test_long_runs_say_what_goes_on(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whoever waits longer sees for how long, and for what."""
        assert self.after(12.34, monkeypatch, Screen()) == " 12.3 s  reading files\n"

    def test_logs_are_not_filled_with_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where nobody watches, progress is not told."""
        assert self.after(12.34, monkeypatch, StringIO()) == ""


class TestIssued:
    @pytest.mark.parametrize(
        ("epoch", "day"),
        [
            ("0", "1970-01-01"),
            ("1700000000", "2023-11-14"),
            ("", None),
            ("yesterday", None),
            ("-1", None),
            ("1.5", None),
        ],
    )
    def test_day_of_the_epoch(
        self, monkeypatch: pytest.MonkeyPatch, epoch: str, day: str | None
    ) -> None:
        """SOURCE_DATE_EPOCH names a day by seconds, in UTC; anything else names none."""
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)

        assert issued_by_environment() == day

    @pytest.mark.parametrize("epoch", ["²", "9" * 20])
    def test_nonsense_is_no_accident(self, monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
        """A number that names no day names none."""
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)

        assert issued_by_environment() is None

    def test_unset_is_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without the variable there is no day."""
        monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

        assert issued_by_environment() is None


class TestCacheFolder:
    def test_each_project_has_its_own(
        self, tmp_path: Path, sample: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Two copies of a project do not share a cache; the same folder always has the same."""
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
        other = read_project(write_project(tmp_path / "copy", {}))

        folders = [cache_folder(each) for each in (sample, other, sample)]

        assert folders[0] == folders[2] != folders[1]
        assert all(each.parent == tmp_path / "caches/lod" and each.is_dir() for each in folders)
        assert all(each.name.startswith("sample-") for each in folders)

    def test_it_is_in_the_home(
        self, tmp_path: Path, sample: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Without a word where caches go, it is ``.cache`` of the home."""
        monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
        monkeypatch.setenv("HOME", str(tmp_path))

        assert cache_folder(sample).parent == tmp_path / ".cache/lod"

    def test_without_a_home_it_is_temporary(
        self, tmp_path: Path, sample: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where the home cannot be written, the cache is in the temporary folder."""
        (tmp_path / "home").write_text("a file")
        (tmp_path / "t").mkdir()
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "t"))

        folder = cache_folder(sample)

        assert folder.is_dir()
        assert folder.is_relative_to(tmp_path / "t")

    def test_temporary_one_is_for_its_owner_alone(
        self, tmp_path: Path, sample: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """In a folder that all may write, nobody else can put a release of theirs."""
        (tmp_path / "home").write_text("a file")
        (tmp_path / "t").mkdir()
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "t"))

        folder = cache_folder(sample)

        (top,) = (tmp_path / "t").iterdir()
        assert folder.is_relative_to(top)
        assert top.stat().st_mode & 0o077 == 0
