"""What rules may know of a project besides its triples, as triples of ``<urn:lod:project>``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain

from pyoxigraph import Literal, NamedNode, Triple

from lod.checks.lint.slips import Context
from lod.checks.lint.usage import Usage
from lod.checks.lint.vocabularies import COMPLETE
from lod.config import Claims, Kind
from lod.dataset import Dataset
from lod.rdf.namespaces import PREFERRED_LABELS
from lod.rdf.terms import lines

_NS = "urn:lod:"
_PROJECT = NamedNode(_NS + "project")


def project_facts(context: Context) -> bytes:
    """Return, as N-Triples, what ``lod.toml`` says, the files, the known terms and what is used."""
    dataset = context.dataset
    facts = lines(
        [
            *_about_project(dataset),
            *_about_files(dataset),
            *_about_claims(dataset, dataset.project.claims),
            *_about_kinds(dataset, dataset.project.kinds),
            *_about_namespaces(context.own_namespaces),
        ]
    )
    told = chain(_about_terms(context.terms), _used(context.usage, context.terms))
    return facts + "".join(told).encode()


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


def _about_terms(terms: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Yield which namespace each term is of, as lines: there are thousands."""
    for namespace in sorted(terms):
        if not re.search(r"[\s<>\"{}|\\^`]", namespace):
            behind = f"{_property('namespace')} {Literal(namespace)} .\n"
            for iri in sorted(terms[namespace]):
                yield f"<{iri}> {behind}"


def _about_namespaces(own: Collection[str]) -> Iterator[Triple]:
    """Say which namespaces are the project's, and of which every term is known."""
    for namespace in sorted(own):
        yield Triple(_PROJECT, _property("ownNamespace"), Literal(namespace))
    for namespace in sorted(COMPLETE | set(own)):
        yield Triple(_PROJECT, _property("completeNamespace"), Literal(namespace))


def _used(usage: Usage, terms: Collection[str]) -> Iterator[str]:
    """Yield triples, as lines, about what the triples of the project use.

    IRIs are given as texts: for rules that look into all graphs, naming one here is no use of it.
    """
    labels = usage.all_properties & {f"<{label}>" for label in PREFERRED_LABELS}
    values = set[str]().union(*(usage.values.get(each, ()) for each in terms))
    yield from _lines("labelProperty", labels)
    yield from _lines("usedProperty", map(_text, usage.properties))
    yield from _lines("usedClass", map(_text, usage.classes))
    yield from _lines("usedValue", map(_text, values))
    yield from _lines("document", map(_text, usage.documents))
    yield from _lines("repeatedLabel", usage.labels.repeated)
    yield from _lines("alikeLabel", usage.labels.alike())
    for subject, file in usage.described():
        yield f"{subject} {_property('describedIn')} {Literal(file)} .\n"
    for file, shapes in usage.shapes.items():
        for shape in sorted(shapes):
            yield f"{shape} {_property('shapeIn')} {Literal(file)} .\n"


def _lines(name: str, values: Iterable[str]) -> Iterator[str]:
    return (f"{_PROJECT} {_property(name)} {value} .\n" for value in sorted(values))


def _text(iri: str) -> str:
    return str(Literal(iri[1:-1]))
