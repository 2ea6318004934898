"""A browser, the datasets served to it, and the programs from npm that judge what it shows."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from browser.devtools import PROGRAM, Tab, browsing
from lod.release import Release
from support.apps import served

INSTALL_SECONDS = 300
_OPTIONS = ("--no-audit", "--no-fund", "--ignore-scripts")


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - as it is there
        """Say nothing."""


@contextmanager
def listening(app: Flask) -> Iterator[str]:
    """Serve an application on a port of its own, and yield its origin."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


@pytest.fixture(scope="session")
def flagship_origin(flagship: Release) -> Iterator[str]:
    """Where the flagship is served."""
    with served(flagship) as app, listening(app) as origin:
        yield origin


@pytest.fixture(scope="session")
def herbarium_origin(herbarium: Release) -> Iterator[str]:
    """Where the herbarium is served."""
    with served(herbarium) as app, listening(app) as origin:
        yield origin


@pytest.fixture(scope="session")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    """A page of a headless Chromium."""
    if PROGRAM is None:
        pytest.skip("Chromium is not installed")
    with browsing(tmp_path_factory.mktemp("profile")) as browser:
        yield Tab(browser)


Installed = Callable[[str, str], Path]


@pytest.fixture(scope="session")
def installed(request: pytest.FixtureRequest) -> Installed:
    """Install a package of npm once into the cache of the tests, and return a file of it."""
    npm, cache = shutil.which("npm"), request.config.cache
    if npm is None or cache is None:
        pytest.skip("npm is not installed")

    def install(package: str, file: str) -> Path:
        name = package.rpartition("@")[0]
        folder = cache.mkdir(package.replace("@", "-"))
        found = folder / "node_modules" / name / file
        if not found.exists():
            done = subprocess.run(
                [npm, "install", *_OPTIONS, "--prefix", folder, package],
                capture_output=True,
                text=True,
                timeout=INSTALL_SECONDS,
                check=False,
            )
            if done.returncode != 0:
                pytest.skip(f"npm cannot install {package}: {done.stderr[:300]}")
        return found

    return install


@pytest.fixture(scope="session")
def axe(installed: Installed) -> str:
    """The script of axe-core, which knows what WCAG asks for."""
    return installed("axe-core@4.14.1", "axe.min.js").read_text("utf-8")
