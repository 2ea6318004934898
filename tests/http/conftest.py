"""Documents of both datasets to ask for, and a walk over all their pages."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from lod.release import Release
from support.places import Place

THINGS = [
    ("flagship", "id/initiative/sucbas"),
    ("flagship", "scheme/certainty/stated"),
    ("flagship", "source/bilateral-cooperation/poland/2"),
    ("flagship", "graph/data/agreements"),
    ("flagship", "dataset"),
    ("herbarium", "kalender/2025"),
    ("herbarium", "graph/data/arten"),
    ("herbarium", "dataset/3.1"),
]
DOCUMENTS = [
    ("flagship", "doc/initiative/sucbas"),
    ("flagship", "doc/scheme/certainty/stated"),
    ("flagship", "doc/source/bilateral-cooperation/poland/2"),
    ("flagship", "doc/dataset"),
    ("herbarium", "arten"),
    ("herbarium", "beete"),
    ("herbarium", "begriffe"),
    ("herbarium", "doc/dataset"),
]


def _place(request: pytest.FixtureRequest) -> Place:
    name, path = request.param
    client: FlaskClient = request.getfixturevalue(f"{name}_client")
    release: Release = request.getfixturevalue(name)
    return Place(client, release, path)


@pytest.fixture(params=THINGS, ids="/".join)
def thing(request: pytest.FixtureRequest) -> Place:
    """A thing that is described by a document of its own."""
    return _place(request)


@pytest.fixture(params=DOCUMENTS, ids="/".join)
def document(request: pytest.FixtureRequest) -> Place:
    """A document about one thing, or about several by fragment."""
    return _place(request)


@pytest.fixture(params=[DOCUMENTS[0], ("herbarium", "arten")], ids="/".join)
def sample(request: pytest.FixtureRequest) -> Place:
    """A document of each dataset, for what is the same for all."""
    return _place(request)
