"""A file replaced as a whole, or left as it is."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from lod.dataset.writing import replace_file, stamp_of


def alone(path: Path) -> bool:
    """Whether nothing but the file is in its folder."""
    return [*path.parent.iterdir()] == [path]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "folder" / "ą.ttl"
    path.parent.mkdir()
    path.write_text("before")
    return path


class TestReplaceFile:
    def test_text_is_written_as_it_is(self, file: Path) -> None:
        """The file has the new text, byte for byte, and nothing else is left behind."""
        assert replace_file(file, "ą\r\n\n", stamp_of(file))

        assert file.read_bytes() == "ą\r\n\n".encode()
        assert alone(file)

    def test_permissions_stay(self, file: Path) -> None:
        """Who could read the file before can read it now, and nobody else."""
        file.chmod(0o640)

        assert replace_file(file, "after", stamp_of(file))

        assert stat.S_IMODE(file.stat().st_mode) == 0o640

    def test_link_stays_a_link(self, file: Path, tmp_path: Path) -> None:
        """Of a link the file it leads to is replaced."""
        link = tmp_path / "link.ttl"
        link.symlink_to(file)

        assert replace_file(link, "after", stamp_of(link))

        assert link.is_symlink()
        assert file.read_text() == "after"

    @pytest.mark.parametrize("change", ["text", "time", "other file"])
    def test_file_that_changed_is_left(self, file: Path, change: str) -> None:
        """What somebody saved meanwhile is never lost."""
        stamp = stamp_of(file)
        if change == "text":
            file.write_text("somebody else's")
        elif change == "time":
            os.utime(file, ns=(1, 1))
        else:
            other = file.with_name("other")
            other.write_text("others")
            os.utime(other, ns=(stamp[0], stamp[0]))
            other.replace(file)
        found = file.read_text()

        assert not replace_file(file, "after", stamp)

        assert file.read_text() == found
        assert alone(file)

    def test_write_protected_file_is_left(self, file: Path) -> None:
        """A file nobody may write is not replaced, though its folder would allow it."""
        file.chmod(0o444)

        with pytest.raises(PermissionError, match="write-protected"):
            replace_file(file, "after", stamp_of(file))

        assert file.read_text() == "before"
        assert alone(file)

    def test_file_that_vanished_is_not_made_again(self, file: Path) -> None:
        """A file that was deleted meanwhile stays so."""
        stamp = stamp_of(file)
        file.unlink()

        with pytest.raises(FileNotFoundError):
            replace_file(file, "after", stamp)

        assert not file.exists()

    def test_failure_leaves_the_file(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """When the disk is full the file is what it was, and no half of one lies beside it."""

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)

        with pytest.raises(OSError, match="No space left"):
            replace_file(file, "after", stamp_of(file))

        assert file.read_text() == "before"
        assert alone(file)


class TestStampOf:
    def test_pipe_is_refused(self, tmp_path: Path) -> None:
        """Nobody waits for a pipe into which nobody writes."""
        os.mkfifo(tmp_path / "a.ttl")

        with pytest.raises(OSError, match="not a plain file"):
            stamp_of(tmp_path / "a.ttl")
