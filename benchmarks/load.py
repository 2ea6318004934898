"""Load servers in turn with wrk, and say what each did and used."""

from __future__ import annotations

import json
import signal
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.client import Answer, Request, ask_all, percentile
from benchmarks.processes import HOST, Server
from benchmarks.table import Measured

CLIENTS = 8
_ANSWERED = "answered\n"
_LONGEST = 600
"""Seconds after which requests that are sent once are given up."""
_SCRIPT = Path(__file__).with_name("wrk.lua")


@dataclass(frozen=True, slots=True)
class Round:
    """One server's share of one round."""

    requests: int
    seconds: float
    cpu_seconds: float
    p50_ms: float
    p99_ms: float
    failures: int
    size: float


def round_of(answers: Sequence[Answer], cpu_seconds: float) -> Round:
    """Return what a server did that answered one request after the other."""
    taken = [each.seconds * 1000 for each in answers]
    return Round(
        len(answers),
        sum(taken) / 1000,
        cpu_seconds,
        percentile(taken, 50),
        percentile(taken, 99),
        sum(each.status != 200 for each in answers),
        sum(each.size for each in answers),
    )


def load_in_turn(
    work: str,
    asked: Mapping[Server, Sequence[Request]],
    *,
    seconds: float,
    rounds: int,
    folder: Path,
) -> dict[str, Measured]:
    """Return what each server did, by name: each round loads all of them one after the other."""
    files = {server: _written(server, asked[server], folder) for server in asked}
    for server, requests in asked.items():
        ask_all(server.port, requests, clients=2)
    done: dict[Server, list[Round]] = {server: [] for server in asked}
    for _ in range(rounds):
        for server, file in files.items():
            done[server].append(_load(server, file, seconds))
    return {server.name: summary(work, server.name, each) for server, each in done.items()}


def once_in_turn(
    work: str, asked: Mapping[Server, Sequence[Sequence[Request]]], *, folder: Path
) -> dict[str, Measured]:
    """Return what each server did with requests that are sent once each, round by round.

    The first round warms up and does not count.
    """
    done: dict[Server, list[Round]] = {server: [] for server in asked}
    for turn, each in enumerate(zip(*asked.values(), strict=True)):
        for server, requests in zip(asked, each, strict=True):
            seen = _once(server, _written(server, requests, folder))
            if turn:
                done[server].append(seen)
    return {server.name: summary(work, server.name, rounds) for server, rounds in done.items()}


def summary(work: str, name: str, rounds: Sequence[Round]) -> Measured:
    """Return the medians of a server's rounds, and its processor time over all of them."""
    requests = sum(each.requests for each in rounds)
    return Measured(
        work,
        name,
        per_second=statistics.median(each.requests / each.seconds for each in rounds),
        cpu_ms=1000 * sum(each.cpu_seconds for each in rounds) / max(1, requests),
        p50_ms=statistics.median(each.p50_ms for each in rounds),
        p99_ms=statistics.median(each.p99_ms for each in rounds),
        requests=requests,
        size=sum(each.size for each in rounds) / max(1, requests),
        failures=sum(each.failures for each in rounds),
    )


def _written(server: Server, requests: Sequence[Request], folder: Path) -> Path:
    file = folder / f"{server.name}.requests"
    with file.open("w", encoding="ascii", newline="") as stream:
        for each in requests:
            lines = [f"GET {each.path} HTTP/1.1", f"Host: {HOST}:{server.port}"]
            lines.append("Accept-Encoding: identity")  # as http.client says it: kept answers differ
            lines += [f"{name}: {value}" for name, value in each.headers]
            stream.write("\r\n".join(lines) + "\r\n\r\n")
    return file


def _load(server: Server, file: Path, seconds: float) -> Round:
    before = server.cpu_seconds()
    done = subprocess.run(
        _command(server, file, seconds),
        check=True,
        capture_output=True,
        text=True,
        timeout=seconds + 60,
    )
    return _round(done.stdout, server.cpu_seconds() - before)


def _once(server: Server, file: Path) -> Round:
    """Send each request of a file once."""
    before = server.cpu_seconds()
    with subprocess.Popen(
        [*_command(server, file, _LONGEST), "once"], stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None  # noqa: S101 - it is a pipe
        for line in program.stdout:
            if line == _ANSWERED:
                program.send_signal(signal.SIGINT)
                break
        said = program.stdout.read()
    return _round(said, server.cpu_seconds() - before)


def _command(server: Server, file: Path, seconds: float) -> list[str | Path]:
    return [
        *("wrk", "-t1", f"-c{CLIENTS}", f"-d{seconds:g}s", "--timeout", "30s", "-s", _SCRIPT),
        *(f"http://{HOST}:{server.port}/", "--", file),
    ]


def _round(output: str, cpu: float) -> Round:
    said = json.loads(output.splitlines()[-1])
    return Round(
        said["requests"],
        said["microseconds"] / 1e6,
        cpu,
        said["p50"] / 1000,
        said["p99"] / 1000,
        said["failures"],
        said["bytes"],
    )
