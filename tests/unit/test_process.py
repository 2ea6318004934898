"""A function in a child process that may use only so much, and nothing of the world outside."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from lod.errors import ProcessError
from lod.process import run_limited

EVAL = "builtins:eval"
"""Evaluates the payload, so that each test can say what the child does."""

linux = pytest.mark.skipif(sys.platform != "linux", reason="limits of this kind are Linux's")

# Each of nine nodes is linked to each other: to label them every order must be tried.
CLIQUE = "".join(
    f"_:n{one} <urn:p> _:n{other} .\n" for one in range(9) for other in range(9) if one != other
)


def evaluate(expression: str, *, seconds: int = 20, memory_mb: int = 256) -> bytes:
    return run_limited(EVAL, expression.encode(), seconds=seconds, memory_mb=memory_mb)


def failure(expression: str, *, seconds: int = 20, memory_mb: int = 256) -> ProcessError:
    with pytest.raises(ProcessError) as caught:
        evaluate(expression, seconds=seconds, memory_mb=memory_mb)
    return caught.value


class TestAnswers:
    def test_answer_of_the_function_is_returned(self) -> None:
        """What the function answers to the payload comes back as it is."""
        assert evaluate("bytes(range(256))") == bytes(range(256))

    def test_payload_and_answer_may_be_large(self) -> None:
        """Megabytes go in and out without waiting for each other."""
        payload = os.urandom(4_000_000)

        answer = run_limited("zlib:compress", payload, seconds=20, memory_mb=256)

        assert zlib.decompress(answer) == payload

    def test_nothing_may_go_in_and_come_out(self) -> None:
        """An empty payload has an answer, which may be empty."""
        assert run_limited("builtins:bytes", b"", seconds=20, memory_mb=256) == b""


class TestFailures:
    @pytest.mark.parametrize(
        ("expression", "last"),
        [
            ("1/0", "ZeroDivisionError: division by zero"),
            ("(_ for _ in ()).throw(ValueError('one\\ntwo'))", "two"),
            ("5", "TypeError"),
            ("__import__('os')._exit(3)", "no message"),
            ("__import__('signal').raise_signal(9)", "no message"),
        ],
        ids=["error", "two lines", "no bytes", "exit", "killed"],
    )
    def test_error_is_told_by_its_last_line(self, expression: str, last: str) -> None:
        """Whatever goes wrong in the child is one failure with the last word it had."""
        error = failure(expression)

        assert error.code == "process/failed"
        assert error.message.startswith(f"{EVAL} failed: ")
        assert last in error.message
        assert "\n" not in error.message

    @pytest.mark.parametrize("status", ["0", "1", ""])
    def test_child_that_leaves_without_an_answer_has_failed(self, status: str) -> None:
        """No answer is not an empty answer."""
        assert failure(f"__import__('sys').exit({status})").code == "process/failed"

    @pytest.mark.parametrize("name", ["nowhere:f", "json:nothing", "json", ""])
    def test_function_that_is_none_is_told(self, name: str) -> None:
        """A name that leads to no function is a failure of its own."""
        with pytest.raises(ProcessError) as caught:
            run_limited(name, b"", seconds=20, memory_mb=256)

        assert caught.value.code == "process/failed"


class TestLimits:
    @pytest.mark.parametrize(
        ("name", "payload"),
        [
            ("lod.rdf.canonical:canonicalize", CLIQUE),
            (EVAL, "__import__('time').sleep(60)"),
        ],
        ids=["busy", "idle"],
    )
    def test_function_without_end_is_ended(self, name: str, payload: str) -> None:
        """A graph made to be slow, or a child that waits, takes no longer than it may."""
        start = time.monotonic()

        with pytest.raises(ProcessError) as caught:
            run_limited(name, payload.encode(), seconds=1, memory_mb=512)

        assert caught.value.code == "process/time"
        assert "1 s" in caught.value.message
        assert time.monotonic() - start < 5

    @linux
    @pytest.mark.parametrize(
        "expression", ["b'x' * (1 << 30)", "[bytes(1 << 20) for _ in iter(int, 1)]"]
    )
    def test_function_that_takes_too_much_memory_is_ended(self, expression: str) -> None:
        """A child that swells ends before the machine does."""
        error = failure(expression, memory_mb=64)

        assert error.code == "process/memory"
        assert "64 MB" in error.message

    @linux
    def test_memory_that_is_allowed_can_be_used(self) -> None:
        """The bound is for what the function uses, not for Python and its libraries."""
        assert evaluate("bytes(48 << 20)[:1]", memory_mb=64) == b"\0"

    @linux
    def test_processor_time_is_limited_too(self) -> None:
        """A child is also bound by the time it computes, and leaves no memory image behind."""
        limits = "[*r.getrlimit(r.RLIMIT_CPU), *r.getrlimit(r.RLIMIT_CORE)]"

        answer = evaluate(f"[str({limits}).encode() for r in [__import__('resource')]][0]")

        assert answer == b"[20, 21, 0, 0]"


# What each does is harmless even when it is let through: files are the test's own,
# addresses are this host's discard port.
NETWORK = {
    "connect": "socket.socket().connect(('127.0.0.1', 9))",
    "connect_ex": "socket.socket().connect_ex(('127.0.0.1', 9))",
    "create connection": "socket.create_connection(('127.0.0.1', 9))",
    "unix socket": "socket.socket(socket.AF_UNIX).connect(path)",
    "name": "socket.getaddrinfo('localhost', 80)",
    "old name": "socket.gethostbyname('localhost')",
    "datagram": "socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('127.0.0.1', 9))",
    "message": "socket.socket(type=socket.SOCK_DGRAM).sendmsg([], [], 0, ('127.0.0.1', 9))",
    "listen": "socket.socket().bind(('127.0.0.1', 0))",
}
PROGRAMS = {
    "subprocess": "subprocess.run(['true'])",
    "shell": "os.system('true')",
    "exec": "os.execv('/bin/true', ['true'])",
    "spawn": "os.posix_spawn('/bin/true', ['true'], {})",
    "fork": "os.fork()",
    "library": "ctypes.CDLL(None)",
}
READING = {
    "open": "open(path).read()",
    "bytes": "open(path.encode(), 'rb').read()",
    "descriptor": "os.open(path, os.O_RDONLY)",
    "file object": "io.FileIO(path)",
    "path": "pathlib.Path(path).read_text()",
    "way around": "open(os.path.join(sys.prefix, *['..'] * 20, path[1:])).read()",
    "url": "urllib.request.urlopen('file://' + path).read()",
    "database": "sqlite3.connect(path)",
}
WRITING = {
    "over": "open(path, 'w')",
    "behind": "open(path, 'a')",
    "within": "open(path, 'r+')",
    "new": "open(path + '.new', 'x')",
    "descriptor": "os.open(path + '.new', os.O_CREAT | os.O_WRONLY)",
    "emptying descriptor": "os.open(path, os.O_RDONLY | os.O_TRUNC)",
    "truncate": "os.truncate(path, 0)",
    "remove": "os.remove(path)",
    "rename": "os.rename(path, path + '.new')",
    "replace": "os.replace(path, path + '.new')",
    "mode": "os.chmod(path, 0)",
    "link": "os.link(path, path + '.new')",
    "symbolic link": "os.symlink(path, path + '.new')",
    "folder": "os.mkdir(path + '.new')",
    "no folder": "os.rmdir(os.path.dirname(path) + '/empty')",
    "tree": "shutil.rmtree(os.path.dirname(path) + '/empty')",
}
MODULES = "ctypes, io, os, pathlib, shutil, socket, sqlite3, subprocess, sys, urllib.request"


def attempt(statement: str, path: Path, *, inside: bool = False) -> str:
    """Return the last line of what a process says that gave up the world and then tries this.

    :param inside: whether the folder is one that Python loads from.
    """
    program = (
        f"import {MODULES}\nfrom lod.process import _refuse_outside_world\n"
        f"path = {str(path)!r}\n"
        + (f"sys.path.append({str(path.parent)!r})\n" if inside else "")
        + f"_refuse_outside_world()\n{statement}\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, text=True, check=False
    )
    return (done.stderr.strip().splitlines() or [""])[-1]


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file outside Python's own folders, beside an empty folder."""
    (tmp_path / "empty").mkdir()
    path = tmp_path / "secret.txt"
    path.write_text("secret")
    return path


