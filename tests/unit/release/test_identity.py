"""The three identities of a release: what changes each, and what does not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from lod.release import Release
from support.projects import release_of, write_project

DATA = """\
@prefix ex: <https://data.example/id/thing/> .

ex:a
  ex:knows ex:b ;
  ex:lives [ ex:in ex:c ] ;
  ex:size 1.50 ;
.
"""
MORE = "<https://data.example/id/thing/b> <https://data.example/id/thing/knows> _:x .\n"

Change = Callable[[Path], None]


def replace(name: str, old: str, new: str) -> Change:
    """Return a change of one file."""

    def change(folder: Path) -> None:
        path = folder / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return change


@dataclass(frozen=True, slots=True)
class Workbench:
    """Builds the sample project with and without a change."""

    plain: Release
    folder: Path

    def changed(self, change: Change) -> Release:
        """Return a release of a copy that was changed."""
        project = _sample(self.folder / "changed")
        change(project)
        return release_of(project, self.plain.folder.parent)


def _sample(folder: Path) -> Path:
    return write_project(
        folder,
        {"data/a.ttl": DATA, "data/b.ttl": MORE, "rules/r.rq": "CONSTRUCT {} WHERE { ?s ?p ?o }"},
    )


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Release:
    folder = tmp_path_factory.mktemp("sample")
    return release_of(_sample(folder / "project"), folder / "releases")


@pytest.fixture
def workbench(plain: Release, tmp_path: Path) -> Workbench:
    return Workbench(plain, tmp_path)


class TestFingerprint:
    def test_it_is_the_hash_of_the_quads_dump(self, release: Release) -> None:
        """Anyone can check the fingerprint with sha256sum on the N-Quads dump."""
        content = release.dump("nq").read_bytes()

        assert release.manifest.fingerprint == hashlib.sha256(content).hexdigest()

    @pytest.mark.parametrize(
        "change",
        [
            replace("data/a.ttl", "ex:", "other:"),
            replace("data/a.ttl", "\n  ", " "),
            replace("data/a.ttl", "ex:knows ex:b", "ex:knows ex:b , ex:b"),
            replace(
                "data/a.ttl",
                "[ ex:in ex:c ]",
                "_:somewhere . _:somewhere ex:in ex:c . ex:a ex:knows ex:b",
            ),
            replace("data/b.ttl", "_:x", "_:another-label"),
            replace("data/a.ttl", "ex:b ;", "<https://data.example/id/thing/b> ; # a remark"),
            replace("lod.toml", 'title = "Sample"', 'title = "Another title"'),
        ],
        ids=["prefixes", "layout", "said-twice", "blank-layout", "blank-label", "iri", "title"],
    )
    def test_what_the_graphs_say_alone_counts(self, workbench: Workbench, change: Change) -> None:
        """Prefixes, layout, remarks, labels of blank nodes and settings leave it as it is."""
        changed = workbench.changed(change)

        assert changed.manifest.fingerprint == workbench.plain.manifest.fingerprint

    @pytest.mark.parametrize(
        "change",
        [
            replace("data/a.ttl", "ex:knows ex:b ;", "ex:knows ex:b , ex:z ;"),
            replace("data/a.ttl", "  ex:size 1.50 ;\n", ""),
            replace("data/a.ttl", "1.50", "1.5"),
            replace("data/a.ttl", "[ ex:in ex:c ]", "[ ex:in ex:d ]"),
            lambda folder: (folder / "data/b.ttl").rename(folder / "data/c.ttl"),
            replace("rules/r.rq", "CONSTRUCT {}", "CONSTRUCT { ?o ?p ?s }"),
        ],
        ids=["triple-more", "triple-less", "lexical-form", "blank-node", "graph-name", "rule"],
    )
    def test_anything_the_graphs_say_counts(self, workbench: Workbench, change: Change) -> None:
        """A triple, its exact form and the graph it stands in change the fingerprint."""
        changed = workbench.changed(change)

        assert changed.manifest.fingerprint != workbench.plain.manifest.fingerprint


class TestDigest:
    def test_it_is_the_hash_of_the_list_of_files(self, release: Release) -> None:
        """The digest follows from the manifest's own list, as sha256sum would print it."""
        lines = "".join(f"{file.sha256}  {file.path}\n" for file in release.manifest.files)

        assert release.manifest.digest == hashlib.sha256(lines.encode()).hexdigest()
        assert release.folder.name == f"{release.manifest.version}-{release.manifest.digest[:7]}"

    def test_every_file_is_listed_with_its_size_and_hash(self, release: Release) -> None:
        """The manifest lists all files but itself, as they are."""
        on_disk = {
            path.relative_to(release.folder).as_posix(): path
            for path in release.folder.rglob("*")
            if path.is_file() and path.name != "manifest.json"
        }

        assert {file.path for file in release.manifest.files} == set(on_disk)
        for file in release.manifest.files:
            content = on_disk[file.path].read_bytes()
            assert file.bytes == len(content)
            assert file.sha256 == hashlib.sha256(content).hexdigest()

    def test_setting_that_shows_changes_the_digest(self, workbench: Workbench) -> None:
        """A title is part of the catalog and of the frozen project: another title, another name."""
        changed = workbench.changed(replace("lod.toml", '"Sample"', '"Another"'))

        assert changed.manifest.digest != workbench.plain.manifest.digest

    def test_remark_in_a_file_does_not(self, workbench: Workbench) -> None:
        """What no reader of the release can see leaves its digest as it is."""
        changed = workbench.changed(replace("data/a.ttl", "ex:a\n", "# a remark\nex:a\n"))

        assert changed.manifest.digest == workbench.plain.manifest.digest
        assert changed.folder == workbench.plain.folder


class TestCounts:
    def test_counts_are_those_of_the_dumps(self, release: Release) -> None:
        """The manifest counts the lines of the sorted dumps."""
        for count, extension in (("triples", "nt"), ("quads", "nq")):
            lines = release.dump(extension).read_bytes().splitlines()
            assert release.manifest.counts[count] == len(lines)
            assert lines == sorted(set(lines))
