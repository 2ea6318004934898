"""Content negotiation as plain values (RFC 9110 §12): what a client likes best of what there is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from lod.rdf.formats import Format

Offer = TypeVar("Offer")

_ELEMENT = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*")+')
_PARAMETER = re.compile(r'(?:[^;"]|"(?:[^"\\]|\\.)*")+')
_QUALITY = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Preference:
    """One element of an ``Accept``-like header: a range and how much it is liked, 0 to 1."""

    name: str
    quality: float


def parse(header: str) -> tuple[Preference, ...]:
    """Return the elements of an ``Accept``, ``Accept-Language`` or ``Accept-Encoding`` value.

    An element whose weight is not a number from 0 to 1 is left out, as RFC 9110 gives it no
    meaning; parameters other than the weight do not take part in the choice.
    """
    preferences = []
    for element in _ELEMENT.findall(header):
        parts = [part.strip() for part in _PARAMETER.findall(element)]
        quality = _quality(parts[1:])
        if parts and parts[0] and quality is not None:
            preferences.append(Preference(parts[0].lower(), quality))
    return tuple(preferences)


def _quality(parameters: Sequence[str]) -> float | None:
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "q":
            value = value.strip()
            return float(value) if _QUALITY.fullmatch(value) else None
    return 1.0


def choose(accept: str, offered: Sequence[Format]) -> Format | None:
    """Pick the offered format the client likes best, or None when it accepts none.

    The most specific range decides a format's weight; among equal weights a format that is named
    beats one that a wildcard lets in, and then the order offered decides.
    An empty header accepts everything.
    """
    ranges = parse(accept)
    if not accept.strip() or (not ranges and "q=" not in accept.lower()):
        return offered[0] if offered else None

    def weigh(candidate: Format) -> tuple[float, int]:
        names = (candidate.media_type, *candidate.aliases)
        return max(_weight(ranges, name, rank) for rank, name in enumerate(names))

    return _best(offered, weigh)


def _weight(ranges: Sequence[Preference], media_type: str, alias: int) -> tuple[float, int]:
    """Return (quality, specificity) of the range that decides this media type.

    ``alias`` is 0 for the registered type: an alias is only matched when it is named.
    """
    kind = media_type.partition("/")[0]
    for specificity, name in ((3, media_type), (2, f"{kind}/*"), (1, "*/*")):
        if alias and specificity < 3:
            break
        matching = [each.quality for each in ranges if each.name == name]
        if matching:
            return max(matching), specificity
    return 0.0, 0


def choose_language(accept: str, offered: Sequence[str]) -> str:
    """Pick the offered language tag the client likes best; the first one when it likes none.

    Basic filtering of RFC 4647 §3.3.1, and a longer tag of the client falls back to a shorter
    one that is offered (``lt-LT`` to ``lt``).
    """
    ranges = parse(accept)

    def weigh(candidate: str) -> tuple[float, int]:
        for preference in sorted(ranges, key=lambda each: -len(each.name)):
            name = preference.name
            if name == candidate or candidate.startswith(f"{name}-"):
                return preference.quality, 2
            if name.startswith(f"{candidate}-"):
                return preference.quality, 1
        rest = [each.quality for each in ranges if each.name == "*"]
        return (max(rest), 0) if rest else (0.0, 0)

    return _best(offered, weigh) or offered[0]


def _best(offered: Sequence[Offer], weigh: Callable[[Offer], tuple[float, int]]) -> Offer | None:
    best, best_weight = None, (0.0, 0)
    for candidate in offered:
        weight = weigh(candidate)
        if weight[0] > 0 and weight > best_weight:
            best, best_weight = candidate, weight
    return best
