"""Start and stop the engine's processes for one release."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType

from lod.config import Limits
from lod.engine.client import Engine
from lod.engine.sources import Sources
from lod.errors import EngineError

_BACKLOG = 256
_LONGEST_FOLDER = 103 - len("/lod-engine-12345678/broker")
"""The name of a socket has room for 103 characters on every system."""


class RunningEngine:
    """The processes of one engine, as a context manager; they end when this process ends, too."""

    def __init__(self, sources: Sources, limits: Limits) -> None:
        if not hasattr(os, "fork"):
            raise EngineError(
                "engine/unsupported",
                "Queries run in forked processes, which this system does not have.",
                cure="Use Linux or macOS, or the Windows Subsystem for Linux.",
            )
        usual = tempfile.gettempdir()
        place = usual if len(usual) <= _LONGEST_FOLDER else "/tmp"  # noqa: S108 - mkdtemp is safe
        self._folder = Path(tempfile.mkdtemp(prefix="lod-engine-", dir=place))
        self.engine = Engine(self._folder / "broker", limits)
        # The broker ends when the writing end of this pipe is closed, however that happens.
        reader, self._writer = os.pipe()
        with socket.socket(socket.AF_UNIX) as listener:
            # Listening from here on: who asks before the broker runs only waits a little.
            listener.bind(str(self.engine.socket))
            self.engine.socket.chmod(0o600)
            listener.listen(_BACKLOG)
            self._broker = subprocess.Popen(
                _command(listener.fileno(), reader, sources, limits),
                pass_fds=[listener.fileno(), reader],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        os.close(reader)

    @property
    def is_running(self) -> bool:
        """Whether the broker is alive."""
        return self._broker.poll() is None

    def close(self) -> None:
        """End all processes of the engine."""
        self.engine.close()
        if self._writer >= 0:
            os.close(self._writer)
            self._writer = -1
        try:
            self._broker.wait(5)
        except subprocess.TimeoutExpired:
            self._broker.kill()
            self._broker.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def leave(self) -> None:
        """Let go of the engine in a process that was forked from its owner's."""
        os.close(self._writer)

    def __enter__(self) -> RunningEngine:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _command(listener: int, owner: int, sources: Sources, limits: Limits) -> list[str]:
    catalog = str(sources.catalog) if sources.catalog else ""
    return [
        *(sys.executable, "-I", "-m", "lod.engine.broker", str(listener), str(owner)),
        *(str(limits.workers), str(limits.query_seconds), str(limits.wait_seconds)),
        str(limits.client_seconds),
        *("lod.engine.zygote", str(limits.query_memory_mb), sources.catalog_graph, catalog),
        *(str(file) for file in sources.files),
    ]
