"""Render findings; a reporter never asks where one came from."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lod.reporters.github import report_github
from lod.reporters.gitlab import report_gitlab
from lod.reporters.json import report_json
from lod.reporters.junit import report_junit
from lod.reporters.markdown import report_markdown
from lod.reporters.reporting import Reporter, Reporting
from lod.reporters.sarif import report_sarif
from lod.reporters.source import source_of
from lod.reporters.text import report_concise, report_full, report_text, summary
from lod.reporters.turtle import report_turtle

__all__ = [
    "REPORTERS",
    "Reporter",
    "Reporting",
    "report_json",
    "report_text",
    "source_of",
    "summary",
]

REPORTERS: Mapping[str, Reporter] = MappingProxyType(
    {
        "full": report_full,
        "concise": report_concise,
        "json": lambda report, _: report_json(report),
        "junit": report_junit,
        "sarif": report_sarif,
        "github": report_github,
        "gitlab": report_gitlab,
        "markdown": report_markdown,
        "turtle": report_turtle,
    }
)
"""The formats of a report by name."""
