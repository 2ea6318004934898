"""name-in-brackets (warning)   Scope: data, ontology, shapes, separate

Why: <ex:oak> is not the name ex:oak but an IRI of a scheme "ex", which is another thing.
Fix: Take the angle brackets away.
Says: <{written}> is an IRI as it stands, not the name {written} with the prefix {prefix}:.

Fails:
  ex:oak ex:near <ex:beech> .
Passes:
  ex:oak ex:near ex:beech ; rdfs:seeAlso <urn:isbn:9780140449136> .
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lod.checks.lint.slips import Slip, TextFile
from lod.checks.lint.source_text import iris
from lod.rdf.prefixes import Prefixes
from lod.rdf.schemes import SCHEMES


def read(file: TextFile) -> Iterator[Slip]:
    """Yield each IRI that is a name with a prefix of the file."""
    found = {each.prefix: each.iri for each in file.declarations}
    declared = {each for each in found if each and each.lower() not in SCHEMES}
    if not declared:
        return
    suspect = re.compile(rf"<(?P<prefix>{'|'.join(map(re.escape, sorted(declared)))}):(?!//)")
    for iri in iris(file.text, suspect):
        prefix, _, local = iri.text[1:-1].partition(":")
        name = Prefixes({prefix: found[prefix]}, well_known=False).shorten(found[prefix] + local)
        is_plain = name == iri.text[1:-1]
        yield Slip(
            values={"written": iri.text[1:-1], "prefix": prefix},
            span=iri.span,
            edits=((iri.span, name),) if name and is_plain else (),
        )
