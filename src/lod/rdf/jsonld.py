"""JSON-LD made compact with the project's prefixes, without ever asking the network."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NoReturn

from pyoxigraph import Triple

from lod.rdf.rdfxml import NotWritableError


def write_jsonld(triples: bytes, prefixes: Mapping[str, str]) -> bytes:
    """Return a graph as JSON-LD 1.1, compacted, with a context that holds what is used.

    :param triples: the graph as N-Triples.
    :param prefixes: what the context may declare.
    """
    from pyld import jsonld  # noqa: PLC0415 - loads an XML library; only this format needs it

    expanded = jsonld.from_rdf(triples.decode(), {"format": "application/n-quads"})
    context = {name: iri for name, iri in prefixes.items() if name}
    compacted = jsonld.compact(expanded, context, {"documentLoader": _refuse, "graph": True})
    nodes = sorted(compacted.get("@graph", []), key=_identity)
    text = json.dumps(nodes, ensure_ascii=False)
    used = {name: iri for name, iri in sorted(context.items()) if f'"{name}:' in text}
    document = {"@context": used, "@graph": nodes}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def without_triple_terms(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield the triples as they come.

    :raises NotWritableError: at the first with a triple term, which JSON-LD 1.1 cannot say.
    """
    for triple in triples:
        if isinstance(triple.object, Triple):
            raise NotWritableError("a triple term stands in it")
        yield triple


def _identity(node: Mapping[str, Any]) -> str:
    return str(node.get("@id", ""))


def _refuse(url: str, _options: object) -> NoReturn:
    raise ValueError(f"remote context {url} is not loaded")
