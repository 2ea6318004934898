"""Serve with granian: one engine, one or more answering processes, swapped to a new release."""

from __future__ import annotations

import contextlib
import errno
import multiprocessing
import os
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from lod.engine.launcher import RunningEngine
from lod.errors import LodError
from lod.release import Release
from lod.release.hold import Hold
from lod.web.forking import Starting
from lod.web.settings import Pointer, Settings

_CHECK_SECONDS = 1.0


class Running:
    """A server at work: the engine of what is published, and the pointer its processes follow.

    :param say: is told where it serves, and what it mends by itself.
    """

    def __init__(self, release: Release, settings: Settings, say: Callable[[str], None]) -> None:
        self._settings = settings
        self._say = say
        self._port = free_port(settings.server.host, settings.server.port)
        self._folder = Path(tempfile.mkdtemp(prefix="lod-serve-"))
        self._pointer = Pointer(self._folder / "published")
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._release = release
        self._engine = self._start_engine(release)
        self._hold = Hold(release)
        self._retired: list[tuple[float, RunningEngine, Hold]] = []

    def __enter__(self) -> Running:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        with self._lock:
            for engine in (self._engine, *(each for _, each, _ in self._retired)):
                engine.close()
            for hold in (self._hold, *(each for _, _, each in self._retired)):
                hold.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def publish(self, release: Release) -> None:
        """Serve another release from now on; queries under way end on the old one."""
        with self._lock:
            if release.folder == self._release.folder:
                return
            self._retired.append((self._last_query_ends(), self._engine, self._hold))
            self._release, self._hold = release, Hold(release)
            self._engine = self._start_engine(release)

    def serve(self, remark: str, beside: Sequence[threading.Thread] = ()) -> None:
        """Answer requests until a signal says to stop.

        :param beside: threads to start as soon as the processes that answer are there.
        """
        from granian import Granian  # noqa: PLC0415 - is not there on every system
        from granian.constants import Interfaces  # noqa: PLC0415
        from granian.log import LogLevels  # noqa: PLC0415

        server = self._settings.server
        threads = [
            *beside,
            *(
                threading.Thread(target=task, daemon=True)
                for task in (self._tend, partial(self._announce, remark))
            ),
        ]
        Starting(server.processes, threads, self._engine.leave).prepare()
        Granian(
            "lod",
            address=_place(server.host, self._port)[1][0],
            port=self._port,
            interface=Interfaces.WSGI,
            workers=server.processes,
            blocking_threads=server.threads,
            respawn_failed_workers=True,
            log_level=LogLevels.error,
            workers_kill_timeout=10,
        ).serve(
            target_loader=partial(load_application, self._pointer, self._settings),
            wrap_loader=False,
        )

    def _start_engine(self, release: Release) -> RunningEngine:
        engine = RunningEngine(release.engine_sources, self._settings.limits)
        self._pointer.write(release.folder, engine.engine.socket)
        return engine

    def _last_query_ends(self) -> float:
        limits = self._settings.limits
        return time.monotonic() + limits.query_seconds + limits.wait_seconds + 1

    def _tend(self) -> None:
        """Restart an engine that died, and end those whose last query is over."""
        while not self._over.wait(_CHECK_SECONDS):
            with self._lock:
                if self._over.is_set():
                    return
                if not self._engine.is_running:
                    self._say("lod: the query engine ended and is started again.")
                    self._engine.close()
                    with contextlib.suppress(LodError):
                        self._engine = self._start_engine(self._release)
                for retired in list(self._retired):
                    due, engine, hold = retired
                    if due < time.monotonic():
                        engine.close()
                        hold.close()
                        self._retired.remove(retired)

    def _announce(self, remark: str) -> None:
        """Say where the server is, once it answers there."""
        host = self._settings.server.host
        reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
        shown = f"[{reached}]" if ":" in reached else reached
        address = f"http://{shown}:{self._port}/"
        for _ in range(600):
            if _answers(reached, self._port):
                break
            time.sleep(0.02)
        manifest = self._release.manifest
        self._say(f"Serving {manifest.name} {manifest.version} at {address}  ({remark})")


def load_application(pointer: Pointer, settings: Settings) -> Callable[..., Any]:
    """Return the WSGI application, in a process of granian's.

    The process leaves the group of the terminal: on Ctrl+C the server alone tells its processes
    to end. And it ends when the server is killed.
    """
    if hasattr(os, "setpgrp"):
        os.setpgrp()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from lod.web.app import application  # noqa: PLC0415
    from lod.web.memory import settle  # noqa: PLC0415
    from lod.web.metrics import share_numbers  # noqa: PLC0415
    from lod.web.publication import PointedPublication  # noqa: PLC0415

    if settings.server.metrics:
        share_numbers(pointer.path.with_name("metrics"))
    served = application(PointedPublication(pointer, settings.limits), settings)
    settle()
    return served


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), 5) as connection:
            connection.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
            return bool(connection.recv(1))
    except OSError:
        return False


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _place(host: str, port: int) -> tuple[int, tuple[Any, ...]]:
    """Return the address family and the address of a host, which may be given by name.

    :raises OSError: when there is no such host.
    """
    family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    return family, address


def free_port(host: str, port: int) -> int:
    """Return the port to listen on; 0 becomes one that is free.

    granian shares ports between its processes, so another server of ours on the same port would
    not be noticed later.

    :raises LodError: when the port is in use or may not be used.
    """
    try:
        family, address = _place(host, port)
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            found: int = probe.getsockname()[1]
            return found
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            cure = "Choose another with --port; 0 picks a free one."
            raise LodError("serve/port", f"port {port} is in use.", cure=cure) from error
        if error.errno == errno.EACCES:
            cure = "Choose one above 1023."
            raise LodError("serve/port", f"port {port} needs more rights.", cure=cure) from error
        reason = error.strerror or str(error)
        raise LodError(
            "serve/host", f"{host} cannot be listened on: {reason}.", cure="Choose another --host."
        ) from error
