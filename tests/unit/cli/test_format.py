"""``lod format``: what is written, what is left alone, and with which code it exits."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from lod.dataset import formatting
from lod.dataset.formatting import NotFormattedError, format_file
from lod.rdf.formats import TURTLE
from unit.cli.commands import Done, Home

ROUGH = "<x:s> <x:q> 1; <x:p> 2. # end\n"
SMOOTH = "<x:s>\n  <x:p> 2 ; # end\n  <x:q> 1 ;\n.\n"
BROKEN = "<x:s> <x:p> 1 .\n<x:s> <x:p> ; .\n"

Lod = Callable[..., Done]


def write(path: Path, text: str = ROUGH) -> Path:
    """Write a file, and return where it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def read(path: Path) -> str:
    """Return the content of a file to the byte."""
    return path.read_bytes().decode()


class TestProject:
    def test_other_dataset_is_laid_out(self, inside: Lod, herbarium_folder: Path) -> None:
        """The herbarium is as the formatter would write it."""
        done = inside("format", "--check", "--project", herbarium_folder)

        assert (done.code, done.output) == (0, "")
        assert done.remark == "0 files would be reformatted; 4 files left as they were."

    def test_all_its_files_are_laid_out(self, inside: Lod, project: Path) -> None:
        """Without arguments the files of the project are meant, and only Turtle and TriG."""
        write(project / "data" / "rough.ttl")
        write(project / "data" / "graphs.trig", f"<x:g> {{ {ROUGH} }}")
        lines = write(project / "data" / "lines.nt", "<x:s>   <x:p> <x:o> .\n")
        elsewhere = write(project / "notes" / "rough.ttl")

        done = inside("format", cwd=project)

        assert done.code == 0
        assert done.output == "reformatted data/graphs.trig\nreformatted data/rough.ttl\n"
        assert done.remark == "2 files reformatted; 5 files left as they were."
        assert read(project / "data" / "rough.ttl") == SMOOTH
        assert read(project / "data" / "graphs.trig").startswith("<x:g> {\n  <x:s>\n    <x:p> 2 ;")
        assert read(lines) == "<x:s>   <x:p> <x:o> .\n"
        assert read(elsewhere) == ROUGH

    def test_folder_without_project_is_refused(self, inside: Lod, tmp_path: Path) -> None:
        """Without arguments and project there is nothing to lay out."""
        assert "has no lod.toml" in inside("format", cwd=tmp_path).refused()


class TestNamed:
    def test_file_needs_no_project(self, inside: Lod, tmp_path: Path) -> None:
        """A file that is named is laid out wherever it is; the second time nothing is written."""
        path = write(tmp_path / "a b.ttl")

        first = inside("format", "a b.ttl", cwd=tmp_path)
        written = path.stat().st_ino
        second = inside("format", "a b.ttl", cwd=tmp_path)

        assert (first.code, first.output) == (0, "reformatted a b.ttl\n")
        assert first.remark == "1 file reformatted; 0 files left as they were."
        assert (second.code, second.output) == (0, "")
        assert second.remark == "0 files reformatted; 1 file left as it was."
        assert read(path) == SMOOTH
        assert path.stat().st_ino == written

    def test_folder_means_what_is_below(self, inside: Lod, tmp_path: Path) -> None:
        """Hidden files, other files and releases below a folder are passed over."""
        inner = write(tmp_path / "d" / "e" / "inner.ttl")
        others = [
            write(tmp_path / "d" / each)
            for each in (".hidden.ttl", ".git/x.ttl", "notes.txt", "out/r/dumps/x.ttl")
        ]
        write(tmp_path / "d" / "out" / "r" / "manifest.json", "{}")
        write(tmp_path / "d" / "out" / "r" / "index.sqlite", "")
        (tmp_path / "d" / "folder.ttl").mkdir()

        done = inside("format", "d", "d/e/inner.ttl", cwd=tmp_path)

        assert (done.code, done.output) == (0, f"reformatted {Path('d/e/inner.ttl')}\n")
        assert read(inner) == SMOOTH
        assert [read(each) for each in others] == [ROUGH] * 4

    @pytest.mark.parametrize("name", ["missing.ttl", "notes.txt"])
    def test_what_is_no_file_of_triples_is_refused(
        self, inside: Lod, tmp_path: Path, name: str
    ) -> None:
        """A slip in a name is told, and nothing is written."""
        write(tmp_path / "notes.txt")
        path = write(tmp_path / "rough.ttl")

        line = inside("format", "rough.ttl", name, cwd=tmp_path).refused()

        assert name in line
        assert read(path) == ROUGH


