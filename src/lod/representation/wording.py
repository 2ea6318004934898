"""Words, numbers and dates of the interface in one language."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable
from importlib.resources import files

from lod.representation.edtf import HALVES, QUARTERS, SEASONS, Moment, Span, read

DOMAIN = "lod"
SOURCE_LANGUAGE = "en"
"""The language the texts are written in, which needs no catalogue."""

AUTONYMS = {
    "de": "Deutsch",
    "en": "English",
    "et": "Eesti",
    "fr": "Français",
    "lt": "Lietuviškai",
    "lv": "Latviski",
    "pl": "Polski",
}
"""How the link to a page in a language is worded, in that language."""

_XSD_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NO_BREAK = "\u00a0"


def catalogue_languages() -> tuple[str, ...]:
    """Return the languages the interface speaks."""
    folder = files("lod.representation").joinpath("locale")
    return (SOURCE_LANGUAGE, *sorted(each.name for each in folder.iterdir() if each.is_dir()))


class Wording:
    """Says things in a language; one without a catalogue is answered in the source language.

    :ivar language: the language the interface really speaks.
    """

    def __init__(self, language: str) -> None:
        name = language.partition("-")[0]
        path = files("lod.representation").joinpath("locale", name, "LC_MESSAGES", f"{DOMAIN}.mo")
        self._catalogue: gettext.NullTranslations = gettext.NullTranslations()
        self.language = SOURCE_LANGUAGE
        if path.is_file():
            with path.open("rb") as stream:
                self._catalogue = gettext.GNUTranslations(stream)
            self.language = name
        self.gettext: Callable[[str], str] = self._catalogue.gettext
        self.ngettext: Callable[[str, str, int], str] = self._catalogue.ngettext
        self.pgettext: Callable[[str, str], str] = self._catalogue.pgettext

    def number(self, value: int | str) -> str:
        """Return a number with its digits in groups; decimals keep every digit they have."""
        sign = "−" if str(value).startswith("-") else ""
        whole, dot, rest = str(value).lstrip("+-").partition(".")
        groups = _grouped(whole.lstrip("0") or "0")
        if self.language == "lt":
            groups, dot = groups.replace(",", _NO_BREAK), dot and ","
        return f"{sign}{groups}{dot}{rest}"

    def size(self, octets: int) -> str:
        """Return a size in bytes as people compare it."""
        amount, unit = float(octets), "B"
        for larger in ("kB", "MB", "GB"):
            if round(amount) < 1000:
                break
            amount, unit = amount / 1000, larger
        digits = f"{amount:.0f}" if unit == "B" or amount >= 100 else f"{amount:.1f}"
        return f"{self.number(digits)}{_NO_BREAK}{unit}"

    def language_name(self, tag: str) -> str:
        """Return what a language is called."""
        _ = self.gettext
        names = {
            "de": _("German"),
            "en": _("English"),
            "fr": _("French"),
            "la": _("Latin"),
            "lt": _("Lithuanian"),
            "pl": _("Polish"),
        }
        return names.get(tag.partition("-")[0], tag)

    def date(self, text: str) -> str | None:
        """Return an ``xsd:date`` in words, None when it is none."""
        found = read(text) if _XSD_DATE.fullmatch(text) else None
        return self._moment(found) if isinstance(found, Moment) else None

    def edtf(self, text: str) -> str | None:
        """Return an EDTF date in words as precise as it is, None when it is not understood."""
        _ = self.gettext
        found = read(text)
        if isinstance(found, Moment):
            words = self._moment(found)
            if found.part is None and not found.is_approximate:
                return _("%(date)s, year only") % {"date": words}
            return words
        if isinstance(found, Span):
            return self._span(found)
        return None

    def _span(self, span: Span) -> str:
        _ = self.gettext
        start = self._moment(span.start) if span.start else ""
        end = self._moment(span.end) if span.end else ""
        if not start:
            return _("until: %(date)s") % {"date": end}
        if not end:
            return _("since: %(date)s") % {"date": start}
        return f"{start} – {end}"

    def _moment(self, moment: Moment) -> str:
        _ = self.gettext
        words = self._exactly(moment)
        return _("about %(date)s") % {"date": words} if moment.is_approximate else words

    def _exactly(self, moment: Moment) -> str:
        _ = self.gettext
        year, part = moment.year, moment.part
        if part is None:
            return str(year)
        values = {"year": year, "day": moment.day}
        if part in HALVES:
            words = [_("first half of %(year)s"), _("second half of %(year)s")]
            return words[HALVES[part] - 1] % values
        if part in QUARTERS:
            return _("quarter %(quarter)s of %(year)s") % {**values, "quarter": QUARTERS[part]}
        if part in SEASONS:
            return self._seasons()[SEASONS[part]] % values
        if not 1 <= part <= 12:
            return f"{year}-{part:02d}"
        if moment.day is None:
            return self._months()[part - 1] % values
        return self._days()[part - 1] % values

    def _seasons(self) -> dict[str, str]:
        _ = self.gettext
        return {
            "spring": _("spring of %(year)s"),
            "summer": _("summer of %(year)s"),
            "autumn": _("autumn of %(year)s"),
            "winter": _("winter of %(year)s"),
        }

    def _months(self) -> list[str]:
        _ = self.gettext
        return [
            _("January %(year)s"),
            _("February %(year)s"),
            _("March %(year)s"),
            _("April %(year)s"),
            _("May %(year)s"),
            _("June %(year)s"),
            _("July %(year)s"),
            _("August %(year)s"),
            _("September %(year)s"),
            _("October %(year)s"),
            _("November %(year)s"),
            _("December %(year)s"),
        ]

    def _days(self) -> list[str]:
        _ = self.gettext
        return [
            _("%(day)s January %(year)s"),
            _("%(day)s February %(year)s"),
            _("%(day)s March %(year)s"),
            _("%(day)s April %(year)s"),
            _("%(day)s May %(year)s"),
            _("%(day)s June %(year)s"),
            _("%(day)s July %(year)s"),
            _("%(day)s August %(year)s"),
            _("%(day)s September %(year)s"),
            _("%(day)s October %(year)s"),
            _("%(day)s November %(year)s"),
            _("%(day)s December %(year)s"),
        ]


def _grouped(digits: str) -> str:
    """Return digits in groups of three; there may be more than Python makes a number of."""
    first = len(digits) % 3
    groups = [digits[:first], *(digits[at : at + 3] for at in range(first, len(digits), 3))]
    return ",".join(filter(None, groups))
