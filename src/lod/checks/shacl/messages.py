"""Sentences for results whose shape has no sh:message: what is asked, and what is there instead.

pySHACL words these as dumps of Turtle; here each constraint of SHACL Core has one short sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lod.rdf.namespaces import SH, XSD
from lod.rdf.prefixes import Prefixes
from lod.rdf.terms import is_blank, is_iri, is_literal, split_literal

LONGEST_TEXT = 300
LONGEST_VALUE = 80

_PLAIN = {
    XSD[name].value
    for name in ("integer", "decimal", "double", "float", "boolean", "date", "dateTime", "gYear")
}
_KINDS = {
    "IRI": "an IRI",
    "BlankNode": "a blank node",
    "Literal": "a literal",
    "BlankNodeOrIRI": "an IRI or a blank node",
    "BlankNodeOrLiteral": "a blank node or a literal",
    "IRIOrLiteral": "an IRI or a literal",
}
_NUMBER = re.compile(r'"(\d+)"')


@dataclass(frozen=True, slots=True)
class Asked:
    """What a sentence is made from.

    :param component: local name of the constraint component, such as ``MinCount``.
    :param parameters: what the shape asks for, as N-Triples, by the parameter's local name.
    :param count: how many values there are, where the constraint counts them.
    :param subject: what the sentence is about, as its first words.
    """

    component: str
    parameters: Mapping[str, Sequence[str]]
    value: str | None
    path: str | None
    count: int | None
    subject: str
    prefixes: Prefixes

    def terms(self, name: str) -> list[str]:
        """Return the values of a parameter as people write them."""
        return [shown(term, self.prefixes) for term in self.parameters.get(name, ())]

    def listed(self, name: str, word: str = "and") -> str:
        """Return the values of a parameter as a list in words."""
        terms = self.terms(name)
        for more in self.parameters.get("more", ()):
            return f"{', '.join(terms)} {word} {int(more):,} more"
        return f" {word} ".join(filter(None, [", ".join(terms[:-1]), terms[-1]]))

    def number(self, name: str) -> int:
        """Return a number the shape gives."""
        (term, *_) = self.parameters[name]
        found = _NUMBER.match(term)
        if found is None:
            raise ValueError(term)
        return int(found[1])

    def shape(self, name: str) -> str:
        """Return the shape a parameter names, as far as it has a name."""
        named = [shown(each, self.prefixes) for each in self.parameters[name] if is_iri(each)]
        return " and ".join(named) or f"the shape in sh:{name}"


def sentence(asked: Asked) -> str:
    """Return what is wrong in one sentence."""
    worded = SENTENCES.get(asked.component)
    try:
        return worded(asked) if worded else "The shape is not met."
    except (KeyError, IndexError, ValueError):
        return "The shape is not met."  # the engine did not tell what the shape asks for


def outcome(kind: str, asked: Asked, shape: str) -> str:
    """Return what became of a value that met a shape, or was counted or not for one."""
    name = shown(shape, asked.prefixes) if is_iri(shape) else ""
    value = shown(asked.value, asked.prefixes) if asked.value else asked.subject
    if kind == "met":
        return f"It is met{f' ({name})' if name else ''}."
    if kind == "counted":
        return f"{value} counts."
    if kind == "shared":
        return f"{value} does not count, for it meets {name or 'the shape beside it'} too."
    return f"{value} does not count."


def one_line(text: str) -> str:
    """Return an engine's text without line ends, cut where it is too long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TEXT else f"{line[: LONGEST_TEXT - 1]}…"


def shown(term: str, prefixes: Prefixes) -> str:
    """Return a term as people write it, cut where it is too long.

    >>> shown('"5"^^<http://www.w3.org/2001/XMLSchema#integer>', Prefixes({}))
    '5'
    """
    if is_iri(term):
        return prefixes.shorten(term[1:-1]) or term
    if is_blank(term):
        return "a blank node"
    if not is_literal(term):
        return _cut(term)
    quoted, language, datatype = split_literal(term)
    if datatype in _PLAIN:
        return _cut(quoted[1:-1])
    if datatype:
        return f"{_cut(quoted)}^^{prefixes.shorten(datatype) or f'<{datatype}>'}"
    return f"{_cut(quoted)}@{language}" if language else _cut(quoted)


def _cut(text: str) -> str:
    if len(text) <= LONGEST_VALUE:
        return text
    end = '"' if text.startswith('"') else ""
    return f"{text[: LONGEST_VALUE - 1 - len(end)]}…{end}"


def _there(count: int | None) -> str:
    if count is None:
        return ""
    return f", there {'is none' if not count else 'is 1' if count == 1 else f'are {count:,}'}"


def _min_count(asked: Asked) -> str:
    least = asked.number("minCount")
    need = "A value is needed" if least == 1 else f"{least:,} or more values are needed"
    return f"{need}{_there(asked.count)}."


def _max_count(asked: Asked) -> str:
    most = asked.number("maxCount")
    if most == 0:
        return f"No value is allowed{_there(asked.count)}."
    return f"At most {_values(most)} allowed{_there(asked.count)}."


def _values(count: int) -> str:
    return "1 value is" if count == 1 else f"{count:,} values are"


