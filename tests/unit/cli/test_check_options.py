"""``lod check``: which findings are told, and with which code it exits."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from lod.cli.findings import FORMATS
from support.checking import EX, commit
from support.projects import CONFIGURATION, write_project
from unit.cli.commands import Done, Home

CASE = "lint/language-tag-case"
TYPED = "lint/literal-ill-typed"
INTEGER = "<http://www.w3.org/2001/XMLSchema#integer>"
FILES = {
    "data/a.ttl": f'{EX}ex:a ex:p "x"@EN .\n',
    "data/b.ttl": f'{EX}ex:b ex:p "x"^^{INTEGER} .\n',
}
SHAPES = f"""\
@prefix sh: <http://www.w3.org/ns/shacl#> .
{EX}ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:q ; sh:minCount 1 ] .
"""

Inside = Callable[..., Done]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project with a warning in one file and an error in another."""
    rules = '[rules]\n"lint/not-formatted" = "off"\n'
    return write_project(tmp_path / "small", {"lod.toml": CONFIGURATION + rules, **FILES})


def write_files(folder: Path, files: dict[str, str]) -> None:
    """Write files of a project that is there."""
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def places(done: Done) -> list[str]:
    """Return place and code of the findings of concise output."""
    words = [line.split() for line in done.output.splitlines()]
    return [f"{place.rstrip(':')} {code.rstrip(':')}" for place, _, code, *_ in words]


class TestSelect:
    @pytest.mark.parametrize(
        ("options", "codes"),
        [
            (["--select", CASE], {CASE}),
            (["--select", f"{CASE}, {TYPED}"], {CASE, TYPED}),
            (["--select", CASE, "--select", TYPED], {CASE, TYPED}),
            (["--select", f"lint,{TYPED}", "--ignore", CASE], {TYPED}),
            (["--select", "shapes"], set()),
        ],
    )
    def test_codes_areas_and_commas(
        self, inside: Inside, small: Path, options: list[str], codes: set[str]
    ) -> None:
        """Codes and areas may be repeated or stand with commas between them."""
        done = inside("check", "--project", small, "--json", *options)

        found = {each["code"] for each in done.json["findings"]}
        assert found >= codes
        assert CASE not in found - codes
        assert all(code.partition("/")[0] == "lint" for code in found)

    @pytest.mark.parametrize(
        ("option", "code", "cure"),
        [
            ("--select", "lint/language-tag-cse", f"Did you mean {CASE}?"),
            ("--ignore", "lnt", "Did you mean lint?"),
            ("--select", "language-tag-case", f"Did you mean {CASE}?"),
            ("--select", "lint/", "Did you mean lint?"),
            ("--select", "qqqqqqqqq", "'lod explain' lists all codes."),
        ],
    )
    def test_unknown_code(
        self, inside: Inside, small: Path, option: str, code: str, cure: str
    ) -> None:
        """A misspelt code is refused: looking for it would find nothing wrong, ever."""
        line = inside("check", "--project", small, option, f"{TYPED},{code}").refused()

        assert line == f"lod: check/unknown-code: No finding has the code {code}. {cure}"

    @pytest.mark.parametrize("option", [["--select", CASE], ["--ignore", "turtle"]])
    def test_what_cannot_be_read_is_always_told(
        self, inside: Inside, small: Path, option: list[str]
    ) -> None:
        """While a file cannot be read, nobody knows what is wrong with the others."""
        write_files(small, {"data/c.ttl": "nonsense"})

        done = inside("check", "--project", small, "--format", "concise", *option)

        assert done.code == 1
        assert "data/c.ttl:1:1: error turtle/syntax: " in done.output

    def test_shapes_are_checked_when_their_findings_are_wanted(
        self, inside: Inside, small: Path
    ) -> None:
        """A check for other codes does not wait for the shapes."""
        write_files(small, {"shapes/s.ttl": SHAPES})

        by_shape = inside("check", "--project", small, "--json", "--select", "shacl/min-count")
        by_rule = inside("check", "--project", small, "--json", "--select", CASE)

        assert [each["code"] for each in by_shape.json["findings"]] == ["shacl/min-count"]
        assert by_shape.json["summary"]["engines"] == ["compiled"]
        assert by_rule.json["summary"]["engines"] == []


