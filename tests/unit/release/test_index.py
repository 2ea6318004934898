"""What stands in the index of a release, row by row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from lod.release import Release
from support.projects import release_of, write_project

BASE = "https://data.example/"
ONTOLOGY = """\
@prefix v: <https://data.example/def/v#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

v:Animal a owl:Class ; rdfs:label "animal"@en .
v:Bird a owl:Class ; rdfs:subClassOf v:Animal .
v:Duck a owl:Class ; rdfs:subClassOf v:Bird .
v:Loop a owl:Class ; rdfs:subClassOf v:Duck , v:Loop .
"""
DATA = """\
@prefix : <https://data.example/id/thing/> .
@prefix v: <https://data.example/def/v#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

:donald a v:Duck ; rdfs:label "Donald"@en , "Donaldas"@lt ; skos:altLabel "Duck, D."@en ;
  rdfs:comment "A drake."@en ; v:home [ v:street "Webfoot Walk" ; v:in :duckburg ] .
:robin a v:Bird ; v:knows :donald .
:duckburg a v:Place , v:Animal .
<https://data.example/plain> v:knows :donald .
<https://data.example/a%20b/ž> v:knows :donald .
<https://other.example/far> v:knows :donald .
:claim dcterms:source <https://data.example/source/1> ; v:who :robin ; v:whom :donald .
:no-claim v:who :robin ; v:whom :donald .
"""
RULE = """\
PREFIX v: <https://data.example/def/v#>
CONSTRUCT { ?a v:met ?b . ?b v:met ?c }
WHERE { { ?x v:who ?a ; v:whom ?b } UNION { ?b v:home/v:in ?c } }
"""
SHAPES = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://data.example/shapes#> .
@prefix v: <https://data.example/def/v#> .

shape:Bird a sh:NodeShape ; sh:targetClass v:Bird ; sh:node shape:Named ;
  sh:property shape:Bird-home , shape:Bird-knows , shape:Bird-known .
shape:Named a sh:NodeShape ; sh:property shape:Named-nick .
shape:Bird-home sh:path v:home ; sh:order 2 ; sh:name "home"@en , "namai"@lt .
shape:Bird-knows sh:path v:knows ; sh:order 1 .
shape:Bird-known sh:path [ sh:inversePath v:knows ] ; sh:order 0.5 ; sh:name "known to"@en .
shape:Named-nick sh:path v:nick .
"""
CONFIGURATION = """\
[project]
name = "sample"
base = "https://data.example/"
languages = ["en", "lt"]
version = "1.0"
title.en = "Sample"

[prefixes]
v = "https://data.example/def/v#"

[kinds]
bird = "v:Bird"
place = ["v:Place", "v:Garden"]
"""
THING = f"{BASE}id/thing/"
V = f"{BASE}def/v#"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    folder = tmp_path_factory.mktemp("index")
    files = {
        "lod.toml": CONFIGURATION,
        "ontology/v.ttl": ONTOLOGY,
        "data/a.ttl": DATA,
        "data/enrichment/more.ttl": f"<{THING}donald> <{V}knows> <{THING}robin> .\n",
        "shapes/s.ttl": SHAPES,
        "rules/met.rq": RULE,
    }
    write_project(folder / "project", files)
    release = release_of(folder / "project", folder / "out")
    connection = sqlite3.connect(release.path("index.sqlite"))
    yield connection
    connection.close()


Rows = set[tuple[object, ...]]


def rows(index: sqlite3.Connection, statement: str, *values: object) -> Rows:
    return set(index.execute(statement, values))


