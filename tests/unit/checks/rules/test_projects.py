"""Rules about the project as a whole: folders, configuration, questions, addresses."""

from __future__ import annotations

from pathlib import Path

import pytest

from lod.checks.check import check
from lod.config import read_project
from lod.dataset import loose_dataset, open_dataset
from support.linting import NoShapes, checked, found, messages, write_example

TREE = "ex:oak ex:near ex:beech .\n"
NEAR = "SELECT ?tree WHERE { ?tree <https://data.example/near> ?other }\n"


def at(folder: Path, code: str, example: str) -> list[str]:
    """Return where the findings of one rule are."""
    return [str(finding.location) for finding in found(folder, code, example)]


class TestDataEmpty:
    CODE = "project/data-empty"

    def test_files_without_a_triple_are_no_data(self, tmp_path: Path) -> None:
        """Prefixes alone say nothing."""
        text = "@prefix ex: <https://data.example/> .\n"

        assert messages(tmp_path, self.CODE, text) == [
            "There are no data: no file of them has a triple."
        ]

    def test_broken_file_is_not_called_empty(self, tmp_path: Path) -> None:
        """What cannot be read may hold data: only its syntax is told."""
        write_example(tmp_path, "ex:oak ex:near\n")

        findings = check(open_dataset(read_project(tmp_path)), NoShapes(), lambda _: None).findings

        assert {each.code for each in findings} == {"turtle/syntax"}

    def test_enrichment_is_data(self, tmp_path: Path) -> None:
        """A file in a separate folder counts."""
        assert messages(tmp_path, self.CODE, f"\n== data/enrichment/a.ttl ==\n{TREE}") == []


