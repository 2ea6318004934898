"""What commands print: results to standard output, progress and remarks to standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import click

from lod.diagnostics import Report, Severity

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_PATIENCE = 1.0
"""Seconds before progress is worth telling."""


def say(text: str) -> None:
    """Print a remark to standard error."""
    click.echo(text, err=True)


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


def show_findings(report: Report, shorten: Callable[[str], str | None]) -> None:
    """Print findings as text."""
    from lod.reporters import report_text, summary  # noqa: PLC0415 - not for --help

    click.echo(report_text(report, shorten, paint), nl=False)
    say(summary(report))
