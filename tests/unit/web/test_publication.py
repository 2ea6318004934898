"""What is published, and how the processes that answer learn that it changed."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from lod.config import Limits
from lod.release import Release
from lod.web.publication import OwnPublication, PointedPublication
from lod.web.settings import Pointer


class TestPointer:
    def test_what_was_written_is_read(self, tmp_path: Path) -> None:
        """Release and engine are handed on as they are, whatever letters their paths hold."""
        pointer = Pointer(tmp_path / "published")

        pointer.write(Path("/releases/ž 1"), Path("/run/lod/broker"))

        assert pointer.read() == (Path("/releases/ž 1"), Path("/run/lod/broker"))

    def test_every_write_changes_the_state(self, tmp_path: Path) -> None:
        """Whoever looks at the pointer sees that it was replaced, even by the same content."""
        pointer = Pointer(tmp_path / "published")
        states = []

        for _ in range(3):
            pointer.write(Path("/a"), Path("/b"))
            states.append(pointer.state())

        assert len(set(states)) == 3
        assert [each.name for each in tmp_path.iterdir()] == ["published"]


class TestPointedPublication:
    def test_request_gets_what_is_published_now(
        self, herbarium: Release, flagship: Release, tmp_path: Path
    ) -> None:
        """Soon after a new release is published requests are answered from it."""
        pointer = Pointer(tmp_path / "published")
        pointer.write(herbarium.folder, tmp_path / "broker-1")
        publication = PointedPublication(pointer, Limits())
        before = publication.current()

        pointer.write(flagship.folder, tmp_path / "broker-2")
        end = time.monotonic() + 1
        while publication.current() is before and time.monotonic() < end:
            time.sleep(0.005)
        after = publication.current()

        assert before.release.manifest == herbarium.manifest
        assert after.release.manifest == flagship.manifest
        assert before.store.kinds() != after.store.kinds()
        assert publication.current() is after

    def test_pointer_that_is_gone_leaves_what_was_published(
        self, herbarium: Release, tmp_path: Path
    ) -> None:
        """While the server ends, the last requests are still answered."""
        pointer = Pointer(tmp_path / "published")
        pointer.write(herbarium.folder, tmp_path / "broker")
        publication = PointedPublication(pointer, Limits())

        pointer.path.unlink()

        assert publication.current().release.manifest == herbarium.manifest


class TestTags:
    def test_tag_depends_on_release_look_and_parts(
        self, herbarium: Release, flagship: Release, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Another release, another look or another representation is another tag."""
        plant, other = (OwnPublication(each, Limits()).current() for each in (herbarium, flagship))
        tags = [plant.etag("a"), plant.etag("b"), plant.etag("a", "b"), other.etag("a")]
        monkeypatch.setattr(plant.pages, "digest", "another look")
        tags.append(plant.etag("a"))

        assert len(set(tags)) == 5

    def test_parts_are_kept_apart(self, herbarium: Release) -> None:
        """Two parts that read alike together are not the same."""
        here = OwnPublication(herbarium, Limits()).current()

        assert here.etag("a", "bc") != here.etag("ab", "c")
