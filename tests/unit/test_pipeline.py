"""What the commands do, as functions: checked, built, kept in a cache, asked."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from lod import pipeline
from lod.config import read_project
from lod.diagnostics import Diagnostic, Report, Severity
from lod.release import Release, open_release
from support.engines import brokers, select
from support.processes import still_alive
from support.projects import CONFIGURATION, PREFIXES, write_project

SHAPES = """\
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
<https://data.example/shapes#Named>
  a sh:NodeShape ;
  sh:targetSubjectsOf rdfs:label ;
  sh:property [ sh:path rdfs:comment ; sh:minCount 1 ; sh:message "Add a comment."@en ] .
"""
COMPILE = """
import sys
from pathlib import Path
from lod import pipeline
from lod.config import read_project
pipeline.compile_cached(read_project(Path(sys.argv[1])), Path(sys.argv[2]))
"""


@dataclass(frozen=True, slots=True)
class Workplace:
    """A project that is changed, and a cache of its releases."""

    root: Path
    cache: Path

    def write(self, label: str) -> None:
        """Let the project say that a thing is called so."""
        self.save("data/a.ttl", f'{PREFIXES}ex:a rdfs:label "{label}"@en .\n')

    def save(self, name: str, text: str) -> None:
        """Write a file of the project."""
        write_project(self.root, {"lod.toml": CONFIGURATION, name: text})

    def check(self) -> Report:
        """Check the project as it is now."""
        return pipeline.check(read_project(self.root))

    def build(self) -> Release:
        """Build the project as it is now."""
        return pipeline.build(read_project(self.root), self.cache)

    def compile(self, *, issued: str | None = None, checked: bool = True) -> Release:
        """Return a release of the project as it is now."""
        project = read_project(self.root)
        return pipeline.compile_cached(project, self.cache, issued=issued, checked=checked)

    def told(self) -> list[str]:
        """Return what a compilation tells of its progress."""
        told: list[str] = []
        pipeline.compile_cached(read_project(self.root), self.cache, progress=told.append)
        return told


@pytest.fixture
def work(tmp_path: Path) -> Workplace:
    workplace = Workplace(tmp_path / "project", tmp_path / "cache")
    workplace.write("A")
    return workplace


def errors(report: Report) -> list[Diagnostic]:
    """Return the findings that stop a build."""
    return [each for each in report.findings if each.severity is Severity.ERROR]


def text(release: Release) -> str:
    """Return the default graph of a release as N-Triples."""
    return release.dump("nt").read_text("utf-8")


class TestCheck:
    def test_clean_project_has_an_empty_report(self, work: Workplace) -> None:
        """A project without errors gives a report of what was looked at."""
        work.save("data/a.ttl", f'{PREFIXES}\nex:a\n  rdfs:label "A"@en ;\n.\n')

        report = work.check()

        assert report.findings == ()
        assert (report.files, report.triples, report.shapes) == (1, 1, 0)
        assert not report.has_errors

    def test_syntax_and_shapes_are_findings_alike(self, work: Workplace) -> None:
        """What no parser accepts and what no shape allows come in the same form."""
        work.save("shapes/named.ttl", SHAPES)
        (by_shape,) = errors(work.check())
        work.save("data/b.ttl", "nonsense")
        (by_parser,) = errors(work.check())

        assert (by_shape.severity, by_parser.severity) == (Severity.ERROR, Severity.ERROR)
        assert by_shape.message == "Add a comment."
        assert str(by_shape.location).startswith("data/a.ttl")
        assert str(by_parser.location) == "data/b.ttl:1:1"


class TestBuild:
    def test_release_is_whole_and_latest(self, work: Workplace) -> None:
        """A build gives a release that can be opened, and ``latest`` leads to it."""
        release = work.build()

        assert open_release(release.folder) == release
        assert (work.cache / "latest").resolve() == release.folder
        assert '"A"@en' in text(release)

    def test_errors_stop_it_with_the_report(self, work: Workplace) -> None:
        """A project with errors gives no release but the report that says why."""
        work.save("shapes/named.ttl", SHAPES)

        with pytest.raises(pipeline.CheckFailedError) as caught:
            work.build()

        (finding,) = errors(caught.value.report)
        assert caught.value.code == "build/findings"
        assert finding.code == "shacl/min-count"
        assert not work.cache.exists()

    def test_warnings_do_not_stop_it_and_stay_in_the_release(self, work: Workplace) -> None:
        """A release keeps the findings that did not have to be mended."""
        (work.root / "shapes").mkdir()
        (work.root / "shapes/named.ttl").write_text(SHAPES)
        rules = '[rules]\n"shacl/min-count" = "warning"\n'
        (work.root / "lod.toml").write_text(CONFIGURATION + rules)

        release = work.build()

        assert "Add a comment." in release.path("report.json").read_text("utf-8")

    @pytest.mark.parametrize(
        ("configured", "issued"), [("issued = 2025-01-31\n", "2025-01-31"), ("", "2026-03-01")]
    )
    def test_date_is_that_of_the_project_first(
        self, work: Workplace, configured: str, issued: str
    ) -> None:
        """The date of a release is the one lod.toml gives, else the one it is built with."""
        configuration = CONFIGURATION.replace("issued = 2025-01-31\n", configured)
        (work.root / "lod.toml").write_text(configuration)

        release = pipeline.build(read_project(work.root), work.cache, issued="2026-03-01")

        assert release.manifest.issued == issued

    def test_progress_is_told(self, work: Workplace) -> None:
        """Whoever waits is told in a few words what goes on."""
        told: list[str] = []

        pipeline.build(read_project(work.root), work.cache, progress=told.append)

        assert "reading files" in told
        assert all(0 < len(each) < 60 for each in told)


class TestCompileCached:
    def test_unchanged_folder_gives_the_same_release(self, work: Workplace) -> None:
        """Nothing is built again when nothing has changed."""
        first = work.compile()
        made = first.path("manifest.json").stat().st_mtime_ns

        second = work.compile()

        assert second == first
        assert second.path("manifest.json").stat().st_mtime_ns == made
        assert work.told() == []

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("data/a.ttl", f'{PREFIXES}ex:a rdfs:label "B"@en .\n'),
            ("data/b.ttl", f'{PREFIXES}ex:b rdfs:label "B"@en .\n'),
            ("ontology/b.ttl", f'{PREFIXES}ex:B rdfs:label "B"@en .\n'),
            ("rules/b.rq", 'CONSTRUCT { ?s <https://data.example/b> "B"@en } WHERE { ?s ?p ?o }'),
            ("lod.toml", CONFIGURATION.replace('title = "Sample"', 'title = "B"')),
        ],
    )
    def test_change_gives_a_new_release(self, work: Workplace, name: str, content: str) -> None:
        """A change to data, ontology, rules or configuration is in the next release."""
        first = work.compile()
        before = text(first)

        work.save(name, content)
        second = work.compile()

        assert second.folder != first.folder
        assert '"B"' in text(second) + second.path("catalog.ttl").read_text("utf-8")
        assert text(first) == before

    def test_deleted_file_is_a_change(self, work: Workplace) -> None:
        """What a deleted file said is not in the next release."""
        work.save("data/b.ttl", f'{PREFIXES}ex:b rdfs:label "B"@en .\n')
        work.compile()

        (work.root / "data/b.ttl").unlink()

        assert '"B"' not in text(work.compile())

    def test_file_saved_without_a_change_is_none(self, work: Workplace) -> None:
        """What counts is what stands in the files, not when they were saved."""
        first = work.compile()
        os.utime(work.root / "data/a.ttl", (1, 1))

        assert work.told() == []
        assert work.compile() == first

    def test_change_taken_back_gives_the_first_release(self, work: Workplace) -> None:
        """An undone change leads back to what was built before."""
        first = work.compile()
        work.write("B")
        work.compile()
        work.write("A")

        assert work.told() == []
        assert work.compile() == first

    def test_date_is_part_of_what_is_compiled(self, work: Workplace) -> None:
        """A release of another date is another release."""
        (work.root / "lod.toml").write_text(CONFIGURATION.replace("issued = 2025-01-31\n", ""))

        first, second = (work.compile(issued=day) for day in ("2026-01-01", "2026-01-02"))

        assert (first.manifest.issued, second.manifest.issued) == ("2026-01-01", "2026-01-02")

    def test_errors_stop_it_every_time(self, work: Workplace) -> None:
        """A project with errors is not taken for a good one the second time."""
        work.save("data/b.ttl", "nonsense")

        for _ in range(2):
            with pytest.raises(pipeline.CheckFailedError) as caught:
                work.compile()
            assert [each.code for each in errors(caught.value.report)] == ["turtle/syntax"]

    def test_unchecked_release_is_never_given_as_a_checked_one(self, work: Workplace) -> None:
        """Without the check broken shapes pass; with it they do not, whatever is in the cache."""
        work.save("shapes/named.ttl", SHAPES)
        assert '"A"@en' in text(work.compile(checked=False))

        with pytest.raises(pipeline.CheckFailedError):
            work.compile()

    def test_syntax_errors_stop_an_unchecked_one_as_well(self, work: Workplace) -> None:
        """What cannot be read cannot be compiled."""
        work.save("data/b.ttl", "nonsense")

        with pytest.raises(pipeline.CheckFailedError):
            work.compile(checked=False)


class TestCache:
    def test_it_does_not_grow_without_end(self, work: Workplace) -> None:
        """However often a project changes, only a few releases of it are kept."""
        for label in "ABCDEFGH":
            work.write(label)
            work.compile()

        releases = [each for each in work.cache.glob("1.0-*") if each.is_dir()]
        assert 1 <= len(releases) <= 4
        assert len([*(work.cache / "keys").iterdir()]) <= 4

    def test_release_just_given_out_is_kept(self, work: Workplace) -> None:
        """A release that was built long ago but asked for just now may still be served."""
        for label in "ABC":
            work.write(label)
            work.compile()
        work.write("A")
        served = work.compile()

        work.write("D")
        work.compile()

        assert open_release(served.folder) == served

    @pytest.mark.parametrize("name", ["dumps/sample.nt", "index.sqlite", "manifest.json"])
    def test_damaged_release_is_built_again(self, work: Workplace, name: str) -> None:
        """A cache may be thrown away, in part as well: what is missing is made again."""
        first = work.compile()
        (first.folder / name).unlink()

        second = work.compile()

        assert open_release(second.folder) == second == first

    @pytest.mark.parametrize("note", ["", ".", "keys", "../project"])
    def test_note_that_names_no_release_costs_nothing(self, work: Workplace, note: str) -> None:
        """Whatever a note says, such as nothing while it is written, no other folder is harmed."""
        first = work.compile()
        work.write("B")
        second = work.compile()
        for path in (work.cache / "keys").iterdir():
            path.write_text(note)

        assert work.compile() == second
        assert open_release(first.folder) == first
        assert (work.root / "lod.toml").is_file()

    def test_lost_cache_is_made_again(self, work: Workplace) -> None:
        """A note of a release that is gone is no release."""
        first = work.compile()
        for path in sorted(first.folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        first.folder.rmdir()

        assert work.compile() == first

    def test_builds_that_start_at_the_same_moment_do_not_harm_each_other(
        self, work: Workplace, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A build never takes another one that has just begun for a dead one."""
        lock = fcntl.flock
        others: list[subprocess.Popen[bytes]] = []

        def lock_late(file: int, operation: int) -> None:
            """Let another build run when this one has its folder but not its lock."""
            if not others:
                others.append(
                    subprocess.Popen([sys.executable, "-c", COMPILE, work.root, work.cache])
                )
                with suppress(subprocess.TimeoutExpired):  # it may wait for this one
                    others[0].wait(5)
            lock(file, operation)

        monkeypatch.setattr(fcntl, "flock", lock_late)
        try:
            release = work.compile()
        finally:
            codes = [other.wait(20) for other in others]

        assert open_release(release.folder) == release
        assert codes == [0]


