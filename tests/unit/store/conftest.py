"""A store, and what it should say."""

from __future__ import annotations

from collections import defaultdict

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from lod.release import Release
from lod.store import ReleaseStore
from support.expected import Expected


@pytest.fixture(scope="session")
def expected(release: Release, store: ReleaseStore) -> Expected:
    quads = list(parse(path=release.dump("nq"), format=RdfFormat.N_QUADS, lenient=True))
    by_subject: defaultdict[object, list[Quad]] = defaultdict(list)
    for quad in quads:
        by_subject[quad.subject].append(quad)
    default = {graph.iri for graph in store.graphs() if graph.in_default}
    return Expected(release.project.base, quads, by_subject, frozenset(default))
