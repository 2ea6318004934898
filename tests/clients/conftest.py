"""A server whose data has Lithuanian texts and names, to be asked by programs of others."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from acceptance.servers import Server, serving
from clients.garden import GARDEN
from support.projects import write_project
from unit.cli.commands import Home


@pytest.fixture(scope="session")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running server."""
    folder = tmp_path_factory.mktemp("clients")
    project = write_project(folder / "sodas", GARDEN)
    with serving(Home(folder), cwd=project) as server:
        yield server
