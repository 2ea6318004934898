"""The dumps: one content in six formats, plain and compressed."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse

from lod.config import read_project
from lod.dataset import Role, open_dataset
from lod.release import Release
from support.graphs import FORMATS, canonical, read, triples
from support.projects import release_of, write_project

DEFAULT = ("nt", "ttl", "rdf", "jsonld")
NAMED = ("nq", "trig")
ALL = (*DEFAULT, *NAMED)


@pytest.fixture(scope="session")
def source_quads(release: Release, repository: Path, herbarium_folder: Path) -> list[Quad]:
    """What the project's files say, read without the toolkit's own build."""
    folder = herbarium_folder if release.manifest.name == "herbarium" else repository
    found: list[Quad] = []
    dataset = open_dataset(read_project(folder))
    found.extend(quad for _, quad in dataset.quads(lambda error: pytest.fail(str(error))))
    return found


class TestContent:
    @pytest.mark.parametrize("extension", DEFAULT)
    def test_formats_of_the_default_graph_agree(self, release: Release, extension: str) -> None:
        """N-Triples, Turtle, RDF/XML and JSON-LD hold the very same triples."""
        expected = read(release.dump("nt").read_bytes(), "nt")

        assert len(expected) == release.manifest.counts["triples"]
        assert read(release.dump(extension).read_bytes(), extension) == expected

    @pytest.mark.parametrize("extension", NAMED)
    def test_formats_of_the_named_graphs_agree(self, release: Release, extension: str) -> None:
        """N-Quads and TriG hold the very same named graphs."""
        expected = read(release.dump("nq").read_bytes(), "nq")

        assert len(expected) == release.manifest.counts["quads"]
        assert read(release.dump(extension).read_bytes(), extension) == expected

    def test_named_graphs_are_what_the_files_say(
        self, release: Release, source_quads: list[Quad]
    ) -> None:
        """Without what rules derive, the dump says what the sources say and nothing else."""
        derived = f"{release.project.base}graph/derived"
        quads = parse(path=release.dump("nq"), format=RdfFormat.N_QUADS, lenient=True)

        said = canonical(quad for quad in quads if str(quad.graph_name) != f"<{derived}>")

        assert said == canonical(source_quads)

    def test_default_graph_is_ontology_data_and_what_rules_derive(
        self, release: Release, repository: Path, herbarium_folder: Path
    ) -> None:
        """Shapes and the graphs kept apart take no part in the default graph."""
        folder = herbarium_folder if release.manifest.name == "herbarium" else repository
        dataset = open_dataset(read_project(folder))
        public = {Role.ONTOLOGY, Role.DATA}
        stated = triples(
            quad
            for file, quad in dataset.quads(lambda error: pytest.fail(str(error)))
            if file.role in public
        )
        default = read(release.dump("nt").read_bytes(), "nt")
        nq = parse(path=release.dump("nq"), format=RdfFormat.N_QUADS, lenient=True)
        derived = triples(quad for quad in nq if str(quad.graph_name).endswith("graph/derived>"))

        assert derived
        assert default == stated | derived

    def test_no_dump_of_triples_names_a_graph(self, release: Release) -> None:
        """What is called a file of triples is one."""
        for extension in DEFAULT:
            quads = parse(path=release.dump(extension), format=FORMATS[extension], lenient=True)
            assert all(isinstance(quad.graph_name, DefaultGraph) for quad in quads)


FORMS = (
    '"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>',
    '"01"^^<http://www.w3.org/2001/XMLSchema#integer>',
    '"2015-13-01"^^<http://www.w3.org/2001/XMLSchema#date>',
    '"tab\\tline\\nquote\\"backslash\\\\"',
    '"𝄞 ž"@lt',
    '""',
)


@pytest.fixture(scope="module")
def exact(tmp_path_factory: pytest.TempPathFactory) -> Release:
    folder = tmp_path_factory.mktemp("exact")
    lines = "".join(
        f"<https://data.example/s> <https://data.example/p> {form} .\n" for form in FORMS
    )
    write_project(folder / "project", {"data/a.ttl": lines})
    return release_of(folder / "project", folder / "out")


class TestExactness:
    @pytest.mark.parametrize("extension", ALL)
    def test_every_literal_keeps_its_form(self, exact: Release, extension: str) -> None:
        """1.50 stays 1.50, an impossible date stays what the source says, in every format."""
        quads = parse(path=exact.dump(extension), format=FORMATS[extension], lenient=True)

        assert {str(quad.object) for quad in quads} == set(FORMS)


class TestFiles:
    def test_every_format_is_there_plain_and_compressed(self, release: Release) -> None:
        """A dump comes in six formats, each with its .gz beside it."""
        name = release.manifest.name
        expected = {f"dumps/{name}.{each}{gz}" for each in ALL for gz in ("", ".gz")}

        assert {file.path for file in release.dumps} == expected

    @pytest.mark.parametrize("extension", ALL)
    def test_compressed_file_holds_the_plain_one(self, release: Release, extension: str) -> None:
        """Unpacked, the compressed file is the plain one, byte by byte."""
        plain = release.dump(extension)
        packed = plain.with_name(f"{plain.name}.gz")

        assert gzip.decompress(packed.read_bytes()) == plain.read_bytes()

    @pytest.mark.parametrize("extension", ALL)
    def test_compressed_file_has_neither_time_nor_name(
        self, release: Release, extension: str
    ) -> None:
        """The gzip header (RFC 1952) says nothing that differs from build to build."""
        packed = release.path(f"dumps/{release.manifest.name}.{extension}.gz").read_bytes()
        flags, time = packed[3], packed[4:8]

        assert packed[:3] == b"\x1f\x8b\x08"
        assert flags == 0
        assert time == b"\0\0\0\0"

    @pytest.mark.parametrize("extension", ["nt", "nq"])
    def test_lines_are_sorted_and_told_once(self, release: Release, extension: str) -> None:
        """The line formats are sorted, so that two versions can be compared with diff."""
        lines = release.dump(extension).read_bytes().splitlines()

        assert lines == sorted(set(lines))

    def test_turtle_reads_like_the_project(self, release: Release) -> None:
        """The Turtle dump uses the project's prefixes, in alphabetical order."""
        head = release.dump("ttl").read_text("utf-8").split("\n\n", 1)[0].splitlines()
        prefixes = [line.split()[1].removesuffix(":") for line in head]

        assert prefixes == sorted(prefixes)
        assert set(release.project.prefixes) <= set(prefixes)


class TestUnwritable:
    def test_rdfxml_is_left_out_where_it_cannot_say_the_data(self, tmp_path: Path) -> None:
        """A property no XML name can be made of costs the RDF/XML dump, not the build."""
        data = "<https://data.example/s> <https://data.example/1> 1 .\n"
        write_project(tmp_path / "project", {"data/a.ttl": data})

        sample = release_of(tmp_path / "project", tmp_path / "out")

        names = {file.path for file in sample.dumps}
        assert "dumps/sample.ttl" in names
        assert not any(".rdf" in name for name in names)

    def test_project_without_data_still_has_dumps(self, tmp_path: Path) -> None:
        """An empty project gives an empty release, not an error."""
        project = write_project(tmp_path / "project", {"data/a.ttl": "# nothing yet\n"})

        sample = release_of(project, tmp_path / "out")

        assert sample.manifest.counts["triples"] == 0
        assert all(read(sample.dump(each).read_bytes(), each) == set() for each in ALL)
