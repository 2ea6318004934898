"""Servers as users start them, and plain HTTP to ask them with."""

from __future__ import annotations

import http.client
import json
import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from support.processes import descendants, eventually, look_at
from unit.cli.commands import PROGRAM, Home, end, family

SERVED = "Mein Garten, ž%41"
"""The name of the folder of the shared server's project: a folder may have any."""

_ADDRESS = re.compile(r"Serving \S+ \S+ at (http://\S+/)  \(")
_PATIENCE = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8")

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def media_type(self) -> str:
        """The media type without parameters."""
        return self.headers.get_content_type()


@dataclass(frozen=True, slots=True)
class Server:
    """A ``lod serve`` and what it has said so far on standard error."""

    process: subprocess.Popen[str]
    home: Home
    said: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The address it says it serves at."""
        return next(found[1] for found in map(_ADDRESS.search, self.said) if found)

    def says(self, words: str, *, times: int = 1, seconds: float = _PATIENCE) -> bool:
        """Wait for lines with these words, no longer than it lives."""

        def said() -> bool:
            return sum(words in line for line in self.said) >= times

        return eventually(lambda: said() or self.process.poll() is not None, seconds) and said()

    def ask(
        self,
        path: str,
        accept: str | None = None,
        *,
        method: str = "GET",
        body: bytes | None = None,
        media_type: str | None = None,
    ) -> Answer:
        """Ask for a path exactly as it is written; redirects are not followed."""
        headers = {"Accept": accept, "Content-Type": media_type}
        connection = self.connect()
        try:
            connection.request(
                method, path, body, {name: text for name, text in headers.items() if text}
            )
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def query(self, text: str, extension: str = "csv") -> Answer:
        """Send a query to the endpoint."""
        return self.ask(f"/sparql?{urlencode({'query': text, 'format': extension})}")

    def connect(self) -> http.client.HTTPConnection:
        """Return a connection to the server."""
        place = urlsplit(self.address)
        return http.client.HTTPConnection(place.hostname or "", place.port, timeout=_PATIENCE)

    # Its processes

    def everyone(self) -> set[int]:
        """Return the numbers of all its processes."""
        return family(self.process.pid)

    def brokers(self) -> set[int]:
        """Return the processes that manage an engine each."""
        return {
            each.number
            for each in descendants(self.process.pid)
            if each.parent == self.process.pid and "lod.engine.broker" in each.command
        }

    def zygotes(self) -> set[int]:
        """Return the processes that have loaded the data."""
        brokers = self.brokers()
        return {each.number for each in descendants(self.process.pid) if each.parent in brokers}

    def answering(self) -> set[int]:
        """Return the processes that answer requests: copies of the server, or their successors."""
        own = look_at(self.process.pid)
        assert own is not None
        return {
            each.number
            for each in descendants(self.process.pid)
            if each.parent == own.number
            and (each.command == own.command or "spawn_main" in each.command)
        }

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Tell it to end, and return its exit code."""
        self.process.send_signal(how)
        return self.process.wait(_PATIENCE)


@contextmanager
def starting(home: Home, *arguments: str | Path, cwd: Path | None = None) -> Iterator[Server]:
    """Yield a server that has just been started; at the end none of its processes lives on."""
    process = subprocess.Popen(
        [PROGRAM, "serve", *arguments],
        cwd=cwd or home.folder,
        env=home.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # so that a test can interrupt it as a keyboard does
    )
    server = Server(process, home)
    listener = threading.Thread(target=_listen, args=[process, server.said], daemon=True)
    listener.start()
    try:
        yield server
    finally:
        everyone = server.everyone()
        process.terminate()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        end(everyone)
        listener.join(_PATIENCE)
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


@contextmanager
def serving(home: Home, *arguments: str | Path, cwd: Path | None = None) -> Iterator[Server]:
    """Yield a server, on a port of its own, that has said where it serves."""
    with starting(home, "--port", "0", *arguments, cwd=cwd) as server:
        assert server.says("Serving "), server.said
        yield server


def path_of(iri: str) -> str:
    """Return the path of an IRI as it is sent."""
    return quote(urlsplit(iri).path)


def _listen(process: subprocess.Popen[str], said: list[str]) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        said.append(line.rstrip("\n"))  # noqa: PERF401 - each is to be seen at once
