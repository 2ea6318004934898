"""One server under attack for each file of tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hostile.besieged import Besieged, besieged


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Besieged]:
    """A server that is attacked again and again, and must be as before at the end."""
    with besieged(tmp_path_factory.mktemp("besieged")) as found:
        yield found
