"""What commands print: results to standard output, progress and remarks to standard error."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import TextIO

import click

from lod.config import Project
from lod.diagnostics import Report, Severity

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_PATIENCE = 1.0
"""Seconds before progress is worth telling."""


def say(text: str) -> None:
    """Print a remark to standard error; where nobody reads it any more, it is dropped."""
    try:
        click.echo(text, err=True)
    except BrokenPipeError:
        drop(sys.stderr)


def drop(stream: TextIO) -> None:
    """Send what is still printed to a stream nowhere; Python would complain at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def paint(word: str, severity: Severity) -> str:
    """Return a word in the colour of a severity; click takes colour out where it does not fit."""
    return click.style(word, fg=_COLOURS[severity], bold=severity is Severity.ERROR)


def progress() -> Callable[[str], None]:
    """Return a teller of progress: on a terminal, and only once a run takes longer."""
    started = time.monotonic()
    is_terminal = sys.stderr.isatty()

    def tell(what: str) -> None:
        if is_terminal and time.monotonic() - started > _PATIENCE:
            say(f"{time.monotonic() - started:5.1f} s  {what}")

    return tell


def show_findings(report: Report, project: Project, *, as_json: bool = False) -> None:
    """Print findings as text or JSON, and what was looked at to standard error."""
    from lod.rdf.prefixes import Prefixes  # noqa: PLC0415 - not for --help
    from lod.reporters import (  # noqa: PLC0415
        report_json,
        report_text,
        source_of,
        summary,
    )

    if as_json:
        text = report_json(report)
    else:
        shorten = Prefixes(project.prefixes).shorten
        text = report_text(report, shorten, paint, source_of(project.root))
    click.echo(text, nl=False)
    say(summary(report))