class TestAddresses:
    def test_every_own_subject_without_fragment_has_its_path(
        self, index: sqlite3.Connection
    ) -> None:
        """A request path leads to the IRI asked for; percent escapes are decoded."""
        found = rows(index, "SELECT path, iri FROM address")

        assert ("id/thing/donald", f"{THING}donald") in found
        assert ("plain", f"{BASE}plain") in found
        assert ("a b/ž", f"{BASE}a%20b/ž") in found
        assert not any("other.example" in str(iri) for _, iri in found)
        assert not any("#" in str(iri) for _, iri in found)

    def test_fragments_stand_with_their_document(self, index: sqlite3.Connection) -> None:
        """Hash IRIs are found by the document that describes them."""
        found = rows(index, "SELECT document, iri FROM fragment")

        assert ("def/v", f"{V}Bird") in found
        assert ("shapes", f"{BASE}shapes#Bird") in found
        assert not any("id/thing" in str(iri) for _, iri in found)

    def test_dataset_and_graphs_have_addresses(self, index: sqlite3.Connection) -> None:
        """What the catalog describes answers as well."""
        paths = {row[0] for row in rows(index, "SELECT path FROM address")}

        assert {"dataset", "dataset/1.0", "graph/data/a", "graph/derived", "sparql"} - paths == {
            "sparql"
        }


class TestKinds:
    def test_kind_holds_the_subclasses_members(self, index: sqlite3.Connection) -> None:
        """A kind's list holds what belongs to classes below its own, cycles notwithstanding."""
        members = rows(index, "SELECT DISTINCT kind, iri FROM member")

        assert members == {
            ("bird", f"{THING}donald"),
            ("bird", f"{THING}robin"),
            ("place", f"{THING}duckburg"),
        }

    def test_kinds_come_in_the_projects_order(self, index: sqlite3.Connection) -> None:
        """Kinds are listed as lod.toml has them, with the number of their members."""
        found = index.execute("SELECT segment, members FROM kind ORDER BY rank").fetchall()

        assert found == [("bird", 2), ("place", 1)]

    def test_ancestors_are_all_classes_above(self, index: sqlite3.Connection) -> None:
        """A class knows every class above it, and not itself."""
        found = rows(index, "SELECT class, ancestor FROM ancestor")

        assert {each for each in found if each[0] == f"{V}Duck"} == {
            (f"{V}Duck", f"{V}Bird"),
            (f"{V}Duck", f"{V}Animal"),
        }
        assert not any(lower == upper for lower, upper in found)


class TestLinks:
    def test_links_are_counted_by_property_and_kept_apart(self, index: sqlite3.Connection) -> None:
        """Who points at an entity is counted; graphs that are only named count apart."""
        found = rows(
            index,
            "SELECT separate, property, links FROM link_count WHERE object = ?",
            f"{THING}donald",
        )

        assert (0, f"{V}knows", 4) in found
        assert (0, f"{V}whom", 2) in found
        assert rows(
            index,
            "SELECT separate, links FROM link_count WHERE object = ? AND property = ?",
            f"{THING}robin",
            f"{V}knows",
        ) == {(1, 1)}

    def test_blank_node_links_for_its_owner(self, index: sqlite3.Connection) -> None:
        """What a blank node points at is a link from the entity that owns the node."""
        found = rows(
            index, "SELECT subject, property FROM link WHERE object = ?", f"{THING}duckburg"
        )

        assert (f"{THING}donald", f"{V}in") in found
        assert not any(str(subject).startswith("_:") for subject, _ in found)

    def test_catalog_is_no_link(self, index: sqlite3.Connection) -> None:
        """It is no news to a class that the catalog counts it."""
        found = rows(index, "SELECT property FROM link WHERE object = ?", f"{V}Bird")

        assert not any("void" in str(each[0]) for each in found)


class TestRecords:
    def test_record_holds_blank_nodes_below(self, index: sqlite3.Connection) -> None:
        """A record is all that is said of an entity, blank nodes included, with the graphs."""
        ((quads,),) = rows(index, "SELECT quads FROM record WHERE subject = ?", f"{THING}donald")
        assert isinstance(quads, bytes)
        lines = quads.decode().splitlines()

        assert any('"Webfoot Walk"' in line for line in lines)
        assert any(line.endswith(f"<{BASE}graph/data/enrichment/more> .") for line in lines)
        assert len(lines) == len(set(lines))

    def test_nobody_is_described_by_a_blank_node(self, index: sqlite3.Connection) -> None:
        """Records belong to IRIs alone."""
        assert not rows(index, "SELECT subject FROM record WHERE subject LIKE '\\_:%' ESCAPE '\\'")


