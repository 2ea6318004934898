"""What rules may know of a project besides its triples, as triples of ``<urn:lod:project>``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from lod.config import Claims, Kind
from lod.dataset import Dataset
from lod.rdf.terms import lines

_NS = "urn:lod:"
_PROJECT = NamedNode(_NS + "project")


def project_facts(dataset: Dataset, terms: Mapping[str, Iterable[str]]) -> bytes:
    """Return, as N-Triples, what ``lod.toml`` says, the files and the known terms.

    :param terms: IRIs of known terms by namespace IRI.
    """
    return lines(
        [
            *_about_project(dataset),
            *_about_files(dataset),
            *_about_claims(dataset, dataset.project.claims),
            *_about_kinds(dataset, dataset.project.kinds),
            *_about_terms(terms),
        ]
    )


def _property(name: str) -> NamedNode:
    return NamedNode(_NS + name)


def _about_project(dataset: Dataset) -> Iterator[Triple]:
    project = dataset.project
    yield Triple(_PROJECT, _property("base"), Literal(project.base))
    for language in project.languages:
        yield Triple(_PROJECT, _property("language"), Literal(language))


def _about_files(dataset: Dataset) -> Iterator[Triple]:
    for file in dataset.files:
        graph = NamedNode(file.graph)
        yield Triple(graph, _property("role"), NamedNode(_NS + file.role.value))
        yield Triple(graph, _property("file"), Literal(file.name))


def _about_claims(dataset: Dataset, claims: Claims) -> Iterator[Triple]:
    expand = dataset.prefixes.expand
    for name, properties in (("source", claims.source), ("qualifier", claims.qualifiers)):
        for each in properties:
            yield Triple(_PROJECT, _property(name), NamedNode(expand(each)))


def _about_kinds(dataset: Dataset, kinds: Iterable[Kind]) -> Iterator[Triple]:
    for kind in kinds:
        for name in kind.classes:
            iri = NamedNode(dataset.prefixes.expand(name))
            yield Triple(_PROJECT, _property("kind"), iri)


def _about_terms(terms: Mapping[str, Iterable[str]]) -> Iterator[Triple]:
    for namespace in sorted(terms):
        if not re.search(r"[\s<>\"{}|\\^`]", namespace):
            for iri in sorted(terms[namespace]):
                yield Triple(NamedNode(iri), _property("namespace"), Literal(namespace))
