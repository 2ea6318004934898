"""Comunica, which runs in browsers and in Node.js, asks the endpoint and reads documents."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from acceptance.servers import Server
from clients.garden import (
    ASK,
    CONSTRUCT,
    GROWS_IN,
    HEIGHT,
    LABEL,
    OAK,
    OAK_LABEL,
    ROSE,
    SELECT,
    sent_path,
)

pytestmark = pytest.mark.clients

PACKAGE = "@comunica/query-sparql@4.5.0"
"""The last release that runs under Node.js 18 and 20."""
INSTALL_SECONDS = 300
LABELS = f"SELECT ?s (LANG(?l) AS ?kalba) ?l {{ ?s <{LABEL}> ?l ; <{HEIGHT}> ?aukštis }}"


@pytest.fixture(scope="session")
def program(request: pytest.FixtureRequest) -> Path:
    """The command, installed once into the cache of the tests."""
    npm, cache = shutil.which("npm"), request.config.cache
    if npm is None or shutil.which("node") is None or cache is None:
        pytest.skip("Node.js and npm are not installed")
    folder = cache.mkdir(PACKAGE.rpartition("/")[2].replace("@", "-"))
    command = folder / "node_modules" / ".bin" / "comunica-sparql"
    if not command.exists():
        done = subprocess.run(
            [npm, "install", "--no-audit", "--no-fund", "--prefix", folder, PACKAGE],
            capture_output=True,
            text=True,
            timeout=INSTALL_SECONDS,
            check=False,
        )
        if done.returncode != 0:
            pytest.skip(f"npm cannot install {PACKAGE}: {done.stderr[:300]}")
    return command


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    """Variables without a proxy, for the server is here."""
    kept = {name: text for name, text in os.environ.items() if not name.lower().endswith("_proxy")}
    return {**kept, "HOME": str(tmp_path)}


def document(server: Server, suffix: str) -> str:
    """Return the address of the document about the oak in a format."""
    return f"{server.address.rstrip('/')}{sent_path(OAK).replace('/id/', '/doc/')}{suffix}"


def ask(
    program: Path, settings: dict[str, str], source: str, query: str, media_type: str, *more: str
) -> str:
    """Return what Comunica prints."""
    done = subprocess.run(
        [program, source, "-q", query, "-t", media_type, *more],
        env=settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


class TestEndpoint:
    @pytest.mark.parametrize("kind", ["sparql@", ""], ids=["told", "found-out"])
    def test_select(
        self, garden: Server, program: Path, settings: dict[str, str], kind: str
    ) -> None:
        """Comunica asks the endpoint, also when it must find out by itself that it is one."""
        text = ask(
            program,
            settings,
            f"{kind}{garden.address}sparql",
            SELECT,
            "application/sparql-results+json",
        )

        rows = json.loads(text)["results"]["bindings"]
        assert [each["augalas"]["value"] for each in rows] == [ROSE, OAK]
        assert rows[1]["vardas"]["value"] == OAK_LABEL
        assert rows[1]["aukštis"]["value"] == "28.5"
        assert "aukštis" not in rows[0]

    def test_ask(self, garden: Server, program: Path, settings: dict[str, str]) -> None:
        """A yes is a yes."""
        text = ask(program, settings, f"sparql@{garden.address}sparql", ASK, "simple")

        assert text.strip() == "true"

    def test_construct(self, garden: Server, program: Path, settings: dict[str, str]) -> None:
        """A graph comes back."""
        text = ask(
            program,
            settings,
            f"sparql@{garden.address}sparql",
            CONSTRUCT,
            "application/n-triples",
        )

        ((subject, _, value),) = Graph().parse(data=text, format="nt")
        assert (subject, str(value)) == (URIRef(OAK), OAK_LABEL)


class TestDocuments:
    @pytest.mark.parametrize("suffix", [".ttl", ".jsonld", ".nt", ".rdf"])
    def test_document_in_a_format(
        self, garden: Server, program: Path, settings: dict[str, str], suffix: str
    ) -> None:
        """A document named with its format is asked as it is."""
        text = ask(
            program, settings, document(garden, suffix), LABELS, "application/sparql-results+json"
        )

        (row,) = json.loads(text)["results"]["bindings"]
        assert (row["s"]["value"], row["kalba"]["value"]) == (OAK, "lt")
        assert row["l"]["value"] == OAK_LABEL

    def test_thing(self, garden: Server, program: Path, settings: dict[str, str]) -> None:
        """From a thing it comes to the document; it likes TriG best, whose facts are in graphs."""
        address = f"{garden.address.rstrip('/')}{sent_path(OAK)}"

        text = ask(program, settings, address, LABELS, "text/csv", "--unionDefaultGraph")

        assert OAK in text
        assert OAK_LABEL in text

    def test_document_and_endpoint_together(
        self, garden: Server, program: Path, settings: dict[str, str]
    ) -> None:
        """Comunica joins what a document says with what the endpoint answers."""
        query = f"SELECT ?s {{ <{OAK}> ?p ?vieta . ?s ?p ?vieta FILTER(?p = <{GROWS_IN}>) }}"

        text = ask(
            program,
            settings,
            document(garden, ".ttl"),
            query,
            "application/sparql-results+json",
            f"sparql@{garden.address}sparql",
        )

        found = {each["s"]["value"] for each in json.loads(text)["results"]["bindings"]}
        assert found == {OAK, ROSE}
