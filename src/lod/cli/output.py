"""What commands print: results to standard output, progress and remarks to standard error."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import TextIO

import click

from lod.diagnostics import Severity

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
    """Return a word in the colour of a severity; click takes colour out where it does not fit.

    Who sets ``NO_COLOR`` wants none (no-color.org).
    """
    if os.environ.get("NO_COLOR"):
        return word
    return click.style(word, fg=_COLOURS[severity], bold=severity is Severity.ERROR)


def progress() -> Callable[[str], None]:
    """Return a teller of progress: on a terminal, and only once a run takes longer."""
    started = time.monotonic()
    is_terminal = sys.stderr.isatty()

    def tell(what: str) -> None:
        if is_terminal and time.monotonic() - started > _PATIENCE:
            say(f"{time.monotonic() - started:5.1f} s  {what}")

    return tell
