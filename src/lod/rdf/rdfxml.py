"""What RDF/XML cannot say (RDF 1.1 XML Syntax §2.6, XML 1.0 §2.2), checked before it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import BlankNode, Literal, Triple

from lod.rdf.namespaces import RDF
from lod.rdf.terms import Term

_LETTER = "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u3001-\ud7ff"
_ENDS_IN_NAME = rf"[{_LETTER}][{_LETTER}0-9.\-\u00b7\u0300-\u036f\u203f-\u2040]*\Z"
_NOT_XML = r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


_BLANK_LABEL = rf"[{_LETTER}_][{_LETTER}0-9_.\-\u00b7\u0300-\u036f\u203f-\u2040]*"
_SYNTAX = {
    RDF[name].value
    for name in (
        *("RDF", "Description", "ID", "about", "parseType", "resource", "nodeID", "datatype"),
        *("li", "aboutEach", "aboutEachPrefix", "bagID"),
    )
}
"""Names that are syntax, not properties (§5.1)."""


class NotWritableError(ValueError):
    """A triple that a format has no way to say; the message names it."""


def usable_prefixes(prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return the prefixes that a document may declare: XML keeps some names for itself."""
    return {name: iri for name, iri in prefixes.items() if not name.lower().startswith("xml")}


def checked(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield the triples as they come.

    :raises NotWritableError: at the first that RDF/XML cannot say.
    """
    seen: set[str] = set()
    for triple in triples:
        predicate = triple.predicate.value
        if predicate not in seen:
            _check_property(predicate)
            seen.add(predicate)
        _check_term(triple.subject)
        _check_term(triple.object)
        yield triple


def _check_property(iri: str) -> None:
    if not re.search(_ENDS_IN_NAME, iri):
        raise NotWritableError(f"the property <{iri}> does not end in an XML name")
    if iri in _SYNTAX:
        raise NotWritableError(f"the property <{iri}> is a word of the format itself")


def _check_term(term: Term) -> None:
    if isinstance(term, Triple):
        raise NotWritableError("a triple term stands in it")
    if isinstance(term, Literal) and re.search(_NOT_XML, term.value):
        raise NotWritableError("a text holds a control character")
    if isinstance(term, BlankNode) and not re.fullmatch(_BLANK_LABEL, term.value):
        raise NotWritableError("a blank node's label is no XML name")
