"""``lod lint``, and ``--fix``: repairs that are safe, made once they are wanted."""

from __future__ import annotations

import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from lod.checks.check import Codes, check
from lod.cli.repairing import Repairs
from lod.config import read_project
from lod.dataset import open_dataset
from lod.diagnostics import Diagnostic, Edit, Location, Report, Severity
from support.checking import EX, NoShapes
from support.projects import write_project
from unit.cli.commands import Done

CASE = "lint/language-tag-case"
UPPER = f'{EX}# "x"@EN\nex:a ex:p "😀"@EN-GB , "x"@De .\n'
LOWER = f'{EX}# "x"@EN\nex:a ex:p "😀"@en-gb , "x"@de .\n'
SHAPES = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <https://data.example/> .
ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:q ; sh:minCount 1 ] .
"""

Inside = Callable[..., Done]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project with repairs to make in a file."""
    return write_project(tmp_path / "small", {"data/a.ttl": UPPER})


def apply(folder: Path, diff: str) -> None:
    """Apply a diff with another program."""
    command = ["git", "-c", "core.autocrlf=false", "apply", "-p0", "--whitespace=nowarn"]
    subprocess.run(command, cwd=folder, input=diff.encode(), check=True)


def bytes_of(folder: Path) -> bytes:
    return (folder / "data/a.ttl").read_bytes()


class TestLint:
    def test_shapes_are_left_aside(self, inside: Inside, small: Path) -> None:
        """A lint is quick: it says that shapes were not checked, and finds the rest."""
        (small / "shapes").mkdir()
        (small / "shapes/s.ttl").write_text(SHAPES)

        done = inside("lint", "--json", cwd=small)

        found = {each["code"] for each in done.json["findings"]}
        assert CASE in found
        assert not any(code.startswith("shacl/") for code in found)
        assert done.json["summary"]["engines"] == []
        assert done.remark.endswith("shapes were not checked.")

    @pytest.mark.parametrize("code", ["shacl", "shacl/min-count", f"{CASE},shacl"])
    def test_findings_of_shapes_cannot_be_asked_for(
        self, inside: Inside, small: Path, code: str
    ) -> None:
        """Who asks a lint for broken shapes is sent to the check, and not told that all is well."""
        line = inside("lint", "--select", code, cwd=small).refused()

        assert line == "lod: 'lod lint' leaves shapes aside; 'lod check' looks for these codes."


class TestFix:
    def test_repairs_are_made_and_what_is_left_is_told(self, inside: Inside, small: Path) -> None:
        """After it the files are repaired, and the report says what is still to mend."""
        done = inside("lint", "--fix", "--select", f"{CASE},lint/prefix-unused", cwd=small)

        assert bytes_of(small) == LOWER.encode()
        assert (done.code, done.output) == (0, "")
        assert done.remarks.splitlines()[0] == "repaired data/a.ttl"
        assert done.remarks.splitlines()[1].endswith(": nothing to mend.")

    def test_check_repairs_the_same(self, inside: Inside, small: Path) -> None:
        """A check makes the repairs of a lint."""
        inside("check", "--fix", "--select", CASE, cwd=small)

        assert bytes_of(small) == LOWER.encode()

    def test_nothing_to_repair_touches_no_file(self, inside: Inside, small: Path) -> None:
        """A file that needs no repair keeps its time."""
        inside("lint", "--fix", "--select", CASE, cwd=small)
        before = (small / "data/a.ttl").stat()

        done = inside("lint", "--fix", "--select", CASE, cwd=small)

        assert (small / "data/a.ttl").stat() == before
        assert "repaired" not in done.remarks

    def test_only_wanted_repairs_are_made(self, inside: Inside, small: Path) -> None:
        """Codes, files and waivers say what is repaired as they say what is told."""
        waived = UPPER.replace(" .\n", f" . # lod: ignore[{CASE}] as printed\n")
        write_project(small, {"data/b.ttl": UPPER, "data/c.ttl": waived})

        inside("lint", "data/b.ttl", "data/c.ttl", "--fix", "--select", CASE, cwd=small)

        assert bytes_of(small) == UPPER.encode()
        assert (small / "data/b.ttl").read_text("utf-8") == LOWER
        assert (small / "data/c.ttl").read_text("utf-8") == waived

    def test_ends_of_lines_stay(self, inside: Inside, small: Path) -> None:
        """A file from another system keeps its ends of lines."""
        (small / "data/a.ttl").write_bytes(UPPER.replace("\n", "\r\n").encode())

        inside("lint", "--fix", "--select", CASE, cwd=small)

        assert bytes_of(small) == LOWER.replace("\n", "\r\n").encode()

    def test_permissions_and_links_stay(self, inside: Inside, small: Path, tmp_path: Path) -> None:
        """A repaired file is the same file to everybody else."""
        target = tmp_path / "elsewhere.ttl"
        (small / "data/a.ttl").rename(target)
        target.chmod(0o640)
        (small / "data/a.ttl").symlink_to(target)

        inside("lint", "--fix", "--select", CASE, cwd=small)

        assert (small / "data/a.ttl").is_symlink()
        assert target.read_text("utf-8") == LOWER
        assert stat.S_IMODE(target.stat().st_mode) == 0o640

    def test_write_protected_file_is_left(self, inside: Inside, small: Path) -> None:
        """A file nobody may write is left, the others are repaired, and the findings stay."""
        write_project(small, {"data/b.ttl": UPPER})
        (small / "data/a.ttl").chmod(0o444)

        done = inside("lint", "--fix", "--select", CASE, "--format", "concise", cwd=small)

        assert bytes_of(small) == UPPER.encode()
        assert (small / "data/b.ttl").read_text("utf-8") == LOWER
        assert "lod: data/a.ttl: left as it is: it is write-protected." in done.remarks
        assert {line.partition(":")[0] for line in done.output.splitlines()} == {"data/a.ttl"}

    def test_broken_file_is_left(self, inside: Inside, small: Path) -> None:
        """What cannot be read is not repaired."""
        (small / "data/a.ttl").write_text(f"{UPPER}nonsense", "utf-8")

        done = inside("lint", "--fix", "--select", CASE, cwd=small)

        assert done.code == 1
        assert bytes_of(small) == f"{UPPER}nonsense".encode()


