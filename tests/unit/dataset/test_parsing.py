"""One file read to exact statements, and past every slip in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from lod.dataset import Role, SourceFile, parse_file
from lod.dataset.parsing import MOST_ERRORS
from lod.diagnostics import Diagnostic, Severity
from lod.rdf.formats import SOURCE_FORMATS, by_extension
from lod.rdf.namespaces import XSD
from lod.rdf.prefixes import Prefixes

GRAPH = "https://data.example/graph/data/a"
EX = "@prefix ex: <https://data.example/> .\n"
KNOWN = Prefixes({"own": "https://own.example/"})


def ex(name: str) -> NamedNode:
    return NamedNode(f"https://data.example/{name}")


def read(
    folder: Path, content: str | bytes, *, name: str = "a.ttl", scope: str = "f0x"
) -> tuple[list[Quad], list[Diagnostic]]:
    """Return what a file of this content says, and what is wrong with it."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    format_ = by_extension(SOURCE_FORMATS, path.suffix[1:])
    assert format_ is not None
    findings: list[Diagnostic] = []
    file = SourceFile(f"data/{name}", path, Role.DATA, format_, GRAPH)
    return list(parse_file(file, scope, findings.append, KNOWN)), findings


def places(findings: list[Diagnostic]) -> list[str]:
    return [str(finding.location) for finding in findings]


class TestStatements:
    def test_statements_stand_in_the_graph_of_the_file(self, tmp_path: Path) -> None:
        """What a file says belongs to the graph that is named after it."""
        quads, findings = read(tmp_path, f"{EX}ex:a ex:p ex:b .")

        assert quads == [Quad(ex("a"), ex("p"), ex("b"), NamedNode(GRAPH))]
        assert findings == []

    def test_literals_are_kept_as_they_were_written(self, tmp_path: Path) -> None:
        """1.50 stays 1.50, 01 stays 01, and an impossible date stays what it is."""
        quads, _ = read(
            tmp_path,
            f'{EX}ex:a ex:p 1.50, 01, "2015-13-01"^^<{XSD.date.value}>, "labas"@LT-lt, "a\\tb" .',
        )

        assert [quad.object for quad in quads] == [
            Literal("1.50", datatype=XSD.decimal),
            Literal("01", datatype=XSD.integer),
            Literal("2015-13-01", datatype=XSD.date),
            Literal("labas", language="lt-lt"),
            Literal("a\tb"),
        ]

    def test_relative_iris_start_from_the_graph(self, tmp_path: Path) -> None:
        """<> in a file is the graph of the file itself."""
        quads, _ = read(tmp_path, "<> <#p> <b> .")

        assert quads == [
            Quad(
                NamedNode(GRAPH),
                NamedNode(f"{GRAPH}#p"),
                NamedNode("https://data.example/graph/data/b"),
                NamedNode(GRAPH),
            )
        ]

    def test_graphs_of_a_trig_file_keep_their_names(self, tmp_path: Path) -> None:
        """Named graphs stay; what stands in none belongs to the file's own."""
        quads, findings = read(
            tmp_path,
            f"{EX}ex:a ex:p 1 . ex:g {{ ex:a ex:p _:b }} _:b {{ _:b ex:p 2 }}",
            name="a.trig",
        )

        node = BlankNode("f0xb")
        assert [(quad.subject, quad.graph_name) for quad in quads] == [
            (ex("a"), NamedNode(GRAPH)),
            (ex("a"), ex("g")),
            (node, node),
        ]
        assert quads[1].object == node
        assert findings == []

    @pytest.mark.parametrize("name", ["a.nt", "a.nq"])
    def test_lines_are_read_too(self, tmp_path: Path, name: str) -> None:
        """N-Triples and N-Quads are read like the others."""
        quads, findings = read(tmp_path, "<x:a> <x:p> _:b .\n", name=name)

        assert quads == [
            Quad(NamedNode("x:a"), NamedNode("x:p"), BlankNode("f0xb"), NamedNode(GRAPH))
        ]
        assert findings == []

    def test_blank_nodes_are_the_files_own(self, tmp_path: Path) -> None:
        """The same label in two files is two nodes, in one file one."""
        content = f"{EX}_:a ex:p _:a, <<( _:a ex:p _:a )>>, [] . _:a ex:p _:1xa ."

        one = {node for quad in read(tmp_path, content, scope="f1x")[0] for node in nodes(quad)}
        other = {node for quad in read(tmp_path, content, scope="f11x")[0] for node in nodes(quad)}

        assert len(one) == len(other) == 3
        assert not one & other

    @pytest.mark.parametrize("content", ["", "\n", "# nothing\n", EX])
    def test_file_without_statements_is_empty(self, tmp_path: Path, content: str) -> None:
        """A file may say nothing."""
        assert read(tmp_path, content) == ([], [])

    def test_lines_may_end_as_on_windows(self, tmp_path: Path) -> None:
        """How an editor ends lines changes neither statements nor places."""
        quads, findings = read(tmp_path, f"{EX}ex:a ex:p 1 .\nex:b ex:p .\n".replace("\n", "\r\n"))

        assert len(quads) == 1
        assert places(findings) == ["data/a.ttl:3:11"]


