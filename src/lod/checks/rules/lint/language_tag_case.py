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

from lod.checks.lint.slips import Slip, TextFile
from lod.checks.lint.source_text import language_tags

_UPPER = re.compile(r"@[a-z0-9-]*[A-Z]")


def read(file: TextFile) -> Iterator[Slip]:
    """Yield each language tag that has a capital letter."""
    for tag in language_tags(file.text, _UPPER):
        yield Slip(
            values={"tag": tag.text[1:]}, span=tag.span, edits=((tag.span, tag.text.lower()),)
        )