class TestEngine:
    @pytest.mark.parametrize(
        ("options", "engines"),
        [
            ([], ["compiled"]),
            (["--engine", "compiled"], ["compiled"]),
            (["--engine", "pyshacl"], ["pyshacl"]),
            (["--inference", "rdfs"], ["pyshacl"]),
            (["--cross-check"], ["compiled", "pyshacl"]),
        ],
    )
    def test_the_engine_asked_for_checks(
        self, inside: Inside, small: Path, options: list[str], engines: list[str]
    ) -> None:
        """Whichever engine checks, it finds the same, and the report says which one did."""
        write_files(small, {"shapes/s.ttl": SHAPES})

        done = inside("check", "--project", small, "--json", "--select", "shacl", *options)

        assert [each["code"] for each in done.json["findings"]] == ["shacl/min-count"]
        assert done.json["summary"]["engines"] == engines

    @pytest.mark.parametrize("options", [["--engine", "compiled"], ["--cross-check"]])
    def test_inference_is_for_the_reference_alone(
        self, inside: Inside, small: Path, options: list[str]
    ) -> None:
        """Nobody is told that all is well of conclusions that were never drawn."""
        done = inside("check", "--project", small, "--inference", "rdfs", *options)

        assert done.code == 2
        assert "--engine pyshacl" in done.remarks


class TestFailOn:
    @pytest.mark.parametrize(
        ("level", "codes"),
        [
            ("never", [0, 0, 0]),
            ("error", [1, 0, 0]),
            ("warning", [1, 1, 0]),
            ("info", [1, 1, 1]),
        ],
    )
    def test_least_severity_that_fails(
        self, inside: Inside, tmp_path: Path, level: str, codes: list[int]
    ) -> None:
        """Who is stricter or milder than the usual says from which severity on a check fails."""
        found = []
        for severity in ("error", "warning", "info"):
            rules = f'[rules]\n"{CASE}" = "{severity}"\n'
            folder = write_project(tmp_path, {"lod.toml": CONFIGURATION + rules, **FILES})
            options = ("--select", CASE, "--fail-on", level)
            found.append(inside("check", "--project", folder, *options).code)

        assert found == codes

    def test_clean_project_never_fails(self, inside: Inside, tmp_path: Path) -> None:
        """Without a finding the strictest check is clean."""
        folder = write_project(tmp_path, {"data/a.ttl": f"{EX}ex:a ex:p 1 .\n"})

        assert inside("lint", "--project", folder, "--select", CASE, "--fail-on", "info").code == 0


class TestFiles:
    def test_findings_about_these_files(self, inside: Inside, small: Path) -> None:
        """Files are named as seen from here, the project may be elsewhere."""
        options = ("--format", "concise", "--select", f"{CASE},{TYPED}")

        done = inside("check", "small/data/a.ttl", "--project", small, *options, cwd=small.parent)

        assert (done.code, places(done)) == (0, [f"data/a.ttl:2:14 {CASE}"])

    def test_folder(self, inside: Inside, small: Path) -> None:
        """A folder stands for its files."""
        options = ("--format", "concise", "--select", f"{CASE},{TYPED}")

        done = inside("lint", "data", *options, cwd=small)

        assert (done.code, len(places(done))) == (1, 2)

    def test_unknown_file(self, inside: Inside, small: Path) -> None:
        """A file the project does not have is an error, and nothing is printed."""
        line = inside("check", "data/none.ttl", cwd=small).refused()

        assert line.startswith("lod: project/no-file: data/none.ttl: It does not exist.")


