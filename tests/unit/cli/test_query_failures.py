"""``lod query`` when something is wrong: with the query, with its size, with what is around it."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from support.processes import eventually, still_alive
from unit.cli.commands import Done, Home, end, family

PAIRS = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
"""Some hundred kilobytes: more than a pipe holds."""

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"


class TestErrors:
    @pytest.mark.parametrize(
        ("query", "code", "place"),
        [
            ("SELECT ?s\nWHERE ?s ?p ?o }", "syntax", "line 2, column 7"),
            ("SELEKT * { ?s ?p ?o }", "syntax", "line 1, column 1"),
            ("ASK {\n  ?s a strange:Plant }", "undeclared-prefix", "line 2, column 8"),
            ("INSERT DATA { <x:a> <x:b> 1 }", "update", "line 1, column 1"),
            ("ASK { SERVICE <https://x.example/> { ?s ?p ?o } }", "service", "line 1, column 7"),
            ("", "empty", "line 1, column 1"),
            ("ASK " + "{" * 61 + "}" * 61, "too-deep", "line 1, column 65"),
        ],
        ids=["broken", "misspelt", "prefix", "update", "service", "empty", "deep"],
    )
    def test_query_is_refused_with_its_place(
        self, inside: Callable[..., Done], garden: Path, query: str, code: str, place: str
    ) -> None:
        """A wrong query is one line with code, line and column."""
        line = inside("query", query, cwd=garden).refused()

        assert line.startswith(f"lod: query/{code}: {place}: ")

    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("none.rq", None, "No such file"),
            ("folder.rq", "folder", "directory"),
            ("latin.rq", b"ASK { ?s ?p '\xe4' }", "utf-8"),
            ("large.rq", b"A" * 10_000_000, "10,000,000 characters; 100,000 are allowed"),
        ],
    )
    def test_file_is_refused(
        self,
        inside: Callable[..., Done],
        garden: Path,
        tmp_path: Path,
        name: str,
        content: bytes | str | None,
        words: str,
    ) -> None:
        """A file that is not there, no text or far too long is one line that says so."""
        if isinstance(content, bytes):
            (tmp_path / name).write_bytes(content)
        elif content:
            (tmp_path / name).mkdir()

        line = inside("query", name, "--project", garden, cwd=tmp_path).refused()

        assert line.startswith("lod: query/")
        assert words in line

    @pytest.mark.parametrize("encoding", ["utf-8:strict", "utf-8:surrogateescape"])
    def test_input_that_is_no_text(self, user: Home, garden: Path, encoding: str) -> None:
        """Bytes that are not UTF-8 are refused as that, whatever the locale does with them."""
        line = user.lod(
            "query", "-", cwd=garden, stdin=b"ASK { ?s ?p '\xe4' }", PYTHONIOENCODING=encoding
        ).refused()

        assert line.startswith("lod: query/")
        assert "UTF-8" in line

    @pytest.mark.slow
    def test_query_that_takes_too_long(self, user: Home, project: Path) -> None:
        """An endless query is ended after the project's own limit, with what to do."""
        path = project / "lod.toml"
        path.write_text(path.read_text("utf-8").replace("seconds = 5", "seconds = 1"), "utf-8")
        began = time.monotonic()

        line = user.lod("query", ENDLESS, cwd=project).refused()

        assert line.startswith("lod: engine/time: ")
        assert "1 s" in line
        assert time.monotonic() - began < 6

    def test_answer_that_is_too_large(self, user: Home, project: Path) -> None:
        """An answer over the project's limit ends with a line, and not with exit code 0."""
        path = project / "lod.toml"
        path.write_text(path.read_text("utf-8").replace("[limits]\n", "[limits]\nanswer_mb = 1\n"))

        done = user.lod(
            *("query", "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "--format", "csv"),
            cwd=project,
        )

        assert done.code == 2
        assert done.remark.startswith("lod: engine/too-large: ")

    def test_folder_that_is_no_project(self, user: Home, tmp_path: Path) -> None:
        """Without a project there is nothing to ask."""
        line = user.lod("query", "ASK {}", cwd=tmp_path).refused()

        assert line.startswith("lod: config/no-file: ")
        assert "--project" in line


class TestSurroundings:
    @pytest.mark.parametrize("name", ["csv", "table"])
    def test_reader_that_has_enough_is_no_error(self, user: Home, garden: Path, name: str) -> None:
        """Piped into ``head``, a long answer ends without a word and with exit code 0."""
        with user.started("query", PAIRS, "--format", name, cwd=garden) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.readline()
            process.stdout.close()
            code = process.wait(20)
            remarks = process.stderr.read()

        assert remarks == ""
        assert code == 0

    @pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
    def test_stopped_query_leaves_nothing(
        self, newcomer: Home, project: Path, stop: signal.Signals
    ) -> None:
        """Whoever stops a query stops the engine as well, and leaves no file."""
        newcomer.lod("query", "ASK {}", cwd=project)
        with newcomer.started("query", ENDLESS, cwd=project) as process:
            assert eventually(lambda: len(family(process.pid)) == 4, 10)
            everyone = family(process.pid)

            process.send_signal(stop)
            code = process.wait(5)
            eventually(lambda: not still_alive(everyone))
            left = still_alive(everyone)
            end(left)

        assert code in {130, -stop, 128 + stop}
        assert not left
        assert not [*newcomer.temporary.iterdir()]

    def test_long_name_of_the_temporary_folder_is_no_problem(
        self, newcomer: Home, garden: Path, tmp_path: Path
    ) -> None:
        """Sockets have short names, whatever the folder for temporary files is called."""
        folder = tmp_path / ("long" * 30)
        folder.mkdir()

        done = newcomer.lod("query", "ASK {}", cwd=garden, TMPDIR=str(folder))

        assert (done.code, done.output) == (0, "yes\n"), done.remarks
        assert not [*folder.iterdir()]

    def test_home_that_cannot_be_written_is_no_problem(
        self, newcomer: Home, garden: Path, tmp_path: Path
    ) -> None:
        """Without a home the cache is in the temporary folder."""
        (tmp_path / "home").write_text("a file")

        done = newcomer.lod("query", "ASK {}", cwd=garden, HOME=str(tmp_path / "home"))

        assert (done.code, done.output, done.remarks) == (0, "yes\n", "")
        assert [each.name[:4] for each in newcomer.temporary.iterdir()] == ["lod-"]