class TestDiff:
    def test_it_shows_what_fix_would_do(self, inside: Inside, small: Path) -> None:
        """A diff is shown, nothing is written, and the exit code says that there is something."""
        done = inside("lint", "--diff", "--select", CASE, cwd=small)

        assert done.code == 1
        assert bytes_of(small) == UPPER.encode()
        apply(small, done.output)
        assert bytes_of(small) == LOWER.encode()
        assert inside("lint", "--diff", "--select", CASE, cwd=small) == Done(0, "", "")

    @pytest.mark.parametrize(
        "text",
        [UPPER.rstrip("\n"), UPPER.replace("\n", "\r\n"), UPPER.replace('"x"', '"\u2028\x0c"')],
    )
    def test_it_can_be_applied(self, inside: Inside, small: Path, text: str) -> None:
        """The diff of a file with odd lines is one that programs read."""
        (small / "data/a.ttl").write_bytes(text.encode())
        done = inside("lint", "--diff", "--select", CASE, cwd=small)
        apply(small, done.output)
        after = bytes_of(small)
        (small / "data/a.ttl").write_bytes(text.encode())

        inside("lint", "--fix", "--select", CASE, cwd=small)

        assert bytes_of(small) == after != text.encode()


def report(*edits: Edit) -> Report:
    place = Location("data/a.ttl", 1)
    return Report((Diagnostic(CASE, Severity.INFO, "", place, edits=edits),))


class TestRepairs:
    def test_file_saved_meanwhile_is_left(
        self, small: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Places of findings are those in the text that was checked: a newer one is not touched."""
        dataset = open_dataset(read_project(small))
        repairs = Repairs(dataset)
        found = check(dataset, NoShapes(), lambda _: None, Codes((CASE,)))
        newer = f"# A new first line.\n{UPPER}"
        (small / "data/a.ttl").write_text(newer, "utf-8")

        assert repairs.make(found) == 0

        assert bytes_of(small) == newer.encode()
        assert "data/a.ttl: left as it is: it changed meanwhile." in capsys.readouterr().err

    @pytest.mark.parametrize("what", ["gone", "folder", "not text"])
    def test_file_that_became_another_is_left(self, small: Path, what: str) -> None:
        """A file that vanished or is no text any more stops nothing."""
        repairs = Repairs(open_dataset(read_project(small)))
        path = small / "data/a.ttl"
        path.unlink()
        if what == "folder":
            path.mkdir()
        elif what == "not text":
            path.write_bytes(b"\xff")

        assert repairs.make(report(Edit(Location("data/a.ttl", 1, 1, 1, 2), "x"))) == 0
        assert repairs.show(report(Edit(Location("data/a.ttl", 1, 1, 1, 2), "x"))) == 0

    def test_repair_that_would_break_the_file_is_not_made(
        self, small: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A repaired file is always valid: else it is left as it is."""
        repairs = Repairs(open_dataset(read_project(small)))

        assert repairs.make(report(Edit(Location("data/a.ttl", 1, 1, 1, 2), '"'))) == 0

        assert bytes_of(small) == UPPER.encode()
        assert "left as it is: the repair would break it." in capsys.readouterr().err

    def test_edit_of_a_file_that_is_none_of_the_project(self, small: Path) -> None:
        """Only files of the project are written."""
        (small / "notes.txt").write_text("before")
        repairs = Repairs(open_dataset(read_project(small)))

        assert repairs.make(report(Edit(Location("notes.txt", 1, 1, 1, 2), "x"))) == 0

        assert (small / "notes.txt").read_text() == "before"
        assert sorted(each.name for each in small.iterdir()) == ["data", "lod.toml", "notes.txt"]
