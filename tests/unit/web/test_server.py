"""Ports, and what changes make a server compile again."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from lod.config import read_project
from lod.errors import LodError
from lod.release import Release
from lod.web.server import free_port
from lod.web.watch import Watcher
from support.processes import eventually
from support.projects import copy_project

pytestmark = pytest.mark.thorough


class TestPorts:
    def test_zero_becomes_a_free_one(self) -> None:
        """Port 0 picks one that can be listened on."""
        port = free_port("127.0.0.1", 0)

        with socket.socket() as probe:
            probe.bind(("127.0.0.1", port))

        assert port > 1023

    def test_port_in_use_is_told_with_a_cure(self) -> None:
        """A port somebody listens on is not shared with them."""
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()

            with pytest.raises(LodError) as caught:
                free_port("127.0.0.1", other.getsockname()[1])

        assert caught.value.code == "serve/port"
        assert "--port" in str(caught.value.cure)

    @pytest.mark.parametrize("host", ["300.1.1.1", "192.0.2.1", "2001:db8::1"])
    def test_host_that_is_not_this_machine_is_told(self, host: str) -> None:
        """An address this machine does not have cannot be listened on."""
        with pytest.raises(LodError) as caught:
            free_port(host, 0)

        assert caught.value.code == "serve/host"
        assert host in caught.value.message


@dataclass
class Watch:
    """A project that is watched, and what came of it."""

    root: Path
    watcher: Watcher
    published: list[Release]
    said: list[str]

    def append(self, name: str, text: str) -> None:
        """Save a file with more in it."""
        with (self.root / name).open("a", encoding="utf-8") as file:
            file.write(text)

    def hears(self) -> bool:
        """Start watching, and wait until something was said."""
        self.watcher.start()
        return eventually(lambda: bool(self.said), 10)


@pytest.fixture
def watch(herbarium_folder: Path, tmp_path: Path) -> Iterator[Watch]:
    root = copy_project(herbarium_folder, tmp_path / "project")
    published: list[Release] = []
    said: list[str] = []
    watcher = Watcher(read_project(root), tmp_path / "cache", None, published.append, said.append)
    yield Watch(root, watcher, published, said)
    watcher._over.set()


class TestWatcher:
    def test_saved_file_is_published(self, watch: Watch) -> None:
        """A good change is compiled and handed on, and a sentence says so."""
        watch.append("data/arten.ttl", "art:linde a begriff:Baum ; begriff:wächstIn beet:hof .\n")

        assert watch.hears()
        (release,) = watch.published
        assert "linde" in release.dump("nt").read_text("utf-8")
        assert watch.said == [f"Now serving {release.folder.name}."]

    @pytest.mark.parametrize(
        ("name", "text", "words"),
        [
            ("data/arten.ttl", "art:linde a", "data/arten.ttl:"),
            ("lod.toml", "nonsense", "lod.toml:"),
            ("data/mehr.ttl", "<x:a> <x:b> _:.", "data/mehr.ttl:1"),
        ],
    )
    def test_broken_file_publishes_nothing(
        self, watch: Watch, name: str, text: str, words: str
    ) -> None:
        """A bad change is told with file and line, and what is served stays."""
        watch.append(name, text)

        assert watch.hears()
        assert watch.published == []
        assert words in watch.said[0]
        assert watch.said[0].endswith("Still serving the last good state.")

    @pytest.mark.parametrize(
        "name", ["notes.txt", ".hidden.ttl", ".git/x.ttl", "build/x.ttl", "data/a.ttl~"]
    )
    def test_other_files_are_no_change(self, watch: Watch, name: str) -> None:
        """Files that are no sources, hidden ones and built ones are passed over."""
        (watch.root / name).parent.mkdir(exist_ok=True)
        watch.append(name, "nonsense")
        watch.append("lod.toml", "# a remark\n")

        assert watch.hears()
        assert len(watch.said) == len(watch.published) == 1

    def test_deleted_file_is_a_change(self, watch: Watch) -> None:
        """A file that is gone is a change like any other."""
        (watch.root / "rules/nachbarn.rq").unlink()

        assert watch.hears()
        (release,) = watch.published
        derived = "nachbarVon> <https://pflanzen.example/arten"
        assert derived not in release.dump("nt").read_text("utf-8")

    def test_touched_file_gives_the_same_release(self, watch: Watch) -> None:
        """A file saved without a change is not built again."""
        path = watch.root / "data/arten.ttl"
        os.utime(path, (1, 1))
        assert watch.hears()

        os.utime(path, (2, 2))

        assert eventually(lambda: len(watch.published) == 2, 10)
        assert watch.published[0].folder == watch.published[1].folder
