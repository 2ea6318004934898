"""Data flow one way, and what each part may reach for has its bounds."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

NETWORK = {"aiohttp", "ftplib", "http.client", "httpx", "requests", "smtplib", "urllib.request"}
"""Modules that go out to other machines."""

ASKS_ITSELF = {"lod.web.server", "lod.doctor.site"}
"""One waits until its own address answers, one looks at the site an operator names."""


def imports(repository: Path) -> Iterator[tuple[str, str]]:
    """Yield each module of the toolkit with each name it imports, wherever in it."""
    for path in sorted((repository / "src" / "lod").rglob("*.py")):
        module = ".".join(path.relative_to(repository / "src").with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((module, each.name) for each in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield module, node.module
                yield from ((module, f"{node.module}.{each.name}") for each in node.names)


class TestContracts:
    def test_packages_import_only_from_lines_below(self, repository: Path) -> None:
        """Layers, Flask's bound and rdflib's bound are kept."""
        program = Path(sys.executable).with_name("lint-imports")

        done = subprocess.run(
            [str(program), "--no-cache", "--config", ".importlinter"],
            cwd=repository,
            env={**os.environ, "PYTHONPATH": str(repository / "src")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
        )

        assert done.returncode == 0, done.stdout
        assert re.search(r"Contracts: [1-9]\d* kept, 0 broken\.", done.stdout), done.stdout

    def test_every_package_has_its_line(self, repository: Path) -> None:
        """A new package is placed before anything imports from it."""
        contracts = (repository / ".importlinter").read_text("utf-8")
        layers = contracts.partition("layers =\n")[2].partition("\nexhaustive = True\n")[0]
        placed = set(re.findall(r"\w+", layers))

        packages = {
            path.stem
            for path in (repository / "src" / "lod").iterdir()
            if (path / "__init__.py").is_file() or path.suffix == ".py"
        }

        assert packages - {"__init__"} == placed


class TestBounds:
    def test_the_engine_s_store_stays_in_the_engine(self, repository: Path) -> None:
        """Only a query worker holds a store, so no query can harm the server."""
        holders = {module for module, name in imports(repository) if name == "pyoxigraph.Store"}

        assert holders
        assert {module for module in holders if not module.startswith("lod.engine.")} == set()

    def test_nothing_goes_out_to_the_network(self, repository: Path) -> None:
        """The toolkit asks no other machine for anything."""
        found = {module for module, name in imports(repository) if name in NETWORK}

        assert found <= ASKS_ITSELF

    @pytest.mark.parametrize("name", [r"(os\.|import .*)environ", "getenv"])
    def test_only_commands_read_the_environment(self, repository: Path, name: str) -> None:
        """What the toolkit does depends on what it is told, not on variables around it.

        The library that counts over several processes is told its folder in no other way.
        """
        readers = {
            path.relative_to(repository / "src" / "lod").as_posix()
            for path in (repository / "src" / "lod").rglob("*.py")
            if re.search(rf"\b{name}\b", path.read_text("utf-8"))
        }

        others = {reader for reader in readers if not reader.startswith("cli/")}
        assert others <= {"web/metrics.py"}
