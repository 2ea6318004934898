"""Where in ``lod.toml`` something stands, for findings about the configuration."""

from __future__ import annotations

from dataclasses import replace

from lod.checks.lint.slips import Context, Slip
from lod.config import FILE_NAME
from lod.config.fields import Source
from lod.engine.batch import Row
from lod.rdf.tokens import Span


def key_slip(context: Context, table: str, key: str, **values: str) -> Slip:
    """Return a slip about a key of a table; without a place where the key is not found.

    :param values: fill the message.
    """
    try:
        text = (context.root / FILE_NAME).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        text = ""
    return Slip(values={"key": key, **values}, file=FILE_NAME, span=_span(text, table, key))


def kind_slip(context: Context, row: Row) -> Slip | None:
    """Return a slip about the kind that a solution's ``?class`` belongs to."""
    for kind in context.dataset.project.kinds:
        for name in kind.classes:
            if f"<{context.dataset.prefixes.expand(name)}>" == row["class"]:
                slip = key_slip(context, "kinds", kind.segment)
                return replace(slip, values=row, unknown=row["class"][1:-1])
    return None


def _span(text: str, table: str, key: str) -> Span | None:
    number = Source(text).place(key, table).partition(":")[2]
    if not number:
        return None
    lines = text.splitlines(keepends=True)
    at = lines[int(number) - 1].find(key)
    start = sum(map(len, lines[: int(number) - 1])) + max(at, 0)
    return Span(start, start + len(key))
