"""Findings in scope: of some files, since a revision, without those of a baseline."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from lod.checks.baseline import baseline_text, entries_of
from lod.checks.check import Codes
from lod.checks.scope import Scope, check_within
from lod.config import read_project
from lod.dataset import Dataset, open_dataset
from lod.diagnostics import Report
from lod.errors import ConfigError, ProjectError
from support.checking import EX, NoShapes, commit, dataset_of, git, told
from support.projects import write_project

CASE = "lint/language-tag-case"
"""A rule about the text of a file."""
TYPED = "lint/literal-ill-typed"
"""A rule about an entity."""
BAD = '"x"^^<http://www.w3.org/2001/XMLSchema#integer>'
A = f'{EX}ex:a ex:p "x"@EN .\n'
B = f'{EX}ex:b ex:p "x"@EN .\n'


def within(
    dataset: Dataset,
    *,
    files: Sequence[Path] = (),
    since: str | None = None,
    baseline: Path | None = None,
    select: Sequence[str] = (CASE,),
) -> Report:
    scope = Scope(Codes(tuple(select)), tuple(files), since, baseline, os.environ)
    return check_within(dataset, NoShapes(), lambda _: None, scope)


class TestFiles:
    FILES = (("data/a.ttl", A), ("data/deep/b.ttl", B), ("ontology/c.ttl", B))

    def test_findings_of_a_file(self, tmp_path: Path) -> None:
        """Who names a file is told of it alone."""
        dataset = dataset_of(tmp_path, dict(self.FILES))

        report = within(dataset, files=[tmp_path / "data/a.ttl"])

        assert told(report) == [f"data/a.ttl:2:14 {CASE}"]
        assert report.files == 3

    def test_findings_of_a_folder(self, tmp_path: Path) -> None:
        """A folder stands for all files below it."""
        dataset = dataset_of(tmp_path, dict(self.FILES))

        assert told(within(dataset, files=[tmp_path / "data"])) == [
            f"data/a.ttl:2:14 {CASE}",
            f"data/deep/b.ttl:2:14 {CASE}",
        ]

    def test_several(self, tmp_path: Path) -> None:
        """Several files and folders may be named, one within another."""
        dataset = dataset_of(tmp_path, dict(self.FILES))
        files = [tmp_path / "data/deep", tmp_path / "data/deep/b.ttl", tmp_path / "ontology"]

        assert [
            each.location.path for each in within(dataset, files=files).findings if each.location
        ] == [
            "data/deep/b.ttl",
            "ontology/c.ttl",
        ]

    def test_paths_are_those_of_the_caller(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Paths start at the current folder, wherever the project is."""
        dataset = dataset_of(tmp_path / "project", dict(self.FILES))
        monkeypatch.chdir(tmp_path / "project" / "ontology")

        assert told(within(dataset, files=[Path("../data/a.ttl")])) == [f"data/a.ttl:2:14 {CASE}"]

    def test_file_by_another_path(self, tmp_path: Path) -> None:
        """A link leads to the file."""
        dataset = dataset_of(tmp_path / "project", dict(self.FILES))
        (tmp_path / "link.ttl").symlink_to(tmp_path / "project/data/a.ttl")

        assert told(within(dataset, files=[tmp_path / "link.ttl"])) == [f"data/a.ttl:2:14 {CASE}"]

    def test_whole_project_is_their_context(self, tmp_path: Path) -> None:
        """What another file says counts, though findings about it are not told."""
        files = {"data/a.ttl": f"{EX}ex:a a ex:T .", "data/b.ttl": f"{EX}ex:b a ex:T ."}
        files["data/labels.ttl"] = (
            f'@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n{EX}ex:a rdfs:label "A"@en .'
        )
        dataset = dataset_of(tmp_path, files)

        report = within(dataset, files=[tmp_path / "data/a.ttl"], select=["lint/label-missing"])

        assert told(report) == []
        assert told(within(dataset, select=["lint/label-missing"])) == [
            "data/b.ttl:2:1 lint/label-missing"
        ]

    @pytest.mark.parametrize(
        ("name", "message"),
        [
            ("data/none.ttl", "It does not exist."),
            ("README.md", "Nothing in [paths] of lod.toml leads to it."),
            ("docs", "Nothing in [paths] of lod.toml leads to it."),
            ("..", None),
        ],
    )
    def test_path_without_a_file_of_the_project(
        self, tmp_path: Path, name: str, message: str | None
    ) -> None:
        """A path that no finding can be about is an error, not a clean check."""
        dataset = dataset_of(tmp_path, {**dict(self.FILES), "README.md": "", "docs/a.md": ""})

        if message is None:
            assert len(within(dataset, files=[tmp_path / name]).findings) == 3
            return
        with pytest.raises(ProjectError) as caught:
            within(dataset, files=[tmp_path / name])

        assert (caught.value.code, caught.value.message) == ("project/no-file", message)
        assert caught.value.place == str(tmp_path / name)

    def test_configuration_is_a_file_of_the_project(self, tmp_path: Path) -> None:
        """Findings about lod.toml can be asked for."""
        dataset = dataset_of(tmp_path, {}, '[rules]\n"lint/label-mising" = "off"\n')

        report = within(dataset, files=[tmp_path / "lod.toml"], select=["project/unknown-code"])

        assert [each.code for each in report.findings] == ["project/unknown-code"]


