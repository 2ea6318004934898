"""JSON-LD made compact with the project's prefixes: the text that a processor's compaction gives.

Our contexts hold nothing but prefixes, so of the algorithm (JSON-LD 1.1 API, §6.1) only the
choice of a prefix is left; the tests compare with a processor that has all of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from json.encoder import encode_basestring
from typing import NamedTuple

from pyoxigraph import Triple

from lod.rdf.ranks import TYPE
from lod.rdf.rdfxml import NotWritableError
from lod.rdf.terms import XSD_STRING, is_iri, is_literal, lexical_form, split_literal
from lod.rdf.turtle import FIRST, NIL, REST, Statements, cells, nestable

Rows = Sequence[tuple[str, str, str]]

_CELL = {FIRST, REST}
_ENDS_OF_PREFIXES = (":", "/", "?", "#", "[", "]", "@")
"""What a namespace must end with to be taken for a prefix (JSON-LD 1.1, §4.1.5)."""
_MOST_KNOWN = 20_000
"""So many IRIs are remembered with their compact form."""
_NODE = "    "
_PROPERTY = "      "


class _Name(NamedTuple):
    """A term as it stands in a document, as JSON; ``prefix`` is empty for what has none.

    ``is_doubtful`` says that some prefix of the context is called or stands for what this IRI
    starts with, so that the context may have to do without it.
    """

    text: str
    prefix: str = ""
    is_doubtful: bool = False


class _Names:
    """Compacts IRIs with a context."""

    def __init__(self, context: Mapping[str, str]) -> None:
        self.context = {name: iri for name, iri in context.items() if name}
        self._whole = set(self.context.values())
        self._namespaces = [
            (iri, name) for name, iri in self.context.items() if iri.endswith(_ENDS_OF_PREFIXES)
        ]
        self._known: dict[str, _Name] = {}

    def name(self, term: str) -> _Name:
        """Return what stands for an IRI or a blank node, given as canonical text."""
        found = self._known.get(term)
        if found is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            found = self._known[term] = self._new(term)
        return found

    def _new(self, term: str) -> _Name:
        if not is_iri(term):
            return _Name(encode_basestring(term))
        iri = term[1:-1]
        is_doubtful = iri in self._whole or iri.partition(":")[0] in self.context
        # The shortest wins, then the first of the alphabet (§6.2.2, step 9).
        found = min(
            (
                (len(name) + len(iri) - len(namespace), f"{name}:{iri[len(namespace) :]}", name)
                for namespace, name in self._namespaces
                if iri.startswith(namespace) and iri != namespace
            ),
            default=(0, iri, ""),
        )
        return _Name(encode_basestring(found[1]), found[2], is_doubtful)


class JsonLdWriter:
    """Writes graphs with the same prefixes, remembering what IRIs are called."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._names = _Names(prefixes)

    def write(self, rows: Rows) -> bytes:
        """Return a graph as JSON-LD 1.1, compacted, with a context that holds what is used.

        :param rows: triples as canonical N-Triples text; values stand in this order.
        """
        document = _Document(rows, self._names)
        if document.is_doubtful:
            document = _Document(rows, _Names(_context(rows, self._names.context)))
        return document.text().encode()


def write_jsonld(rows: Rows, prefixes: Mapping[str, str]) -> bytes:
    """Return a graph as JSON-LD 1.1, as :class:`JsonLdWriter` does."""
    return JsonLdWriter(prefixes).write(rows)


