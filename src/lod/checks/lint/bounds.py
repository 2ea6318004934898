"""How much lint rules look at and tell; whatever is left out is a finding of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from lod.checks.catalogue import Catalogue, Rule
from lod.checks.lint.slips import Slip

MOST_OF_A_RULE = 10_000
"""Findings told of one rule: nobody reads more, and each has a place to be looked up."""
LONGEST_TEXT = 64_000_000
"""Bytes of a file that rules about texts look at: its tokens take some fifty times the room."""

TOO_MANY = "lint/too-many-findings"
TOO_LONG = "lint/file-too-long"

Found = Iterable[tuple[Rule, Slip]]


def bounded(found: Found, catalogue: Catalogue) -> Iterator[tuple[Rule, Slip]]:
    """Yield the first findings of each rule, and at the end which rules found more."""
    counts: Counter[str] = Counter()
    for rule, slip in found:
        counts[rule.code] += 1
        if counts[rule.code] <= MOST_OF_A_RULE:
            yield rule, slip
    told = catalogue.rules[TOO_MANY]
    for code, count in sorted(counts.items()):
        if count > MOST_OF_A_RULE:
            yield told, Slip(values={"most": f"{MOST_OF_A_RULE:,}", "rule": code})


def at_most(most: int, found: Found) -> Iterator[tuple[Rule, Slip]]:
    """Yield the first findings of each rule, so many at most."""
    counts: Counter[str] = Counter()
    for rule, slip in found:
        counts[rule.code] += 1
        if counts[rule.code] <= most:
            yield rule, slip


def cut_short(found: Found) -> set[str]:
    """Return the codes of the rules of which not all findings are told."""
    return {slip.values["rule"] for rule, slip in found if rule.code == TOO_MANY}
