"""``lod check``: what is printed where, and with which code it exits."""

from __future__ import annotations

import io
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lod.cli.main import run
from support.processes import eventually, still_alive
from support.projects import copy_project
from unit.cli.commands import Done, Home, end, family

UNFINISHED = "art:linde a"
HIGH = 'art:linde a begriff:Baum ; begriff:wächstIn beet:hof ; begriff:höhe "hoch" .'


class Screen(io.StringIO):
    """A standard output that is a terminal."""

    def isatty(self) -> bool:
        """Whether it is one."""
        return True


def append(path: Path, text: str) -> int:
    """Write another line at the end of a file, and return its number."""
    before = path.read_text("utf-8")
    path.write_text(f"{before}{text}\n", "utf-8")
    return before.count("\n") + 1


class TestClean:
    def test_other_dataset_is_clean(self, user: Home, herbarium_folder: Path) -> None:
        """A project without errors exits with 0 and says what was looked at."""
        done = user.lod("check", cwd=herbarium_folder)

        assert (done.code, done.output) == (0, "")
        assert done.remark.startswith("Checked 4 files, 67 triples, 3 shapes, ")
        assert done.remark.endswith(" rules: nothing to mend; 1 waived.")

    @pytest.mark.slow
    def test_repository_is_clean(self, user: Home, repository: Path) -> None:
        """The repository is a project folder, and nothing in it is likely to be wrong."""
        done = user.lod("check", "--json", "--fail-on", "warning", cwd=repository)

        assert done.code == 0
        assert {each["severity"] for each in done.json["findings"]} <= {"info"}
        assert done.json["summary"]["shapes"] > 100
        assert done.json["summary"]["engines"] == ["compiled"]

    def test_moved_copy_is_clean(self, user: Home, herbarium_folder: Path, tmp_path: Path) -> None:
        """A copy in another folder, whatever its name, is checked there."""
        moved = copy_project(herbarium_folder, tmp_path / "Mein Garten, ž%20 #1")
        shutil.rmtree(moved / "shapes")  # without them it is checked faster

        done = user.lod("check", "--project", moved)

        assert done.code == 0, done

    def test_warnings_do_not_fail(self, user: Home, project: Path) -> None:
        """Only errors must be mended; what the project calls a warning is shown."""
        append(project / "lod.toml", '"shacl/datatype" = "warning"')
        append(project / "data/arten.ttl", HIGH)

        done = user.lod("check", "--project", project, "--select", "shacl")

        assert done.code == 0
        assert done.output.startswith("data/arten.ttl")
        assert " warning shacl/datatype: " in done.output
        assert done.remark.endswith(": 1 warning.")


