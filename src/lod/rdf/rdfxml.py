"""What RDF/XML cannot say (RDF 1.1 XML Syntax §2.6, XML 1.0 §2.2), checked before it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

_LETTER = "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u3001-\ud7ff"
_ENDS_IN_NAME = re.compile(rf"[{_LETTER}][{_LETTER}0-9.\-\u00b7\u0300-\u036f\u203f-\u2040]*\Z")
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class NotWritableError(ValueError):
    """A triple that a format has no way to say; the message names it."""


def checked(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield the triples as they come.

    :raises NotWritableError: at the first that RDF/XML cannot say.
    """
    seen: set[str] = set()
    for triple in triples:
        predicate = triple.predicate.value
        if predicate not in seen:
            if not _ENDS_IN_NAME.search(predicate):
                raise NotWritableError(f"the property <{predicate}> does not end in an XML name")
            seen.add(predicate)
        if isinstance(triple.object, Triple) or isinstance(triple.subject, Triple):
            raise NotWritableError("a triple term stands in it")
        if isinstance(triple.object, Literal) and _NOT_XML.search(triple.object.value):
            raise NotWritableError("a text holds a control character")
        if not isinstance(triple.subject, NamedNode) and "." in triple.subject.value:
            raise NotWritableError("a blank node's label is no XML name")
        yield triple
