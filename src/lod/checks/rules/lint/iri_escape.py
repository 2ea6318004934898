r"""iri-escape (info)   Scope: data, ontology, shapes, separate

Why: an IRI with escapes of letters is hard to read and to search for; the letters themselves mean
 the same.
Fix: Write the character itself.
Says: {escape} in an IRI is the character "{character}".

Fails:
  ex:oak rdfs:seeAlso <http://trees.example/ch\u00eane> .
Passes:
  ex:oak rdfs:seeAlso <http://trees.example/chêne>, <http://trees.example/ch%C3%AAne> .
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lod.checks.lint.slips import Slip, TextFile
from lod.checks.lint.source_text import iris
from lod.rdf.tokens import Span

_SUSPECT = re.compile(r"<[^\s<>\"]*\\[uU]")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def read(file: TextFile) -> Iterator[Slip]:
    """Yield each escape in an IRI."""
    if "\\u" not in file.text and "\\U" not in file.text:
        return
    for iri in iris(file.text, _SUSPECT):
        for escape in _ESCAPE.finditer(iri.text):
            character = chr(int(escape[1] or escape[2], 16))
            start = iri.span.start + escape.start()
            span = Span(start, start + len(escape[0]))
            yield Slip(
                values={"escape": escape[0], "character": character},
                span=span,
                edits=((span, character),) if character.isprintable() else (),
            )
