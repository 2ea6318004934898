"""What many tests share: the two projects, a release of each, engines and clients over them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import settings

from lod import pipeline
from lod.config import Limits, read_project
from lod.engine.client import Engine
from lod.engine.launcher import RunningEngine
from lod.release import Release
from lod.store import ReleaseStore
from support.apps import served

ROOT = Path(__file__).resolve().parents[1]
PROJECTS = {"flagship": ROOT, "herbarium": ROOT / "tests" / "projects" / "herbarium"}
BOTH = sorted(PROJECTS)

# A slow machine must not make a property fail.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The repository, which is the flagship's project folder."""
    return ROOT


@pytest.fixture(scope="session")
def herbarium_folder() -> Path:
    """The second project: another kind of dataset, so that nothing is made for one alone."""
    return PROJECTS["herbarium"]


@pytest.fixture(scope="session")
def herbarium(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A checked release of the herbarium."""
    return pipeline.build(
        read_project(PROJECTS["herbarium"]), tmp_path_factory.mktemp("herbarium") / "releases"
    )


@pytest.fixture(scope="session")
def flagship(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of the repository; its shapes are checked elsewhere, for they take seconds."""
    return pipeline.compile_cached(
        read_project(ROOT), tmp_path_factory.mktemp("flagship") / "releases", checked=False
    )


@pytest.fixture(scope="session", params=BOTH)
def release(request: pytest.FixtureRequest) -> Release:
    """Each of the two releases."""
    found: Release = request.getfixturevalue(request.param)
    return found


# Engines


@pytest.fixture(scope="session")
def herbarium_engine(herbarium: Release) -> Iterator[Engine]:
    """The engine of the herbarium."""
    with RunningEngine(herbarium.engine_sources, Limits()) as running:
        yield running.engine


@pytest.fixture(scope="session")
def flagship_engine(flagship: Release) -> Iterator[Engine]:
    """The engine of the flagship."""
    with RunningEngine(flagship.engine_sources, Limits()) as running:
        yield running.engine


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest, release: Release) -> Engine:
    """The engine of ``release``."""
    name = "herbarium" if release.manifest.name == "herbarium" else "flagship"
    found: Engine = request.getfixturevalue(f"{name}_engine")
    return found


@pytest.fixture(scope="session")
def store(release: Release, engine: Engine) -> ReleaseStore:
    """The store of ``release``."""
    return ReleaseStore(release, lambda: engine)


# Clients


@pytest.fixture(scope="session")
def herbarium_client(herbarium: Release) -> Iterator[FlaskClient]:
    """A client of the herbarium."""
    with served(herbarium) as app:
        yield app.test_client()


@pytest.fixture(scope="session")
def flagship_client(flagship: Release) -> Iterator[FlaskClient]:
    """A client of the flagship."""
    with served(flagship) as app:
        yield app.test_client()


@pytest.fixture(scope="session")
def client(request: pytest.FixtureRequest, release: Release) -> FlaskClient:
    """A client of ``release``."""
    name = "herbarium" if release.manifest.name == "herbarium" else "flagship"
    found: FlaskClient = request.getfixturevalue(f"{name}_client")
    return found
