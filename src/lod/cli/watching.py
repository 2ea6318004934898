"""``lod check --watch``: check again on each save, and tell what changed."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lod.cli.findings import OutputError, deliver, write_files
from lod.cli.output import progress, say
from lod.config import FILE_NAME
from lod.diagnostics import Diagnostic, Report
from lod.errors import LodError
from lod.reporters import summary
from lod.reporters.text import headline

if TYPE_CHECKING:
    from lod.cli.check import Order
    from lod.dataset import Dataset

_PAUSE = 0.4
"""Seconds between two looks at the files."""

State = dict[Path, tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Change:
    """What a check found that the one before did not, and the other way round."""

    new: tuple[Diagnostic, ...]
    mended: tuple[Diagnostic, ...]
    known: tuple[Diagnostic, ...]
    """What there is to mend, as far as anybody knows."""


def check_again_and_again(order: Order) -> int:
    """Check now and after each change until interrupted; first all is told, then what is new."""
    known: tuple[Diagnostic, ...] | None = None
    while True:
        state: State = {}
        failure = None
        try:
            dataset = order.dataset()
            state = state_of(dataset)
            known = _checked(order, dataset, known)
        except OutputError:
            raise
        except LodError as error:
            failure = str(error)
            say(f"lod: {failure}")
        say("Waiting for changes; Ctrl+C stops.")
        _wait(order, state, failure)


def _checked(
    order: Order, dataset: Dataset, known: Sequence[Diagnostic] | None
) -> tuple[Diagnostic, ...]:
    """Check once, tell what there is to tell, and return what there is to mend."""
    report = order.run(dataset, progress())
    if known is None:
        deliver(report, dataset, order.outputs)
        return report.findings
    change = compare(known, report)
    for finding in change.new:
        say(f"new: {headline(finding)}")
    for finding in change.mended:
        say(f"mended: {headline(finding)}")
    say(summary(replace(report, findings=change.known)))
    write_files(report, dataset, order.outputs)
    return change.known


def compare(known: Sequence[Diagnostic], now: Report) -> Change:
    """Return what changed.

    While a file is half written nobody can say what is mended: what was known stays known, but for
    what kept files from being read.
    """
    new = _missing(now.findings, known)
    gone = _missing(known, now.findings)
    mended = [each for each in gone if now.is_complete or _is_about_reading(each)]
    kept = [each for each in gone if each not in mended]
    ordered = sorted((*now.findings, *kept), key=Diagnostic.sort_key)
    return Change(tuple(new), tuple(mended), tuple(ordered))


def _missing(some: Iterable[Diagnostic], others: Iterable[Diagnostic]) -> list[Diagnostic]:
    marks = {each.fingerprint for each in others}
    return [each for each in some if each.fingerprint not in marks]


def _is_about_reading(finding: Diagnostic) -> bool:
    return finding.source is None and not finding.code.startswith("shacl/")


def _wait(order: Order, state: State, failure: str | None) -> None:
    """Return when the files are no more as they were, or what stopped the check has changed."""
    while True:
        time.sleep(_PAUSE)
        try:
            if state_of(order.dataset()) != state:
                return
        except LodError as error:
            if str(error) != failure:
                return


def state_of(dataset: Dataset) -> State:
    """Return what is another after each change of a file the check depends on."""
    paths = {file.path for file in dataset.files} | {dataset.project.root / FILE_NAME}
    paths |= {path for _, path in (*dataset.rules(), *dataset.lint_rules())}
    found: State = {}
    for path in paths:
        try:
            status = path.stat()
        except OSError:
            continue
        found[path] = status.st_mtime_ns, status.st_size, status.st_ino
    return found
