"""no-shapes (warning)

Why: with files of shapes in which no shape is, every check passes.
Fix: See whether the prefix sh: is bound right and the right folder is named in [paths] of lod.toml.
Says: No shape is in what is read for shapes, {files}.

Fails:
  == shapes/example.ttl ==
  @prefix ex: <https://data.example/> .
  @prefix sh: <http://www.w3.org/ns/shacl> .
  ex:TreeShape a sh:NodeShape ; sh:targetClass ex:Tree .
Passes:
  == shapes/example.ttl ==
  ex:TreeShape a sh:NodeShape ; sh:targetClass ex:Tree .
"""

from __future__ import annotations

from collections.abc import Iterator

from lod.checks.lint.slips import Context, Slip
from lod.dataset import Role


def look(context: Context) -> Iterator[Slip]:
    """Yield the shapes folder when there are files in it but no shape."""
    files = [file for file in context.dataset.files if file.role is Role.SHAPES]
    if not files or context.shape_count or any(file.name in context.broken for file in files):
        return
    yield Slip(
        values={"files": files[0].name if len(files) == 1 else f"{len(files)} files"},
        file=files[0].name if len(files) == 1 else None,
    )