class TestSince:
    def test_what_a_change_touches(self, inside: Inside, small: Path) -> None:
        """Old findings about what did not change are left out."""
        commit(small)
        write_files(small, {"data/c.ttl": f'{EX}ex:c ex:p "x"@EN .\n'})

        done = inside(
            "check", "--since", "HEAD", "--format", "concise", "--select", CASE, cwd=small
        )

        assert places(done) == [f"data/c.ttl:2:14 {CASE}"]

    @pytest.mark.parametrize("revision", ["nowhere", "--help"])
    def test_unknown_revision(self, inside: Inside, small: Path, revision: str) -> None:
        """A revision git does not know is told, with what CI often lacks."""
        commit(small)

        line = inside("check", f"--since={revision}", cwd=small).refused()

        assert line.startswith("lod: project/no-revision: ")
        assert f"git knows no revision {revision}." in line
        assert "fetch-depth: 0" in line


class TestBaseline:
    def write(self, inside: Inside, folder: Path) -> Done:
        return inside("check", "--baseline", "ci.json", "--write-baseline", cwd=folder)

    def test_old_findings_are_accepted_new_ones_fail(self, inside: Inside, small: Path) -> None:
        """With a baseline a project with old errors can fail on new ones."""
        written = self.write(inside, small)
        clean = inside("check", "--baseline", "ci.json", cwd=small)
        write_files(small, {"data/c.ttl": f'{EX}ex:c ex:p "y"^^{INTEGER} .\n'})
        worse = inside("check", "--baseline", "ci.json", "--json", cwd=small)

        count = len(json.loads((small / "ci.json").read_text("utf-8"))["findings"])
        assert (written.code, written.remark) == (0, f"ci.json: {count} findings accepted.")
        assert (clean.code, clean.output) == (0, "")
        assert clean.remark.endswith(f": nothing to mend; {count} in the baseline.")
        assert worse.code == 1
        assert TYPED in {each["code"] for each in worse.json["findings"]}
        assert {each["file"] for each in worse.json["findings"]} == {"data/c.ttl"}

    def test_mended_finding_fails_until_it_is_taken_out(self, inside: Inside, small: Path) -> None:
        """A baseline only becomes shorter: what is mended must not come back unseen."""
        self.write(inside, small)
        write_files(small, {"data/b.ttl": f"{EX}ex:b ex:p 1 .\n"})
        stale = inside("check", "--baseline", "ci.json", "--format", "concise", cwd=small)
        again = self.write(inside, small)
        clean = inside("check", "--baseline", "ci.json", cwd=small)

        assert stale.code == 1
        line = int(stale.output.partition("ci.json:")[2].partition(":")[0])
        assert again.code == clean.code == 0
        assert TYPED not in (small / "ci.json").read_text("utf-8")
        assert line > 3

    def test_written_again_it_takes_no_new_ones(self, inside: Inside, small: Path) -> None:
        """Writing a baseline again is no way to accept what is new."""
        self.write(inside, small)
        before = (small / "ci.json").read_text("utf-8")
        write_files(small, {"data/c.ttl": f'{EX}ex:c ex:p "y"^^{INTEGER} .\n'})

        again = self.write(inside, small)

        assert again.code == 1
        assert again.remarks.splitlines()[-1].endswith(
            " not accepted: a baseline only becomes shorter."
        )
        assert (small / "ci.json").read_text("utf-8") == before

    def test_half_a_check_writes_none(self, inside: Inside, small: Path) -> None:
        """While a file cannot be read, findings of the others are unknown, and none is lost."""
        self.write(inside, small)
        before = (small / "ci.json").read_text("utf-8")
        write_files(small, {"data/c.ttl": "nonsense"})

        line = self.write(inside, small).refused()

        assert line.startswith("lod: output/half-a-baseline: ci.json: ")
        assert (small / "ci.json").read_text("utf-8") == before

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (["--write-baseline"], "--write-baseline needs --baseline FILE"),
            (["--write-baseline", "--baseline", "x", "--select", CASE], "takes all findings"),
            (["--write-baseline", "--baseline", "x", "--ignore", CASE], "takes all findings"),
            (["--write-baseline", "--baseline", "x", "--since", "HEAD"], "takes all findings"),
            (["--write-baseline", "--baseline", "x", "data"], "takes all findings"),
            (["--write-baseline", "--baseline", "x", "--fix"], "--fix and --diff go with"),
            (["--watch", "--diff"], "--fix and --diff go with"),
            (
                ["--write-baseline", "--baseline", "none/x"],
                "none/x: The baseline cannot be written",
            ),
            (["--baseline", "none.json"], "none.json does not exist. Write it once"),
            (["--baseline", "data"], "data is no baseline: Is a directory."),
            (["--baseline", "lod.toml"], "lod.toml is no baseline: "),
        ],
    )
    def test_what_cannot_be_done(
        self, inside: Inside, small: Path, options: list[str], said: str
    ) -> None:
        """Options that do not go together, and files that are no baselines, are refused."""
        assert said in inside("check", *options, cwd=small).refused()
        assert not (small / "x").exists()


