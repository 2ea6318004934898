"""published-lost (error)   Scope: data, ontology, shapes, separate

Why: an address that was published stands in other people's data; it must answer for good, if only
 to say what took its place.
Fix: Describe it again: with owl:deprecated true and dcterms:isReplacedBy if it is given up.
Says: {subject} was published, and no file describes it any more.

Fails:
  ex:oak ex:near ex:beech .
  == published.txt ==
  # since 2025
  https://data.example/oak
  https://data.example/elm
Passes:
  ex:oak ex:near ex:beech .
  ex:elm dcterms:isReplacedBy ex:oak .
  == published.txt ==
  # since 2025
  https://data.example/oak
  https://data.example/elm
"""

from __future__ import annotations

import re

from lod.checks.lint.query_files import text_at
from lod.checks.lint.slips import Context, Slip
from lod.config.fields import IRI
from lod.engine.batch import Row
from lod.rdf.tokens import Span

_FILE = "published.txt"
_LINE = re.compile(r"^[^\S\n]*<?([^\s#<>][^\s<>]*)>?[^\S\n]*(?:\s#.*)?$", re.MULTILINE)
_NUMBER = re.compile(r'"([0-9]+)"')


def query(context: Context) -> str:
    """Return the query for the addresses of the list that no file describes."""
    text = "" if context.is_loose else text_at(context.root / _FILE) or ""
    rows = [
        f"(<{found[1]}> {found.start(1)})"
        for found in _LINE.finditer(text)
        if IRI.fullmatch(found[1])
    ]
    if not rows:
        return ""
    return (
        f"SELECT ?subject ?start WHERE {{ VALUES (?subject ?start) {{ {' '.join(rows)} }} "
        "FILTER NOT EXISTS { ?subject ?property ?value } }"
    )


def weigh(row: Row, context: Context) -> Slip | None:  # noqa: ARG001 - what every rule is given
    """Return the line of an address that is lost."""
    number = _NUMBER.match(row["start"])
    start = int(number[1]) if number else 0
    span = Span(start, start + len(row["subject"]) - len("<>"))
    return Slip(values=row, file=_FILE, span=span)