def nodes(quad: Quad) -> set[BlankNode]:
    return {term for term in (quad.subject, quad.object) if isinstance(term, BlankNode)}


class TestErrors:
    def test_every_slip_is_told_with_line_and_column(self, tmp_path: Path) -> None:
        """One run tells slips all over a file, and reads what stands between them."""
        content = (
            f"{EX}ex:a ex:p 1 .\nex:a ex:p .\nex:skipped ex:p 2 .\nex:b ex:p 3 .\n"
            'ex:c ex:p "two\nlines" .\nex:d ex:p 4 .\nex:e ex:p <a b> .\nex:f ex:p 5 .\n'
        )

        quads, findings = read(tmp_path, content)

        assert places(findings) == ["data/a.ttl:3:11", "data/a.ttl:6:15", "data/a.ttl:9:11"]
        assert {finding.code for finding in findings} == {"turtle/syntax"}
        assert {finding.severity for finding in findings} == {Severity.ERROR}
        assert {quad.subject for quad in quads} >= {ex("a"), ex("b"), ex("d"), ex("f")}

    @pytest.mark.parametrize(
        ("name", "code"),
        [
            ("a.ttl", "turtle/syntax"),
            ("a.trig", "trig/syntax"),
            ("a.nt", "n-triples/syntax"),
            ("a.nq", "n-quads/syntax"),
        ],
    )
    def test_code_says_which_syntax_is_meant(self, tmp_path: Path, name: str, code: str) -> None:
        """A finding's code names the format of the file."""
        _, findings = read(tmp_path, "<x:a> nonsense\n", name=name)

        assert [finding.code for finding in findings] == [code]
        assert places(findings)[0].startswith(f"data/{name}:1:")

    def test_columns_count_characters(self, tmp_path: Path) -> None:
        """An editor finds the place, whatever letters stand before it."""
        _, findings = read(tmp_path, f'{EX}ex:a ex:p "ąčę😀" , , 1 .')

        location = findings[0].location
        assert location is not None
        assert (location.line, location.column) == (2, 20)
        assert (location.end_line, location.end_column) == (2, 21)

    def test_message_is_a_sentence_without_the_place(self, tmp_path: Path) -> None:
        """The place is told once, by the location."""
        _, findings = read(tmp_path, f"{EX}ex:a ex:p .")

        assert findings[0].message == ". is not a valid RDF object."

    def test_slip_is_told_once(self, tmp_path: Path) -> None:
        """One place is one finding."""
        _, findings = read(tmp_path, f"{EX}ex:a ex:p % .\nex:b ex:p 1 .\n")

        assert len(set(places(findings))) == len(findings)

    @pytest.mark.parametrize(
        ("prefix", "cure"),
        [
            ("rdfs", "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."),
            ("own", "@prefix own: <https://own.example/> ."),
            ("none", "@prefix none: <…> ."),
        ],
    )
    def test_undeclared_prefix_is_told_once_with_what_to_add(
        self, tmp_path: Path, prefix: str, cure: str
    ) -> None:
        """A prefix that is used a hundred times undeclared is one slip, and its line is given."""
        statements = f"ex:a {prefix}:p {prefix}:b .\nex:b ex:p 1 .\n" * 100

        quads, findings = read(tmp_path, EX + statements)

        assert len(findings) == 1
        assert f"{prefix}:" in findings[0].message
        assert findings[0].cure == f"Add at the top: {cure}"
        assert places(findings) == ["data/a.ttl:2:6"]
        assert len(quads) == 100

    def test_two_undeclared_prefixes_are_two_findings(self, tmp_path: Path) -> None:
        """Each prefix that is missing is told."""
        _, findings = read(tmp_path, "<x:a> one:p 1 .\n<x:b> two:p 1 .\n<x:c> one:p 1 .\n")

        assert places(findings) == ["data/a.ttl:1:7", "data/a.ttl:2:7"]

    def test_file_full_of_slips_is_given_up(self, tmp_path: Path) -> None:
        """A file of another kind does not bury the other findings."""
        _, findings = read(tmp_path, "this is no Turtle .\n" * 100)

        assert len(findings) == MOST_ERRORS + 1
        assert findings[-1].code == "file/too-many-errors"
        assert findings[-1].cure is not None
        assert places(findings[-1:]) == ["data/a.ttl"]

    @pytest.mark.parametrize("quote", ['"', '"""', "'''"])
    def test_text_without_an_end_is_told_where_it_starts(self, tmp_path: Path, quote: str) -> None:
        """A missing quote is told where the text starts, not at the end of the file."""
        _, findings = read(tmp_path, f"{EX}ex:a ex:p {quote}text .")

        assert places(findings) == ["data/a.ttl:2:11"]

    @pytest.mark.parametrize("name", ["a.ttl", "a.trig", "a.nt", "a.nq"])
    def test_text_of_many_megabytes_is_a_finding(self, tmp_path: Path, name: str) -> None:
        """A quote left open in a large file is told, and the other files are still checked."""
        quads, findings = read(
            tmp_path, '<x:a> <x:p> <x:b> .\n<x:a> <x:p> "' + "a" * (17 << 20), name=name
        )

        assert [finding.code for finding in findings] == ["rdf/too-long"]
        assert places(findings) == [f"data/{name}"]
        assert len(quads) == 1

    @pytest.mark.thorough
    def test_brackets_beyond_a_million_are_a_finding(self, tmp_path: Path) -> None:
        """What would take all memory is refused before it is parsed."""
        quads, findings = read(tmp_path, "<x:a> <x:p> " + "[ <x:p> " * 1_200_000)

        assert [finding.code for finding in findings] == ["rdf/too-deep"]
        assert not quads


