"""Users who start servers, and one server that many tests only ask."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from acceptance.servers import SERVED, Server, serving
from lod.release import Release
from support.projects import copy_project
from unit.cli.commands import Home

LIMITS = "query_seconds = 1\nanswer_mb = 1\n"
"""Small enough that a test need not wait for them."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A user who has never used the toolkit."""
    return Home(tmp_path)


@pytest.fixture
def project(herbarium_folder: Path, tmp_path: Path) -> Path:
    """A copy of the herbarium, to be changed."""
    return copy_project(herbarium_folder, tmp_path / "project")


@pytest.fixture
def bare(project: Path) -> Path:
    """A project without shapes and rules, which is compiled faster."""
    for name in ("shapes", "rules"):
        shutil.rmtree(project / name)
    return project


@pytest.fixture(scope="session")
def served(herbarium_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the herbarium with small limits, which tests only ask."""
    folder = tmp_path_factory.mktemp("served")
    project = copy_project(herbarium_folder, folder / SERVED)
    configuration = project / "lod.toml"
    text = configuration.read_text("utf-8")
    assert "query_seconds = 5\n" in text
    configuration.write_text(text.replace("query_seconds = 5\n", LIMITS), "utf-8")
    with serving(Home(folder), cwd=project) as server:
        yield server


@pytest.fixture
def fresh(herbarium: Release, home: Home) -> Iterator[Server]:
    """A server of a release, to be changed or killed."""
    with serving(home, herbarium.folder) as server:
        yield server
