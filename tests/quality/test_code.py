"""The code keeps the rules it is written by: types, lint, form and size."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

MODULE = 400
FUNCTION = 60
USUAL_FUNCTION = 30
VAGUE = {"util", "utils", "helper", "helpers", "manager", "managers", "common", "misc"}


def run(repository: Path, *command: str | Path) -> tuple[int, str]:
    """Return how a tool ended and what it said; it leaves nothing behind."""
    done = subprocess.run(
        [sys.executable, "-m", *map(str, command)],
        cwd=repository,
        env={**os.environ, "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    return done.returncode, done.stdout


def modules(folder: Path) -> Mapping[str, str]:
    """Return the Python modules below a folder, by their paths."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*.py"))
    }


def functions(folder: Path) -> Iterator[tuple[str, int]]:
    """Yield each function below a folder with the lines it has, decorators left out."""
    for name, text in modules(folder).items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                yield f"{name}: {node.name}", node.end_lineno - node.lineno + 1


class TestTools:
    @pytest.mark.thorough
    def test_types_are_complete_and_right(self, repository: Path, tmp_path: Path) -> None:
        """Strict type checking finds nothing in the toolkit or its tests."""
        ended, said = run(repository, "mypy", "--strict", "--cache-dir", tmp_path, "src", "tests")

        assert ended == 0, said

    def test_lint_finds_nothing(self, repository: Path) -> None:
        """The linter finds nothing in the repository."""
        ended, said = run(repository, "ruff", "check", "--no-cache", ".")

        assert ended == 0, said

    def test_form_is_the_formatter_s(self, repository: Path) -> None:
        """The formatter would leave every file as it is."""
        ended, said = run(repository, "ruff", "format", "--check", "--no-cache", ".")

        assert ended == 0, said


class TestSize:
    @pytest.mark.parametrize("folder", ["src", "tests"])
    def test_module_fits_in_one_reading(self, repository: Path, folder: str) -> None:
        """No module has more lines than one can keep in mind."""
        lengths = {
            name: len(text.splitlines()) for name, text in modules(repository / folder).items()
        }

        assert lengths
        assert {name: length for name, length in lengths.items() if length > MODULE} == {}

    def test_function_fits_on_a_screen(self, repository: Path) -> None:
        """No function is long, and nine in ten are short."""
        lengths = [*functions(repository / "src")]

        assert [each for each in lengths if each[1] > FUNCTION] == []
        assert sum(length <= USUAL_FUNCTION for _, length in lengths) >= 0.9 * len(lengths)

    def test_no_module_is_named_after_nothing(self, repository: Path) -> None:
        """A module is called by what it holds."""
        names = {Path(name).stem for name in modules(repository / "src")}
        folders = {path.name for path in (repository / "src").rglob("*") if path.is_dir()}

        assert (names | folders) & VAGUE == set()
