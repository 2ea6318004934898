"""The data of a page, embedded in it as JSON-LD: the graph of the document in other formats.

It is in expanded form, which needs no context: each statement is written on its own, and no page
has to find out which prefixes it may declare. That costs a fifth of the compact form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from json.encoder import encode_basestring

from markupsafe import Markup

from lod.description import Description
from lod.rdf.namespaces import RDF
from lod.rdf.ranks import TYPE
from lod.rdf.terms import XSD_STRING, Line, lexical_form, split_literal
from lod.representation.documents import Subjects, about_document, links_to
from lod.store import Store

_TYPE = RDF.type.value
_AT_TYPE = '"@type"'
_DOCUMENT, _TOPIC = "urn:document", "urn:topic"
"""Marks for the two IRIs that differ in what is said of a document."""

_KEPT = 1_000
"""So many properties, languages and datatypes are remembered as JSON."""

_NOT_AS_IT_IS = {
    "<": "\\u003c",  # nothing may look like the end of the element, or like a comment
    "\u2028": "\\u2028",  # ends a line of JavaScript, but not of JSON
    "\u2029": "\\u2029",
}
"""Letters that only texts of JSON hold, where each may be written by its number."""


class EmbeddedData:
    """Writes the data of documents as elements of their pages; for all threads.

    :param issued: when the release was issued.
    """

    def __init__(self, store: Store, issued: str | None) -> None:
        self._store = store
        self._issued = issued
        # The marks come before all that the project says, so that they are found first.
        text = self._about(Subjects(_DOCUMENT, [_TOPIC]))
        before, _, rest = text.partition(f'"{_DOCUMENT}"')
        between, _, behind = rest.partition(f'"{_TOPIC}"')
        self._of_one = before, between, behind

    def element(self, subjects: Subjects, descriptions: Iterable[Description]) -> Markup:
        """Return the data of a document about some entities as an element of its page.

        :param descriptions: of those of the entities of which something is said.
        """
        nodes: list[str] = []
        for each in descriptions:
            nodes += _nodes(sorted(each.lines))
            nodes += _links(each.iri, links_to(self._store, each.iri, each.incoming))
        nodes.append(self._about_document(subjects))
        text = ",".join(nodes)
        for letter, number in _NOT_AS_IT_IS.items():
            text = text.replace(letter, number)
        # What is left closes no element: it has no "<".
        return Markup(f'<script type="application/ld+json">[{text}]</script>\n')  # noqa: S704

    def _about_document(self, subjects: Subjects) -> str:
        """Return what is said of a document: of one about one entity all is prepared."""
        document, entities = subjects.document, subjects.entities
        if subjects.is_part or len(entities) != 1 or entities[0] == document:
            return self._about(subjects)
        before, between, behind = self._of_one
        topic = encode_basestring(entities[0])
        return f"{before}{encode_basestring(document)}{between}{topic}{behind}"

    def _about(self, subjects: Subjects) -> str:
        return ",".join(_nodes(about_document(self._store.project, subjects, self._issued)))


def _links(iri: str, links: Iterable[tuple[str, str]]) -> list[str]:
    """Return links to an entity as nodes: property and subject of each."""
    value = encode_basestring(iri)
    as_type, as_value = f"{_AT_TYPE}:[{value}]}}", f':[{{"@id":{value}}}]}}'
    return [
        f'{{"@id":{encode_basestring(subject)},'
        + (as_type if name == _TYPE else f"{encode_basestring(name)}{as_value}")
        for name, subject in links
    ]


def _nodes(lines: Iterable[Line]) -> list[str]:
    """Return statements as nodes of JSON-LD 1.1.

    A node may stand in a document several times, but have each property only once.

    :param lines: those of a subject that follow each other are sorted.
    """
    nodes = []
    about = name = last = text = ""
    value_of: Callable[[str], str] = _value
    for subject, predicate, value, _ in lines:
        if subject != about or predicate != name:
            # Literals stand first: a class that is none of them is a type for JSON-LD.
            is_type = predicate == TYPE and value[0] != '"'
            value_of = _quoted if is_type else _value
            member = f"{_AT_TYPE if is_type else _member(predicate)}:[{value_of(value)}"
            if subject == about:
                text += f"],{member}"
            else:
                if text:
                    nodes.append(f"{text}]}}")
                text = f'{{"@id":{_quoted(subject)},{member}'
        elif value != last:  # else it is the same in another graph
            text += f",{value_of(value)}"
        about, name, last = subject, predicate, value
    return [*nodes, f"{text}]}}"] if text else []


@lru_cache(maxsize=_KEPT)
def _member(predicate: str) -> str:
    """Return a property as JSON: nearly all statements share theirs with others."""
    return _quoted(predicate)


def _quoted(term: str) -> str:
    """Return an IRI or a blank node as JSON."""
    return encode_basestring(term[1:-1] if term[0] == "<" else term)


def _value(value: str) -> str:
    return _literal(value) if value[0] == '"' else f'{{"@id":{_quoted(value)}}}'


def _literal(value: str) -> str:
    end = value.rindex('"')
    text = lexical_form(value) if "\\" in value else value[1:end]
    return f'{_beginning(value[end:])}"@value":{encode_basestring(text)}}}'


@lru_cache(maxsize=_KEPT)
def _beginning(ending: str) -> str:
    """Return what a literal begins with as JSON, from what stands behind its text."""
    _, language, datatype = split_literal(ending)
    if language:
        return f'{{"@language":{encode_basestring(language)},'
    if not datatype or datatype == XSD_STRING:
        return "{"
    return f'{{"@type":{encode_basestring(datatype)},'