class TestBaseline:
    def baseline(self, folder: Path, report: Report) -> Path:
        path = folder / "baseline.json"
        path.write_text(baseline_text(entries_of(report.findings)), "utf-8")
        return path

    def test_accepted_findings_are_not_told(self, tmp_path: Path) -> None:
        """What was wrong before may stay; what is new is told."""
        dataset = dataset_of(tmp_path, {"data/a.ttl": A})
        path = self.baseline(tmp_path, within(dataset))
        write_project(tmp_path, {"data/a.ttl": f'{EX}\nex:c ex:q "y"@DE .\n{A.removeprefix(EX)}'})

        report = within(dataset, baseline=path)

        assert (told(report), report.accepted) == ([f"data/a.ttl:3:14 {CASE}"], 1)

    def test_mended_one_is_told_by_a_whole_check(self, tmp_path: Path) -> None:
        """The line of a mended finding is named by the path from the project folder."""
        dataset = dataset_of(tmp_path, {"data/a.ttl": A})
        path = self.baseline(tmp_path, within(dataset))
        dataset = dataset_of(tmp_path, {"data/a.ttl": A.lower()})

        report = within(dataset, baseline=path, select=())

        assert "baseline.json:4 lint/baseline-stale" in told(report)

    @pytest.mark.parametrize("part", ["select", "files", "since", "broken"])
    def test_mended_one_is_not_told_by_half_a_check(self, tmp_path: Path, part: str) -> None:
        """Who does not look at everything cannot say what is mended."""
        dataset = dataset_of(tmp_path, {"data/a.ttl": A, "data/b.ttl": EX})
        path = self.baseline(tmp_path, within(dataset))
        commit(tmp_path)
        broken = "nonsense" if part == "broken" else EX
        dataset = dataset_of(tmp_path, {"data/a.ttl": A.lower(), "data/b.ttl": broken})

        report = within(
            dataset,
            baseline=path,
            select=(CASE,) if part == "select" else (),
            files=[tmp_path] if part == "files" else (),
            since="HEAD" if part == "since" else None,
        )

        assert "lint/baseline-stale" not in {each.code for each in report.findings}

    @pytest.mark.parametrize("severity", ["off", "warning"])
    def test_project_says_how_binding_mended_ones_are(self, tmp_path: Path, severity: str) -> None:
        """[rules] is about entries that accept nothing as about every other code."""
        rules = f'[rules]\n"lint/baseline-stale" = "{severity}"\n'
        dataset = dataset_of(tmp_path, {"data/a.ttl": A}, rules)
        path = self.baseline(tmp_path, within(dataset))
        dataset = dataset_of(tmp_path, {"data/a.ttl": A.lower()}, rules)

        report = within(dataset, baseline=path, select=())

        stale = [each for each in report.findings if each.code == "lint/baseline-stale"]
        assert [each.severity.value for each in stale] == ["warning"] * (severity == "warning")

    def test_missing_one_is_an_error_before_anything_is_checked(self, tmp_path: Path) -> None:
        """A baseline that is not there accepts nothing, and must not look as if all were new."""
        dataset = dataset_of(tmp_path, {"data/a.ttl": A})

        with pytest.raises(ConfigError, match="does not exist"):
            within(dataset, baseline=tmp_path / "none.json")