class TestFormats:
    def test_several_at_once(self, inside: Inside, small: Path) -> None:
        """One format goes to standard output, the others to files."""
        formats = (
            "--format",
            "sarif=out.sarif",
            "--format",
            "concise",
            "--format",
            "json=out.json",
        )

        done = inside("lint", *formats, "--select", CASE, cwd=small)

        assert places(done) == [f"data/a.ttl:2:14 {CASE}"]
        assert json.loads((small / "out.sarif").read_text("utf-8"))["version"] == "2.1.0"
        assert json.loads((small / "out.json").read_text("utf-8"))["format"] == 1

    @pytest.mark.parametrize("name", FORMATS)
    def test_every_format(self, inside: Inside, small: Path, name: str) -> None:
        """Each format says something of a finding, and nothing of it goes to standard error."""
        done = inside("lint", "--format", name, "--select", CASE, cwd=small)

        assert done.code == 0
        # The vocabulary of SHACL has no words for findings that no shape made.
        assert ("1 finding" if name == "turtle" else CASE) in done.output
        assert done.remark.startswith("Checked 2 files")

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (["--format", "srif"], "unknown format 'srif'. Did you mean sarif?"),
            (["--format", "srif=x"], "unknown format 'srif'. Did you mean sarif?"),
            (["--format", "qq"], "unknown format 'qq'. Known: full, concise, "),
            (["--format", "json", "--format", "full"], "only one format can go to standard output"),
            (["--json", "--format", "full"], "only one format can go to standard output"),
            (["--format", "json=x", "--format", "full=x"], "two formats go to the same file"),
            (["--format", "json=none/x"], "none/x: The report cannot be written: No such file"),
            (["--format", "json=data"], "data: The report cannot be written: Is a directory."),
        ],
    )
    def test_what_cannot_be_done(
        self, inside: Inside, small: Path, options: list[str], said: str
    ) -> None:
        """An unknown format or a file that cannot be written is told, and nothing is printed."""
        assert said in inside("lint", *options, "--select", CASE, cwd=small).refused()

    def test_in_the_ci_of_github(self, user: Home, small: Path, tmp_path: Path) -> None:
        """There findings become annotations by themselves, and a page of the run."""
        page = tmp_path / "summary.md"
        page.write_text("# Before\n")
        ci = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(page)}

        done = user.lod("lint", "--select", CASE, cwd=small, **ci)
        wanted = user.lod("lint", "--select", CASE, "--format", "concise", cwd=small, **ci)

        assert done.output.startswith("::")
        assert " file=data/a.ttl,line=2,col=14," in done.output
        assert page.read_text("utf-8").startswith("# Before\n")
        assert page.read_text("utf-8").count(CASE) == 1
        assert places(wanted) == [f"data/a.ttl:2:14 {CASE}"]

    def test_in_the_ci_of_github_without_a_page(self, user: Home, small: Path) -> None:
        """Annotations need no page."""
        done = user.lod("lint", "--select", CASE, cwd=small, GITHUB_ACTIONS="true")

        assert " file=data/a.ttl,line=2,col=14," in done.output
        assert done.code == 0
