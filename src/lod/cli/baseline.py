"""``lod check --write-baseline``: accept the findings there are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from lod.checks.baseline import Entry, baseline_text, entries_of, read_baseline, shrunk
from lod.cli.findings import OutputError
from lod.cli.output import progress, say

if TYPE_CHECKING:
    from pathlib import Path

    from lod.cli.check import Order


def write(order: Order) -> int:
    """Write the findings to the baseline; one that exists becomes shorter or stays as it is.

    Returns 1 when there are findings that it does not accept.

    :raises click.UsageError: without a file, or when not all findings are looked for.
    :raises OutputError: when not all findings are known, or the file cannot be written.
    """
    path = order.baseline
    if path is None:
        raise click.UsageError("--write-baseline needs --baseline FILE: where to write.")
    if order.select or order.ignore or order.files or order.since is not None:
        raise click.UsageError(
            "--write-baseline takes all findings: leave out FILE, --select, --ignore and --since."
        )
    before = read_baseline(path) if path.exists() else None
    report = replace(order, baseline=None).run(order.dataset(), progress())
    if not report.is_complete:
        raise OutputError(
            "output/half-a-baseline",
            "Files that cannot be read keep the rest from being checked.",
            place=str(path),
            cure="Mend what 'lod check' tells, then write the baseline.",
        )
    found = entries_of(report.findings)
    entries = found if before is None else shrunk(before, report.findings)
    _put(path, entries)
    new = len({each.fingerprint for each in found} - {each.fingerprint for each in entries})
    say(f"{path}: {_counted(len(entries), 'finding')} accepted.")
    if new:
        say(f"{_counted(new, 'new finding')} not accepted: a baseline only becomes shorter.")
    return int(bool(new))


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _put(path: Path, entries: tuple[Entry, ...]) -> None:
    try:
        path.write_bytes(baseline_text(entries).encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise OutputError(
            "output/not-written",
            f"The baseline cannot be written: {error.strerror or error}.",
            place=str(path),
            cure="Make the folder, or name another file.",
        ) from error
