"""Read the W3C's tests of protocols: requests in their order, and what must come back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from conformance.manifests import MANIFEST, SITE, Facts, local_name, text_of
from lod.rdf.namespaces import RDFS
from lod.rdf.terms import Term

_HTTP = "http://www.w3.org/2011/http#"
_CONTENT = "http://www.w3.org/2011/content#"
_UPDATE = "http://www.w3.org/2009/sparql/tests/test-update#"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and what must come back.

    :param statuses: local names of the statuses allowed, such as ``StatusCode4xx``.
    :param boolean: the answer to an ASK, where it is told.
    :param format: what kind of content: ``boolean``, ``tabular`` or ``RDF``.
    :param expected: the Turtle that the answer must be equal to, where it is told.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    statuses: frozenset[str]
    boolean: bool | None
    format: str
    expected: str | None


@dataclass(frozen=True, slots=True)
class ProtocolTest:
    """Exchanges with a server that holds some graphs, by IRI."""

    id: str
    requires: frozenset[str]
    graphs: Mapping[str, Path]
    exchanges: tuple[Exchange, ...]


def read_protocol(folder: Path, suite: str, file: str = "manifest.ttl") -> tuple[ProtocolTest, ...]:
    """Return the tests of a manifest, in its order."""
    path = folder / suite / file
    facts = Facts(path, f"{SITE}{suite}/{file}")
    (head,) = facts.of_any(f"{MANIFEST}entries")
    return tuple(_test(facts, path.parent, node) for node in facts.members(head))


def _test(facts: Facts, folder: Path, node: Term) -> ProtocolTest:
    graphs = {}
    for each in facts.all(node, f"{_UPDATE}graphData"):
        file = text_of(facts.one(each, f"{_UPDATE}graph")).rpartition("/")[2]
        graphs[text_of(facts.one(each, RDFS.label.value))] = folder / file
    action = facts.one(node, f"{MANIFEST}action")
    requests = facts.one(action, f"{_HTTP}requests") if action else None
    requires = (text_of(each) for each in facts.all(node, f"{MANIFEST}requires"))
    return ProtocolTest(
        local_name(text_of(node)),
        frozenset(map(local_name, requires)),
        graphs,
        tuple(_exchanges(facts, requests)) if requests else (),
    )


def _exchanges(facts: Facts, requests: Term) -> Iterator[Exchange]:
    for node in facts.members(requests):
        response = facts.one(node, f"{_HTTP}resp")
        assert response is not None
        boolean = facts.one(response, f"{MANIFEST}expectedBoolean")
        statuses = facts.all(response, f"{MANIFEST}expectedStatus")
        expected = _body(facts, response)
        yield Exchange(
            text_of(facts.one(node, f"{_HTTP}methodName")),
            text_of(facts.one(node, f"{_HTTP}absolutePath")),
            _headers(facts, node),
            _body(facts, node) or b"",
            frozenset(local_name(text_of(each)) for each in statuses),
            None if boolean is None else text_of(boolean) == "true",
            text_of(facts.one(response, f"{MANIFEST}expectedFormat")),
            None if expected is None else expected.decode(),
        )


def _headers(facts: Facts, node: Term) -> dict[str, str]:
    headers = facts.one(node, f"{_HTTP}headers")
    return {
        text_of(facts.one(each, f"{_HTTP}fieldName")).lower(): text_of(
            facts.one(each, f"{_HTTP}fieldValue")
        )
        for each in (facts.members(headers) if headers else ())
    }


def _body(facts: Facts, node: Term) -> bytes | None:
    body = facts.one(node, f"{_HTTP}body")
    if body is None:
        return None
    encoding = text_of(facts.one(body, f"{_CONTENT}characterEncoding"))
    return text_of(facts.one(body, f"{_CONTENT}chars")).encode(encoding or "utf-8")
