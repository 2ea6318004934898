"""Every code a finding can have is explained, and every example of a text is one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lod.checks.catalogue import Catalogue, read_catalogue
from lod.dataset.loose import LOOSE_FORMATS

_CODE = re.compile(r"[a-z][a-z0-9-]*/[a-z][a-z0-9-]*")
FAILURES = re.compile(r"Error$|^_?wrong$|^_?error$")
"""The names of what makes failures, which stop a run and have codes of their own."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The codes of the toolkit."""
    return read_catalogue()


def sources(repository: Path) -> Iterator[tuple[str, ast.Module]]:
    """Yield the modules that make findings, by name."""
    folder = repository / "src" / "lod"
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        if any(name(node) == "Diagnostic" for node in ast.walk(tree)):
            yield path.relative_to(folder).as_posix(), tree


def name(node: ast.AST) -> str:
    """Return the name of what a node calls."""
    function = getattr(node, "func", None) if isinstance(node, ast.Call) else None
    return str(getattr(function, "id", getattr(function, "attr", "")))


def codes(tree: ast.Module) -> set[str]:
    """Return the codes a module writes that are no failures'."""
    of_failures = {
        id(inner)
        for node in ast.walk(tree)
        if FAILURES.search(name(node))
        for inner in ast.walk(node)
    }
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and id(node) not in of_failures
        if isinstance(node.value, str) and _CODE.fullmatch(node.value)
    }


class TestCodes:
    def test_every_code_of_a_finding_is_explained(
        self, repository: Path, catalogue: Catalogue
    ) -> None:
        """Whoever asks what a code means gets an answer."""
        found = {file: codes(tree) for file, tree in sources(repository)}

        assert "dataset/parsing.py" in found
        assert "rdf/triple-term" in found["checks/lint/reading.py"]
        assert {
            (file, code)
            for file, written in found.items()
            for code in written
            if catalogue.get(code) is None
        } == set()

    @pytest.mark.parametrize("form", LOOSE_FORMATS, ids=lambda form: form.name)
    def test_syntax_of_every_format_is_explained(self, form: object, catalogue: Catalogue) -> None:
        """The code of a syntax error is the format's name, or its ending."""
        names = {str(getattr(form, "name", "")).lower(), str(getattr(form, "extension", ""))}

        assert any(catalogue.get(f"{each}/syntax") for each in names)
