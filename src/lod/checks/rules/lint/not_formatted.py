"""not-formatted (info)   Scope: data, ontology, shapes, separate

Why: files in one layout are easy to compare: a change of one statement changes one line.
 Beyond two million characters of a project, lod format --check looks at the rest.
Fix: Run lod format.
Says: From here on the file is not laid out as lod format would.

Fails:
  @prefix ex: <https://data.example/> .
  ex:oak ex:near ex:beech ; a ex:Tree .
Passes:
  @prefix ex: <https://data.example/> .

  ex:oak
    a ex:Tree ;
    ex:near ex:beech ;
  .
"""

from __future__ import annotations

from collections.abc import Iterator

from lod.checks.lint.formatted import FormattedTexts
from lod.checks.lint.slips import Context, Slip
from lod.dataset import SourceFile
from lod.rdf.formats import TRIG, TURTLE
from lod.rdf.formatting import format_turtle
from lod.rdf.tokens import NotScannableError, Span

_MOST = 2_000_000
"""Characters of a project that are laid out to compare: it takes a second for 1.3 million."""


def look(context: Context) -> Iterator[Slip]:
    """Yield of each file the first line that is not as the formatter writes it."""
    left = _MOST
    notes = FormattedTexts(context.dataset.cache)
    for file in context.dataset.files:
        if file.format not in {TURTLE, TRIG} or file.name in context.broken:
            continue
        text = _text(file)
        if len(text) > left:
            continue
        left -= len(text)
        if notes.have(text):
            continue
        try:
            formatted = format_turtle(text)
        except NotScannableError:
            continue  # changed since it was parsed
        if formatted != text:
            yield Slip(file=file.name, span=_first_difference(text, formatted))
        else:
            notes.add(text)
    notes.keep()


def _text(file: SourceFile) -> str:
    try:
        return file.path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _first_difference(text: str, other: str) -> Span:
    """Return the first line of a text that is another in the other text."""
    start = 0
    for mine, its in zip(text.splitlines(keepends=True), other.splitlines(True), strict=False):
        if mine != its:
            break
        start += len(mine)
    start = min(start, max(len(text) - 1, 0))
    end = text.find("\n", start)
    return Span(start, len(text) if end < 0 else end)
