"""Documents that the client has already."""

from __future__ import annotations

from contextlib import ExitStack

from benchmarks.client import Request, ask_once
from benchmarks.load import load_in_turn
from benchmarks.processes import Server, ServerFailedError
from benchmarks.servers import TURTLE, answered, document, lod, nginx, save_for_nginx, saved
from benchmarks.stage import Stage
from benchmarks.table import Outcome, Row, at_least
from benchmarks.works.dereference import ENTITIES

_WORK = "304, matching ETag"


def not_modified(stage: Stage) -> Outcome:
    """Compare answers without content with those of files."""
    release = stage.release()
    paths = release.contents.sample(ENTITIES)
    with ExitStack() as stack:
        ours = stack.enter_context(lod(release))
        files = stack.enter_context(nginx(release))
        save_for_nginx(release, ours, paths, TURTLE)
        measured = load_in_turn(
            _WORK,
            {
                ours: [_again(ours, document(each, TURTLE)) for each in paths],
                files: [_again(files, saved(each, TURTLE)) for each in paths],
            },
            seconds=stage.seconds,
            rounds=stage.rounds,
            folder=release.work,
        )
    lod_, nginx_ = measured["lod"], measured["nginx"]
    rows = [
        Row(_WORK, "requests/s", "", lod_.per_second, nginx_.per_second, "nginx", at_least(0.3)),
        Row(_WORK, "CPU/request", "ms", lod_.cpu_ms, nginx_.cpu_ms, "nginx"),
    ]
    return Outcome(rows, list(measured.values()))


def _again(server: Server, request: Request) -> Request:
    """Return a request that names the tag of its answer.

    :raises ServerFailedError: when it is not answered with 304.
    """
    conditional = request.with_header("If-None-Match", answered(server, request).etag)
    status = ask_once(server.port, conditional).status
    if status != 304:
        raise ServerFailedError(f"{server.name} answers a matching tag with {status}.")
    return conditional
