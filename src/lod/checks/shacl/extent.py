"""How much a report tells, whichever engine found it: both are compared reason by reason."""

from __future__ import annotations

from collections.abc import Mapping

DEPTH = 5
"""How deep reasons go."""
DETAILS = 20
"""How many reasons a result or a branch has."""
MEMBERS = 10
"""How many values of a long parameter are told."""
EXPLAINED = 200
"""How many results of a validation have their reasons looked for."""
VALUES = 10
"""How many values of one property are looked at."""

TOGETHER: Mapping[str, tuple[str, ...]] = {
    "pattern": ("pattern", "flags"),
    "qualifiedMinCount": ("qualifiedMinCount", "qualifiedValueShape"),
    "qualifiedMaxCount": ("qualifiedMaxCount", "qualifiedValueShape"),
}
"""Parameters that are told with others, by the one that has a component of its own."""
LISTS = frozenset({"and", "in", "languageIn", "or", "xone"})
"""Parameters whose value is a list."""
