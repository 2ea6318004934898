"""Labels for the blank nodes of a file that have none, the same at every reading of it.

Parsers give such nodes random labels. Numbers in the order of the triples do not change, and the
scanner finds them without a parser.
"""

from __future__ import annotations

import re

UNNAMED = r"[a-f][0-9a-f]{19,31}"
"""What labels look like that the parser makes up: 128 bits in base 16, a letter first."""

_UNNAMED = re.compile(UNNAMED)


class Labels:
    """Gives labels to the nodes without one: ``-0``, ``-1`` … in the order they come up.

    No label of an author starts with a hyphen. An author's label that looks like one of the
    parser's is changed as well, for in the parser's triples the two are not to be told apart.
    """

    def __init__(self) -> None:
        self._labels: dict[str, str] = {}
        self.count = 0

    def label(self, known: str) -> str:
        """Return the label to use for a node.

        :param known: the parser's label, or "@" and something that no other node has.
        """
        if known[0] != "@" and not is_unnamed(known):
            return known
        found = self._labels.get(known)
        if found is None:
            found = self._labels[known] = f"-{self.count}"
            self.count += 1
        return found


def is_unnamed(label: str) -> bool:
    """Whether a label is, or looks like, one that the parser made up."""
    return _UNNAMED.fullmatch(label) is not None


def unnamed_number(term: str) -> int | None:
    """Return the number in the label of a blank node without one, None for any other term.

    >>> unnamed_number("_:-12")
    12
    """
    return int(term[3:]) if term.startswith("_:-") else None
