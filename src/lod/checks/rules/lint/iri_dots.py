"""iri-dots (warning)   Scope: data, ontology, shapes, separate

Why: browsers and servers take the segments "." and ".." out of an address, programs that compare
 IRIs do not: the two speak of different things.
Fix: Write the address without them.
Says: <{written}> has "{segment}" in its path; addresses are read without it.

Fails:
  ex:oak rdfs:seeAlso <http://trees.example/leaves/../oak> .
Passes:
  ex:oak rdfs:seeAlso <http://trees.example/oak>, <http://trees.example/v1..2> .
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lod.checks.lint.slips import Slip, TextFile
from lod.checks.lint.source_text import iris

_DOTS = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>?#]*/(?P<dots>\.\.?)(?=[/?#>])")


def read(file: TextFile) -> Iterator[Slip]:
    """Yield each absolute IRI with a segment of dots."""
    if "/." not in file.text:
        return
    for iri in iris(file.text, _DOTS):
        found = _DOTS.match(iri.text)
        segment = found["dots"] if found else ""
        yield Slip(values={"written": iri.text[1:-1], "segment": segment}, span=iri.span)
