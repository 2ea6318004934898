"""The command as a whole: help, exit codes, and one line for whatever goes wrong."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

import lod
from lod.checks import scope
from lod.cli.main import run
from unit.cli.commands import PROGRAM, Home

COMMANDS = ["check", "lint", "explain", "format", "build", "query", "serve", "doctor"]
HEAVY = {"flask", "granian", "jinja2", "pyld", "pyoxigraph", "pyshacl", "rdflib", "sqlite3"}

MODULES = """
import sys
{statement}
print(*sorted({{name.partition(".")[0] for name in sys.modules}}))
"""
RUN = """
from lod.cli.main import run
try:
    run({arguments})
except SystemExit as end:
    assert end.code == 0
"""


def exit_code(*arguments: str) -> object:
    """Run a command in this process, and return what it exits with."""
    with pytest.raises(SystemExit) as caught:
        run([*arguments])
    return caught.value.code


def loaded(statement: str) -> set[str]:
    """Return the top-level modules that a fresh Python has loaded after a statement."""
    done = subprocess.run(
        [sys.executable, "-c", MODULES.format(statement=statement)],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.splitlines()[-1].split())


class TestHelp:
    @pytest.mark.parametrize("option", ["--help", "-h"])
    def test_it_names_every_command(self, user: Home, option: str) -> None:
        """The help lists the commands, each with what it is for."""
        done = user.lod(option)

        listed = dict(re.findall(r"^  (\w+)  +(\w.*)$", done.output, re.MULTILINE))
        assert done.code == 0
        assert [*listed] == COMMANDS
        assert all(about.endswith(".") for about in listed.values())

    @pytest.mark.parametrize("command", COMMANDS)
    def test_each_command_shows_examples(self, user: Home, command: str) -> None:
        """Each command's help says how it is used."""
        done = user.lod(command, "--help")

        assert done.code == 0
        assert "Examples:\n" in done.output
        assert f"lod {command}" in done.output.partition("Examples:")[2]

    def test_version_is_that_of_the_toolkit(self, user: Home) -> None:
        """The command tells which version it is."""
        done = user.lod("--version")

        assert (done.code, done.output) == (0, f"lod {lod.__version__}\n")

    def test_module_is_the_same_command(self) -> None:
        """Where the command is not on the path, ``python -m lod`` is the same."""
        by_name = subprocess.run([PROGRAM, "--help"], capture_output=True, check=True)

        by_module = subprocess.run(
            [sys.executable, "-m", "lod", "--help"], capture_output=True, check=True
        )

        assert by_module.stdout == by_name.stdout

    def test_command_alone_shows_the_help(self, user: Home) -> None:
        """Without a command there is nothing to run, so the help is shown as it is."""
        done = user.lod()

        assert done.code == 2
        assert (done.output + done.remarks).startswith("Usage: lod ")


class TestLightness:
    @pytest.mark.parametrize(
        "arguments", [["--help"], ["--version"], *([c, "-h"] for c in COMMANDS)]
    )
    def test_help_loads_no_library(self, arguments: list[str]) -> None:
        """Help comes at once: nothing is loaded for it that only work needs."""
        assert not loaded(RUN.format(arguments=arguments)) & HEAVY

    def test_package_loads_no_library(self) -> None:
        """Importing the package costs nothing."""
        assert not loaded("import lod") & HEAVY

    def test_serving_loads_no_validator(self) -> None:
        """Shapes are checked in another process, so serving never loads rdflib or pySHACL."""
        modules = loaded("import lod.cli.serve, lod.pipeline, lod.web.server, lod.web.watch")

        assert "pyoxigraph" in modules
        assert not modules & {"pyshacl", "rdflib"}

    def test_help_takes_less_than_150_milliseconds(self) -> None:
        """The help is there before one has let go of the key."""

        def seconds() -> float:
            began = time.perf_counter()
            subprocess.run([PROGRAM, "--help"], stdout=subprocess.DEVNULL, check=True)
            return time.perf_counter() - began

        assert any(seconds() < 0.150 for _ in range(20))


class TestWrongUse:
    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["chekc"], "unknown command 'chekc'. Did you mean 'check'?"),
            (["publish"], f"unknown command 'publish'. Known: {', '.join(COMMANDS)}."),
            (["--nonsense"], "'--nonsense'"),
            (["check", "--nonsense"], "'--nonsense'"),
            (["build", "extra"], "extra"),
            (["check", "--project"], "--project"),
            (["query"], "QUERY"),
            (["query", "ASK {}", "--format", "yaml"], "'json', 'xml', 'csv', 'tsv'"),
            (["serve", "--port", "65536"], "65535"),
            (["serve", "--port", "http"], "--port"),
            (["serve", "--processes", "0"], "--processes"),
        ],
    )
    def test_it_is_told_in_one_line(self, user: Home, arguments: list[str], words: str) -> None:
        """A slip in the command line is told in one line that helps, and exits with 2."""
        line = user.lod(*arguments).refused()

        assert line.startswith("lod: ")
        assert words in line


class TestFailures:
    """What no command foresaw; ``--project`` leads to the check, which the tests replace."""

    @pytest.fixture(autouse=True)
    def _breaking(self, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
        def check(*_: object) -> None:
            raise request.param

        monkeypatch.setattr(scope, "check_within", check)
        monkeypatch.delenv("LOD_DEBUG", raising=False)

    @pytest.mark.parametrize("_breaking", [ValueError("seven")], indirect=True)
    def test_unforeseen_error_is_one_line(
        self, herbarium_folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """An error of the toolkit's own is one line that says how to see more."""
        code = exit_code("check", "--project", str(herbarium_folder))

        printed = capsys.readouterr()
        assert (code, printed.out) == (2, "")
        assert printed.err == "lod: internal: ValueError: seven. LOD_DEBUG=1 shows where.\n"

    @pytest.mark.parametrize("_breaking", [ValueError("seven")], indirect=True)
    def test_where_it_arose_can_be_seen(
        self, herbarium_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whoever mends the toolkit asks for the traceback."""
        monkeypatch.setenv("LOD_DEBUG", "1")

        with pytest.raises(ValueError, match="seven"):
            run(["check", "--project", str(herbarium_folder)])

    @pytest.mark.parametrize("_breaking", [KeyboardInterrupt()], indirect=True)
    def test_interrupt_exits_with_130(
        self, herbarium_folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Ctrl+C ends a command with the code shells know for it."""
        code = exit_code("check", "--project", str(herbarium_folder))

        assert code == 130
        assert capsys.readouterr().err.split("\n")[-2:] == ["lod: interrupted", ""]
