"""The files of a project and the part each plays."""

from __future__ import annotations

from pathlib import Path

import pytest

from lod.config import read_project
from lod.dataset import Role, SourceFile, open_dataset
from lod.dataset.files import query_files
from lod.errors import LodError, ProjectError
from lod.rdf.formats import N_QUADS, N_TRIPLES, TRIG, TURTLE
from support.projects import CONFIGURATION, write_project

GRAPH = "https://data.example/graph/"


def files_of(folder: Path, *names: str, paths: str = "") -> dict[str, SourceFile]:
    """Write empty files of these names and return what is found, by name."""
    configuration = f"{CONFIGURATION}[paths]\n{paths}\n"
    write_project(folder, {"lod.toml": configuration, **dict.fromkeys(names, "")})
    (folder / "data").mkdir(exist_ok=True)
    return {file.name: file for file in open_dataset(read_project(folder)).files}


class TestRoles:
    def test_folder_decides_what_a_file_is_for(self, tmp_path: Path) -> None:
        """Ontology, data and shapes are told apart by where they stand."""
        files = files_of(
            tmp_path,
            *("ontology/o.ttl", "data/a/b/d.ttl", "shapes/s.ttl", "data/enrichment/e.ttl"),
        )

        assert {name: file.role for name, file in files.items()} == {
            "data/a/b/d.ttl": Role.DATA,
            "data/enrichment/e.ttl": Role.SEPARATE,
            "ontology/o.ttl": Role.ONTOLOGY,
            "shapes/s.ttl": Role.SHAPES,
        }

    def test_plain_queries_see_data_and_ontology_alone(self) -> None:
        """Shapes and statements of others take no part in queries that name no graph."""
        seen = {role for role in Role if role.in_default_graph}

        assert seen == {Role.DATA, Role.ONTOLOGY, Role.DERIVED}

    def test_folders_may_be_called_otherwise(self, tmp_path: Path) -> None:
        """The configuration says where things are."""
        paths = 'data = "facts"\nshapes = "rules/shapes"\nseparate = ["facts/a", "facts/b"]'

        files = files_of(
            tmp_path,
            *("facts/x.ttl", "facts/a/x.ttl", "facts/b/x.ttl", "rules/shapes/s.ttl", "data/no.ttl"),
            paths=paths,
        )

        assert [(name, file.role) for name, file in files.items()] == [
            ("facts/a/x.ttl", Role.SEPARATE),
            ("facts/b/x.ttl", Role.SEPARATE),
            ("facts/x.ttl", Role.DATA),
            ("rules/shapes/s.ttl", Role.SHAPES),
        ]

    def test_folder_within_the_data_keeps_its_own_part(self, tmp_path: Path) -> None:
        """An ontology kept below the data is an ontology all the same, and read once."""
        files = files_of(
            tmp_path, "data/a.ttl", "data/terms/o.ttl", paths='ontology = "data/terms"'
        )

        assert {name: file.role for name, file in files.items()} == {
            "data/a.ttl": Role.DATA,
            "data/terms/o.ttl": Role.ONTOLOGY,
        }


