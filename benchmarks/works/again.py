"""The same query again and again."""

from __future__ import annotations

from contextlib import ExitStack

from benchmarks.load import load_in_turn
from benchmarks.queries import MIX
from benchmarks.servers import lod, oxigraph, query
from benchmarks.stage import Stage
from benchmarks.table import Outcome, Row, at_least
from benchmarks.works.sparql import ENDPOINTS

_KEPT = {"text", "GROUP BY"}
_LEFT_OUT = {"stream"}


def again(stage: Stage) -> Outcome:
    """Compare how often the same query is answered; kept answers may help."""
    release, outcome = stage.release(), Outcome()
    with ExitStack() as stack:
        servers = [stack.enter_context(lod(release)), stack.enter_context(oxigraph(release))]
        for each in MIX:
            if each.name in _LEFT_OUT:
                continue
            work, text = f"again, {each.name}", each.at(1, release.contents)
            measured = load_in_turn(
                work,
                {
                    server: [query(ENDPOINTS[server.name], text, each.media_type)]
                    for server in servers
                },
                seconds=stage.seconds,
                rounds=stage.rounds,
                folder=release.work,
            )
            ours, engine = measured["lod"], measured["oxigraph"]
            bound = at_least(5 if each.name in _KEPT else 0.4)
            outcome.add(
                Outcome(
                    [
                        Row(
                            work,
                            "requests/s",
                            "",
                            ours.per_second,
                            engine.per_second,
                            "oxigraph",
                            bound,
                        )
                    ],
                    list(measured.values()),
                )
            )
    return outcome
