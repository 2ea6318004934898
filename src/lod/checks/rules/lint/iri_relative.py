"""iri-relative (warning)   Scope: data, ontology, shapes, separate

Why: without @base a relative IRI means something below the address of the file it stands in; most
 often the prefix or the "http://" was forgotten.
Fix: Write the IRI in full or with a prefix, or declare @base at the top of the file.
Says: <{written}> is relative: it means <{meant}>.

Fails:
  ex:oak ex:grows <forest> .
Passes:
  <> rdfs:comment "The file itself has no other name."@en .
  ex:oak ex:grows ex:forest .
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lod.checks.lint.slips import Slip, TextFile
from lod.checks.lint.source_text import iris
from lod.rdf.references import resolve

_RELATIVE = re.compile(r"<(?!>|[A-Za-z][A-Za-z0-9+.\-]*:)[^\x00-\x20<>\"{}|^`]*>")
_BASE = re.compile(r"^[^\S\n]*(?:@base|[Bb][Aa][Ss][Ee])\s*<", re.MULTILINE)


def read(file: TextFile) -> Iterator[Slip]:
    """Yield each relative IRI that no base stands above."""
    if not _RELATIVE.search(file.text):
        return
    base = _BASE.search(file.text)
    end = base.start() if base else len(file.text)
    for iri in iris(file.text, _RELATIVE):
        if iri.span.start >= end:
            return
        written = iri.text[1:-1]
        yield Slip(
            values={"written": written, "meant": resolve(written, file.file.graph)}, span=iri.span
        )
