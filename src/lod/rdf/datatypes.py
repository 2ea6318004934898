"""The datatypes of XML Schema 1.1 that RDF recommends: which texts each of them has."""

from __future__ import annotations

import re
from calendar import isleap
from functools import cache

from lod.rdf.namespaces import XSD

_SIGN = "[+-]?"
_DECIMAL = rf"{_SIGN}(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_DOUBLE = rf"{_DECIMAL}(?:[Ee]{_SIGN}[0-9]+)?|{_SIGN}INF|NaN"
_YEAR = "(?P<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))"
_MONTH = "(?P<month>0[1-9]|1[0-2])"
_DAY = "(?P<day>0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_ZONE = "(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))"
_DATE = f"{_YEAR}-{_MONTH}-{_DAY}"
_MONTHS = "(?:[0-9]+Y)?(?:[0-9]+M)?"
_SECONDS = r"(?:T(?=.)(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?"
_NAME_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME_MORE = _NAME_START + "0-9.\u00b7\u0300-\u036f\u203f-\u2040-"
_SIX = "[A-Za-z0-9+/] ?"
_BASE64 = (
    rf"(?:(?:{_SIX}){{4}})*"
    rf"(?:(?:{_SIX}){{3}}[A-Za-z0-9+/]|(?:{_SIX}){{2}}[AEIMQUYcgkosw048] ?=|{_SIX}[AQgw] ?= ?=)|"
)

_FORMS = {
    "boolean": "true|false|1|0",
    "decimal": _DECIMAL,
    "double": _DOUBLE,
    "float": _DOUBLE,
    "date": f"{_DATE}{_ZONE}?",
    "dateTime": f"{_DATE}T{_TIME}{_ZONE}?",
    "dateTimeStamp": f"{_DATE}T{_TIME}{_ZONE}",
    "time": f"{_TIME}{_ZONE}?",
    "gYear": f"{_YEAR}{_ZONE}?",
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}?",
    "gMonth": f"--{_MONTH}{_ZONE}?",
    "gMonthDay": f"--{_MONTH}-{_DAY}{_ZONE}?",
    "gDay": f"---{_DAY}{_ZONE}?",
    "duration": f"-?P(?=.){_MONTHS}(?:[0-9]+D)?{_SECONDS}",
    "yearMonthDuration": f"-?P(?=.){_MONTHS}",
    "dayTimeDuration": f"-?P(?=.)(?:[0-9]+D)?{_SECONDS}",
    "hexBinary": "(?:[0-9a-fA-F]{2})*",
    "base64Binary": _BASE64,
    "language": "[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "normalizedString": r"[^\t\n\r]*",
    "token": r"(?:[^\t\n\r ]+(?: [^\t\n\r ]+)*)?",
    "Name": f"[:{_NAME_START}][:{_NAME_MORE}]*",
    "NCName": f"[{_NAME_START}][{_NAME_MORE}]*",
    "NMTOKEN": f"[:{_NAME_MORE}]+",
}
_INTEGER = re.compile("([+-]?)0*([0-9]+)")
_BOUNDS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}
_LONGEST = 20
"""More digits than any bound has."""
_ALL_TEXTS = {"string", "anyURI"}
_UNJUDGED = {
    *("ENTITIES", "ENTITY", "ID", "IDREF", "IDREFS", "NMTOKENS", "NOTATION", "QName"),
    *("anyAtomicType", "anySimpleType", "anyType", "error"),
}
"""These need the document around them, or are above all others: RDF does not recommend them."""

NAMES = frozenset({*_FORMS, *_BOUNDS, *_ALL_TEXTS, *_UNJUDGED})
"""Local names of all datatypes of XML Schema 1.1."""


def is_well_formed(text: str, name: str) -> bool:
    """Whether a datatype of XML Schema has a text; True for one that cannot be judged.

    White space around a value is not taken away: in RDF no document does that (RDF 1.1 §5.1).

    :param name: local name of the datatype.

    >>> is_well_formed("2015-02-29", "date")
    False
    """
    if name in _BOUNDS:
        return _is_in_bounds(text, *_BOUNDS[name])
    form = _form(name)
    if form is None:
        return True
    found = form.fullmatch(text)
    return found is not None and _is_a_day(found.groupdict())


@cache
def _form(name: str) -> re.Pattern[str] | None:
    """Return the pattern of a datatype's texts; few of them are used in one place."""
    form = _FORMS.get(name)
    return None if form is None else re.compile(form)


def bounds(name: str) -> tuple[int | None, int | None] | None:
    """Return the smallest and the largest value of a datatype of whole numbers.

    >>> bounds("byte")
    (-128, 127)
    """
    return _BOUNDS.get(name)


def datatype_name(iri: str) -> str | None:
    """Return the local name of a datatype in the namespace of XML Schema, None for another."""
    return iri[len(XSD.iri) :] if iri.startswith(XSD.iri) else None


def _is_in_bounds(text: str, lowest: int | None, highest: int | None) -> bool:
    found = _INTEGER.fullmatch(text)
    if found is None:
        return False
    sign, digits = found.groups()
    # Only the sign of a very long number counts: Python refuses to read it.
    number = int(digits) if len(digits) <= _LONGEST else 10**_LONGEST
    if sign == "-":
        number = -number
    return (lowest is None or lowest <= number) and (highest is None or number <= highest)


def _is_a_day(parts: dict[str, str | None]) -> bool:
    """Whether month and year have that day; without a year February may have 29."""
    if parts.get("day") is None or parts.get("month") is None:
        return True
    month, day, year = int(parts["month"] or 0), int(parts["day"] or 0), parts.get("year")
    # The calendar repeats after 400 years; years may be longer than Python reads.
    if month == 2:
        return day <= (29 if year is None or isleap(int(year[-4:]) % 400) else 28)
    return day <= (30 if month in {4, 6, 9, 11} else 31)
