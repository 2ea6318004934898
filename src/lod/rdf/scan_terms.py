"""Read the terms of a text from its tokens, as the prefixes and the base stand at their place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from pyoxigraph import BaseDirection, Literal, NamedNode

from lod.rdf.namespaces import RDF, XSD
from lod.rdf.references import resolve
from lod.rdf.tokens import NotScannableError, Span, Token

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_NAME_ESCAPE = re.compile(r"\\(.)")
_GAP = r"(?:[ \t\r\n]|\#[^\r\n]*)*+"
_TAG = re.compile(rf"{_GAP}@([A-Za-z]+(?:-[A-Za-z0-9]+)*)(?:--([A-Za-z]+))?")
_DATATYPE = re.compile(rf"{_GAP}\^\^")
_TYPE = str(RDF.type)


class Placed(NamedTuple):
    """A term as canonical N-Triples text, and where it stands.

    The ``parts`` of a triple term are its subject, predicate and object.
    """

    term: str
    span: Span
    parts: tuple[Placed, ...] = ()


class Terms:
    """Reads terms; told of each directive in its turn."""

    def __init__(self, text: str, base: str) -> None:
        self._text = text
        self._base = base
        self._prefixes: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._datatypes: dict[str, NamedNode] = {}

    def declare(self, prefix: str, iri: str) -> None:
        """Give a prefix (with its colon) a meaning from here on."""
        self._prefixes[prefix[:-1]] = self._resolved(iri)
        self._names.clear()

    def rebase(self, iri: str) -> None:
        """Resolve relative IRIs against another one from here on."""
        self._base = self._resolved(iri)
        self._names.clear()

    def node(self, kind: str, text: str) -> str:
        """Return the term of a token that is an IRI, a name or the label of a blank node."""
        if kind == "blank":
            return text
        found = self._names.get(text)
        if found is None:
            iri = self._resolved(text) if kind == "iri" else self._expanded(text)
            found = self._names[text] = f"<{iri}>"
        return found

    def plain(self, token: Token, *, is_verb: bool) -> Placed:
        """Return the term of a token that is no string."""
        kind, text, span = token
        if kind in {"iri", "name", "blank"}:
            return Placed(self.node(kind, text), span)
        if kind == "number":
            return Placed(_number(text), span)
        if text == "a" and is_verb:
            return Placed(_TYPE, span)
        if text in {"true", "false"}:
            return Placed(str(Literal(text, datatype=XSD.boolean)), span)
        raise NotScannableError(f"{text} at {span.start}")

    def literal(self, token: Token, following: Callable[[], Token]) -> Placed:
        """Return the literal that starts with a string.

        :param following: gives the next token, of language tag or datatype.
        """
        quotes = 3 if token.text[:3] in {'"""', "'''"} and len(token.text) > 5 else 1
        value = _unescaped(token.text[quotes:-quotes])
        start, end = token.span
        if tag := _TAG.match(self._text, end):
            following()
            direction = BaseDirection(tag[2]) if tag[2] else None
            literal = Literal(value, language=tag[1].lower(), direction=direction)
            return Placed(str(literal), Span(start, tag.end()))
        if _DATATYPE.match(self._text, end):
            following()
            datatype = following()
            node = self._datatype(self.node(datatype.kind, datatype.text))
            return Placed(str(Literal(value, datatype=node)), Span(start, datatype.span.end))
        return Placed(str(Literal(value)), token.span)

    def written(self, terms: frozenset[str]) -> re.Pattern[str]:
        """Return a pattern found wherever IRIs and labels of blank nodes may be written.

        Whatever has an escape and each relative IRI may be one of them.
        """
        forms = [r"\\", r"<(?![A-Za-z][A-Za-z0-9+.\-]*:)"]
        names: defaultdict[str, list[str]] = defaultdict(list)
        for term in sorted(terms):
            if term.startswith("_:"):
                names["_"].append(term[2:])
                continue
            forms.append(re.escape(term))
            for prefix, namespace in self._prefixes.items():
                if term.startswith(f"<{namespace}"):
                    names[prefix].append(term[len(namespace) + 1 : -1])
        for prefix, rest in names.items():
            ends = "|".join(map(re.escape, rest))
            forms.append(f"{re.escape(prefix)}:(?:{ends})(?![A-Za-z0-9_:%\\-])")
        return re.compile("|".join(forms))

    def _datatype(self, term: str) -> NamedNode:
        found = self._datatypes.get(term)
        if found is None:
            found = self._datatypes[term] = NamedNode(term[1:-1])
        return found

    def _resolved(self, text: str) -> str:
        return resolve(_unescaped(text[1:-1]), self._base)

    def _expanded(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        if prefix not in self._prefixes:
            raise NotScannableError(f"{prefix}: is not declared")
        return self._prefixes[prefix] + _NAME_ESCAPE.sub(r"\1", local)


def _number(text: str) -> str:
    datatype = XSD.integer
    if "e" in text.lower():
        datatype = XSD.double
    elif "." in text:
        datatype = XSD.decimal
    return str(Literal(text, datatype=datatype))


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(
        lambda found: (
            chr(int(found[1] or found[2], 16))
            if found[1] or found[2]
            else _ESCAPED.get(found[3], found[3])
        ),
        text,
    )
