"""Start and stop the engine's processes for one release."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from lod.config import Limits
from lod.engine.client import Engine
from lod.errors import EngineError


@dataclass(frozen=True, slots=True)
class Sources:
    """What the engine loads."""

    files: Sequence[Path]
    catalog: Path | None = None
    catalog_graph: str = ""


class RunningEngine:
    """The processes of one engine, as a context manager; they end when this process ends, too."""

    def __init__(self, sources: Sources, limits: Limits, prefixes: Mapping[str, str]) -> None:
        if not hasattr(os, "fork"):
            raise EngineError(
                "engine/unsupported",
                "Queries run in forked processes, which this system does not have.",
                cure="Use Linux or macOS, or the Windows Subsystem for Linux.",
            )
        self._folder = Path(tempfile.mkdtemp(prefix="lod-engine-"))
        address = self._folder / "broker"
        # The broker ends when the writing end of this pipe is closed, however that happens.
        reader, self._writer = os.pipe()
        catalog = str(sources.catalog) if sources.catalog else ""
        command = [
            *(sys.executable, "-I", "-m", "lod.engine.broker", str(address), str(reader)),
            *(str(limits.workers), str(limits.query_seconds), str(limits.wait_seconds)),
            *("lod.engine.zygote", str(limits.query_memory_mb), sources.catalog_graph, catalog),
            *(str(file) for file in sources.files),
        ]
        self._broker = subprocess.Popen(
            command, pass_fds=[reader], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        os.close(reader)
        self.engine = Engine(address, limits, dict(prefixes))
        self._wait_for_socket(address)

    def _wait_for_socket(self, address: Path) -> None:
        """Wait until the broker listens, which it does before anything is loaded."""
        end = time.monotonic() + 30
        while time.monotonic() < end and self._broker.poll() is None:
            try:
                with socket.socket(socket.AF_UNIX) as probe:
                    probe.connect(str(address))
            except OSError:
                time.sleep(0.005)
            else:
                return
        self.close()
        raise EngineError("engine/not-started", "The query engine could not be started.")

    @property
    def is_running(self) -> bool:
        """Whether the broker is alive."""
        return self._broker.poll() is None

    def close(self) -> None:
        """End all processes of the engine."""
        if self._writer >= 0:
            os.close(self._writer)
            self._writer = -1
        try:
            self._broker.wait(5)
        except subprocess.TimeoutExpired:
            self._broker.kill()
            self._broker.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> RunningEngine:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
