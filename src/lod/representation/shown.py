"""How a literal is shown to people: words, and the machine's form beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyoxigraph import Literal

from lod.rdf.namespaces import XSD
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
_WORDLESS = {XSD.string.value, "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"}


@dataclass(frozen=True, slots=True)
class Shown:
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


def show_literal(term: Literal, wording: Wording) -> Shown:
    """Return how a literal is shown in the words of a language; its exact form is never lost."""
    if term.language:
        return Shown(term.value, term.language)
    datatype, value = term.datatype.value, term.value
    if datatype in _WORDLESS:
        return Shown(value)
    if datatype == XSD.anyURI.value and value.startswith(("http://", "https://")):
        return Shown(value, link=value)
    if datatype == XSD.boolean.value and value in {"true", "false", "1", "0"}:
        _ = wording.gettext
        return Shown(_("yes") if value in {"true", "1"} else _("no"), element="data", machine=value)
    if datatype in _NUMBERS and _NUMBER.fullmatch(value):
        return Shown(wording.number(value), element="data", machine=value)
    return _date(value, datatype, wording) or Shown(value, datatype=datatype)


def _date(value: str, datatype: str, wording: Wording) -> Shown | None:
    if datatype == XSD.gYear.value and re.fullmatch(r"\d{4}", value):
        _ = wording.gettext
        return Shown(_("%(date)s, year only") % {"date": value}, element="time", machine=value)
    if datatype == XSD.date.value:
        words = wording.date(value)
        return Shown(words, element="time", machine=value) if words else None
    if datatype == edtf.IRI:
        words = wording.edtf(value)
        return Shown(words, element="data", machine=value) if words else None
    return None
