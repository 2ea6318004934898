"""language-tag-case (info)   Scope: data, ontology, shapes, separate

Why: tags are the same in any case (RFC 5646), but programs that compare letters do not know it.
Fix: Write the tag in lower case.
Says: The language tag "{tag}" is not in lower case.

Fails:
  ex:oak rdfs:label "Oak"@EN .
Passes:
  ex:oak rdfs:label "Oak"@en .
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lod.checks.slips import Slip, TextFile

_UPPER = re.compile(r"@[a-z0-9-]*[A-Z]")


def read(file: TextFile) -> Iterator[Slip]:
    """Yield each language tag that has a capital letter."""
    if not _UPPER.search(file.text):
        return
    for before, token in zip(file.tokens, file.tokens[1:], strict=False):
        if token.kind == "tag" and before.kind == "string" and token.text != token.text.lower():
            yield Slip(
                values={"tag": token.text[1:]},
                span=token.span,
                edits=((token.span, token.text.lower()),),
            )
