"""A project as git has it at a revision."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from lod.dataset.revision import exported
from lod.errors import ProjectError
from support.checking import commit, git


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def write(folder: Path, name: str, content: bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


class TestExported:
    def test_files_are_those_of_the_revision(self, tmp_path: Path) -> None:
        """The copy has what was committed, byte for byte, and nothing that came since."""
        files = {"a.ttl": b"\xef\xbb\xbfa\r\n\0\xff", "b/ą b.ttl": b"", "b/c.ttl": b"\n" * 100_000}
        for name, content in files.items():
            write(tmp_path, name, content)
        revision = commit(tmp_path)
        write(tmp_path, "a.ttl", b"changed")
        write(tmp_path, "new.ttl", b"new")
        (tmp_path / "b/c.ttl").unlink()

        with exported(tmp_path, revision, os.environ) as folder:
            found = contents(folder)

        assert found == files
        assert not folder.exists()
        assert (tmp_path / "a.ttl").read_bytes() == b"changed"

    def test_folder_of_a_repository(self, tmp_path: Path) -> None:
        """Of a project in a folder of a repository only the folder is copied."""
        write(tmp_path, "project/a.ttl", b"a")
        write(tmp_path, "other/b.ttl", b"b")
        revision = commit(tmp_path)

        with exported(tmp_path / "project", revision, os.environ) as folder:
            assert contents(folder) == {"a.ttl": b"a"}

    def test_folder_that_was_not_there(self, tmp_path: Path) -> None:
        """A project that is younger than the revision gives an empty folder."""
        revision = commit(tmp_path)
        write(tmp_path, "project/a.ttl", b"a")

        with exported(tmp_path / "project", revision, os.environ) as folder:
            assert contents(folder) == {}

    def test_attributes_change_nothing(self, tmp_path: Path) -> None:
        """What is left out of archives, or filtered on checkout, is there as it was written."""
        write(tmp_path, ".gitattributes", b"a.ttl export-ignore\nb.ttl export-subst filter=bad\n")
        write(tmp_path, "a.ttl", b"a")
        write(tmp_path, "b.ttl", b"$Format:%H$\n")
        revision = commit(tmp_path)
        git(tmp_path, "config", "filter.bad.smudge", f"touch {tmp_path}/ran")

        with exported(tmp_path, revision, os.environ) as folder:
            found = contents(folder)

        assert (found["a.ttl"], found["b.ttl"]) == (b"a", b"$Format:%H$\n")
        assert not (tmp_path / "ran").exists()

    def test_links_stay_inside(self, tmp_path: Path) -> None:
        """A link within the project is kept, one that leads out of it is not."""
        write(tmp_path, "data/a.ttl", b"a")
        (tmp_path / "data/b.ttl").symlink_to("a.ttl")
        (tmp_path / "data/c.ttl").symlink_to("/etc/passwd")
        (tmp_path / "data/d.ttl").symlink_to("../../outside.ttl")
        revision = commit(tmp_path)

        with exported(tmp_path, revision, os.environ) as folder:
            assert contents(folder) == {"data/a.ttl": b"a", "data/b.ttl": b"a"}
            assert not (folder / "data/c.ttl").is_symlink()

    def test_nothing_of_the_user_runs(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """No hook, pager or monitor of somebody's configuration is started."""
        repository = tmp_path / "repository"
        write(repository, "a.ttl", b"a")
        revision = commit(repository)
        script = tmp_path / "run"
        script.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
        script.chmod(0o755)
        home = tmp_path / "home"
        home.mkdir()
        (home / ".gitconfig").write_text(
            f"[core]\n pager = {script}\n fsmonitor = {script}\n hooksPath = {tmp_path}\n"
            f"[alias]\n cat-file = !{script}\n ls-tree = !{script}\n"
            f"[pager]\n ls-tree = {script}\n"
        )
        monkeypatch.setenv("HOME", str(home))
        for name in ("post-checkout", "reference-transaction", "post-index-change"):
            (tmp_path / name).write_bytes(script.read_bytes())
            (tmp_path / name).chmod(0o755)

        with exported(repository, revision, os.environ) as folder:
            assert contents(folder) == {"a.ttl": b"a"}

        assert not (tmp_path / "ran").exists()

    def test_hook_of_another_repository(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What git tells its hooks about their repository is not about the project's."""
        write(tmp_path / "one", "a.ttl", b"a")
        revision = commit(tmp_path / "one")
        commit(tmp_path / "other")
        monkeypatch.setenv("GIT_DIR", str(tmp_path / "other/.git"))
        monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "other/.git/index"))
        monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "other"))

        with exported(tmp_path / "one", revision, os.environ) as folder:
            assert contents(folder) == {"a.ttl": b"a"}


class TestRefused:
    @pytest.mark.parametrize(
        "revision", ["nowhere", "", "--help", "--output=x", "-h", "HEAD:a.ttl", "HEAD HEAD", "a..b"]
    )
    def test_what_is_no_revision(self, tmp_path: Path, revision: str) -> None:
        """What names no commit is told, also when it looks like an option of git."""
        write(tmp_path, "a.ttl", b"a")
        commit(tmp_path)

        with pytest.raises(ProjectError) as caught, exported(tmp_path, revision, os.environ):
            pass

        assert caught.value.code == "project/no-revision"
        assert caught.value.message == f"git knows no revision {revision}."
        assert "fetch-depth: 0" in (caught.value.cure or "")
        assert [path.name for path in tmp_path.iterdir() if path.name != ".git"] == ["a.ttl"]

    def test_clone_without_its_history(self, tmp_path: Path) -> None:
        """In a shallow clone, as CI makes them, older revisions are not there."""
        first = commit(tmp_path / "one")
        commit(tmp_path / "one")
        clone = ["git", "clone", "-q", "--depth=1", f"file://{tmp_path}/one", str(tmp_path / "two")]
        subprocess.run(clone, check=True)

        with pytest.raises(ProjectError, match="git knows no revision"):
            exported(tmp_path / "two", first, os.environ).__enter__()

    def test_clone_without_the_contents(self, tmp_path: Path) -> None:
        """What a partial clone lacks is told and not fetched."""
        write(tmp_path / "one", "a.ttl", b"a")
        first = commit(tmp_path / "one")
        write(tmp_path / "one", "a.ttl", b"b")
        commit(tmp_path / "one")
        git(tmp_path / "one", "config", "uploadpack.allowFilter", "true")
        source = f"file://{tmp_path}/one"
        clone = ["git", "clone", "-q", "--filter=blob:none", source, str(tmp_path / "two")]
        subprocess.run(clone, check=True)

        with pytest.raises(ProjectError) as caught:
            exported(tmp_path / "two", first, os.environ).__enter__()

        assert caught.value.message == "git does not have the content of a.ttl at that revision."

    def test_folder_without_a_repository(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Outside of a repository there is no before."""
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

        with pytest.raises(ProjectError) as caught:
            exported(tmp_path, "HEAD", os.environ).__enter__()

        assert caught.value.code == "project/no-repository"
        assert "not a git repository" in caught.value.message

    def test_machine_without_git(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where git is not installed that is said."""
        monkeypatch.setenv("PATH", os.fspath(tmp_path))

        with pytest.raises(ProjectError, match="git is not installed"):
            exported(tmp_path, "HEAD", os.environ).__enter__()
