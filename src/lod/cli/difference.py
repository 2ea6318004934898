"""Show how a file would change."""

from __future__ import annotations

import difflib
import io
import sys
from collections.abc import Iterator

import click

from lod.reporters.escaping import plain


def show_difference(name: str, before: str, after: str) -> None:
    """Print a unified diff; a terminal does not obey what it holds, a file gets it as it is."""
    is_terminal = sys.stdout.isatty()
    for line in unified(name, before, after):
        click.echo(plain(line) if is_terminal else line)


def unified(name: str, before: str, after: str) -> Iterator[str]:
    """Yield the lines of a unified diff, which ``patch`` can apply."""
    old, new = (list(io.StringIO(text, newline="\n")) for text in (before, after))
    for line in difflib.unified_diff(old, new, name, name):
        yield line.removesuffix("\n")
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"
