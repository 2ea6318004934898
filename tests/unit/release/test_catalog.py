"""The release described for machines: VoID and DCAT."""

from __future__ import annotations

import csv
import io

import pytest
from pyoxigraph import Dataset, Literal, NamedNode, QuerySolutions, RdfFormat, Store, parse

from lod.engine.client import Engine
from lod.engine.operation import QueryForm, QueryOperation
from lod.rdf.namespaces import DCAT, DCTERMS, SPDX, VOID, XSD
from lod.release import Release

PREFIXES = """\
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
PREFIX spdx: <http://spdx.org/rdf/terms#>
PREFIX void: <http://rdfs.org/ns/void#>
"""


@pytest.fixture(scope="session")
def catalog(release: Release) -> Store:
    store = Store()
    store.load(path=release.path("catalog.ttl"), format=RdfFormat.TURTLE)
    return store


def rows(catalog: Store, pattern: str) -> list[tuple[str, ...]]:
    """Return the solutions of a pattern in the catalog, as plain values."""
    found = catalog.query(f"{PREFIXES} SELECT * WHERE {pattern}")
    assert isinstance(found, QuerySolutions)
    names = sorted(variable.value for variable in found.variables)
    return sorted(tuple(str(row[name].value) for name in names) for row in found)


def ask(engine: Engine, query: str) -> list[list[str]]:
    """Return the rows the endpoint answers to a query."""
    answer = b"".join(engine.query(QueryOperation(query, QueryForm.SELECT), "csv"))
    return list(csv.reader(io.StringIO(answer.decode())))[1:]


def dataset(release: Release) -> NamedNode:
    return NamedNode(f"{release.project.base}dataset")


def number(release: Release, catalog: Store, predicate: NamedNode) -> int:
    (quad,) = catalog.quads_for_pattern(dataset(release), predicate, None)
    assert isinstance(quad.object, Literal)
    assert quad.object.datatype == XSD.integer
    return int(quad.object.value)


