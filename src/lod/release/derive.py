"""Derive triples with the project's own CONSTRUCT queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, parse

from lod.config import Limits
from lod.engine.guard import inspect
from lod.engine.launcher import RunningEngine
from lod.engine.operation import QueryForm
from lod.engine.sources import Sources
from lod.errors import LodError, ProjectError, QueryError

LIMITS = Limits(
    query_seconds=600, query_memory_mb=8192, answer_mb=4096, workers=1, wait_seconds=600
)
"""Rules are the maintainers' own and run once a build, so they may take their time."""


def derive(
    rules: Iterable[tuple[str, Path]], default_graph: Path, prefixes: Mapping[str, str]
) -> Iterator[Triple]:
    """Yield what the rules derive from the default graph; no rule sees what another derives.

    :param rules: CONSTRUCT queries, as (name, path).
    :param default_graph: N-Triples.
    :raises ProjectError: when a rule is no CONSTRUCT query, or does not end.
    """
    with RunningEngine(Sources([default_graph]), LIMITS) as running:
        for name, path in rules:
            try:
                text = path.read_text("utf-8")
                operation = inspect(text, LIMITS, prefixes)
                if operation.form is not QueryForm.CONSTRUCT:
                    raise QueryError("query/form", "A rule must be a CONSTRUCT query.")
                answer = b"".join(running.engine.query(operation, "nt"))
            except (LodError, OSError, UnicodeDecodeError) as error:
                raise _failed(name, error) from error
            for quad in parse(BytesIO(answer), format=RdfFormat.N_TRIPLES, lenient=True):
                yield quad.triple


def _failed(name: str, error: Exception) -> ProjectError:
    place = name
    cure = None
    if isinstance(error, QueryError) and error.line:
        place = f"{name}:{error.line}:{error.column or 1}"
    if isinstance(error, LodError):
        cure = error.cure
    message = error.message if isinstance(error, LodError) else str(error)
    return ProjectError("project/rule", message, place=place, cure=cure)
