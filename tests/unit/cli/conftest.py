"""Users who run commands."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lod.cli.main import run
from support.projects import copy_project
from unit.cli.commands import Done, Home


@pytest.fixture(autouse=True)
def _unchanged_signals() -> Iterator[None]:
    """Give back what a command that runs in this process did to signals."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture(scope="session")
def user(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A user whose cache many tests share."""
    return Home(tmp_path_factory.mktemp("user"))


@pytest.fixture
def newcomer(tmp_path: Path) -> Home:
    """A user whose cache is empty."""
    return Home(tmp_path)


@pytest.fixture
def project(herbarium_folder: Path, tmp_path: Path) -> Path:
    """A copy of the herbarium, to be changed."""
    return copy_project(herbarium_folder, tmp_path / "project")


@pytest.fixture(scope="session")
def garden(user: Home, herbarium_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the herbarium whose release is in the user's cache."""
    folder = copy_project(herbarium_folder, tmp_path_factory.mktemp("garden") / "project")
    assert user.lod("query", "ASK {}", cwd=folder).output == "yes\n"
    return folder


@pytest.fixture
def inside(
    user: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Done]:
    """Runs the user's command in this process, which is faster, where that makes no difference."""

    def lod(*arguments: str | Path, cwd: Path | None = None) -> Done:
        monkeypatch.setenv("HOME", str(user.folder))
        for name in ("XDG_CACHE_HOME", "LOD_DEBUG", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.chdir(cwd or user.folder)
        with pytest.raises(SystemExit) as caught:
            run([str(each) for each in arguments])
        printed = capsys.readouterr()
        assert isinstance(caught.value.code, int)
        return Done(caught.value.code, printed.out, printed.err)

    return lod