class TestSince:
    def test_unchanged_entity_is_not_told(self, tmp_path: Path) -> None:
        """Old findings about what nobody touched are left out."""
        dataset = dataset_of(tmp_path, {"data/a.ttl": A, "data/b.ttl": B})
        commit(tmp_path)
        write_project(tmp_path, {"data/b.ttl": f"{B}ex:b ex:q 1 .\n"})

        assert told(within(dataset, since="HEAD")) == [f"data/b.ttl:2:14 {CASE}"]

    def test_neighbour_in_a_changed_file_is_not_told(self, tmp_path: Path) -> None:
        """Findings go by what is said of an entity, not by the file it stands in."""
        one, other = (f"ex:{name} ex:p {BAD} .\n" for name in "ab")
        dataset = dataset_of(tmp_path, {"data/a.ttl": EX + one + other})
        commit(tmp_path)
        changed = other.replace(" .", " ; ex:q 1 .")
        write_project(tmp_path, {"data/a.ttl": f"{EX}\n# Moved.\n{changed}\n{one}"})

        assert told(within(dataset, since="HEAD", select=[TYPED])) == [f"data/a.ttl:4:11 {TYPED}"]

    def test_what_a_change_causes_elsewhere_is_told(self, tmp_path: Path) -> None:
        """A finding about an entity that nobody touched is told when the change made it one."""
        label = "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        dataset = dataset_of(
            tmp_path,
            {
                "data/a.ttl": f"{EX}ex:a a ex:T .\n",
                "data/b.ttl": f'{label}{EX}ex:a rdfs:label "A"@en .\n',
            },
        )
        commit(tmp_path)
        write_project(tmp_path, {"data/b.ttl": EX})

        assert told(within(dataset, since="HEAD", select=["lint/label-missing"])) == [
            "data/a.ttl:2:1 lint/label-missing"
        ]

    def test_finding_about_no_entity_goes_by_its_file(self, tmp_path: Path) -> None:
        """A finding about a text is told when its file has changed."""
        unused = f"@prefix no: <https://data.example/no> .\n{EX}ex:a ex:p 1 .\n"
        dataset = dataset_of(tmp_path, {"data/a.ttl": unused, "data/b.ttl": unused})
        commit(tmp_path)
        write_project(tmp_path, {"data/b.ttl": f"{unused}ex:b ex:p 1 .\n"})

        assert told(within(dataset, since="HEAD", select=["lint/prefix-unused"])) == [
            "data/b.ttl:1:1 lint/prefix-unused"
        ]

    def test_new_file_that_git_does_not_know(self, tmp_path: Path) -> None:
        """A file that was not even added is part of the change."""
        dataset_of(tmp_path, {"data/a.ttl": A})
        commit(tmp_path)
        dataset = dataset_of(tmp_path, {"data/b.ttl": B})

        assert told(within(dataset, since="HEAD")) == [f"data/b.ttl:2:14 {CASE}"]

    def test_renamed_file_is_no_change(self, tmp_path: Path) -> None:
        """What only has another place says what it said."""
        dataset_of(tmp_path, {"data/a.ttl": f"{EX}ex:a ex:p {BAD} .\n"})
        commit(tmp_path)
        (tmp_path / "data/a.ttl").rename(tmp_path / "data/z.ttl")
        dataset = dataset_of(tmp_path, {})

        assert told(within(dataset, since="HEAD", select=[TYPED])) == []
        assert told(within(dataset, select=[TYPED])) == [f"data/z.ttl:2:11 {TYPED}"]

    def test_project_below_the_top_of_its_repository(self, tmp_path: Path) -> None:
        """A repository may hold a project in a folder, and others beside it."""
        dataset = dataset_of(tmp_path / "sub/project", {"data/a.ttl": A})
        write_project(tmp_path / "other", {"data/a.ttl": "nonsense"})
        commit(tmp_path)
        write_project(tmp_path / "sub/project", {"data/b.ttl": B})
        dataset = open_dataset(read_project(tmp_path / "sub/project"))

        assert told(within(dataset, since="HEAD")) == [f"data/b.ttl:2:14 {CASE}"]

    def test_revision_without_the_project(self, tmp_path: Path) -> None:
        """When the project was not there yet, everything is new."""
        commit(tmp_path)
        dataset = dataset_of(tmp_path, {"data/a.ttl": A})

        assert told(within(dataset, since="HEAD")) == [f"data/a.ttl:2:14 {CASE}"]

    @pytest.mark.parametrize(("name", "content"), [("lod.toml", "= 1"), ("data/a.ttl", "nonsense")])
    def test_revision_that_was_broken(self, tmp_path: Path, name: str, content: str) -> None:
        """What could not be checked had no findings, so all of today's are told."""
        dataset = dataset_of(tmp_path, {"data/a.ttl": A})
        good = (tmp_path / name).read_text("utf-8")
        (tmp_path / name).write_text(content)
        commit(tmp_path)
        (tmp_path / name).write_text(good)

        assert told(within(dataset, since="HEAD")) == [f"data/a.ttl:2:14 {CASE}"]

    @pytest.mark.parametrize("revision", ["v1", "HEAD~1", "main~2^{commit}", "HEAD@{0}"])
    def test_revision_in_any_form(self, tmp_path: Path, revision: str) -> None:
        """A revision is whatever git reads as one."""
        dataset = dataset_of(tmp_path, {"data/a.ttl": A})
        commit(tmp_path)
        git(tmp_path, "branch", "-M", "main")
        git(tmp_path, "tag", "v1")
        write_project(tmp_path, {"data/b.ttl": B})
        commit(tmp_path)
        dataset = open_dataset(read_project(tmp_path))
        if revision == "main~2^{commit}":
            commit(tmp_path)
        expected = [] if revision == "HEAD@{0}" else [f"data/b.ttl:2:14 {CASE}"]

        assert told(within(dataset, since=revision)) == expected

    def test_with_files(self, tmp_path: Path) -> None:
        """Both may be given: findings must be in both scopes."""
        dataset_of(tmp_path, {"data/a.ttl": A})
        commit(tmp_path)
        dataset = dataset_of(tmp_path, {"data/b.ttl": B, "data/c.ttl": B.replace("ex:b", "ex:c")})

        report = within(dataset, since="HEAD", files=[tmp_path / "data/c.ttl"])

        assert told(report) == [f"data/c.ttl:2:14 {CASE}"]
