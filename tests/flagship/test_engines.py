"""Both SHACL engines find the same in the flagship and in the second dataset."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from lod.checks.lint.reading import Reading
from lod.checks.shacl.compiled.engine import CompiledShapes
from lod.checks.shacl.crosscheck import rows
from lod.config import read_project
from lod.dataset import Role, open_dataset
from support.referee import differences
from support.shacl import refereed


def given(folder: Path) -> tuple[bytes, bytes]:
    """Return the data and shapes of a project as a check hands them to an engine."""
    with closing(Reading(open_dataset(read_project(folder)))) as reading:
        data = reading.text(lambda role: role is not Role.SHAPES)
        return data, reading.text(lambda role: role is Role.SHAPES)


def spoiled(data: bytes) -> bytes:
    """Return data of which every third statement is gone, so that there is much to find."""
    return b"".join(line for n, line in enumerate(data.splitlines(keepends=True)) if n % 3)


@pytest.mark.slow
@pytest.mark.parametrize("is_flagship", [True, False], ids=["flagship", "herbarium"])
class TestEngines:
    @pytest.fixture
    def folder(self, repository: Path, herbarium_folder: Path, *, is_flagship: bool) -> Path:
        """Each of the projects."""
        return repository if is_flagship else herbarium_folder

    def test_they_find_the_same_in_the_project(self, folder: Path) -> None:
        """Of the data as they are both engines tell the same."""
        assert differences(*given(folder)) == []

    def test_they_find_the_same_where_much_is_wrong(self, folder: Path) -> None:
        """Where statements are missing everywhere both engines miss the same."""
        data, shapes = given(folder)
        data = spoiled(data)

        ours, theirs = CompiledShapes().validate(data, shapes), refereed(data, shapes, meta=False)

        assert len(ours) > 1
        assert rows(ours) == rows(theirs)
        assert [each.details for each in ours] == [each.details for each in theirs]