def _context(rows: Rows, prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return the prefixes that can be declared without changing what an IRI of the graph means.

    A prefix that is called like a scheme would claim the IRIs of that scheme; a namespace that
    is itself a property, a class or a datatype would be written as the prefix alone.
    """
    schemes: set[str] = set()
    whole: set[str] = set()
    for subject, predicate, value in rows:
        datatype = ""
        if is_literal(value):
            datatype = f"<{split_literal(value)[2]}>"
            whole.add(datatype)
        elif predicate == TYPE:
            whole.add(value)
        whole.add(predicate)
        for term in (subject, predicate, value, datatype):
            if is_iri(term):
                schemes.add(term[1:-1].partition(":")[0])
    return {
        name: iri
        for name, iri in prefixes.items()
        if name not in schemes and f"<{iri}>" not in whole
    }


class _Document:
    """One graph on its way to text, laid out as ``json.dumps`` does with an indent of two.

    A collection inside another is written as its cells: JSON nests no deeper than this.
    """

    def __init__(self, rows: Rows, names: _Names) -> None:
        self.is_doubtful = False
        self._names = names
        self._used: set[str] = set()
        self._nested: Mapping[str, Statements] = nestable(rows)
        self._lists = self._find_lists(rows)
        in_lists = {cell for found in self._lists.values() for cell in found}
        by_subject: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for subject, predicate, value in rows:
            if subject not in in_lists:
                by_subject[subject].append((predicate, value))
        nodes = ((self._name(subject), each) for subject, each in by_subject.items())
        self._nodes = [
            self._node(identifier, each)
            for identifier, each in sorted(nodes, key=lambda pair: _unquoted(pair[0]))
        ]

    def _find_lists(self, rows: Rows) -> dict[str, list[str]]:
        """Return the cells of each well-formed collection by the term that stands for it."""
        lists: dict[str, list[str]] = {NIL: []}
        for _, predicate, value in rows if self._nested else ():
            if value in self._nested and predicate not in _CELL:
                found = cells(value, self._nested)
                if found is not None:
                    lists[value] = found
        return lists

    def text(self) -> str:
        """Return the whole document."""
        context = ",\n".join(
            f"{_NODE}{encode_basestring(name)}: {encode_basestring(self._names.context[name])}"
            for name in sorted(self._used)
        )
        nodes = ",\n".join(self._nodes)
        declared = f"{{\n{context}\n  }}" if context else "{}"
        graph = f"[\n{nodes}\n  ]" if nodes else "[]"
        return f'{{\n  "@context": {declared},\n  "@graph": {graph}\n}}\n'

    def _name(self, term: str) -> str:
        text, prefix, is_doubtful = self._names.name(term)
        if prefix:
            self._used.add(prefix)
        if is_doubtful:
            self.is_doubtful = True
        return text

    def _node(self, identifier: str, statements: Statements) -> str:
        types: list[str] = []
        values: dict[str, list[str]] = {}
        for predicate, value in statements:
            if predicate == TYPE and not is_literal(value):
                types.append(self._name(value))
            else:
                values.setdefault(predicate[1:-1], []).append(self._value(predicate, value))
        members = [f'"@id": {identifier}']
        if types:
            members.append(f'"@type": {_one_or_more(types)}')
        members += [
            f"{self._name(f'<{name}>')}: {_one_or_more(values[name])}" for name in sorted(values)
        ]
        inner = f",\n{_PROPERTY}".join(members)
        return f"{_NODE}{{\n{_PROPERTY}{inner}\n{_NODE}}}"

    def _value(self, predicate: str, value: str) -> str:
        """Return a value as it stands alone behind its property."""
        if is_literal(value):
            return self._literal(value)
        cells = self._lists.get(value) if predicate not in _CELL else None
        if cells is None:
            return _object([f'"@id": {self._name(value)}'])
        items = [self._item(dict(self._nested[cell])[FIRST]) for cell in cells]
        return _object([f'"@list": {_array(items, _PROPERTY + "  ") if items else "[]"}'])

    def _item(self, value: str) -> str:
        """Return a member of a collection, which stands deeper."""
        if is_literal(value):
            text = self._literal(value)
        else:
            text = _object([f'"@id": {self._name(value)}'])
        return text.replace("\n", "\n    ")

    def _literal(self, value: str) -> str:
        quoted, language, datatype = split_literal(value)
        has_escapes = "\\" in quoted
        text = encode_basestring(lexical_form(value) if has_escapes else quoted[1:-1])
        if language:  # the direction of a text (RDF 1.2) has no place in JSON-LD 1.1
            tag = encode_basestring(language.partition("--")[0])
            return _object([f'"@language": {tag}', f'"@value": {text}'])
        if not datatype or datatype == XSD_STRING:
            return text
        return _object([f'"@type": {self._name(f"<{datatype}>")}', f'"@value": {text}'])


def _object(members: Sequence[str]) -> str:
    inner = f",\n{_PROPERTY}  ".join(members)
    return f"{{\n{_PROPERTY}  {inner}\n{_PROPERTY}}}"


def _array(items: Sequence[str], indent: str) -> str:
    between = f",\n{indent}  "
    return f"[\n{indent}  {between.join(items)}\n{indent}]"


def _one_or_more(values: Sequence[str]) -> str:
    """Return a single value as it is, several as an array: there they stand deeper."""
    if len(values) == 1:
        return values[0]
    return _array([each.replace("\n", "\n  ") for each in values], _PROPERTY)


def _unquoted(text: str) -> str:
    """Return an identifier without its quotes, which would take part in the order."""
    return text[1:-1]


def without_triple_terms(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield the triples as they come.

    :raises NotWritableError: at the first with a triple term, which JSON-LD 1.1 cannot say.
    """
    for triple in triples:
        if isinstance(triple.object, Triple):
            raise NotWritableError("a triple term stands in it")
        yield triple
