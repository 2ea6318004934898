"""Render findings; a reporter never asks where one came from."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from types import MappingProxyType

from lod.diagnostics import Report
from lod.reporters.json import report_json
from lod.reporters.reporting import Reporter, Reporting
from lod.reporters.source import source_of
from lod.reporters.text import report_concise, report_full, report_text, summary

__all__ = [
    "REPORTERS",
    "Reporter",
    "Reporting",
    "report_json",
    "report_text",
    "source_of",
    "summary",
]


def _later(name: str) -> Reporter:
    """Return the reporter of a format, whose module is loaded when it writes: few are wanted."""

    def write(report: Report, reporting: Reporting) -> str:
        reporter: Reporter = getattr(
            importlib.import_module(f"lod.reporters.{name}"), f"report_{name}"
        )
        return reporter(report, reporting)

    return write


REPORTERS: Mapping[str, Reporter] = MappingProxyType(
    {
        "full": report_full,
        "concise": report_concise,
        "json": lambda report, _: report_json(report),
        **{
            name: _later(name)
            for name in ("junit", "sarif", "github", "gitlab", "markdown", "turtle")
        },
    }
)
"""The formats of a report by name."""