class TestFindings:
    def test_every_broken_file_is_told_with_its_place(self, user: Home, project: Path) -> None:
        """Syntax errors of all files come in one run, each with file, line and column."""
        first = append(project / "data/arten.ttl", "art:linde a baum:Linde .")
        second = append(project / "data/beete.trig", "<x:a> <x:b> .")
        (project / "data/neu.ttl").write_text("\n  nonsense\n")

        done = user.lod("check", "--project", project)

        told = [line for line in done.output.splitlines() if not line.startswith(" ")]
        places = [line.partition(": error ")[0] for line in told]
        assert done.code == 1
        assert places == [
            f"data/arten.ttl:{first}:13",
            f"data/beete.trig:{second}:13",
            "data/neu.ttl:2:3",
        ]
        assert done.remark.endswith("3 errors, shapes were not checked.")

    def test_broken_shape_is_told_with_its_subject(self, user: Home, project: Path) -> None:
        """A value no shape allows is told with file, subject, property and value."""
        append(project / "data/arten.ttl", HIGH)

        done = user.lod("check", "--project", project)

        assert done.code == 1
        assert done.output.startswith("data/arten.ttl")
        assert " error shacl/datatype: " in done.output
        assert 'art:linde  begriff:höhe  "hoch"' in done.output

    def test_nothing_a_terminal_would_obey_is_printed(self, user: Home, project: Path) -> None:
        """Text of the data cannot colour, clear or rename the terminal."""
        append(project / "data/arten.ttl", HIGH.replace("hoch", "\\u001b[31m\\u0007"))

        done = user.lod("check", "--project", project)

        assert done.code == 1
        assert "\x1b" not in done.output
        assert "\x07" not in done.output

    def test_severity_has_its_colour_on_a_terminal(
        self, project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """On a terminal errors are red; the words stay the same."""
        append(project / "data/arten.ttl", UNFINISHED)
        screen = Screen()
        monkeypatch.setattr(sys, "stdout", screen)
        monkeypatch.delenv("NO_COLOR", raising=False)

        with pytest.raises(SystemExit) as caught:
            run(["check", "--project", str(project)])

        assert caught.value.code == 1
        assert "\x1b[31m\x1b[1merror\x1b[0m turtle/syntax" in screen.getvalue()

    def test_no_colour_for_those_who_want_none(
        self, project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Who sets NO_COLOR gets none on a terminal either."""
        append(project / "data/arten.ttl", UNFINISHED)
        screen = Screen()
        monkeypatch.setattr(sys, "stdout", screen)
        monkeypatch.setenv("NO_COLOR", "1")

        with pytest.raises(SystemExit):
            run(["check", "--project", str(project)])

        assert " error turtle/syntax" in screen.getvalue()
        assert "\x1b" not in screen.getvalue()


class TestJson:
    def test_report_is_the_only_output(self, user: Home, herbarium_folder: Path) -> None:
        """The output is JSON and nothing else; what people read is on standard error."""
        done = user.lod("check", "--json", "--project", herbarium_folder)

        report = done.json
        assert done.code == 0
        assert report["summary"].pop("rules") > 20
        assert report == {
            "format": 1,
            "summary": {
                "files": 4,
                "triples": 67,
                "shapes": 3,
                "engines": ["compiled"],
                "errors": 0,
                "warnings": 0,
                "infos": 0,
                "waived": 1,
                "accepted": 0,
            },
            "findings": [],
        }
        assert done.remark.startswith("Checked 4 files")

    def test_findings_have_stable_keys(self, user: Home, project: Path) -> None:
        """A program finds place, code and severity of each finding under the same keys."""
        line = append(project / "data/arten.ttl", "art:linde a baum:Linde .")

        done = user.lod("check", "--json", "--project", project)

        (finding,) = done.json["findings"]
        assert done.code == 1
        assert {
            *("code", "severity", "message", "file", "line", "column", "endLine", "endColumn"),
            *("focus", "path", "value", "source", "cure", "related"),
        } <= {*finding}
        assert finding["code"] == "turtle/syntax"
        assert finding["severity"] == "error"
        assert (finding["file"], finding["line"], finding["column"]) == ("data/arten.ttl", line, 13)


class TestCannotRun:
    def test_missing_folder(self, inside: Callable[..., Done], tmp_path: Path) -> None:
        """A folder that is not there is named, with what to do."""
        line = inside("check", "--project", tmp_path / "nowhere").refused()

        assert line.startswith("lod: config/no-folder: ")
        assert str(tmp_path / "nowhere") in line
        assert line.endswith("Name a project folder.")

    def test_folder_that_is_no_project(self, inside: Callable[..., Done], tmp_path: Path) -> None:
        """A folder without lod.toml is no project; the line says how to name one."""
        line = inside("check", cwd=tmp_path).refused()

        assert line.startswith("lod: config/no-file: ")
        assert "lod.toml" in line
        assert "--project" in line

    def test_missing_data_folder(self, inside: Callable[..., Done], project: Path) -> None:
        """A project without its data folder is told which one is missing."""
        shutil.rmtree(project / "data")

        line = inside("check", "--project", project).refused()

        assert line.startswith("lod: project/no-folder: ")
        assert "data/ does not exist. Make the folder" in line

    @pytest.mark.parametrize(
        ("right", "wrong", "line"),
        [
            (
                "title =",
                "titel =",
                'lod.toml:9: unknown key "titel" in [project]. Did you mean "title"?',
            ),
            (
                "languages",
                "langages",
                'lod.toml:6: unknown key "langages" in [project]. Did you mean "languages"?',
            ),
            (
                "query_seconds",
                "query_second",
                'lod.toml:22: unknown key "query_second" in [limits]. '
                'Did you mean "query_seconds"?',
            ),
        ],
    )
    def test_unknown_key(
        self, inside: Callable[..., Done], project: Path, right: str, wrong: str, line: str
    ) -> None:
        """A misspelt key is told with its line and the nearest name, needed or not."""
        path = project / "lod.toml"
        path.write_text(path.read_text("utf-8").replace(right, wrong), "utf-8")

        assert inside("check", "--project", project).refused() == f"lod: config/unknown-key: {line}"

    def test_broken_configuration(self, inside: Callable[..., Done], project: Path) -> None:
        """A lod.toml that is no TOML is told with its line."""
        number = append(project / "lod.toml", "= 5")

        line = inside("check", "--project", project).refused()

        assert line.startswith(f"lod: config/not-toml: lod.toml:{number}:")

    @pytest.mark.parametrize("option", [[], ["--json"]])
    def test_it_is_no_finding(
        self, inside: Callable[..., Done], tmp_path: Path, option: list[str]
    ) -> None:
        """Could not run is told apart from findings: code 2, and nothing on standard output."""
        assert inside("check", *option, cwd=tmp_path).refused()


class TestStopped:
    @pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
    def test_nothing_of_it_lives_on(
        self, user: Home, repository: Path, stop: signal.Signals
    ) -> None:
        """Whoever stops a check stops the process that validates as well."""
        with user.started("check", "--project", repository) as process:
            assert eventually(lambda: len(family(process.pid)) > 1, 10)
            time.sleep(0.3)
            everyone = family(process.pid)

            process.send_signal(stop)
            code = process.wait(5)
            eventually(lambda: not still_alive(everyone), 1)
            left = still_alive(everyone)
            end(left)

        assert code in {130, -stop, 128 + stop}
        assert not left
