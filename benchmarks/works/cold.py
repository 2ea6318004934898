"""Documents of many entities, each asked for the first time."""

from __future__ import annotations

from contextlib import ExitStack

from benchmarks.load import once_in_turn
from benchmarks.project import Contents
from benchmarks.servers import TURTLE, describe, document, lod, oxigraph, rdflib_endpoint
from benchmarks.stage import Stage
from benchmarks.table import Measured, Outcome, Row, at_least
from benchmarks.works.dereference import FORMATS

_WARM = 100
"""Entities of each format that warm up every server alike, before the first is measured."""

_MOST = 6_000
"""So many entities are asked for in each format, over all rounds; at 100k there are 3,300."""


def cold(stage: Stage) -> Outcome:
    """Compare first answers with descriptions by an endpoint in Python and by an engine."""
    release, outcome = stage.release(), Outcome()
    with ExitStack() as stack:
        ours = stack.enter_context(lod(release))
        python = stack.enter_context(rdflib_endpoint(release))
        engine = stack.enter_context(oxigraph(release))
        for number, (name, media_type) in enumerate(FORMATS.items()):
            parts = _parts(release.contents, number, stage.rounds)
            work = f"{name}, cold"
            measured = once_in_turn(
                work,
                {
                    ours: [[document(each, media_type) for each in part] for part in parts],
                    python: [[describe(each, TURTLE, endpoint="/") for each in p] for p in parts],
                    engine: [[describe(each, TURTLE) for each in part] for part in parts],
                },
                folder=release.work,
            )
            outcome.add(Outcome(_rows(work, measured), list(measured.values())))
    return outcome


def _parts(contents: Contents, work: int, rounds: int) -> list[list[str]]:
    """Return the entities that warm up and those of each round; none is in two parts or works."""
    each_work = 1 / len(FORMATS)
    start = work * each_work
    warm = min(_WARM / contents.things, each_work / 2)
    share = (each_work - warm) / rounds
    most = _MOST // rounds
    first = contents.sample(_WARM, start=start, end=start + warm)
    return [
        first,
        *(
            contents.sample(
                most, start=start + warm + turn * share, end=start + warm + (turn + 1) * share
            )
            for turn in range(rounds)
        ),
    ]


def _rows(work: str, measured: dict[str, Measured]) -> list[Row]:
    ours, python = measured["lod"], measured["rdflib-endpoint"]
    return [
        Row(
            work,
            "requests/s",
            "",
            ours.per_second,
            python.per_second,
            python.server,
            at_least(10),
        ),
        Row(work, "CPU/request", "ms", ours.cpu_ms, python.cpu_ms, python.server),
        Row(work, "p99", "ms", ours.p99_ms, python.p99_ms, python.server),
    ]