class TestOnlyLooking:
    def test_check_names_what_would_change(self, inside: Lod, tmp_path: Path) -> None:
        """A build service learns by name and exit code which files are not laid out."""
        path = write(tmp_path / "rough.ttl")
        write(tmp_path / "smooth.ttl", SMOOTH)

        done = inside("format", "--check", ".", cwd=tmp_path)

        assert (done.code, done.output) == (1, "would reformat rough.ttl\n")
        assert done.remark == "1 file would be reformatted; 1 file left as it was."
        assert read(path) == ROUGH

    def test_diff_can_be_applied(self, inside: Lod, tmp_path: Path) -> None:
        """The diff, given to ``patch``, makes the layout."""
        path = write(tmp_path / "rough.ttl", f"\ufeff{ROUGH.strip()}\r\n# last\u2028")

        done = inside("format", "--diff", "rough.ttl", cwd=tmp_path)

        assert done.code == 1
        assert read(path).startswith("\ufeff")
        assert done.output.startswith("--- rough.ttl\n+++ rough.ttl\n@@")
        subprocess.run(
            ["patch", "--binary", "-s", path], input=done.output.encode(), check=True, cwd=tmp_path
        )
        assert read(path) == f"{SMOOTH}\n# last\u2028\n"

    def test_both_show_both(self, inside: Lod, tmp_path: Path) -> None:
        """The diff and the names can be had together."""
        path = write(tmp_path / "rough.ttl")

        done = inside("format", "--check", "--diff", "rough.ttl", cwd=tmp_path)

        assert done.code == 1
        assert "\n+  <x:q> 1 ;\n" in done.output
        assert done.output.endswith("\nwould reformat rough.ttl\n")
        assert read(path) == ROUGH


class TestStandardInput:
    @pytest.mark.parametrize(
        ("options", "given", "printed", "code"),
        [
            ([], ROUGH, SMOOTH, 0),
            ([], SMOOTH, SMOOTH, 0),
            (["--stdin-filename", "a.trig"], "{ }", "{\n}\n", 0),
            (["--stdin-filename", "a.nt"], "<x:s>  <x:p> 'no' .", "<x:s>  <x:p> 'no' .", 0),
            (["--check"], SMOOTH, "", 0),
            (["--check", "--stdin-filename", "a.ttl"], ROUGH, "would reformat a.ttl\n", 1),
        ],
    )
    def test_editor_gets_the_layout(
        self, user: Home, options: list[str], given: str, printed: str, code: int
    ) -> None:
        """An editor sends the text and gets it back laid out, and nothing else."""
        done = user.lod("format", "-", *options, stdin=given)

        assert (done.code, done.output, done.remarks) == (code, printed, "")

    def test_wrong_text_is_not_answered(self, user: Home) -> None:
        """An editor that sends half a statement gets the place, and no text to replace it."""
        line = user.lod("format", "-", "--stdin-filename", "a.ttl", stdin=BROKEN).refused()

        assert line.startswith("lod: turtle/syntax: a.ttl:2:13: ")

    def test_it_stands_alone(self, user: Home) -> None:
        """Standard input and files are not mixed."""
        assert "'-' stands alone" in user.lod("format", "-", "a.ttl").refused()


