"""Where in a text a span stands, as line and column."""

from __future__ import annotations

from bisect import bisect_right

from lod.diagnostics import Location
from lod.rdf.tokens import Span


class Lines:
    """The line starts of one file's text; lines end with a line feed.

    :param name: of the file, as locations give it.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self._starts = [0]
        position = text.find("\n")
        while position >= 0:
            self._starts.append(position + 1)
            position = text.find("\n", position + 1)

    def location(self, span: Span) -> Location:
        """Return the place of a span, columns counted in characters from 1."""
        start = bisect_right(self._starts, span.start) - 1
        end = bisect_right(self._starts, span.end) - 1
        return Location(
            self.name,
            start + 1,
            span.start - self._starts[start] + 1,
            end + 1,
            span.end - self._starts[end] + 1,
        )