def _datatype(asked: Asked) -> str:
    (wanted,) = asked.terms("datatype")
    value = asked.value or ""
    need = f"{asked.subject} must have the datatype {wanted}"
    if not is_literal(value):
        return f"{need}, it is {_kind(value)}."
    _, language, datatype = split_literal(value)
    if language:
        return f'{need}, it is a text in the language "{language}".'
    if [f"<{datatype}>"] == list(asked.parameters["datatype"]):
        return f"{shown(value, asked.prefixes)} is not well-formed for the datatype {wanted}."
    return f"{need}, it has {shown(f'<{datatype or XSD.string.value}>', asked.prefixes)}."


def _kind(term: str) -> str:
    return "an IRI" if is_iri(term) else "a blank node" if is_blank(term) else "a literal"


def _node_kind(asked: Asked) -> str:
    (wanted,) = asked.parameters["nodeKind"]
    kind = _KINDS[wanted[1:-1].removeprefix(SH.iri)]
    return f"{asked.subject} must be {kind}, it is {_kind(asked.value or '')}."


def _length(asked: Asked, name: str, word: str) -> str:
    bound = asked.number(name)
    unit = "character" if bound == 1 else "characters"
    return f"{asked.subject} must have at {word} {bound:,} {unit}."


def _language_in(asked: Asked) -> str:
    tags = [term.strip('"') for term in asked.terms("languageIn")]
    return f"The language must be {' or '.join(filter(None, [', '.join(tags[:-1]), tags[-1]]))}."


def _pattern(asked: Asked) -> str:
    # A pattern is told as written: its backslashes are N-Triples escapes only here.
    patterns = [
        split_literal(term)[0][1:-1].replace("\\\\", "\\") for term in asked.parameters["pattern"]
    ]
    flags = "".join(f" (flags {term.strip(chr(34))})" for term in asked.terms("flags"))
    return f"{asked.subject} must match the pattern {' and '.join(map(_cut, patterns))}{flags}."


def _bound(name: str, words: str) -> Callable[[Asked], str]:
    return lambda asked: f"{asked.subject} must be {words} {asked.listed(name)}."


def _options(name: str, words: str) -> Callable[[Asked], str]:
    def worded(asked: Asked) -> str:
        number = len(asked.parameters[name]) + sum(map(int, asked.parameters.get("more", ())))
        return f"{asked.subject} must meet {words.format(number)}{'' if number == 1 else 's'}."

    return worded


def _qualified_min(asked: Asked) -> str:
    least = asked.number("qualifiedMinCount")
    need = "1 or more values" if least == 1 else f"{least:,} or more values"
    return f"{need} must meet {asked.shape('qualifiedValueShape')}."


def _qualified_max(asked: Asked) -> str:
    most = asked.number("qualifiedMaxCount")
    need = {0: "No value", 1: "At most 1 value"}.get(most, f"At most {most:,} values")
    return f"{need} may meet {asked.shape('qualifiedValueShape')}."


def _closed(asked: Asked) -> str:
    return f"The shape is closed: it does not allow {asked.path or 'this property'}."


def _has_value(asked: Asked) -> str:
    if asked.path is None:
        return f"{asked.subject} must be {asked.listed('hasValue')}."
    return f"One value must be {asked.listed('hasValue')}."


SENTENCES: Mapping[str, Callable[[Asked], str]] = {
    "And": _options("and", "each of {} shape"),
    "Class": lambda asked: f"{asked.subject} must be of class {asked.listed('class')}.",
    "Closed": _closed,
    "Datatype": _datatype,
    "Disjoint": lambda asked: f"{asked.subject} must not be one of {asked.listed('disjoint')} too.",
    "Equals": lambda asked: f"The values must be the same as those of {asked.listed('equals')}.",
    "HasValue": _has_value,
    "In": lambda asked: f"{asked.subject} must be {asked.listed('in', 'or')}.",
    "LanguageIn": _language_in,
    "LessThan": _bound("lessThan", "less than every value of"),
    "LessThanOrEquals": _bound("lessThanOrEquals", "at most every value of"),
    "MaxCount": _max_count,
    "MaxExclusive": _bound("maxExclusive", "less than"),
    "MaxInclusive": _bound("maxInclusive", "at most"),
    "MaxLength": lambda asked: _length(asked, "maxLength", "most"),
    "MinCount": _min_count,
    "MinExclusive": _bound("minExclusive", "more than"),
    "MinInclusive": _bound("minInclusive", "at least"),
    "MinLength": lambda asked: _length(asked, "minLength", "least"),
    "Node": lambda asked: f"{asked.subject} must meet {asked.shape('node')}.",
    "NodeKind": _node_kind,
    "Not": lambda asked: f"{asked.subject} must not meet {asked.shape('not')}.",
    "Or": _options("or", "at least one of {} option"),
    "Pattern": _pattern,
    "Property": lambda asked: f"{asked.subject} must meet {asked.shape('property')}.",
    "QualifiedMaxCount": _qualified_max,
    "QualifiedMinCount": _qualified_min,
    "SPARQL": lambda _: "The shape's query finds fault with it.",
    "UniqueLang": lambda _: "No language may have more than one value.",
    "Xone": _options("xone", "exactly one of {} option"),
}
"""The sentence for each constraint, by the local name of its component."""