class TestLabels:
    def test_names_and_descriptions_have_ranks(self, index: sqlite3.Connection) -> None:
        """Preferred names come before other names, these before descriptions."""
        found = index.execute(
            "SELECT text FROM label WHERE iri = ? ORDER BY rank, language", [f"{THING}donald"]
        ).fetchall()

        assert [row[0] for row in found] == ["Donald", "Donaldas", "Duck, D.", "A drake."]

    def test_search_holds_folded_texts_of_public_entities(self, index: sqlite3.Connection) -> None:
        """Search looks at names and descriptions, without case or diacritics."""
        found = rows(index, "SELECT folded FROM entry WHERE iri = ?", f"{THING}donald")

        assert found == {("donald",), ("donaldas",), ("duck, d.",), ("a drake.",)}
        assert not rows(index, "SELECT iri FROM entry WHERE iri LIKE ?", f"{BASE}shapes%")


class TestSupport:
    def test_derived_triple_is_borne_out_by_the_claim_that_names_both_ends(
        self, index: sqlite3.Connection
    ) -> None:
        """A derived statement leads to the claims it follows from, and to nothing else."""
        assert rows(index, "SELECT * FROM support") == {
            (f"{THING}robin", f"{V}met", f"{THING}donald", f"{THING}claim")
        }


class TestDisplays:
    def test_shapes_say_order_and_names(self, index: sqlite3.Connection) -> None:
        """sh:order and sh:name of a class's shape decide how its properties are shown."""
        found = rows(index, "SELECT class, property, inverse, position FROM display")
        names = rows(
            index,
            "SELECT property, language, text FROM display JOIN display_name USING (shape)",
        )

        assert found == {
            (f"{V}Bird", f"{V}knows", 1, 0.5),
            (f"{V}Bird", f"{V}knows", 0, 1.0),
            (f"{V}Bird", f"{V}home", 0, 2.0),
            (f"{V}Bird", f"{V}nick", 0, 1000.0),
        }
        assert names == {
            (f"{V}home", "en", "home"),
            (f"{V}home", "lt", "namai"),
            (f"{V}knows", "en", "known to"),
        }


class TestFile:
    def test_statistics_count_classes_and_properties_together(
        self, index: sqlite3.Connection
    ) -> None:
        """For each class and property it is known how many subjects and triples there are."""
        found = rows(
            index,
            "SELECT subjects, triples FROM statistic WHERE class = ? AND property = ?",
            f"{V}Duck",
            "http://www.w3.org/2000/01/rdf-schema#label",
        )

        assert found == {(1, 2)}

    def test_index_is_sound_and_holds_nothing_of_the_machine(
        self, release: Release, tmp_path: Path
    ) -> None:
        """The file passes SQLite's own check and names no folder it was built in."""
        path = release.path("index.sqlite")
        connection = sqlite3.connect(path)
        (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
        connection.close()

        assert verdict == "ok"
        assert b"/tmp" not in path.read_bytes()
        assert not [each for each in path.parent.iterdir() if each.name.startswith("index.sqlite-")]


class TestClasses:
    def test_type_that_is_no_iri_is_no_class(self, tmp_path: Path) -> None:
        """Text or a blank node where a class should be is kept as it is, and counted nowhere."""
        text = f'<{THING}a> a "no class" , [] , <{V}Duck> .\n'
        write_project(tmp_path / "project", {"data/a.ttl": text})

        release = release_of(tmp_path / "project", tmp_path / "out")

        connection = sqlite3.connect(release.path("index.sqlite"))
        classes = rows(connection, "SELECT DISTINCT class FROM statistic WHERE class != ''")
        connection.close()
        assert classes == {(f"{V}Duck",)}
        assert "no class" in release.dump("nt").read_text("utf-8")