class TestAsked:
    QUERY = "SELECT ?label { ?s ?p ?label }"

    def ask(self, work: Workplace) -> bytes:
        """Return what the project answers as it is now."""
        with pipeline.asked(read_project(work.root), work.cache) as engine:
            return b"".join(engine.query(select(self.QUERY), "csv"))

    def test_project_is_asked_as_it_is_now(self, work: Workplace) -> None:
        """Each question goes to what stands in the files at that moment."""
        before = self.ask(work)
        work.write("B")

        after = self.ask(work)

        assert (before, after) == (b"label\r\nA\r\n", b"label\r\nB\r\n")

    def test_broken_shapes_are_no_hindrance(self, work: Workplace) -> None:
        """Data that breaks a shape can be asked."""
        work.save("shapes/named.ttl", SHAPES)

        assert self.ask(work) == b"label\r\nA\r\n"

    def test_files_that_cannot_be_read_are(self, work: Workplace) -> None:
        """What cannot be read cannot be asked; the report says where."""
        work.save("data/b.ttl", "nonsense")

        with pytest.raises(pipeline.CheckFailedError) as caught:
            self.ask(work)

        (finding,) = caught.value.report.findings
        assert str(finding.location) == "data/b.ttl:1:1"

    def test_engine_ends_with_the_question(self, work: Workplace) -> None:
        """Nothing runs on, also when whoever asked has failed."""
        before = brokers()
        during: list[tuple[int, Path]] = []

        def fail() -> None:
            with pipeline.asked(read_project(work.root), work.cache) as engine:
                (broker,) = brokers() - before
                during.append((broker, engine.socket.parent))
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()

        ((broker, folder),) = during
        assert not still_alive({broker})
        assert not folder.exists()
