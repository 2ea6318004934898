"""Rules about addresses, links between entities, files and claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.linting import found, messages

CLAIMS = '\n== lod.toml ==\n[claims]\nqualifiers = ["ex:certainty", "ex:status"]\n'


class TestDanglingIri:
    CODE = "lint/dangling-iri"

    def test_the_nearest_entity_is_offered_at_the_very_value(self, tmp_path: Path) -> None:
        """The finding stands at the value that leads nowhere."""
        text = "ex:oak ex:in ex:forest ,\n  ex:forst .\nex:forest ex:size 3 ."

        (finding,) = found(tmp_path, self.CODE, text)

        assert str(finding.location) == "data/example.ttl:3:3"
        assert finding.cure == "Did you mean ex:forest?"

    @pytest.mark.parametrize(
        "path",
        [
            "",
            "dataset",
            "dataset/2026.11",
            "catalog",
            "sparql",
            "downloads/latest/x.nt",
            "doc/oak",
            "graph/data/example",
            "graph/derived",
        ],
    )
    def test_what_the_build_makes_is_there(self, tmp_path: Path, path: str) -> None:
        """The dataset, its graphs, downloads and pages need no description in a file."""
        text = f"ex:oak rdfs:seeAlso <https://data.example/{path}> ."

        assert messages(tmp_path, self.CODE, text) == []

    @pytest.mark.parametrize("name", ["datasets", "downloads", "graph/data/other", "sparql/x"])
    def test_what_only_looks_so_is_found(self, tmp_path: Path, name: str) -> None:
        """An address beside those of the build is an entity like any other."""
        text = f"ex:oak rdfs:seeAlso <https://data.example/{name}> ."

        assert len(messages(tmp_path, self.CODE, text)) == 1

    @pytest.mark.parametrize("place", ["shapes/x.ttl", "data/enrichment/x.ttl", "ontology/x.ttl"])
    def test_any_file_may_describe_it(self, tmp_path: Path, place: str) -> None:
        """Shapes and further sources are described too."""
        text = f"ex:oak ex:near ex:elm .\n== {place} ==\nex:elm ex:height 3 ."

        assert messages(tmp_path, self.CODE, text) == []

    def test_classes_are_told_by_another_rule(self, tmp_path: Path) -> None:
        """A project without an ontology is not told of each of its classes."""
        assert messages(tmp_path, self.CODE, "ex:oak a ex:Tree .") == []


class TestSlugForm:
    CODE = "lint/slug-form"

    @pytest.mark.parametrize(
        ("slug", "what"),
        [
            ("id/Oak", 'a capital letter ("O")'),
            ("id/chêne", 'a character that is not ASCII ("ê")'),
            ("id/ch%C3%AAne", "a percent-encoded character (%C3%AA)"),
            ("id/common_oak", 'the character "_"'),
            ("id/oak.", 'the character "."'),
            ("trees#Oak", 'a capital letter ("O")'),
        ],
    )
    def test_what_is_odd_is_told(self, tmp_path: Path, slug: str, what: str) -> None:
        """The message names the first character that does not belong."""
        (message,) = messages(tmp_path, self.CODE, f"<https://data.example/{slug}> ex:height 3 .")

        assert message.endswith(f"has {what}.")

    @pytest.mark.parametrize(
        "slug",
        ["id/common-oak", "id/tree/2", "def/1.0.2", "dataset/Version_2", "graph/data/example"],
    )
    def test_plain_addresses_pass(self, tmp_path: Path, slug: str) -> None:
        """Lower-case letters, digits, hyphens and numbers of versions will do."""
        assert messages(tmp_path, self.CODE, f"<https://data.example/{slug}> ex:height 3 .") == []

    def test_terms_and_their_individuals_pass(self, tmp_path: Path) -> None:
        """Names in the ontology's namespace follow its own custom."""
        text = (
            "<https://data.example/def#Red> ex:height 3 .\n== ontology/terms.ttl ==\n"
            "<https://data.example/def#Colour> a owl:Class .\n"
        )

        assert messages(tmp_path, self.CODE, text) == []


class TestSubjectInTwoFiles:
    CODE = "lint/subject-in-two-files"

    def test_the_other_file_is_named_and_placed(self, tmp_path: Path) -> None:
        """The finding leads to both descriptions."""
        text = "ex:oak ex:height 3 .\n== data/second.ttl ==\n\nex:oak ex:age 4 ."

        (finding,) = found(tmp_path, self.CODE, text)

        assert finding.message == "ex:oak is described in data/example.ttl and in data/second.ttl."
        assert [str(each) for each in (finding.location, *finding.related)] == [
            "data/example.ttl:2:1",
            "data/second.ttl:3:1",
        ]

    def test_links_may_stand_apart(self, tmp_path: Path) -> None:
        """An ontology's alignments are a second place that is meant."""
        text = (
            "== ontology/a.ttl ==\nex:Tree a owl:Class .\n== ontology/b.ttl ==\n"
            "ex:Tree rdfs:subClassOf schema:Thing ; skos:closeMatch schema:Thing ."
        )

        assert messages(tmp_path, self.CODE, text) == []


class TestClaims:
    def test_claim_without_a_source_is_found_once(self, tmp_path: Path) -> None:
        """Two qualifiers make one claim."""
        text = f"ex:visit ex:certainty ex:stated ; ex:status ex:actual .{CLAIMS}"

        assert messages(tmp_path, "lint/claim-unsourced", text) == [
            "ex:visit has ex:certainty and no source."
        ]

    def test_what_claims_nothing_needs_no_source(self, tmp_path: Path) -> None:
        """Only what has a qualifier is a claim."""
        assert messages(tmp_path, "lint/claim-unsourced", f"ex:oak ex:height 3 .{CLAIMS}") == []

    @pytest.mark.parametrize(("having", "count"), [(9, 1), (8, 0)])
    def test_what_nearly_all_have_is_missed(self, tmp_path: Path, having: int, count: int) -> None:
        """Nine in ten make a custom; eight with two exceptions do not."""
        text = "".join(
            f"ex:v{number} a ex:Visit ; dcterms:source ex:letter"
            + (" ; ex:status ex:actual .\n" if number < having else " .\n")
            for number in range(10)
        )

        assert len(messages(tmp_path, "lint/claim-incomplete", text + CLAIMS)) == count * (
            10 - having
        )
