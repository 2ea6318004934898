"""literal-ill-typed (error)   Scope: data, ontology, separate

Why: a value its datatype does not have is not compared, sorted or counted: queries pass over it.
Fix: Write a value that the datatype has, or name the datatype that the value is of.
Says: "{value}" is no {datatype}{hint}.

Fails:
  ex:oak ex:planted "2015-13-01"^^xsd:date ; ex:height "2,5"^^xsd:decimal .
Passes:
  ex:oak ex:planted "2015-12-01"^^xsd:date ; ex:height "2.5"^^xsd:decimal .
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from pyoxigraph import Literal

from lod.rdf.datatypes import NAMES, bounds, datatype_name, is_well_formed

_SHOWN = 60


def judge(literal: Literal) -> Mapping[str, str] | None:
    """Return what is wrong with a literal of a datatype of XML Schema."""
    name = datatype_name(literal.datatype.value)
    if name is None:
        return None
    value = literal.value if len(literal.value) <= _SHOWN else literal.value[:_SHOWN] + "…"
    said = {"value": value, "datatype": f"xsd:{name}"}
    if name not in NAMES:
        near = difflib.get_close_matches(name, sorted(NAMES), n=1)
        meant = f"; xsd:{near[0]} may be meant" if near else ""
        return {**said, "hint": f", as XML Schema has no such datatype{meant}"}
    if is_well_formed(literal.value, name):
        return None
    return {**said, "hint": _hint(literal.value, name)}


def _hint(text: str, name: str) -> str:
    """Return what to look at, for the slips that are common."""
    if text != text.strip():
        return ", as white space stands around it"
    if name == "boolean":
        return "; those are true and false"
    if re.fullmatch(r"[+-]?\d+,\d+", text):
        return "; the decimal sign is a point"
    limits = bounds(name)
    if limits is not None and is_well_formed(text, "integer"):
        return "; " + _range(*limits)
    if name == "date" and is_well_formed(text, "dateTime"):
        return ", but a xsd:dateTime"
    if name.startswith("date") and re.match(r"-?\d{4,}-\d\d-\d\d(?!\d)", text):
        return "; look at the day, the time and the time zone"
    if name.startswith("date"):
        return "; those begin like 2015-07-24"
    return ""


def _range(lowest: int | None, highest: int | None) -> str:
    if lowest is None:
        return f"the largest is {highest}"
    if highest is None:
        return f"the smallest is {lowest}"
    return f"those go from {lowest} to {highest}"