class TestNumbers:
    @pytest.mark.parametrize(
        ("predicate", "query"),
        [
            (VOID.triples, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
            (VOID.distinctSubjects, "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"),
            (VOID.entities, "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o FILTER isIRI(?s) }"),
            (VOID.properties, "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }"),
            (VOID["classes"], "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }"),
        ],
        ids=["triples", "subjects", "entities", "properties", "classes"],
    )
    def test_number_is_what_the_endpoint_counts(
        self, release: Release, catalog: Store, engine: Engine, predicate: NamedNode, query: str
    ) -> None:
        """What VoID says of the dataset is what SPARQL counts on it."""
        assert [[str(number(release, catalog, predicate))]] == ask(engine, query)

    def test_class_partitions_are_what_the_endpoint_counts(
        self, catalog: Store, engine: Engine
    ) -> None:
        """Each class has as many entities as SPARQL finds."""
        told = rows(catalog, "{ ?d void:classPartition [ void:class ?a ; void:entities ?b ] }")
        counted = ask(engine, "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c")

        assert sorted(counted) == [list(row[:2]) for row in told]

    def test_property_partitions_are_what_the_endpoint_counts(
        self, catalog: Store, engine: Engine
    ) -> None:
        """Each property has as many triples as SPARQL finds."""
        told = rows(catalog, "{ ?d void:propertyPartition [ void:property ?a ; void:triples ?b ] }")
        counted = ask(engine, "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p")

        assert sorted(counted) == [list(row[:2]) for row in told]

    def test_named_graphs_are_what_the_endpoint_counts(
        self, release: Release, catalog: Store, engine: Engine
    ) -> None:
        """Each named graph of the project is listed with the number of its triples."""
        told = rows(catalog, "{ ?a a sd:Graph ; void:triples ?b }")
        counted = ask(engine, "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
        own = f"{release.project.base}graph/catalog"

        assert sorted(row for row in counted if row[0] != own) == [list(row) for row in told]


class TestDistributions:
    def test_each_dump_is_a_distribution_with_size_and_checksum(
        self, release: Release, catalog: Store
    ) -> None:
        """Every file is described as it is: name, bytes and SHA-256."""
        told = rows(
            catalog,
            """{ ?d a dcat:Distribution ; dcterms:title ?a ; dcat:byteSize ?b ;
                 spdx:checksum [ spdx:checksumValue ?c ] }""",
        )
        files = sorted(
            (file.path.rpartition("/")[2], str(file.bytes), file.sha256) for file in release.dumps
        )

        assert [(a, b, c) for a, b, c, _ in told] == files

    def test_sizes_and_checksums_have_their_types(self, release: Release) -> None:
        """Sizes are non-negative integers, checksums hexadecimal (DCAT 3, SPDX)."""
        exact = Dataset(parse(path=release.path("catalog.ttl"), format=RdfFormat.TURTLE))

        def datatypes(predicate: NamedNode) -> list[NamedNode]:
            values = [quad.object for quad in exact if quad.predicate == predicate]
            return [value.datatype for value in values if isinstance(value, Literal)]

        count = len(release.dumps)
        assert datatypes(DCAT.byteSize) == [XSD.nonNegativeInteger] * count
        assert datatypes(SPDX.checksumValue) == [XSD.hexBinary] * count

    def test_checksums_name_their_algorithm(self, release: Release, catalog: Store) -> None:
        """A checksum says how it was computed."""
        told = rows(catalog, "{ ?b a spdx:Checksum ; spdx:algorithm ?a }")

        assert [row[0] for row in told] == [SPDX.checksumAlgorithm_sha256.value] * len(
            release.dumps
        )

    def test_compressed_files_say_so(self, release: Release, catalog: Store) -> None:
        """A .gz file has the media type of its content and the format it is packed in."""
        packed = rows(
            catalog, "{ ?d dcterms:title ?a ; dcat:mediaType ?b ; dcat:compressFormat ?c }"
        )
        types = rows(catalog, "{ ?d dcterms:title ?a ; dcat:mediaType ?b }")
        plain = {row[0]: row[1] for row in types}

        assert {row[0] for row in packed} == {
            file.path.rpartition("/")[2] for file in release.dumps if file.path.endswith(".gz")
        }
        for name, media_type, packing, _ in packed:
            assert media_type == plain[name.removesuffix(".gz")]
            assert packing.endswith("application/gzip")

    def test_dumps_are_named_by_version(self, release: Release, catalog: Store) -> None:
        """A download address holds the version, so that it means the same file for ever."""
        start = f"{release.project.base}downloads/{release.manifest.version}/"

        dumps = [row[0] for row in rows(catalog, "{ ?b void:dataDump ?a }")]

        assert len(dumps) == len(release.dumps)
        assert all(dump.startswith(start) for dump in dumps)


class TestDescription:
    def test_dataset_says_what_lod_toml_says(self, release: Release, catalog: Store) -> None:
        """Title, description, licence, date, version and languages stand in the catalog."""
        project = release.project
        iri = dataset(release)

        def values(predicate: NamedNode) -> set[tuple[str, str]]:
            return {
                (quad.object.language or "", quad.object.value)
                for quad in catalog.quads_for_pattern(iri, predicate, None)
                if isinstance(quad.object, Literal)
            }

        assert values(DCTERMS.title) == set(project.title.items())
        assert values(DCTERMS.description) == set(project.description.items())
        assert values(DCAT.version) == {("", project.version)}
        assert values(DCTERMS.issued) == {("", str(project.issued))}
        assert values(DCTERMS.language) == {("", each) for each in project.languages}
        licences = catalog.quads_for_pattern(iri, DCTERMS.license, None)
        assert [str(quad.object) for quad in licences] == [f"<{project.licence}>"]

    @pytest.mark.parametrize(
        ("what", "pattern"),
        [
            (
                "catalog",
                "{ ?a a dcat:Catalog ; dcterms:title ?b ; dcterms:description ?c ;"
                " dcterms:publisher ?d ; dcat:dataset ?e }",
            ),
            ("dataset", "{ ?a a dcat:Dataset ; dcterms:title ?b ; dcterms:description ?c }"),
            (
                "service",
                "{ ?a a dcat:DataService ; dcterms:title ?b ; dcat:endpointURL ?c ;"
                " dcat:servesDataset ?d }",
            ),
            ("agent", "{ ?a a foaf:Agent ; foaf:name ?b }"),
            (
                "void",
                "{ ?a a void:Dataset ; void:sparqlEndpoint ?b ; void:uriSpace ?c ;"
                " void:vocabulary ?d ; void:feature ?e }",
            ),
            ("version", "{ ?a dcat:hasCurrentVersion ?b . ?b dcat:isVersionOf ?a }"),
        ],
    )
    def test_what_dcat_demands_is_there(self, catalog: Store, what: str, pattern: str) -> None:
        """Catalog, dataset, service, agent and version have what DCAT-AP 3 makes mandatory."""
        assert rows(catalog, pattern)

    def test_every_distribution_has_its_addresses(self, catalog: Store) -> None:
        """No distribution lacks the address DCAT-AP makes mandatory."""
        every = rows(catalog, "{ ?a a dcat:Distribution }")
        with_address = rows(
            catalog,
            "{ ?a a dcat:Distribution ; dcat:accessURL ?b ; dcat:downloadURL ?b ;"
            " dcterms:license ?c }",
        )

        assert {row[0] for row in every} == {row[0] for row in with_address}


class TestLinksets:
    def test_each_counts_the_links_that_are_there(
        self, catalog: Store, engine: Engine, release: Release
    ) -> None:
        """Who looks for datasets that lead to Wikidata finds how many triples do."""
        told = rows(
            catalog,
            "{ ?set a void:Linkset ; void:linkPredicate ?predicate ; void:triples ?triples ;"
            " void:subjectsTarget ?dataset ; void:objectsTarget [ void:uriSpace ?space ] ."
            " ?dataset void:subset ?set }",
        )

        if release.manifest.name == "ltdef":
            assert len(told) > 3
            assert any(row[3] == "http://www.wikidata.org/entity/" for row in told)
        for own, predicate, _, space, triples in told:
            assert own == dataset(release).value
            count = ask(
                engine,
                f"SELECT (COUNT(*) AS ?n) {{ ?s <{predicate}> ?o . FILTER (STRSTARTS(STR(?o), "
                f'"{space}") && !CONTAINS(SUBSTR(STR(?o), {len(space) + 1}, '
                "STRLEN(STR(?o)) - "
                f'{len(space)} - 1), "/") && !CONTAINS(SUBSTR(STR(?o), '
                f'{len(space) + 1}), "#")) }}',
            )
            assert count == [[triples]]
