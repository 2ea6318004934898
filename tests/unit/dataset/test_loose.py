"""Files without a project as a dataset."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lod.dataset import Role, loose_dataset
from lod.diagnostics import Diagnostic
from lod.errors import ProjectError

TRIPLE = "<https://data.example/a> <https://data.example/p> <https://data.example/b> .\n"
XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns:ex="https://data.example/"><rdf:Description rdf:about="https://data.example/a">'
    '<ex:p rdf:resource="https://data.example/b"/></rdf:Description></rdf:RDF>'
)
JSON = (
    '{"@id": "https://data.example/a", "https://data.example/p": {"@id": "https://data.example/b"}}'
)


def unexpected(finding: Diagnostic) -> None:
    pytest.fail(finding.message)


def write(path: Path, content: str = TRIPLE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return path


def refused(*data: Path) -> ProjectError:
    with pytest.raises(ProjectError) as caught:
        loose_dataset(data, ())
    return caught.value


class TestFormats:
    @pytest.mark.parametrize(
        ("name", "content"),
        [
            *((f"a.{ending}", TRIPLE) for ending in ("ttl", "turtle", "TTL", "nt", "nq", "trig")),
            *((f"a.{ending}", XML) for ending in ("rdf", "owl", "xml")),
            *((f"a.{ending}", JSON) for ending in ("jsonld", "json")),
        ],
    )
    def test_every_format_gives_the_same_triple(
        self, tmp_path: Path, name: str, content: str
    ) -> None:
        """Turtle, TriG, N-Triples, N-Quads, RDF/XML and JSON-LD are read by their endings."""
        dataset = loose_dataset([write(tmp_path / name, content)], ())

        triples = [f"{quad.triple} .\n" for _, quad in dataset.quads(unexpected)]

        assert triples == [TRIPLE]


class TestFiles:
    def test_names_are_those_given(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Findings speak of files as the command line does."""
        write(tmp_path / "a.ttl")
        write(tmp_path / "sub/b.ttl")
        monkeypatch.chdir(tmp_path / "sub")

        dataset = loose_dataset([Path("../a.ttl")], [Path("b.ttl")])

        assert [(file.name, file.role) for file in dataset.files] == [
            ("b.ttl", Role.SHAPES),
            ("../a.ttl", Role.DATA),
        ]
        assert dataset.files[1].graph == f"file://{tmp_path}/sub/../a.ttl"

    def test_folder_stands_for_its_files(self, tmp_path: Path) -> None:
        """Of a folder the RDF files are taken, hidden ones and others not."""
        for name in ("a.ttl", "deep/b.nt", "c.txt", ".hidden.ttl", ".git/d.ttl"):
            write(tmp_path / name)

        dataset = loose_dataset([tmp_path], ())

        assert [file.path.name for file in dataset.files] == ["a.ttl", "b.nt"]

    def test_file_given_twice_is_read_once(self, tmp_path: Path) -> None:
        """A file and its folder name it once."""
        path = write(tmp_path / "a.ttl")

        assert len(loose_dataset([tmp_path, path], ()).files) == 1

    def test_file_of_data_and_shapes_is_both(self, tmp_path: Path) -> None:
        """A file with both may be given as both, and neither is empty then."""
        path = write(tmp_path / "a.ttl")

        dataset = loose_dataset([path], [path])

        assert {file.role for file in dataset.files} == {Role.DATA, Role.SHAPES}
        assert len([*dataset.quads(unexpected)]) == 2

    def test_folder_around_them_does_not_matter(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The rules of a project that happens to be here are not theirs."""
        write(tmp_path / "lint/own.rq", "SELECT")
        write(tmp_path / "rules/own.rq", "CONSTRUCT")
        monkeypatch.chdir(tmp_path)

        dataset = loose_dataset([write(tmp_path / "a.ttl")], ())

        assert (dataset.lint_rules(), dataset.rules()) == ((), ())


class TestRefused:
    def test_missing_file(self, tmp_path: Path) -> None:
        """A file that is not there is told as it was given."""
        error = refused(tmp_path / "none.ttl")

        assert (error.code, error.place) == ("project/no-file", str(tmp_path / "none.ttl"))

    @pytest.mark.parametrize("name", ["a.txt", "a", "ttl", "a.ttl.bak"])
    def test_unknown_ending(self, tmp_path: Path, name: str) -> None:
        """What format a file has its ending says; the known ones are listed."""
        error = refused(write(tmp_path / name))

        assert error.code == "project/format"
        assert ".jsonld" in (error.cure or "")

    def test_folder_called_like_a_file(self, tmp_path: Path) -> None:
        """A folder named x.ttl with nothing to read is no clean check."""
        (tmp_path / "x.ttl").mkdir()

        assert refused(tmp_path / "x.ttl").message == "The folder holds no RDF file."

    def test_pipe(self, tmp_path: Path) -> None:
        """Nobody waits for a pipe into which nobody writes."""
        os.mkfifo(tmp_path / "a.ttl")

        assert refused(tmp_path / "a.ttl").message == "It is no plain file."
