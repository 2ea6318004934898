"""However a server ends, it leaves nothing: no process, no folder, no port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path

import pytest

from acceptance.servers import Server, serving, starting
from acceptance.test_queries import ENDLESS
from lod.release import Release
from support.processes import cpu_of, eventually, still_alive
from unit.cli.commands import Home, end

pytestmark = pytest.mark.thorough

ENDS_SLOWLY = """
import shutil, sys, time
from pathlib import Path
import granian
from lod.config import Server
from lod.release import open_release
from lod.web.server import Running
from lod.web.settings import Settings

class Interrupted:
    def __init__(self, *_, **__): pass
    def serve(self, **_): pass

def remove_late(path, **more):
    time.sleep(1.2)
    remove(path, **more)

granian.Granian = Interrupted
remove, shutil.rmtree = shutil.rmtree, remove_late
with Running(open_release(Path(sys.argv[1])), Settings(server=Server(port=0)), print) as running:
    running.serve("")
"""
"""Ends at once, but takes its time to remove its folders, as on a busy machine."""


def leaves_nothing(server: Server, everyone: set[int]) -> None:
    """Assert that no process and no folder is left; what is left is killed."""
    eventually(lambda: not still_alive(everyone), 3)
    left = still_alive(everyone)
    end(left)
    assert not left
    assert not [*server.home.temporary.iterdir()]


class TestEnding:
    @pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
    def test_signal_ends_it(self, fresh: Server, how: signal.Signals) -> None:
        """Told to end, it ends with exit code 0 and leaves nothing."""
        fresh.query("ASK {}", "json")
        everyone = fresh.everyone()
        assert len(everyone) >= 6  # itself, what answers, the broker, the zygote, its workers
        assert [*fresh.home.temporary.iterdir()]

        code = fresh.stop(how)

        assert code == 0
        assert len(fresh.said) == 1
        leaves_nothing(fresh, everyone)
        with socket.create_server(("127.0.0.1", _port(fresh))) as another:
            assert another.getsockname()[1] == _port(fresh)

    @pytest.mark.slow
    def test_ctrl_c_ends_it_at_once(self, home: Home, herbarium: Release) -> None:
        """Ctrl+C reaches all of its processes in one moment; whichever hears it first, all end."""
        for _ in range(2):
            with serving(home, herbarium.folder) as server:
                everyone = server.everyone()

                os.killpg(server.process.pid, signal.SIGINT)
                ended = eventually(lambda: server.process.poll() is not None, 5)

                assert ended
                assert server.process.returncode == 0
                assert not any("Traceback" in line for line in server.said)
                leaves_nothing(server, everyone)

    @pytest.mark.slow
    def test_long_query_does_not_keep_it(self, home: Home, bare: Path) -> None:
        """With a query under way it ends as soon as the query has; the client is not left alone."""
        path = bare / "lod.toml"
        path.write_text(path.read_text("utf-8").replace("seconds = 5", "seconds = 1"), "utf-8")
        with serving(home, bare) as server, ThreadPoolExecutor(1) as pool:
            asked = pool.submit(_status, server)
            idle = cpu_of(server.process.pid)
            assert eventually(lambda: cpu_of(server.process.pid) > idle + 0.2)
            everyone = server.everyone()
            began = time.monotonic()

            code = server.stop()

            took = time.monotonic() - began
            assert asked.result() in {0, 503}
            assert code == 0
            assert took < 5
            leaves_nothing(server, everyone)

    @pytest.mark.slow
    def test_ending_engine_is_not_started_again(self, home: Home, herbarium: Release) -> None:
        """A server that ends does not take its own engine, which has ended, for a broken one."""
        done = subprocess.run(
            [sys.executable, "-c", ENDS_SLOWLY, herbarium.folder],
            env=home.environment(),
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )

        assert "started again" not in done.stdout
        assert (done.returncode, done.stderr) == (0, "")
        assert not [*home.temporary.iterdir()]

    def test_port_is_not_shared_with_another(self, served: Server, herbarium: Release) -> None:
        """A second server at the same port is refused in one line, and the first serves on."""
        port = str(_port(served))

        line = served.home.lod("serve", herbarium.folder, "--port", port).refused()

        assert line.startswith(f"lod: serve/port: port {port} is in use. ")
        assert served.ask("/healthz").status == 200

    @pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
    def test_it_can_be_stopped_before_it_serves(
        self, home: Home, repository: Path, how: signal.Signals
    ) -> None:
        """Stopped while it checks, it leaves no process that goes on checking."""
        with starting(home, repository, "--port", "0") as server:
            assert eventually(lambda: len(server.everyone()) > 1)
            time.sleep(0.3)
            everyone = server.everyone()

            code = server.stop(how)

            assert code in {0, 130, -how, 128 + how}
            leaves_nothing(server, everyone)
        assert not [*home.caches.glob("*/.building-*")]

    def test_killed_server_does_not_keep_its_port(self, fresh: Server) -> None:
        """Killed without a chance to tidy up, it leaves no process that goes on answering."""
        everyone = fresh.everyone()

        fresh.process.kill()
        fresh.process.wait()
        eventually(lambda: not still_alive(everyone), 5)
        left = still_alive(everyone)
        end(left)

        assert not left


def _port(server: Server) -> int:
    return int(server.address.rpartition(":")[2].rstrip("/"))


def _status(server: Server) -> int:
    """Return the status of an endless query, 0 when the connection is closed instead."""
    try:
        return server.query(ENDLESS, "json").status
    except (OSError, HTTPException):
        return 0
