"""Documents of many entities, asked for again and again."""

from __future__ import annotations

from contextlib import ExitStack

from benchmarks.load import load_in_turn
from benchmarks.servers import (
    HTML,
    JSON_LD,
    TURTLE,
    describe,
    document,
    lod,
    nginx,
    oxigraph,
    save_for_nginx,
    saved,
)
from benchmarks.stage import Stage
from benchmarks.table import Measured, Outcome, Row, at_least, at_most, no_more

ENTITIES = 200
FORMATS = {"Turtle": TURTLE, "JSON-LD": JSON_LD, "HTML": HTML}


def dereference(stage: Stage) -> Outcome:
    """Compare documents with an engine's descriptions and with files.

    A page has no equal at the engine: it is compared with the description in Turtle.
    """
    release, outcome = stage.release(), Outcome()
    paths = release.contents.sample(ENTITIES)
    with ExitStack() as stack:
        ours = stack.enter_context(lod(release))
        engine = stack.enter_context(oxigraph(release))
        files = stack.enter_context(nginx(release))
        for name, media_type in FORMATS.items():
            save_for_nginx(release, ours, paths, media_type)
            described = TURTLE if media_type == HTML else media_type
            work = f"{name}, warm"
            measured = load_in_turn(
                work,
                {
                    ours: [document(each, media_type) for each in paths],
                    engine: [describe(each, described) for each in paths],
                    files: [saved(each, media_type) for each in paths],
                },
                seconds=stage.seconds,
                rounds=stage.rounds,
                folder=release.work,
            )
            outcome.add(Outcome(_rows(work, measured), list(measured.values())))
    return outcome


def _rows(work: str, measured: dict[str, Measured]) -> list[Row]:
    ours, engine, files = measured["lod"], measured["oxigraph"], measured["nginx"]
    return [
        Row(work, "requests/s", "", ours.per_second, engine.per_second, "oxigraph", at_least(1)),
        Row(work, "CPU/request", "ms", ours.cpu_ms, files.cpu_ms, "nginx", at_most(4)),
        Row(work, "p99", "ms", ours.p99_ms, engine.p99_ms, "oxigraph", no_more(10)),
    ]
