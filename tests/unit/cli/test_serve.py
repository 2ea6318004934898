"""``lod serve`` before it serves: what it refuses, in one line."""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from lod.release import Release
from unit.cli.commands import Done, Home


@pytest.fixture
def copy(herbarium: Release, tmp_path: Path) -> Path:
    """A release that a test may damage."""
    return shutil.copytree(herbarium.folder, tmp_path / "release")


class TestRefused:
    def test_missing_folder(self, inside: Callable[..., Done], tmp_path: Path) -> None:
        """A folder that is not there is named."""
        line = inside("serve", tmp_path / "nowhere").refused()

        assert line.startswith("lod: config/no-folder: ")
        assert str(tmp_path / "nowhere") in line

    def test_folder_without_a_project(self, inside: Callable[..., Done], tmp_path: Path) -> None:
        """A folder that is neither project nor release is told what it lacks."""
        line = inside("serve", cwd=tmp_path).refused()

        assert line.startswith("lod: config/no-file: ")
        assert "lod.toml" in line

    def test_unknown_key(self, inside: Callable[..., Done], project: Path) -> None:
        """A misspelt key is told with its line."""
        with (project / "lod.toml").open("a") as file:
            file.write("[server]\nprot = 80\n")

        line = inside("serve", project).refused()

        assert line == (
            'lod: config/unknown-key: lod.toml:29: unknown key "prot" in [server]. '
            'Did you mean "port"?'
        )

    @pytest.mark.parametrize("address", ["data.example", "ftp://data.example/", "//data.example"])
    def test_public_address_without_a_scheme(
        self, inside: Callable[..., Done], project: Path, address: str
    ) -> None:
        """A public address is one that browsers open."""
        line = inside("serve", project, "--address", address).refused()

        assert address in line
        assert "http:// or https://" in line

    def test_wrong_address_in_the_file_is_told_with_the_file(
        self, inside: Callable[..., Done], project: Path
    ) -> None:
        """An address that lod.toml gives is told as lod.toml's."""
        with (project / "lod.toml").open("a") as file:
            file.write('[server]\naddress = "data.example"\n')

        assert "lod.toml" in inside("serve", project).refused()

    @pytest.mark.parametrize("host", ["300.1.1.1", "192.0.2.1", "nowhere.invalid"])
    def test_host_of_another_machine(
        self, inside: Callable[..., Done], herbarium: Release, host: str
    ) -> None:
        """An address this machine does not have is told with what to change."""
        line = inside("serve", herbarium.folder, "--host", host, "--port", "0").refused()

        assert line.startswith("lod: serve/host: ")
        assert host in line
        assert "--host" in line

    def test_port_in_use(self, newcomer: Home, herbarium: Release) -> None:
        """A port that somebody listens on is told with how to choose another; nothing is left."""
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = str(other.getsockname()[1])

            line = newcomer.lod("serve", herbarium.folder, "--port", port).refused()

        assert line == (
            f"lod: serve/port: port {port} is in use. Choose another with --port; "
            "0 picks a free one."
        )
        assert not [*newcomer.temporary.iterdir()]

    @pytest.mark.parametrize("name", ["dumps/herbarium.nt", "index.sqlite", "project.json"])
    def test_release_that_lacks_a_file(
        self, inside: Callable[..., Done], copy: Path, name: str
    ) -> None:
        """A release that was not copied whole is told by the file it lacks."""
        (copy / name).unlink()

        line = inside("serve", copy, "--port", "0").refused()

        assert line.startswith("lod: release/incomplete: ")
        assert str(copy / name) in line

    @pytest.mark.parametrize("content", ["{", "[]", "null", '{"format": 2}'])
    def test_release_with_a_broken_manifest(
        self, inside: Callable[..., Done], copy: Path, content: str
    ) -> None:
        """A manifest that says nothing is told as such."""
        (copy / "manifest.json").write_text(content)

        line = inside("serve", copy, "--port", "0").refused()

        assert line.startswith("lod: release/")
        assert "manifest.json" in line

    def test_release_of_another_layout(self, inside: Callable[..., Done], copy: Path) -> None:
        """A release of a later lod is not served by this one, and the line says so."""
        path = copy / "manifest.json"
        path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "format": 99}))

        line = inside("serve", copy, "--port", "0").refused()

        assert line.startswith("lod: release/")


class TestFindings:
    def test_project_with_errors_is_not_served(self, user: Home, project: Path) -> None:
        """With errors the findings are printed, nothing is served, and the exit code is 1."""
        (project / "data/neu.ttl").write_text("nonsense\n")

        done = user.lod("serve", project, "--port", "0")

        assert done.code == 1
        assert done.output.startswith("data/neu.ttl:1:1: error turtle/syntax: ")
        assert done.remarks.splitlines()[-1] == ("lod: nothing is served: the project has errors.")

    def test_project_that_breaks_a_shape_is_not_served(self, user: Home, project: Path) -> None:
        """Broken shapes count like broken files."""
        with (project / "data/arten.ttl").open("a", encoding="utf-8") as file:
            file.write("art:linde a begriff:Baum .\n")

        done = user.lod("serve", project, "--port", "0")

        assert done.code == 1
        assert "shacl/min-count" in done.output


class TestReleases:
    def test_release_is_found_in_the_folder_around_it(self, user: Home, herbarium: Release) -> None:
        """A release is named by its own folder, by ``latest`` or by the folder of releases."""
        folder = herbarium.folder
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = str(other.getsockname()[1])

            lines = [
                user.lod("serve", each, "--port", port).refused()
                for each in (folder, folder.parent, folder.parent / "latest")
            ]

        assert all(line.startswith("lod: serve/port: ") for line in lines)
