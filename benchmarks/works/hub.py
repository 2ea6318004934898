"""An entity that nearly half of all others refer to, beside one that few refer to."""

from __future__ import annotations

from itertools import count

from benchmarks.client import Connection, Request, percentile
from benchmarks.load import Round, summary
from benchmarks.processes import Server
from benchmarks.project import Contents
from benchmarks.servers import HTML, TURTLE, document, lod
from benchmarks.stage import Stage
from benchmarks.table import Measured, Outcome, Row, at_most

_TIMES = 100
_FORMATS = {"page": HTML, "Turtle": TURTLE}


def hub(stage: Stage) -> Outcome:
    """Compare a hub with itself in a smaller project, and with the usual entity.

    Each request has a number of its own, so that no kept answer helps.
    """
    sizes = ["10k", "100k" if stage.is_quick and stage.size != "1M" else "1M"]
    at = {size: _measure(stage, size) for size in sizes}
    small, large = (at[size] for size in sizes)
    rows = []
    for name in _FORMATS:
        few, many, usual = small[name, "hub"], large[name, "hub"], large[name, "usual"]
        work = f"{name} of a hub, {sizes[1]}"
        rows += [
            Row(work, "CPU/request", "ms", many.cpu_ms, few.cpu_ms, sizes[0], at_most(1.2)),
            Row(work, "p50", "ms", many.p50_ms, few.p50_ms, sizes[0]),
            Row(work, "CPU/request", "ms", many.cpu_ms, usual.cpu_ms, "usual", at_most(4)),
            Row(work, "p50", "ms", many.p50_ms, usual.p50_ms, "usual"),
        ]
    return Outcome(rows, [each for size in sizes for each in at[size].values()])


def _measure(stage: Stage, size: str) -> dict[tuple[str, str], Measured]:
    release, numbers = stage.release(size), count()
    entities = {"hub": [Contents.hub()], "usual": release.contents.sample(_TIMES)}
    done: dict[tuple[str, str], list[Round]] = {}
    with lod(release) as server:
        for each in range(stage.rounds + 1):
            for name, media_type in _FORMATS.items():
                for kind, paths in entities.items():
                    asked = [
                        _unlike_others(document(paths[n % len(paths)], media_type), next(numbers))
                        for n in range(_TIMES)
                    ]
                    seen = _one_by_one(server, asked)
                    if each:  # the first round warms up
                        done.setdefault((name, kind), []).append(seen)
    return {
        (name, kind): summary(f"{name}, {kind}, {size}", "lod", rounds)
        for (name, kind), rounds in done.items()
    }


def _unlike_others(request: Request, number: int) -> Request:
    return Request(f"{request.path}?n={number}", request.headers)


def _one_by_one(server: Server, requests: list[Request]) -> Round:
    before = server.cpu_seconds()
    with Connection(server.port) as connection:
        answers = [connection.ask(each) for each in requests]
    cpu = server.cpu_seconds() - before
    taken = [each.seconds * 1000 for each in answers]
    return Round(
        len(answers),
        sum(taken) / 1000,
        cpu,
        percentile(taken, 50),
        percentile(taken, 99),
        sum(each.status != 200 for each in answers),
        sum(each.size for each in answers),
    )