class TestRefused:
    def test_wrong_file_is_told_and_left_and_the_others_are_done(
        self, inside: Lod, tmp_path: Path
    ) -> None:
        """A syntax error is told with its place; it stops no other file."""
        wrong = write(tmp_path / "a.ttl", BROKEN)
        latin = tmp_path / "b.ttl"
        latin.write_bytes('<x:s> <x:p> "caf\u00e9" .'.encode("latin-1"))
        right = write(tmp_path / "c.ttl")

        done = inside("format", ".", cwd=tmp_path)

        first, second, last = done.remarks.splitlines()
        assert (done.code, done.output) == (2, "reformatted c.ttl\n")
        assert first.startswith("lod: turtle/syntax: a.ttl:2:13: ")
        assert second.startswith("lod: turtle/syntax: b.ttl:1:")
        assert last == (
            "1 file reformatted; 0 files left as they were; 2 files could not be laid out."
        )
        assert (read(wrong), read(right)) == (BROKEN, SMOOTH)

    def test_comment_that_is_not_utf_8_is_told(self, inside: Lod, tmp_path: Path) -> None:
        """Parsers look away from comments, but what cannot be read cannot be kept."""
        path = tmp_path / "a.ttl"
        path.write_bytes(b"<x:s> <x:p> 1 .\n# caf\xe9\n")

        done = inside("format", "a.ttl", cwd=tmp_path)

        assert done.code == 2
        assert done.remarks.startswith("lod: format/not-utf-8: a.ttl:2: ")
        assert path.read_bytes().endswith(b"\xe9\n")

    def test_nothing_a_terminal_would_obey_is_printed(self, inside: Lod, tmp_path: Path) -> None:
        """The name of a file cannot colour, clear or rename the terminal."""
        write(tmp_path / "a\x1b[31m.ttl")

        done = inside("format", "--check", ".", cwd=tmp_path)

        assert done.output == "would reformat a [31m.ttl\n"

    @pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes")
    def test_pipe_is_not_waited_for(self, inside: Lod, tmp_path: Path) -> None:
        """What is no plain file is told, not read."""
        os.mkfifo(tmp_path / "a.ttl")

        done = inside("format", "a.ttl", cwd=tmp_path)

        assert done.code == 2
        assert done.remarks.startswith("lod: format/no-access: a.ttl: it is not a plain file")

    def test_layout_that_would_say_something_else_is_not_written(
        self, inside: Lod, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Should the formatter ever lose a triple, the file keeps it."""
        path = write(tmp_path / "a.ttl")
        for wrong in (SMOOTH.replace("2", "3"), SMOOTH.replace(".", "")):
            monkeypatch.setattr(formatting, "format_turtle", lambda _, wrong=wrong: wrong)

            done = inside("format", "a.ttl", cwd=tmp_path)

            assert done.code == 2
            assert done.remarks.startswith("lod: format/other-triples: a.ttl: ")
            assert read(path) == ROUGH


class TestWriting:
    def test_permissions_and_links_stay(self, tmp_path: Path) -> None:
        """A file keeps its permissions, and a link leads to the file as before."""
        path = write(tmp_path / "real" / "a.ttl")
        path.chmod(0o640)
        link = tmp_path / "link.ttl"
        link.symlink_to(path)

        format_file("link.ttl", link, TURTLE, write=True)

        assert link.is_symlink()
        assert read(path) == SMOOTH
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        assert [each.name for each in path.parent.iterdir()] == ["a.ttl"]

    def test_interrupted_it_leaves_the_file_and_no_rubbish(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Half a file is never there, whenever the run is stopped."""
        path = write(tmp_path / "a.ttl")

        def stop(_: int) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(os, "fsync", stop)

        with pytest.raises(KeyboardInterrupt):
            format_file("a.ttl", path, TURTLE, write=True)

        assert read(path) == ROUGH
        assert [each.name for each in tmp_path.iterdir()] == ["a.ttl"]

    def test_change_by_another_is_not_lost(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What somebody saves while the file is laid out is laid out in turn."""
        path = write(tmp_path / "a.ttl")
        saved = ["<x:new>   <x:p> 1 ."]

        def save(_: int) -> None:
            if saved:
                write(path, saved.pop())

        monkeypatch.setattr(os, "fsync", save)

        layout = format_file("a.ttl", path, TURTLE, write=True)

        assert layout.after == read(path) == "<x:new>\n  <x:p> 1 ;\n.\n"

    def test_file_that_never_rests_is_left(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A file that changes all the time is left to those who change it."""
        path = write(tmp_path / "a.ttl")
        monkeypatch.setattr(os, "fsync", lambda _: write(path, f"{read(path)}\n"))

        with pytest.raises(NotFormattedError, match="changed by something else"):
            format_file("a.ttl", path, TURTLE, write=True)

        assert read(path).strip() == ROUGH.strip()

    def test_write_protected_file_is_left(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Protection of a file is kept, though its folder would allow to replace it."""
        path = write(tmp_path / "a.ttl")
        monkeypatch.setattr(os, "access", lambda *_: False)  # root may do anything

        with pytest.raises(NotFormattedError, match="write-protected"):
            format_file("a.ttl", path, TURTLE, write=True)

        assert read(path) == ROUGH

    def test_several_runs_at_once_do_no_harm(self, tmp_path: Path) -> None:
        """Runs that meet at a file leave it whole and laid out."""
        paths = [
            write(tmp_path / f"{number}.ttl", ROUGH * 50 + f"<x:{number}> <x:p> 1 .")
            for number in range(5)
        ]
        failures: list[BaseException] = []

        def work() -> None:
            try:
                for path in paths:
                    format_file(path.name, path, TURTLE, write=True)
            except NotFormattedError as error:
                failures.append(error)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()

        assert failures == []
        assert sorted(each.name for each in tmp_path.iterdir()) == [each.name for each in paths]
        for path in paths:
            assert read(path).endswith(f"\n<x:{path.stem}>\n  <x:p> 1 ;\n.\n")
            assert not format_file(path.name, path, TURTLE, write=False).is_changed
