"""How a literal is shown to people: words, and the machine's form beside them."""

from __future__ import annotations

import re
from typing import NamedTuple

from lod.rdf.namespaces import XSD
from lod.rdf.terms import XSD_STRING, lexical_form, split_literal
from lod.representation import edtf
from lod.representation.wording import Wording

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_NUMBERS = {
    XSD[name].value
    for name in (
        *("integer", "decimal", "int", "long", "short", "byte"),
        *("nonNegativeInteger", "positiveInteger", "unsignedInt", "unsignedLong"),
    )
}
_ANY_URI = XSD.anyURI.value
_WEB_ADDRESS = re.compile(r'https?://[^\x00-\x20<>"{}|\\^`\x7f]+')
"""What can stand in a link as it is (RFC 3987): other letters are no part of any address."""

_BOOLEAN = XSD.boolean.value
_DATE = XSD.date.value
_YEAR = XSD.gYear.value


class Shown(NamedTuple):
    """A literal on a page.

    ``element`` is the HTML element that carries ``machine`` (``time`` or ``data``), if any;
    ``datatype`` is named when the text alone does not tell.
    """

    text: str
    language: str = ""
    element: str | None = None
    machine: str = ""
    datatype: str | None = None
    link: str | None = None


def show_literal(text: str, wording: Wording) -> Shown:
    """Return how a literal is shown in the words of a language; its exact form is never lost.

    :param text: the literal as canonical text.
    """
    quoted, language, datatype = split_literal(text)
    value = lexical_form(text) if "\\" in quoted else quoted[1:-1]
    if language:  # the direction of a text (RDF 1.2) is not shown
        return Shown(value, language.partition("--")[0])
    if not datatype or datatype == XSD_STRING:
        return Shown(value)
    if datatype == _ANY_URI and _WEB_ADDRESS.fullmatch(value):
        return Shown(value, link=value)
    if datatype == _BOOLEAN and value in {"true", "false", "1", "0"}:
        _ = wording.gettext
        return Shown(_("yes") if value in {"true", "1"} else _("no"), element="data", machine=value)
    if datatype in _NUMBERS and _NUMBER.fullmatch(value):
        return Shown(wording.number(value), element="data", machine=value)
    return _date(value, datatype, wording) or Shown(value, datatype=datatype)


def _date(value: str, datatype: str, wording: Wording) -> Shown | None:
    if datatype == _YEAR and re.fullmatch(r"\d{4}", value):
        _ = wording.gettext
        return Shown(_("%(date)s, year only") % {"date": value}, element="time", machine=value)
    if datatype == _DATE:
        words = wording.date(value)
        return Shown(words, element="time", machine=value) if words else None
    if datatype == edtf.IRI:
        words = wording.edtf(value)
        return Shown(words, element="data", machine=value) if words else None
    return None