class TestFilePassedOver:
    CODE = "project/file-passed-over"

    @pytest.mark.parametrize(
        "name",
        [
            *("data/a.rdf", "data/a.owl", "data/a.n3", "data/a.jsonld", "data/a.turtle"),
            *(
                "data/a.ttl~",
                "data/a.ttl.bak",
                "data/a.ttl.txt",
                "data/a.TTL.gz",
                "data/b/a.ttl.orig",
            ),
            *(
                "ontology/a.owl",
                "shapes/a.shacl",
                "questions/a.sparql",
                "rules/a.rq~",
                "rules/a.RQ",
            ),
            "lint/a.rq.txt",
        ],
    )
    def test_name_that_nothing_reads_is_found(self, tmp_path: Path, name: str) -> None:
        """What should be read, by its name, is told where it lies."""
        assert at(tmp_path, self.CODE, f"{TREE}== {name} ==\nx\n") == [name]

    @pytest.mark.parametrize(
        "content",
        ["@prefix ex: <x:y> .", "<?xml?><rdf:RDF>", '{"@context": {}}', "<a:b> <c:d> 1 ."],
    )
    def test_text_that_looks_like_rdf_is_found(self, tmp_path: Path, content: str) -> None:
        """Under a name that says nothing, the content tells."""
        assert at(tmp_path, self.CODE, f"{TREE}== data/a.txt ==\n{content}\n") == ["data/a.txt"]

    @pytest.mark.parametrize(
        "name", ["data/README.md", "data/a.csv", "data/.a.ttl.swp", "data/notes.txt", "lint/why.md"]
    )
    def test_other_files_pass(self, tmp_path: Path, name: str) -> None:
        """Notes, tables and hidden files may stand beside the data."""
        assert messages(tmp_path, self.CODE, f"{TREE}== {name} ==\nSome words.\n") == []

    def test_folder_named_like_a_file_is_found(self, tmp_path: Path) -> None:
        """A folder with the name of a Turtle file is told, and its files are read."""
        example = f"{TREE}== data/a.ttl/b.ttl ==\n{TREE}"

        assert messages(tmp_path, self.CODE, example) == [
            "data/a.ttl is not read: it is a folder with the name of a file."
        ]

    def test_link_to_a_folder_is_found(self, tmp_path: Path) -> None:
        """A folder elsewhere that is linked to is not read, and that is told."""
        write_example(tmp_path, f"{TREE}== other/b.ttl ==\n{TREE}")
        (tmp_path / "data" / "more").symlink_to(tmp_path / "other", target_is_directory=True)

        (finding,) = checked(tmp_path, self.CODE).findings

        assert finding.message == "data/more is not read: links to folders are not followed."

    def test_answer_without_its_question_is_found(self, tmp_path: Path) -> None:
        """An answer that nobody asks for is never compared."""
        example = f"{TREE}== questions/near.expected.csv ==\ntree\n"

        assert messages(tmp_path, self.CODE, example) == [
            "questions/near.expected.csv is not read: there is no near.rq."
        ]

    def test_files_given_by_name_have_no_folders(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whoever checks a file outside of a project is not told of the folders around it."""
        write_example(tmp_path, f"{TREE}== data/b.rdf ==\n== questions/a.rq ==\nno query\n")
        (tmp_path / "published.txt").write_text("https://data.example/lost\n", "utf-8")
        monkeypatch.chdir(tmp_path)

        dataset = loose_dataset([tmp_path / "data" / "example.ttl"], [])
        findings = check(dataset, NoShapes(), lambda _: None).findings

        assert [each.code for each in findings if each.code.startswith("project/")] == []


class TestShapesAndData:
    SHAPE = "ex:S a sh:NodeShape ; sh:targetClass ex:Tree .\n"

    def test_swapped_folders_are_told_from_both_sides(self, tmp_path: Path) -> None:
        """Shapes among the data and data among the shapes are each shown in their file."""
        write_example(tmp_path, f"{self.SHAPE}== shapes/a.ttl ==\nex:oak a ex:Tree .\n")

        dataset = open_dataset(read_project(tmp_path))
        findings = check(dataset, NoShapes(), lambda _: None).findings

        places = {each.code: str(each.location) for each in findings}
        assert places["project/shapes-in-data"] == "data/example.ttl:3:1"
        assert places["project/data-in-shapes"] == "shapes/a.ttl:2:1"
        assert places["project/no-shapes"] == "shapes/a.ttl"

    def test_shapes_of_one_file_are_one_finding(self, tmp_path: Path) -> None:
        """A file with many shapes is told once, with their number."""
        text = "".join(self.SHAPE.replace("S ", f"S{number} ") for number in range(5))

        (message,) = messages(tmp_path, "project/shapes-in-data", text)

        assert "5 of them are in data/example.ttl" in message

    @pytest.mark.parametrize(
        "text",
        [
            "ex:list rdf:first ex:a ; rdf:rest rdf:nil .",
            "ex:terms a owl:Ontology . ex:oak a ex:Tree .",
            "ex:S sh:targetClass ex:Tree . ex:oak a ex:Tree .",
            "[] a ex:Tree .",
        ],
    )
    def test_parts_of_shapes_are_no_data(self, tmp_path: Path, text: str) -> None:
        """Lists, ontologies, examples beside shapes and nameless nodes may stand there."""
        example = f"{TREE}== shapes/a.ttl ==\n{text}\n"

        assert messages(tmp_path, "project/data-in-shapes", example) == []


class TestConfiguration:
    def test_unknown_code_is_shown_in_its_line(self, tmp_path: Path) -> None:
        """The finding stands at the code, and offers the one that is meant."""
        example = f'{TREE}== lod.toml ==\n[rules]\n"lint/waiver" = "off"\n"lint/waver" = "off"\n'

        (finding,) = found(tmp_path, "project/unknown-code", example)

        assert str(finding.location) == "lod.toml:12:2"
        assert finding.message == (
            'No finding has the code "lint/waver". Did you mean "lint/waiver"?'
        )

    def test_code_of_an_own_rule_is_known(self, tmp_path: Path) -> None:
        """What the project's own rules find has a code, too."""
        example = (
            f"{TREE}== lint/tall.rq ==\n# tall (info)\n# Says: It is.\nSELECT ?subject WHERE {{}}\n"
            '== lod.toml ==\n[rules]\n"lint/tall" = "error"\n'
        )

        assert messages(tmp_path, "project/unknown-code", example) == []

    @pytest.mark.parametrize(
        "use",
        [
            "== data/b.ttl ==\n<https://flowers.example/rose> a <x:y> .\n",
            f"== questions/a.rq ==\nPREFIX f: <https://flowers.example/>\n{NEAR}",
            "== rules/a.rq ==\nCONSTRUCT { ?a a <https://flowers.example/r> } WHERE { ?a ?b ?c }\n",
        ],
    )
    def test_prefix_is_used_by_its_namespace(self, tmp_path: Path, use: str) -> None:
        """A namespace that any file or query writes, by whichever name, is in use."""
        example = f'{TREE}{use}== lod.toml ==\nflower = "https://flowers.example/"\n'

        assert messages(tmp_path, "project/prefix-unused", example) == []

    def test_unused_prefix_is_shown_in_its_line(self, tmp_path: Path) -> None:
        """The finding stands at the prefix in lod.toml."""
        example = f'{TREE}== lod.toml ==\nflower = "https://flowers.example/"\n'

        assert at(tmp_path, "project/prefix-unused", example) == ["lod.toml:10:1"]

    def test_misspelt_class_of_a_kind_has_a_suggestion(self, tmp_path: Path) -> None:
        """The class that is meant is offered."""
        example = (
            "ex:oak a ex:Tree .\n== ontology/a.ttl ==\nex:Tree a owl:Class .\n"
            '== lod.toml ==\n[kinds]\ntree = ["ex:Tree", "ex:Tre"]\n'
        )

        (finding,) = found(tmp_path, "project/kind-undefined", example)

        assert str(finding.location) == "lod.toml:11:1"
        assert finding.cure == "Did you mean ex:Tree?"


class TestQueryInvalid:
    CODE = "project/query-invalid"

    @pytest.mark.parametrize(
        ("name", "text", "place"),
        [
            ("questions/a.rq", "SELECT ?a WHERE {\n  ?a ?b ;\n}\n", "3:1"),
            ("questions/a.rq", "SELECT ?a WHERE {\n  ?a ?b ?c\n", "3:1"),
            ("questions/a.rq", "SELECT ?a\nWHERE { ?a ex:b ?c }\n", "2:12"),
            ("questions/a.rq", "DELETE WHERE { ?a ?b ?c }\n", "1:1"),
            ("rules/a.rq", "CONSTRUCT { ?a ?b } WHERE { ?a ?b ?c }\n", "1:19"),
        ],
    )
    def test_slip_is_shown_at_its_place(
        self, tmp_path: Path, name: str, text: str, place: str
    ) -> None:
        """Each slip in a query has its line and column."""
        assert at(tmp_path, self.CODE, f"{TREE}== {name} ==\n{text}") == [f"{name}:{place}"]

    def test_place_that_cannot_be_known_is_not_made_up(self, tmp_path: Path) -> None:
        """Where the parser only knows that the whole is wrong, no line is blamed."""
        example = f"{TREE}== questions/a.rq ==\nSELECT ?a WHERE {{\n  ?a ?b\n}}\n"

        assert at(tmp_path, self.CODE, example) == ["questions/a.rq"]

    def test_rule_must_construct(self, tmp_path: Path) -> None:
        """A question among the rules derives nothing."""
        assert at(tmp_path, self.CODE, f"{TREE}== rules/a.rq ==\n{NEAR}") == ["rules/a.rq"]

    def test_every_form_may_be_asked(self, tmp_path: Path) -> None:
        """A question may be of any form."""
        example = f"{TREE}== questions/a.rq ==\nASK {{}}\n== questions/b.rq ==\nDESCRIBE <x:y>\n"

        assert messages(tmp_path, self.CODE, example) == []

    def test_broken_data_do_not_hide_it(self, tmp_path: Path) -> None:
        """Queries are read even when the data cannot be."""
        write_example(tmp_path, "nonsense\n== questions/a.rq ==\nSELECT\n")

        findings = check(open_dataset(read_project(tmp_path)), NoShapes(), lambda _: None).findings

        assert {"turtle/syntax", self.CODE} <= {each.code for each in findings}


class TestPublishedLost:
    CODE = "project/published-lost"
    LIST = "# these\n<https://data.example/oak>\nhttps://data.example/elm # since 2025\n\n no iri\n"

    def test_lost_address_is_shown_in_its_line(self, tmp_path: Path) -> None:
        """The finding stands at the address in the list; comments and blanks are passed over."""
        assert at(tmp_path, self.CODE, f"{TREE}== published.txt ==\n{self.LIST}") == [
            "published.txt:3:1"
        ]

    def test_without_a_list_nothing_is_lost(self, tmp_path: Path) -> None:
        """A project need not keep one."""
        assert messages(tmp_path, self.CODE, TREE) == []

    @pytest.mark.parametrize("folder", ["ontology", "shapes", "data/enrichment"])
    def test_any_file_may_describe_it(self, tmp_path: Path, folder: str) -> None:
        """Whichever part of the project says something of it, the address answers."""
        example = f"{TREE}== {folder}/a.ttl ==\nex:elm ex:p 1 .\n== published.txt ==\n{self.LIST}"

        assert messages(tmp_path, self.CODE, example) == []