class TestOutsideWorld:
    @pytest.mark.parametrize("statement", NETWORK.values(), ids=NETWORK.keys())
    def test_network_is_refused(self, secret: Path, statement: str) -> None:
        """The child asks no name, reaches no address and opens no port."""
        assert attempt(statement, secret).startswith("PermissionError: socket.")

    @pytest.mark.parametrize("statement", PROGRAMS.values(), ids=PROGRAMS.keys())
    def test_programs_are_refused(self, secret: Path, statement: str) -> None:
        """The child starts nothing that would not be bound as it is."""
        assert attempt(statement, secret).startswith("PermissionError: ")

    @pytest.mark.parametrize("statement", READING.values(), ids=READING.keys())
    def test_reading_files_is_refused(self, secret: Path, statement: str) -> None:
        """The child reads no file but Python's own."""
        assert " is refused here" in attempt(statement, secret)

    @pytest.mark.parametrize("inside", [False, True], ids=["outside", "inside"])
    @pytest.mark.parametrize("statement", WRITING.values(), ids=WRITING.keys())
    def test_writing_files_is_refused(self, secret: Path, statement: str, inside: bool) -> None:
        """The child changes no file, not even where Python loads from."""
        last = attempt(statement, secret, inside=inside)

        assert " is refused here" in last
        assert secret.read_text() == "secret"
        assert {each.name for each in secret.parent.iterdir()} == {"secret.txt", "empty"}

    def test_what_python_loads_later_can_be_read(self, secret: Path) -> None:
        """A library may import what it needs when it needs it."""
        assert attempt("import email.mime.text, wave\nopen(os.__file__).close()", secret) == ""

    def test_function_runs_without_the_world(self, secret: Path) -> None:
        """What a limited function tries is refused, and told."""
        error = failure(f"open({str(secret)!r}).read().encode()")

        assert error.code == "process/failed"
        assert error.message.endswith("is refused here")
        assert "PermissionError" in error.message
