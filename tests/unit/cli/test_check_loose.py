"""``lod check --data --shapes``: files that belong to no project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from support.checking import EX
from unit.cli.commands import Done

Inside = Callable[..., Done]

DATA = f'{EX}ex:a a ex:Thing ; ex:p "1.50"@en .\n'
SHAPES = f"""\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
{EX}ex:S a sh:NodeShape ;
  sh:targetClass ex:Thing ;
  sh:property [ sh:path ex:p ; sh:datatype xsd:decimal ; sh:message "Give a number."@en ] .
"""
XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns:ex="https://data.example/"><ex:Thing rdf:about="https://data.example/a">'
    '<ex:p xml:lang="en">1.50</ex:p></ex:Thing></rdf:RDF>'
)
JSON = (
    '{"@context": {"ex": "https://data.example/"}, "@id": "ex:a", "@type": "ex:Thing",'
    ' "ex:p": {"@value": "1.50", "@language": "en"}}'
)
LINES = (
    "<https://data.example/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    " <https://data.example/Thing> .\n"
    '<https://data.example/a> <https://data.example/p> "1.50"@en .\n'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "s.ttl").write_text(SHAPES)
    return tmp_path


def checked(inside: Inside, folder: Path, *options: str) -> Done:
    return inside("check", *options, "--format", "concise", cwd=folder)


class TestFormats:
    @pytest.mark.parametrize(
        ("name", "content", "place"),
        [
            ("d.ttl", DATA, "d.ttl:2:24"),
            ("d.trig", f"{EX}ex:g {{ {DATA.removeprefix(EX)} }}", "d.trig:2:31"),
            ("d.nt", LINES, "d.nt:2:51"),
            ("d.nq", LINES.replace(" .", " <x:g> ."), "d.nq:2:51"),
            ("d.rdf", XML, "d.rdf"),
            ("d.owl", XML, "d.owl"),
            ("d.jsonld", JSON, "d.jsonld"),
        ],
    )
    def test_shape_is_checked_in_every_format(
        self, inside: Inside, folder: Path, name: str, content: str, place: str
    ) -> None:
        """Whatever the data are written in, what breaks a shape is told, and nothing else."""
        (folder / name).write_text(content)

        done = checked(inside, folder, "--data", name, "--shapes", "s.ttl")

        assert done.code == 1
        assert done.output == f"{place}: error shacl/datatype: Give a number.\n"

    def test_shapes_in_every_format(self, inside: Inside, folder: Path) -> None:
        """Shapes may be written in another format than Turtle."""
        (folder / "d.ttl").write_text(DATA)
        (folder / "s.jsonld").write_text(
            '{"@context": {"sh": "http://www.w3.org/ns/shacl#", "ex": "https://data.example/"},'
            ' "@id": "ex:S", "@type": "sh:NodeShape", "sh:targetClass": {"@id": "ex:Thing"},'
            ' "sh:property": {"sh:path": {"@id": "ex:q"}, "sh:minCount": 1}}'
        )

        done = checked(inside, folder, "--data", "d.ttl", "--shapes", "s.jsonld")

        assert done.output.startswith("d.ttl:2:1: error shacl/min-count: ")


class TestTold:
    def test_data_that_meet_the_shapes(self, inside: Inside, folder: Path) -> None:
        """Good data are clean: no advice is given that only a project could follow."""
        (folder / "d.ttl").write_text(DATA.replace('"1.50"@en', "1.50"))

        done = checked(inside, folder, "--data", "d.ttl", "--shapes", "s.ttl", "--fail-on", "info")

        assert (done.code, done.output) == (0, "")
        assert done.remark.startswith("Checked 2 files, 8 triples, 2 shapes, ")

    def test_file_that_holds_data_and_shapes(self, inside: Inside, folder: Path) -> None:
        """One file may be given as both."""
        (folder / "d.ttl").write_text(f"{SHAPES}\n{DATA}")

        done = checked(inside, folder, "--data", "d.ttl", "--shapes", "d.ttl")

        assert done.output == "d.ttl:9:24: error shacl/datatype: Give a number.\n"
        assert done.remark.startswith("Checked 1 file, ")

    def test_rules_that_are_asked_for(self, inside: Inside, folder: Path) -> None:
        """Who names a rule gets it for loose files as well."""
        (folder / "d.ttl").write_text(f'{EX}ex:a ex:p "x"@EN .\n')

        done = checked(inside, folder, "--data", "d.ttl", "--select", "lint/language-tag-case")

        assert done.output.startswith("d.ttl:2:14: ")

    def test_value_of_no_datatype_is_told_without_a_shape(
        self, inside: Inside, folder: Path
    ) -> None:
        """What is wrong in any project is wrong without one."""
        (folder / "d.ttl").write_text(
            f'{EX}ex:a ex:p "x"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
        )

        done = checked(inside, folder, "--data", "d.ttl")

        assert done.code == 1
        assert done.output.startswith("d.ttl:2:11: error lint/literal-ill-typed: ")

    @pytest.mark.parametrize(
        ("data", "shapes"),
        [
            (EX, SHAPES),
            (DATA, EX),
            (DATA, DATA),
            (SHAPES, DATA),
            (DATA, SHAPES.replace("ns/shacl#", "ns/shacl")),
            (DATA, SHAPES.replace("targetClass", "targetClas")),
            (DATA, SHAPES.replace("ex:Thing", "ex:Thign")),
            (DATA, SHAPES.replace("sh:path ex:p", "sh:path ex:q")),
            (DATA, SHAPES.replace("sh:datatype", "sh:dataype")),
        ],
    )
    def test_check_that_checks_nothing_is_no_clean_one(
        self, inside: Inside, folder: Path, data: str, shapes: str
    ) -> None:
        """Empty, swapped or misspelt: what other validators call conforming is told."""
        (folder / "d.ttl").write_text(data)
        (folder / "s.ttl").write_text(shapes)

        done = checked(inside, folder, "--data", "d.ttl", "--shapes", "s.ttl", "--fail-on", "info")

        assert done.code == 1
        assert done.output

    def test_rules_of_a_project_that_is_here_do_not_matter(
        self, inside: Inside, folder: Path
    ) -> None:
        """What stands in lint/ of the current folder is not asked."""
        (folder / "lint").mkdir()
        (folder / "lint/own.rq").write_text("nonsense")
        (folder / "lod.toml").write_text("nonsense")
        (folder / "d.ttl").write_text(DATA)

        assert checked(inside, folder, "--data", "d.ttl", "--shapes", "s.ttl").code == 1


class TestHostile:
    @pytest.mark.parametrize(
        ("name", "content", "code"),
        [
            (
                "bomb.rdf",
                '<!DOCTYPE r [<!ENTITY a0 "lol">'
                + "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
                + ']><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
                ' xmlns:e="x:"><e:A><e:p>&a9;</e:p></e:A></rdf:RDF>',
                "rdf/syntax",
            ),
            ("context.jsonld", '{"@context": "https://schema.org/", "name": "x"}', "jsonld/syntax"),
            ("deep.jsonld", '{"x:p":' * 50_000 + "1" + "}" * 50_000, "jsonld/syntax"),
            ("latin.ttl", f'{EX}ex:a ex:p "caf\udce9" .\n', "turtle/syntax"),
            ("unclosed.ttl", f"{EX}ex:a ex:p {'[ ex:p ' * 100_000}", "turtle/syntax"),
        ],
    )
    def test_it_is_a_finding_about_its_file(
        self, inside: Inside, folder: Path, name: str, content: str, code: str
    ) -> None:
        """A hostile file is told in time, and the others are still read."""
        (folder / "d.ttl").write_text(f"{EX}nonsense")
        (folder / name).write_bytes(content.encode("utf-8", "surrogateescape"))

        done = checked(inside, folder, "--data", name, "--data", "d.ttl", "--shapes", "s.ttl")

        lines = done.output.splitlines()
        assert done.code == 1
        assert any(line.startswith(name) and f" error {code}: " in line for line in lines)
        assert any(line.startswith("d.ttl:2:1: error turtle/syntax: ") for line in lines)

    @pytest.mark.thorough
    def test_nesting_that_is_valid(self, inside: Inside, folder: Path) -> None:
        """A hundred thousand brackets in one another are read."""
        deep = f"{'[ ex:p ' * 100_000}1{' ]' * 100_000}"
        (folder / "d.ttl").write_text(f"{DATA}ex:b ex:p {deep} .\n")

        done = checked(inside, folder, "--data", "d.ttl", "--shapes", "s.ttl")

        assert done.code == 1
        assert "d.ttl:2:24: error shacl/datatype: Give a number." in done.output


class TestRefused:
    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (["--shapes", "s.ttl"], "--shapes needs --data"),
            (["--data", "none.ttl"], "none.ttl: There is no such file."),
            (["--data", "s.ttl", "--shapes", "none.ttl"], "none.ttl: There is no such file."),
            (["--data", "x.txt"], "x.txt: The ending names no RDF format. Known: .ttl, "),
            (["--data", "dir.ttl"], "dir.ttl: The folder holds no RDF file."),
            (["--data", "s.ttl", "--since", "HEAD"], "--since needs a project"),
        ],
    )
    def test_what_cannot_be_checked(
        self, inside: Inside, folder: Path, options: list[str], said: str
    ) -> None:
        """A mistake in the arguments is told, and is no clean check."""
        (folder / "x.txt").touch()
        (folder / "dir.ttl").mkdir()

        assert said in inside("check", *options, cwd=folder).refused()
