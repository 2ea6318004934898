"""An entity that nearly half of all others refer to, beside one that few refer to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from itertools import count, product

from benchmarks.client import Connection, Request
from benchmarks.load import Round, round_of, summary
from benchmarks.processes import Server
from benchmarks.project import Contents
from benchmarks.servers import HTML, TURTLE, document, lod
from benchmarks.stage import Release, Stage
from benchmarks.table import Measured, Outcome, Row, at_most

_TIMES = 100
_FORMATS = {"page": HTML, "Turtle": TURTLE}
_KINDS = ("hub", "usual")

_Key = tuple[str, str, str]
"""Format, kind of entity, size."""


def hub(stage: Stage) -> Outcome:
    """Compare a hub with itself in a smaller project, and with the usual entity.

    Each request has a number of its own, so that no kept answer helps.
    """
    sizes = ["10k", "100k" if stage.is_quick and stage.size != "1M" else "1M"]
    seen = _measure({size: stage.release(size) for size in sizes}, stage.rounds)
    rows = []
    for name in _FORMATS:
        few, many, usual = (
            seen[name, kind, size]
            for kind, size in (("hub", sizes[0]), ("hub", sizes[1]), ("usual", sizes[1]))
        )
        work = f"{name} of a hub, {sizes[1]}"
        rows += [
            Row(work, "CPU/request", "ms", many.cpu_ms, few.cpu_ms, sizes[0], at_most(1.2)),
            Row(work, "p50", "ms", many.p50_ms, few.p50_ms, sizes[0]),
            Row(work, "CPU/request", "ms", many.cpu_ms, usual.cpu_ms, "usual", at_most(4)),
            Row(work, "p50", "ms", many.p50_ms, usual.p50_ms, "usual"),
            Row(
                f"{name} of the usual, {sizes[1]}",
                "CPU/request",
                "ms",
                usual.cpu_ms,
                seen[name, "usual", sizes[0]].cpu_ms,
                sizes[0],
            ),
        ]
    return Outcome(rows, list(seen.values()))


def _measure(releases: Mapping[str, Release], rounds: int) -> dict[_Key, Measured]:
    """Return what each size did: their servers run side by side and are asked in turn."""
    done: dict[_Key, list[Round]] = {}
    numbers = count()
    with ExitStack() as stack:
        servers = {size: stack.enter_context(lod(each)) for size, each in releases.items()}
        for turn in range(rounds + 1):
            for name, kind, size in product(_FORMATS, _KINDS, releases):
                asked = _requests(releases[size].contents, kind, _FORMATS[name], numbers)
                seen = _one_by_one(servers[size], asked)
                if turn:  # the first round warms up
                    done.setdefault((name, kind, size), []).append(seen)
    return {key: summary(", ".join(key), "lod", each) for key, each in done.items()}


def _requests(
    contents: Contents, kind: str, media_type: str, numbers: Iterator[int]
) -> list[Request]:
    paths = [contents.hub()] if kind == "hub" else contents.sample(_TIMES)
    return [
        _unlike_others(document(paths[each % len(paths)], media_type), next(numbers))
        for each in range(_TIMES)
    ]


def _unlike_others(request: Request, number: int) -> Request:
    return Request(f"{request.path}?n={number}", request.headers)


def _one_by_one(server: Server, requests: list[Request]) -> Round:
    before = server.cpu_seconds()
    with Connection(server.port) as connection:
        answers = [connection.ask(each) for each in requests]
    return round_of(answers, server.cpu_seconds() - before)
