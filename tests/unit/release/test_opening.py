"""Only a whole release is opened, wherever it stands."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from lod.errors import ReleaseError
from lod.release import Release, find_release, open_release
from lod.store import ReleaseStore


@pytest.fixture
def copy(herbarium: Release, tmp_path: Path) -> Path:
    folder = tmp_path / "moved" / "elsewhere"
    shutil.copytree(herbarium.folder, folder)
    return folder


class TestOpen:
    def test_moved_release_is_the_same(self, herbarium: Release, copy: Path) -> None:
        """A release can be copied to any place: nothing in it knows where it was built."""
        moved = open_release(copy)

        assert moved.manifest == herbarium.manifest
        assert moved.project == herbarium.project
        assert ReleaseStore(moved).kinds() == ReleaseStore(herbarium).kinds()

    def test_no_file_names_the_folder_it_was_built_in(self, release: Release) -> None:
        """No path of the machine that built a release is in it."""
        for path in release.folder.rglob("*"):
            if path.is_file():
                assert str(release.folder.parent).encode() not in path.read_bytes()

    def test_project_of_a_release_knows_its_languages_and_kinds(self, release: Release) -> None:
        """What pages need of lod.toml is in the release; how to serve is not."""
        frozen = json.loads(release.path("project.json").read_text("utf-8"))

        assert release.project.name == release.manifest.name
        assert release.project.languages
        assert not {"limits", "server", "rules", "paths"} & set(frozen)

    def test_release_keeps_the_report_of_its_check(self, herbarium: Release) -> None:
        """The findings of the check are part of a release."""
        report = json.loads(herbarium.path("report.json").read_text("utf-8"))

        assert report["summary"]["engines"] == ["compiled"]
        assert report["findings"] == []


class TestRefuse:
    @pytest.mark.parametrize(
        "name", ["index.sqlite", "dumps/herbarium.nq", "catalog.ttl", "project.json", "report.json"]
    )
    def test_missing_file_is_named(self, copy: Path, name: str) -> None:
        """A release that lacks a file is not opened, and the file is named."""
        (copy / name).unlink()

        with pytest.raises(ReleaseError) as caught:
            open_release(copy)

        assert caught.value.code == "release/incomplete"
        assert name in caught.value.message
        assert caught.value.cure

    def test_file_of_another_size_is_named(self, copy: Path) -> None:
        """A copy that was cut off is not opened."""
        path = copy / "dumps/herbarium.nt"
        path.write_bytes(path.read_bytes()[:-1])

        with pytest.raises(ReleaseError) as caught:
            open_release(copy)

        assert caught.value.code == "release/incomplete"

    def test_folder_without_manifest_is_no_release(self, tmp_path: Path) -> None:
        """A folder of another kind is called so."""
        with pytest.raises(ReleaseError) as caught:
            open_release(tmp_path)

        assert caught.value.code == "release/none"

    def test_layout_of_another_version_is_told(self, copy: Path) -> None:
        """A release of a later layout is not misread: it says what to do."""
        path = copy / "manifest.json"
        content = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps({**content, "format": 999}), "utf-8")

        with pytest.raises(ReleaseError) as caught:
            open_release(copy)

        assert caught.value.code == "release/format"
        assert "999" in caught.value.message

    @pytest.mark.parametrize(
        "text", ["", "{", "[]", "null", "{}", '{"format": 2}', '{"format": 2, "files": 3}', "\xff"]
    )
    def test_broken_manifest_is_told(self, copy: Path, text: str) -> None:
        """A manifest that cannot be read is an error, never a traceback."""
        (copy / "manifest.json").write_bytes(text.encode("latin-1"))

        with pytest.raises(ReleaseError) as caught:
            open_release(copy)

        assert caught.value.code == "release/manifest"


class TestFind:
    def test_folder_of_releases_means_its_latest(self, herbarium: Release) -> None:
        """A folder of releases stands for the one built last."""
        found = find_release(herbarium.folder.parent)

        assert found is not None
        assert found.resolve() == herbarium.folder

    def test_release_means_itself(self, herbarium: Release) -> None:
        """A release's own folder stands for itself."""
        assert find_release(herbarium.folder) == herbarium.folder

    def test_other_folder_means_none(self, tmp_path: Path) -> None:
        """A folder without a release is none."""
        assert find_release(tmp_path) is None
        assert find_release(tmp_path / "missing") is None
