"""data-empty (warning)

Why: without data every shape is met and every list is empty: a check says nothing.
Fix: Put Turtle files into the folder, or name the right folder in [paths] of lod.toml.
Says: There are no data: {reason}.

Fails:
  == data/README.md ==
  Still to come.
Passes:
  ex:oak ex:near ex:beech .
"""

from __future__ import annotations

from collections.abc import Iterator

from lod.checks.lint.slips import Context, Slip
from lod.dataset import Role


def look(context: Context) -> Iterator[Slip]:
    """Yield the data folder when no triple is in it."""
    files = [file for file in context.dataset.files if file.role in {Role.DATA, Role.SEPARATE}]
    if any(context.triples_by_file.get(each.name) or each.name in context.broken for each in files):
        return
    folder = context.dataset.project.paths.data
    reason = "no file of them has a triple" if files else f"no RDF file is in {folder}/"
    yield Slip(values={"reason": reason})
