"""The works: each starts the servers it needs, one after the other does the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from benchmarks.stage import Stage
from benchmarks.table import Outcome
from benchmarks.works.again import again
from benchmarks.works.cold import cold
from benchmarks.works.dereference import dereference
from benchmarks.works.dump import dump
from benchmarks.works.hostile import hostile
from benchmarks.works.hub import hub
from benchmarks.works.not_modified import not_modified
from benchmarks.works.sparql import sparql
from benchmarks.works.start import start

WORKS: Mapping[str, Callable[[Stage], Outcome]] = MappingProxyType(
    {
        "dereference": dereference,
        "cold": cold,
        "not-modified": not_modified,
        "hub": hub,
        "sparql": sparql,
        "again": again,
        "dump": dump,
        "start": start,
        "hostile": hostile,
    }
)
