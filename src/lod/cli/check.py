"""``lod check``."""

from __future__ import annotations

from pathlib import Path

import click

from lod.cli.options import json_option, open_project, project_option
from lod.cli.output import progress, show_findings


@click.command()
@project_option
@json_option
def check(folder: Path, *, as_json: bool) -> int:
    """Find what is wrong with a project: syntax errors and broken shapes.

    Exits with 0 when nothing must be mended, 1 when there are errors, 2 when it could not run.

    \b
    Examples:
      lod check
      lod check --project tests/projects/herbarium
      lod check --json > report.json
    """
    from lod import pipeline  # noqa: PLC0415 - loaded when used: --help stays light

    project = open_project(folder)
    report = pipeline.check(project, progress())
    show_findings(report, project, as_json=as_json)
    return 1 if report.has_errors else 0
