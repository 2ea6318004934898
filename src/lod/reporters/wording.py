"""What reporters say about a finding in words: what it is about, why, and where else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from lod.diagnostics import Diagnostic, Location, Reason, Severity
from lod.reporters.escaping import cut, plain

Shorten = Callable[[str], str | None]
"""Gives the prefixed name of an IRI, if there is one."""

_LONGEST_MESSAGE = 2_000
_LONGEST_TERM = 200
_MOST_PLACES = 3
_MOST_REASONS = 10
_MOST_LINES = 40


def message_of(finding: Diagnostic) -> str:
    """Return the message on one line."""
    return plain(cut(finding.message, _LONGEST_MESSAGE))


def place_of(location: Location | None) -> str:
    """Return ``file:line:column`` as far as known.

    It can begin a line: it looks neither like an order to a build service nor like a remark.
    """
    if location is None or not location.path:
        return ""
    text = plain(str(location))
    return f"./{text}" if text.startswith(("::", " ")) else text


def about(finding: Diagnostic | Reason, shorten: Shorten) -> str:
    """Return the entity, the property and the value concerned, as far as known."""
    parts = []
    if finding.focus:
        parts.append(shorten(finding.focus) or finding.focus)
    if finding.path:
        parts.append(finding.path)
    value = finding.value
    if value and value not in {finding.focus, f"<{finding.focus}>"}:
        parts.append((shorten(value[1:-1]) if value.startswith("<") else None) or value)
    return "  ".join(plain(cut(part, _LONGEST_TERM)) for part in parts)


def cure_of(finding: Diagnostic) -> str:
    """Return what to do on one line, nothing where nobody knows."""
    return plain(cut(finding.cure or "", _LONGEST_MESSAGE))


def because(
    reasons: Sequence[Reason], shorten: Shorten, seen: Location | None = None
) -> Iterator[str]:
    """Yield a line for each reason, those of a reason below it and two spaces deeper.

    :param seen: a place that need not be told again.
    """
    lines = _because(reasons, shorten, seen, "")
    yield from islice(lines, _MOST_LINES)
    if next(lines, None) is not None:
        yield "…"


def _because(
    reasons: Sequence[Reason], shorten: Shorten, seen: Location | None, indent: str
) -> Iterator[str]:
    for reason in reasons[:_MOST_REASONS]:
        location = reason.location if reason.location != seen else None
        told = [part for part in (about(reason, shorten), place_of(location)) if part]
        tail = f" ({', '.join(told)})" if told else ""
        yield f"{indent}because {plain(cut(reason.message, _LONGEST_MESSAGE))}{tail}"
        yield from _because(reason.reasons, shorten, seen, f"{indent}  ")
    if len(reasons) > _MOST_REASONS:
        yield f"{indent}and {len(reasons) - _MOST_REASONS} more"


def places(locations: Iterable[Location]) -> str:
    """Return the first places, and how many more there are."""
    told = [place for place in map(place_of, locations) if place]
    more = len(told) - _MOST_PLACES
    return ", ".join(told[:_MOST_PLACES]) + (f" and {more} more" if more > 0 else "")


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in groups of three and in the right number."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def counted_severity(number: int, severity: Severity) -> str:
    """Return how many findings there are of a severity."""
    return counted(number, "remark" if severity is Severity.INFO else severity.value)
