"""file-empty (info)

Why: a file without a triple is one that nobody went on with, or whose content is in comments.
Fix: Write what belongs into it, or remove it.
Says: The file has no triple.

Fails:
  ex:oak ex:near ex:beech .
  == data/later.ttl ==
  @prefix ex: <https://data.example/> .
  # ex:rose ex:near ex:lily .
Passes:
  ex:oak ex:near ex:beech .
"""

from __future__ import annotations

from collections.abc import Iterator

from lod.checks.lint.slips import Context, Slip


def look(context: Context) -> Iterator[Slip]:
    """Yield the files without a triple."""
    for file in context.dataset.files:
        if not context.triples_by_file.get(file.name) and file.name not in context.broken:
            yield Slip(file=file.name)
