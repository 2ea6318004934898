"""The formats a query can be answered in, and answers as rows for a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lod.engine.operation import QueryForm
from lod.rdf.formats import BOOLEAN_FORMATS, GRAPH_FORMATS, SOLUTION_FORMATS, Format
from lod.rdf.terms import Term, read_term


@dataclass(frozen=True, slots=True)
class Table:
    """An answer as rows of terms; ``more`` says that it goes on.

    ``boolean`` is the answer to ASK, which has no rows.
    """

    variables: Sequence[str] = ()
    rows: Sequence[Sequence[Term | None]] = ()
    more: bool = False
    boolean: bool | None = None


def formats_for(form: QueryForm) -> tuple[Format, ...]:
    """Return what a query of this form can be answered in, preferred first."""
    if form.gives_graph:
        return GRAPH_FORMATS
    return BOOLEAN_FORMATS if form is QueryForm.ASK else SOLUTION_FORMATS


def read_table(pieces: Iterable[bytes]) -> Table:
    """Return what the engine answered in its table format."""
    content = json.loads(b"".join(pieces))
    if "boolean" in content:
        return Table(boolean=content["boolean"])
    rows = [[None if text is None else read_term(text) for text in row] for row in content["rows"]]
    return Table(content["variables"], rows, content["more"])
