"""What is published as a package works where nothing else is installed."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PROJECT = ("lod.toml", "ontology", "data", "shapes", "rules", "questions")

pytestmark = pytest.mark.packaging


def run(*command: str | Path, cwd: Path) -> str:
    """Return what a command prints; it must succeed."""
    done = subprocess.run(
        [str(each) for each in command],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the sources as they are."""
    sources = tmp_path_factory.mktemp("sources")
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, sources)
    ignored = shutil.ignore_patterns("__pycache__", "*.mo")
    shutil.copytree(ROOT / "src", sources / "src", ignore=ignored)
    out = sources / "dist"
    run(
        *(sys.executable, "-m", "pip", "wheel", ".", "--no-deps", "--no-build-isolation"),
        *("--quiet", "--wheel-dir", out),
        cwd=sources,
    )
    return next(out.glob("lod_toolkit-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment that holds the wheel and what it asks for."""
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(folder, with_pip=True)
    programs = folder / "bin"
    run(
        *(programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
        *("-c", ROOT / "constraints.txt", wheel),
        cwd=folder,
    )
    return programs


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the flagship in another folder."""
    folder = tmp_path / "moved project"
    folder.mkdir()
    for name in PROJECT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            shutil.copy(source, folder)
    return folder


@contextlib.contextmanager
def served(programs: Path, project: Path, home: Path) -> Iterator[str]:
    """Serve a project and yield the address the server prints."""
    with subprocess.Popen(
        [str(programs / "lod"), "serve", "--port", "0"],
        cwd=project,
        env={"PATH": os.environ["PATH"], "HOME": str(home)},
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert server.stderr is not None
            end = time.monotonic() + 60
            address = None
            while address is None and time.monotonic() < end:
                line = server.stderr.readline()
                assert line, "the server ended"
                found = re.search(r"Serving .* at (http://\S+/)", line)
                address = found[1] if found else None
            assert address is not None
            yield address
        finally:
            server.terminate()
            server.wait(20)


def fetch(address: str, **headers: str) -> str:
    """Return what an address answers."""
    request = urllib.request.Request(address, headers=headers)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return str(answer.read().decode("utf-8"))


class TestWheel:
    def test_it_holds_all_that_is_needed_and_nothing_else(self, wheel: Path) -> None:
        """Templates, styles, words and the index's schema travel with the code."""
        names = zipfile.ZipFile(wheel).namelist()

        for needed in (
            "lod/py.typed",
            "lod/release/schema.sql",
            "lod/representation/templates/entity.html",
            "lod/representation/static/style.css",
            "lod/representation/locale/lt/LC_MESSAGES/lod.mo",
        ):
            assert needed in names
        assert all(name.startswith(("lod/", "lod_toolkit-")) for name in names)

    def test_it_needs_no_compiler(self, wheel: Path) -> None:
        """The wheel is pure Python."""
        assert wheel.name.endswith("-py3-none-any.whl")


class TestFreshEnvironment:
    def test_the_command_is_there(self, installed: Path, tmp_path: Path) -> None:
        """After installing, the command answers."""
        assert run(installed / "lod", "--version", cwd=tmp_path).startswith("lod ")

    def test_a_moved_copy_of_the_flagship_is_checked_built_and_served(
        self, installed: Path, project: Path, tmp_path: Path
    ) -> None:
        """Whoever copies the project elsewhere checks, builds and serves it there."""
        run(installed / "lod", "check", cwd=project)
        run(installed / "lod", "build", cwd=project)

        with served(installed, project, tmp_path) as address:
            page = fetch(f"{address}doc/partner/denmark.lt.html")
            turtle = fetch(f"{address}id/partner/denmark", Accept="text/turtle")
            answer = fetch(f"{address}sparql?query=ASK%20%7B%3Fs%20%3Fp%20%3Fo%7D")

        assert "Visi teiginiai" in page
        assert "Danija" in page
        assert '"Denmark"@en' in turtle
        assert '"boolean":true' in answer
