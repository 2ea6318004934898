"""``--fix``: make the safe repairs that findings carry."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from lod.checks.repairs import edits_by_file, repaired
from lod.cli.difference import show_difference
from lod.cli.output import say
from lod.dataset import Dataset, SourceFile, parse_file
from lod.dataset.writing import Stamp, replace_file, stamp_of
from lod.diagnostics import Diagnostic, Report
from lod.reporters.escaping import plain


@dataclass(frozen=True, slots=True)
class _Repair:
    file: SourceFile
    stamp: Stamp
    before: str
    after: str


class Repairs:
    """The repairs of a dataset as it is now; made before the check that finds what to repair.

    A file that is saved while the check runs is left as it is: the places of findings are those in
    the text that was checked.
    """

    def __init__(self, dataset: Dataset) -> None:
        self._files = {file.name: file for file in dataset.files}
        self._stamps: dict[str, Stamp] = {}
        for file in self._files.values():
            with suppress(OSError):
                self._stamps[file.name] = stamp_of(file.path)

    def show(self, report: Report) -> int:
        """Print what would be repaired as a diff, and return 1 if there is anything."""
        found = list(self._wanted(report))
        for each in found:
            show_difference(each.file.name, each.before, each.after)
        return int(bool(found))

    def make(self, report: Report) -> int:
        """Write what can be repaired safely, and return in how many files."""
        count = 0
        for each in self._wanted(report):
            name = plain(each.file.name)
            try:
                written = replace_file(each.file.path, each.after, each.stamp)
            except OSError as error:
                say(f"lod: {name}: left as it is: {error.strerror or error}.")
                continue
            count += written
            say(f"repaired {name}" if written else f"lod: {name}: left as it is: {_CHANGED}")
        return count

    def _wanted(self, report: Report) -> Iterator[_Repair]:
        for name, edits in edits_by_file(report.findings).items():
            file, stamp = self._files.get(name), self._stamps.get(name)
            if file is None or stamp is None:
                continue
            try:
                before = file.path.read_bytes().decode("utf-8")
                is_same = stamp_of(file.path) == stamp
            except (OSError, UnicodeDecodeError):
                is_same = False
            if not is_same:
                say(f"lod: {plain(name)}: left as it is: {_CHANGED}")
                continue
            after = repaired(before, edits)
            if _is_broken(file, after):
                say(f"lod: {plain(name)}: left as it is: the repair would break it.")
            elif after != before:
                yield _Repair(file, stamp, before, after)


_CHANGED = "it changed meanwhile. Try again."


def _is_broken(file: SourceFile, text: str) -> bool:
    """Whether a repaired text would not be valid any more."""
    findings: list[Diagnostic] = []
    with TemporaryDirectory() as folder:
        copy = Path(folder, "text")
        copy.write_bytes(text.encode())
        for _ in parse_file(replace(file, path=copy), "", findings.append, {}):
            pass
    return bool(findings)
