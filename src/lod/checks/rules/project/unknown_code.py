"""unknown-code (warning)

Why: a severity for a code that does not exist changes nothing, and nobody is told.
Fix: Write a code that lod explain lists, or remove the line.
Says: No finding has the code "{key}".{hint}

Fails:
  == lod.toml ==
  [rules]
  "lint/label-mising" = "off"
Passes:
  == lod.toml ==
  [rules]
  "lint/label-missing" = "off"
"""

from __future__ import annotations

from collections.abc import Iterator

from lod.checks.lint.configuration import key_slip
from lod.checks.lint.slips import Context, Slip


def look(context: Context) -> Iterator[Slip]:
    """Yield the codes of ``[rules]`` that nothing has."""
    for code in context.dataset.project.rules:
        if context.catalogue.get(code) is not None:
            continue
        near = context.catalogue.near(code)
        if near is None and code.startswith("shacl/"):
            continue  # a constraint component of the project's own gives a code, too
        yield key_slip(context, "rules", code, hint=f' Did you mean "{near}"?' if near else "")