class TestNames:
    def test_four_formats_are_read_by_their_ending(self, tmp_path: Path) -> None:
        """Turtle, TriG, N-Triples and N-Quads are read, whatever the case of the ending."""
        files = files_of(tmp_path, "data/a.ttl", "data/b.TRIG", "data/c.nt", "data/d.Nq")

        assert [file.format for file in files.values()] == [TURTLE, TRIG, N_TRIPLES, N_QUADS]

    @pytest.mark.parametrize(
        "name",
        [
            *("data/README.md", "data/a.rdf", "data/a.jsonld", "data/a.ttl.bak", "data/ttl"),
            *("data/.a.ttl", "data/.git/a.ttl", "data/x/.hidden/a.ttl", "data/.ttl"),
            *("a.ttl", "other/a.ttl", "rules/a.ttl"),
        ],
    )
    def test_other_files_are_passed_over(self, tmp_path: Path, name: str) -> None:
        """Other formats, hidden files and other folders are left alone."""
        assert files_of(tmp_path, "data/a.nt", name).keys() == {"data/a.nt"}

    def test_folder_that_is_called_like_a_file_is_a_folder(self, tmp_path: Path) -> None:
        """A folder data/x.ttl is looked into, not read."""
        files = files_of(tmp_path, "data/x.ttl/inner.nt")

        assert files.keys() == {"data/x.ttl/inner.nt"}

    def test_files_are_sorted_by_name_with_slashes(self, tmp_path: Path) -> None:
        """The order of the file system does not show."""
        names = ["ontology/a.ttl", "data/ž.ttl", "data/b/a.ttl", "data/a.ttl", "data/B.ttl"]

        files = files_of(tmp_path, *names)

        assert list(files) == sorted(names)
        assert all(file.path == tmp_path / name for name, file in files.items())

    def test_file_is_a_graph_of_its_own(self, tmp_path: Path) -> None:
        """Each file is a graph named by its path without the ending."""
        files = files_of(tmp_path, "data/a.ttl", "data/b c/d.e.ttl")

        assert [file.graph for file in files.values()] == [
            f"{GRAPH}data/a",
            f"{GRAPH}data/b%20c/d.e",
        ]


class TestRefusals:
    def test_missing_data_folder_is_told_with_its_cure(self, tmp_path: Path) -> None:
        """A project without its data folder cannot be read."""
        write_project(tmp_path, {"ontology/o.ttl": ""})

        with pytest.raises(ProjectError) as caught:
            open_dataset(read_project(tmp_path))

        assert caught.value.code == "project/no-folder"
        assert caught.value.message == "data/ does not exist."
        assert caught.value.place == str(tmp_path)
        assert "[paths]" in (caught.value.cure or "")

    @pytest.mark.parametrize("key", ["ontology", "shapes", "separate"])
    def test_missing_folder_that_was_named_is_told(self, tmp_path: Path, key: str) -> None:
        """A slip in the name of a folder is not taken for an empty folder."""
        with pytest.raises(ProjectError) as caught:
            files_of(tmp_path, paths=f'{key} = "nowhere"')

        assert caught.value.code == "project/no-folder"
        assert "nowhere/" in caught.value.message

    def test_folders_that_were_not_named_may_be_missing(self, tmp_path: Path) -> None:
        """A project needs no ontology, shapes or rules."""
        assert files_of(tmp_path) == {}

    def test_two_files_of_one_graph_are_refused(self, tmp_path: Path) -> None:
        """Files that differ in their ending alone would be one graph: rename one."""
        with pytest.raises(ProjectError) as caught:
            files_of(tmp_path, "data/a.ttl", "data/a.trig")

        assert caught.value.code == "project/same-graph"
        assert all(
            part in caught.value.message for part in ("data/a.ttl", "data/a.trig", f"{GRAPH}data/a")
        )
        assert caught.value.cure == "Rename one of them."

    def test_folder_outside_the_project_is_refused(self, tmp_path: Path) -> None:
        """Folders are named from the project folder; elsewhere on the disk is told, no crash."""
        outside = tmp_path / "outside"
        write_project(outside, {"a.ttl": ""})

        with pytest.raises(LodError):
            files_of(tmp_path / "project", paths=f'data = "{outside}"')


class TestQueryFiles:
    def test_queries_are_found_by_their_ending(self, tmp_path: Path) -> None:
        """Each .rq file of a folder is a query, those in folders below it too."""
        names = ["rules/b.rq", "rules/a/c.rq", "rules/.d.rq", "rules/e.txt", "other/f.rq"]
        write_project(tmp_path, dict.fromkeys(names, ""))

        found = query_files(read_project(tmp_path), "rules")

        assert found == tuple((name, tmp_path / name) for name in ("rules/a/c.rq", "rules/b.rq"))

    def test_folder_that_is_missing_has_no_queries(self, tmp_path: Path) -> None:
        """A project without rules derives nothing."""
        assert query_files(read_project(write_project(tmp_path, {})), "rules") == ()
