"""The pre-commit hooks, the GitHub action and the GitLab template run what they say."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.projects import write_project

PROGRAMS = Path(sys.executable).parent
ROOT = Path(__file__).parent.parent.parent

Done = subprocess.CompletedProcess[str]

CLEAN = '<thing/oak> a <def/Tree> ; <http://www.w3.org/2000/01/rdf-schema#label> "Oak"@en .\n'
BROKEN = "<thing/oak> a <def/Tree>\n"


def document(path: Path, number: int = 0) -> Any:
    """Return a YAML document of a file."""
    return list(yaml.safe_load_all(path.read_text("utf-8")))[number]


def run(script: str, folder: Path, variables: Mapping[str, str]) -> Done:
    """Run a script as a CI does: in bash, which stops at the first failure."""
    search = f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={"PATH": search, "HOME": str(folder.parent), **variables},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """A project in which nothing must be mended."""
    return write_project(tmp_path / "project", {"data/trees.ttl": CLEAN})


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A project with a syntax error."""
    return write_project(tmp_path / "project", {"data/trees.ttl": BROKEN})


class TestPreCommit:
    HOOKS = document(ROOT / ".pre-commit-hooks.yaml")

    def entry(self, hook: str, folder: Path, *files: str) -> Done:
        """Run a hook's entry as pre-commit does: with the files it asks for."""
        (found,) = (each for each in self.HOOKS if each["id"] == hook)
        wanted = [each for each in files if re.search(found["files"], each)]
        assert wanted
        passed = wanted if found.get("pass_filenames", True) else []
        return run(" ".join([found["entry"], *passed]), folder, {})

    @pytest.mark.parametrize("hook", ["lod-check", "lod-lint", "lod-format"])
    def test_clean_files_pass(self, hook: str, clean: Path) -> None:
        """A commit of clean files goes through."""
        if hook == "lod-format":
            self.entry(hook, clean, "data/trees.ttl")

        assert self.entry(hook, clean, "data/trees.ttl").returncode == 0

    @pytest.mark.parametrize("hook", ["lod-check", "lod-lint", "lod-format"])
    def test_broken_files_stop_the_commit(self, hook: str, broken: Path) -> None:
        """A commit of a broken file is stopped, and the file named."""
        done = self.entry(hook, broken, "data/trees.ttl", "README.md")

        assert done.returncode != 0
        assert "data/trees.ttl" in done.stdout + done.stderr

    def test_format_writes_so_that_pre_commit_sees_a_change(self, clean: Path) -> None:
        """What is not laid out is laid out, and committed with the next try."""
        before = (clean / "data/trees.ttl").read_text("utf-8")

        self.entry("lod-format", clean, "data/trees.ttl")

        assert (clean / "data/trees.ttl").read_text("utf-8") != before

    def test_other_files_do_not_wake_the_hooks(self) -> None:
        """A commit of a page of documentation runs nothing."""
        for hook in self.HOOKS:
            assert not re.search(hook["files"], "docs/tutorial.md")


class TestGitHubAction:
    ACTION = document(ROOT / "action.yml")

    def check(self, folder: Path, **inputs: str) -> Done:
        """Run the action's last step with inputs, as a runner does."""
        values = {name: each["default"] for name, each in self.ACTION["inputs"].items()}
        values.update({name.replace("_", "-"): value for name, value in inputs.items()})
        step = self.ACTION["runs"]["steps"][-1]
        variables = {
            name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: values[found[1]], value)
            for name, value in step["env"].items()
        }
        page = folder.parent / "summary.md"
        return run(
            step["run"],
            folder,
            {**variables, "GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(page)},
        )

    def test_every_input_is_used(self) -> None:
        """No input is offered that does nothing."""
        steps = json.dumps(self.ACTION["runs"]["steps"])

        for name in self.ACTION["inputs"]:
            assert f"inputs.{name}" in steps

    def test_inputs_reach_the_shell_as_variables_only(self) -> None:
        """Text of an input is never read as a command."""
        for step in self.ACTION["runs"]["steps"]:
            assert "${{" not in step["run"]

    def test_a_clean_project_passes(self, clean: Path) -> None:
        """A job about a clean project is green."""
        assert self.check(clean).returncode == 0

    def test_findings_are_annotations_and_a_summary(self, broken: Path, tmp_path: Path) -> None:
        """Findings stand beside the lines they are about, and in the job's summary."""
        done = self.check(broken)

        assert done.returncode == 1
        assert done.stdout.startswith("::error file=data/trees.ttl,line=")
        assert "turtle/syntax" in (tmp_path / "summary.md").read_text("utf-8")

    def test_a_report_for_code_scanning(self, broken: Path) -> None:
        """A SARIF report is written where it is wanted, besides the annotations."""
        done = self.check(broken, sarif="out.sarif")

        assert done.returncode == 1
        assert done.stdout.startswith("::error ")
        assert json.loads((broken / "out.sarif").read_text("utf-8"))["version"] == "2.1.0"

    def test_the_project_may_be_elsewhere(self, broken: Path) -> None:
        """The project folder and the severity are the job's to choose."""
        done = self.check(broken.parent, project="project", fail_on="never")

        assert done.returncode == 0
        assert done.stdout.startswith("::error ")

    def test_layout_is_checked_where_it_is_wanted(self, clean: Path) -> None:
        """A file that is not laid out fails the step that looks at layout."""
        (step,) = (each for each in self.ACTION["runs"]["steps"] if "format --check" in each["run"])

        done = run(step["run"], clean, {"LOD_PROJECT": "."})

        assert done.returncode == 1
        assert "data/trees.ttl" in done.stdout


class TestGitLab:
    SPEC = document(ROOT / "templates/lod-check.yml")["spec"]
    JOB = document(ROOT / "templates/lod-check.yml", 1)["lod-check"]

    def check(self, folder: Path, **inputs: str) -> Done:
        """Run what the job runs after installing."""
        values = {name: str(each["default"]) for name, each in self.SPEC["inputs"].items()}
        values.update({name.replace("_", "-"): value for name, value in inputs.items()})
        variables = {
            name: re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda found: values[found[1]], value)
            for name, value in self.JOB["variables"].items()
        }
        return run("\n".join(self.JOB["script"][1:]), folder, variables)

    def test_a_clean_project_passes(self, clean: Path) -> None:
        """A job about a clean project is green, its reports are there."""
        done = self.check(clean)

        assert done.returncode == 0
        for report in self.JOB["artifacts"]["reports"].values():
            assert (clean / report).is_file()

    def test_findings_are_code_quality_and_tests(self, broken: Path) -> None:
        """Findings stand in the merge request and in the test report."""
        done = self.check(broken)

        assert done.returncode == 1
        quality, tests = (
            broken / self.JOB["artifacts"]["reports"][kind] for kind in ("codequality", "junit")
        )
        (issue, *_) = json.loads(quality.read_text("utf-8"))
        assert issue["location"]["path"] == "data/trees.ttl"
        assert list(ET.parse(tests).getroot().iter("failure"))  # noqa: S314 - our own

    def test_every_input_is_used(self) -> None:
        """No input is offered that does nothing."""
        for name in self.SPEC["inputs"]:
            assert f"inputs.{name} " in json.dumps(self.JOB)
