"""Which known IRI may be meant where an unknown one stands."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, cached_property

from pyoxigraph import NamedNode

from lod.checks.lint.vocabularies import namespace_of, well_known_terms
from lod.dataset import Dataset
from lod.rdf.namespaces import RDF

_NEAR = 0.75
"""How alike a name must be to be suggested, by difflib's ratio."""
_MANY = 2000
"""Of so many names in a namespace only those that begin or end alike are compared."""
_ALIKE = 3


class Suggestions:
    """The IRIs that are described or in use, and well-known terms; read when first asked.

    :param unknown: IRIs that are not to be suggested for one another.
    """

    def __init__(self, dataset: Dataset, unknown: Iterable[str]) -> None:
        self._dataset = dataset
        self._unknown = frozenset(unknown)
        self.nearest = cache(self._nearest)

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        """The local names of each namespace."""
        known = {iri for terms in well_known_terms().values() for iri in terms}
        for _, quad in self._dataset.quads(lambda _: None):
            if isinstance(quad.subject, NamedNode):
                known.add(quad.subject.value)
            known.add(quad.predicate.value)
            if quad.predicate == RDF.type and isinstance(quad.object, NamedNode):
                known.add(quad.object.value)
        names: defaultdict[str, list[str]] = defaultdict(list)
        for iri in sorted(known - self._unknown):
            namespace = namespace_of(iri)
            names[namespace].append(iri[len(namespace) :])
        return dict(names)

    def _nearest(self, unknown: str) -> str | None:
        """Return the known IRI of the same namespace that is most like an unknown one, if any is.

        A name that differs in letter case alone is nearest.
        """
        namespace = namespace_of(unknown)
        local = unknown[len(namespace) :]
        names = self._names.get(namespace, [])
        if len(names) > _MANY:
            names = [each for each in names if _may_be_alike(each, local)]
        same = [each for each in names if each.lower() == local.lower()]
        found = same or difflib.get_close_matches(local, names, n=1, cutoff=_NEAR)
        return namespace + found[0] if found else None


def _may_be_alike(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > _ALIKE:
        return False
    one, other = one.lower(), other.lower()
    return one[:_ALIKE] == other[:_ALIKE] or one[-_ALIKE:] == other[-_ALIKE:]
