"""The project's files as one dataset, and the key that says whether it changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import BlankNode

from lod.config import read_project
from lod.dataset import Dataset, open_dataset
from lod.diagnostics import Diagnostic
from lod.rdf.namespaces import RDFS
from support.projects import CONFIGURATION, write_project

FILES = {
    "lod.toml": f'{CONFIGURATION}[prefixes]\nown = "https://own.example/"\n',
    "data/a.ttl": "_:a <https://own.example/p> [] .\n",
    "data/b.ttl": "_:a <https://own.example/p> [] .\n",
    "rules/r.rq": "CONSTRUCT WHERE { ?s ?p ?o }\n",
    "README.md": "A sample.\n",
}


def opened(folder: Path) -> Dataset:
    return open_dataset(read_project(folder))


def replaced(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Return what changes a file."""

    def change(folder: Path) -> None:
        path = folder / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    return change


def written(name: str, text: str) -> Callable[[Path], None]:
    """Return what adds a file."""

    def change(folder: Path) -> None:
        write_project(folder, {"lod.toml": FILES["lod.toml"], name: text})

    return change


def touch(folder: Path) -> None:
    for path in folder.rglob("*"):
        os.utime(path, (1, 1))


def rewrite(folder: Path) -> None:
    for path in [*folder.rglob("*.*")]:
        content = path.read_bytes()
        path.unlink()
        path.write_bytes(content)


class TestQuads:
    def test_quads_come_with_their_file(self, tmp_path: Path) -> None:
        """Each statement is told with the file that says it, file by file."""
        dataset = opened(write_project(tmp_path, FILES))

        found = [(file.name, str(quad.graph_name)) for file, quad in dataset.quads(unexpected)]

        assert found == [
            ("data/a.ttl", "<https://data.example/graph/data/a>"),
            ("data/b.ttl", "<https://data.example/graph/data/b>"),
        ]

    def test_blank_nodes_are_never_shared_between_files(self, tmp_path: Path) -> None:
        """A label means a node of its own file."""
        dataset = opened(write_project(tmp_path, FILES))

        nodes = [
            term
            for _, quad in dataset.quads(unexpected)
            for term in (quad.subject, quad.object)
            if isinstance(term, BlankNode)
        ]

        assert len(nodes) == len(set(nodes)) == 4

    def test_it_can_be_read_again(self, tmp_path: Path) -> None:
        """Nothing is used up by reading."""
        dataset = opened(write_project(tmp_path, {**FILES, "data/a.ttl": "<x:a> <x:p> 1.50 ."}))

        first = [quad for file, quad in dataset.quads(unexpected) if file.name == "data/a.ttl"]
        second = [quad for file, quad in dataset.quads(unexpected) if file.name == "data/a.ttl"]

        assert first == second
        assert len(first) == 1

    def test_slips_of_all_files_are_told(self, tmp_path: Path) -> None:
        """A broken file does not hide another, and its cure knows the project's prefixes."""
        files = {**FILES, "data/a.ttl": "own:a own:p 1 .", "data/b.ttl": "nonsense"}
        findings: list[Diagnostic] = []

        list(opened(write_project(tmp_path, files)).quads(findings.append))

        assert [str(finding.location) for finding in findings] == [
            "data/a.ttl:1:1",
            "data/b.ttl:1:1",
        ]
        assert findings[0].cure == "Add at the top: @prefix own: <https://own.example/> ."


def unexpected(finding: Diagnostic) -> None:
    raise AssertionError(finding)


class TestPrefixes:
    def test_prefixes_are_the_projects_and_the_well_known(self, tmp_path: Path) -> None:
        """What the project declares is added to what everybody knows."""
        prefixes = opened(write_project(tmp_path, FILES)).prefixes

        assert prefixes["own"] == "https://own.example/"
        assert prefixes["rdfs"] == RDFS.iri


class TestRules:
    def test_rules_are_the_queries_of_their_folder(self, tmp_path: Path) -> None:
        """Each query in rules/ derives triples."""
        dataset = opened(write_project(tmp_path, FILES))

        assert dataset.rules() == (("rules/r.rq", tmp_path / "rules/r.rq"),)


class TestCacheKey:
    @pytest.mark.parametrize(
        "change",
        [
            replaced("data/a.ttl", ".\n", " .\n"),
            replaced("lod.toml", "Sample", "sample"),
            replaced("lod.toml", "own =", "# a remark\nown ="),
            replaced("rules/r.rq", "?o", "?x"),
            written("rules/new.rq", ""),
            written("data/new.ttl", ""),
            written("ontology/new.ttl", ""),
            lambda folder: (folder / "data/a.ttl").unlink(),
            lambda folder: (folder / "data/a.ttl").rename(folder / "data/c.ttl"),
            lambda folder: (folder / "data/a.ttl").rename(folder / "data/a.nt"),
        ],
        ids=[
            *("data", "configuration", "remark", "rule", "new rule", "new data", "new ontology"),
            *("less data", "other name", "other format"),
        ],
    )
    def test_any_change_a_build_could_see_changes_the_key(
        self, tmp_path: Path, change: Callable[[Path], object]
    ) -> None:
        """After any change of sources, rules or configuration the next start builds again."""
        before = opened(write_project(tmp_path, FILES)).cache_key()

        change(tmp_path)

        assert opened(tmp_path).cache_key() != before

    @pytest.mark.parametrize(
        "change",
        [touch, rewrite, replaced("README.md", "A", "The"), written("data/.hidden.ttl", "x")],
        ids=["touch", "rewrite", "other file", "hidden file"],
    )
    def test_what_a_build_does_not_see_keeps_the_key(
        self, tmp_path: Path, change: Callable[[Path], object]
    ) -> None:
        """An unchanged folder starts at once, whatever its dates."""
        before = opened(write_project(tmp_path, FILES)).cache_key("1.0")

        change(tmp_path)

        assert opened(tmp_path).cache_key("1.0") == before

    def test_content_moved_between_files_changes_the_key(self, tmp_path: Path) -> None:
        """It matters in which file a statement stands."""
        one = write_project(tmp_path / "one", {**FILES, "data/a.ttl": "", "data/b.ttl": "# x"})
        other = write_project(tmp_path / "other", {**FILES, "data/a.ttl": "# x", "data/b.ttl": ""})

        assert opened(one).cache_key() != opened(other).cache_key()

    def test_key_does_not_depend_on_where_the_folder_is(self, tmp_path: Path) -> None:
        """A copy of a project has the same key."""
        one = opened(write_project(tmp_path / "one", FILES)).cache_key()
        other = opened(write_project(tmp_path / "other", FILES)).cache_key()

        assert one == other

    @pytest.mark.parametrize("versions", [("1.1",), ("1", ".0"), (), ("1.0", "")])
    def test_other_versions_change_the_key(self, tmp_path: Path, versions: tuple[str, ...]) -> None:
        """Another version of the toolkit builds again."""
        dataset = opened(write_project(tmp_path, FILES))

        assert dataset.cache_key(*versions) != dataset.cache_key("1.0")

    def test_file_that_cannot_be_read_has_a_key_too(self, tmp_path: Path) -> None:
        """A link that leads nowhere is for the build to tell."""
        before = opened(write_project(tmp_path, FILES)).cache_key()
        (tmp_path / "data/a.ttl").unlink()
        (tmp_path / "data/a.ttl").symlink_to(tmp_path / "nowhere")

        assert opened(tmp_path).cache_key() != before
