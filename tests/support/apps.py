"""Serve a release in the test's own process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lod.release import Release
from lod.web.app import create_app
from lod.web.settings import Settings


class Reader(FlaskClient):
    """A client that reads every answer to its end unless told otherwise, as most clients do."""

    def open(self, *args: Any, buffered: bool = True, **more: Any) -> TestResponse:
        """Ask, and read the answer."""
        return super().open(*args, buffered=buffered, **more)


@contextmanager
def served(release: Release, settings: Settings | None = None) -> Iterator[Flask]:
    """Yield the application, and end its engine as the end of the process would."""
    at_exit: list[Callable[[], None]] = []
    with mock.patch("atexit.register", at_exit.append):
        app = create_app(release.folder, settings=settings)
    app.test_client_class = Reader
    try:
        yield app
    finally:
        for close in at_exit:
            close()
