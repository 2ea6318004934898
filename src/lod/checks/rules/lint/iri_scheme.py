"""iri-scheme (warning)   Scope: data, ontology, shapes, separate

Why: an IRI with a slip in its first letters is the name of another thing, and no link.
Fix: Write the scheme as it is meant, such as "https://".
Says: <{written}> begins with "{start}"; "{meant}" is probably meant.

Fails:
  ex:oak rdfs:seeAlso <htp://trees.example/oak> .
Passes:
  ex:oak rdfs:seeAlso <http://trees.example/oak>, <urn:isbn:9780140449136> .
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from lod.checks.lint.slips import Slip, TextFile
from lod.checks.lint.source_text import iris
from lod.rdf.schemes import SCHEMES

_SUSPECT = re.compile(r"<(?!https?://(?!https?:|/)|urn:|mailto:)[A-Za-z][A-Za-z0-9+.\-]*:")
_START = re.compile(r"<(?P<first>https?://)?(?P<scheme>[A-Za-z][A-Za-z0-9+.\-]*):(?P<slashes>/*)")
_WEB = ("http", "https")
_NEAR = 0.75


def read(file: TextFile) -> Iterator[Slip]:
    """Yield each IRI whose scheme is written wrong."""
    prefixes = {each.prefix for each in file.declarations}
    for iri in iris(file.text, _SUSPECT):
        found = _START.match(iri.text)
        meant = _meant(found) if found and found["scheme"] not in prefixes else None
        if found and meant:
            start = found[0][1:]
            yield Slip(
                values={"written": iri.text[1:-1], "start": start, "meant": meant}, span=iri.span
            )


def _meant(found: re.Match[str]) -> str | None:
    """Return what an IRI should begin with, None when nothing is wrong with it."""
    scheme = found["scheme"].lower()
    if scheme in _WEB:
        wrong = found["slashes"] != "//" or found["first"] or not found["scheme"].islower()
        return f"{scheme}://" if wrong else None
    if scheme in SCHEMES:
        return None
    near = difflib.get_close_matches(scheme, _WEB, n=1, cutoff=_NEAR)
    return f"{near[0]}://" if near else None
