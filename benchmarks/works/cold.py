"""Documents of many entities, each asked for the first time."""

from __future__ import annotations

from contextlib import ExitStack

from benchmarks.load import once_in_turn
from benchmarks.project import Contents
from benchmarks.servers import TURTLE, describe, document, lod, oxigraph, rdflib_endpoint
from benchmarks.stage import Stage
from benchmarks.table import Measured, Outcome, Row
from benchmarks.works.dereference import FORMATS

_MOST = 300


def cold(stage: Stage) -> Outcome:
    """Compare first answers with descriptions by an endpoint in Python and by an engine."""
    release, outcome = stage.release(), Outcome()
    with ExitStack() as stack:
        ours = stack.enter_context(lod(release))
        python = stack.enter_context(rdflib_endpoint(release))
        engine = stack.enter_context(oxigraph(release))
        for number, (name, media_type) in enumerate(FORMATS.items()):
            parts = _parts(release.contents, number, stage.rounds + 1)
            work = f"{name}, cold"
            measured = once_in_turn(
                work,
                {
                    ours: [[document(each, media_type) for each in part] for part in parts],
                    python: [[describe(each, TURTLE, endpoint="/") for each in p] for p in parts],
                    engine: [[describe(each, TURTLE) for each in part] for part in parts],
                },
            )
            outcome.add(Outcome(_rows(work, measured), list(measured.values())))
    return outcome


def _parts(contents: Contents, work: int, rounds: int) -> list[list[str]]:
    """Return entities for each round of a work, no entity twice."""
    share = 1 / (len(FORMATS) * rounds)
    first = work * rounds
    return [
        contents.sample(_MOST, start=each * share, end=(each + 1) * share)
        for each in range(first, first + rounds)
    ]


def _rows(work: str, measured: dict[str, Measured]) -> list[Row]:
    ours, python = measured["lod"], measured["rdflib-endpoint"]
    return [
        Row(work, "requests/s", "", ours.per_second, python.per_second, python.server),
        Row(work, "CPU/request", "ms", ours.cpu_ms, python.cpu_ms, python.server),
        Row(work, "p99", "ms", ours.p99_ms, python.p99_ms, python.server),
    ]
