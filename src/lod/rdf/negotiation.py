"""Content negotiation as plain values (RFC 9110 §12): what a client likes best of what there is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import TypeVar, cast

from lod.rdf.formats import Format

Offer = TypeVar("Offer")
Mean = TypeVar("Mean", bound=Callable[..., object])

# A quoted string that nobody closes ends with the header, so that no text is read twice.
_ELEMENT = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.?)*"?)+', re.DOTALL)
_PARAMETER = re.compile(r'(?:[^;"]|"(?:[^"\\]|\\.?)*"?)+', re.DOTALL)
_NAMED = 3
"""Specificity of a range that names the media type itself."""

_USUAL_LENGTH = 500
_QUALITY = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?", re.ASCII)


def worked_out_once(mean: Mean) -> Mean:
    """Remember what headers mean: clients send few different ones of a usual length."""
    known = lru_cache(maxsize=1000)(mean)

    @wraps(mean)
    def meaning(header: str, *offers: Sequence[object]) -> object:
        work_out = known if len(header) <= _USUAL_LENGTH else mean
        return work_out(header, *map(tuple, offers))

    return cast(Mean, meaning)


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


@worked_out_once
def choose(accept: str, offered: Sequence[Format]) -> Format | None:
    """Pick the offered format the client likes best, or None when it accepts none.

    The most specific range decides a format's weight; an alias counts when it is named and the
    registered type is not. Among equal weights a format that is named
    beats one that a wildcard lets in, and then the order offered decides.
    An empty header accepts everything.
    """
    ranges = parse(accept)
    if not accept.strip() or (not ranges and "q=" not in accept.lower()):
        return offered[0] if offered else None

    def weigh(candidate: Format) -> tuple[float, int]:
        own = _weight(ranges, candidate.media_type)
        if own[1] == _NAMED:
            return own
        return max([own, *(_named(ranges, alias) for alias in candidate.aliases)])

    return _best(offered, weigh)


@worked_out_once
def accepts_gzip(header: str) -> bool:
    """Whether an ``Accept-Encoding`` asks for gzip and does not like bytes as they are better."""
    named = {each.name: each.quality for each in parse(header)}
    quality = named.get("gzip", named.get("*", 0))
    return quality > 0 and quality >= named.get("identity", 0)


def _weight(ranges: Sequence[Preference], media_type: str) -> tuple[float, int]:
    """Return (quality, specificity) of the range that decides a media type."""
    kind = media_type.partition("/")[0]
    for specificity, name in ((_NAMED, media_type), (2, f"{kind}/*"), (1, "*/*")):
        weight = _named(ranges, name)
        if weight[1]:
            return weight[0], specificity
    return 0.0, 0


def _named(ranges: Sequence[Preference], name: str) -> tuple[float, int]:
    """Return the quality of the range of just this name, (0, 0) when there is none."""
    matching = [each.quality for each in ranges if each.name == name]
    return (max(matching), _NAMED) if matching else (0.0, 0)


@worked_out_once
def choose_language(accept: str, offered: Sequence[str]) -> str:
    """Pick the offered language tag the client likes best; the first one when it likes none.

    Basic filtering of RFC 4647 §3.3.1, and a longer tag of the client falls back to a shorter
    one that is offered (``lt-LT`` to ``lt``).
    """
    ranges = parse(accept)

    def weigh(candidate: str) -> tuple[float, int]:
        for preference in sorted(ranges, key=lambda each: -len(each.name)):
            if f"{candidate}-".startswith(f"{preference.name}-"):
                return preference.quality, 2
        longer = [each.quality for each in ranges if each.name.startswith(f"{candidate}-")]
        if longer:
            return max(longer), 1
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