class TestEncoding:
    @pytest.mark.parametrize("name", ["a.ttl", "a.trig", "a.nt", "a.nq"])
    def test_byte_order_mark_is_told_with_its_cure(self, tmp_path: Path, name: str) -> None:
        """A mark that some editors put in front is told as what it is."""
        _, findings = read(tmp_path, "\ufeff<x:a> <x:p> <x:b> .\n", name=name)

        assert "byte order mark" in findings[0].message
        assert findings[0].cure == "Save it as UTF-8 without one."
        assert places(findings) == [f"data/{name}:1:1"]

    def test_byte_order_mark_is_the_only_thing_wrong(self, tmp_path: Path) -> None:
        """A file that is right but for the mark is not blamed for more."""
        _, findings = read(tmp_path, f"\ufeff{EX}ex:a ex:p ex:b .\nex:b ex:p ex:a .\n")

        assert places(findings) == ["data/a.ttl:1:1"]

    def test_file_in_an_old_encoding_is_told_with_its_place(self, tmp_path: Path) -> None:
        """Letters that are no UTF-8 are told where the first of them stands."""
        content = EX.encode() + 'ex:a ex:p "š" .\nex:b ex:p 1 .\n'.encode("cp1257")

        quads, findings = read(tmp_path, content)

        assert places(findings) == ["data/a.ttl:2:12"]
        assert "UTF-8" in findings[0].message
        assert [quad.subject for quad in quads] == [ex("b")]

    def test_file_of_bytes_is_given_up(self, tmp_path: Path) -> None:
        """A picture that is called .ttl is told and does no harm."""
        quads, findings = read(tmp_path, bytes(range(256)) * 20)

        assert quads == []
        assert findings


class TestUnreadable:
    def test_file_that_is_gone_is_a_finding(self, tmp_path: Path) -> None:
        """A link that leads nowhere is told, and the run goes on."""
        (tmp_path / "a.ttl").symlink_to(tmp_path / "nowhere")
        file = SourceFile("data/a.ttl", tmp_path / "a.ttl", Role.DATA, SOURCE_FORMATS[0], GRAPH)
        findings: list[Diagnostic] = []

        quads = list(parse_file(file, "f0x", findings.append, KNOWN))

        assert quads == []
        assert [(finding.code, finding.severity) for finding in findings] == [
            ("file/unreadable", Severity.ERROR)
        ]
        assert places(findings) == ["data/a.ttl"]
        assert findings[0].cure is not None

    def test_folder_in_place_of_a_file_is_a_finding(self, tmp_path: Path) -> None:
        """What cannot be opened is told with the reason."""
        file = SourceFile("data/a.ttl", tmp_path, Role.DATA, SOURCE_FORMATS[0], GRAPH)
        findings: list[Diagnostic] = []

        list(parse_file(file, "f0x", findings.append, KNOWN))

        assert [finding.code for finding in findings] == ["file/unreadable"]
        assert "directory" in findings[0].message

    def test_pipe_in_place_of_a_file_is_a_finding(self, tmp_path: Path) -> None:
        """Nobody waits for a pipe into which nobody writes."""
        os.mkfifo(tmp_path / "a.ttl")
        file = SourceFile("data/a.ttl", tmp_path / "a.ttl", Role.DATA, SOURCE_FORMATS[0], GRAPH)
        findings: list[Diagnostic] = []

        list(parse_file(file, "f0x", findings.append, KNOWN))

        assert [finding.message for finding in findings] == [
            "The file cannot be read: it is not a plain file."
        ]
