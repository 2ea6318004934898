"""The order in which statements about a subject are read: what it is, its names, its meaning."""

from __future__ import annotations

from lod.rdf.namespaces import DESCRIPTIONS, OTHER_LABELS, PREFERRED_LABELS, RDF, SKOS

TYPE = str(RDF.type)

RANKS = {
    TYPE: 0,
    **{f"<{iri}>": 1 for iri in (*PREFERRED_LABELS, *OTHER_LABELS)},
    **{f"<{iri}>": 2 for iri in (*DESCRIPTIONS, SKOS.scopeNote.value, SKOS.example.value)},
}
"""Predicates, as canonical N-Triples text, that come before the rest."""

LAST_RANK = 3
"""That of all other predicates; within a rank they stand by name."""
