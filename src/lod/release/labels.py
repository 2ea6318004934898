"""Which statements name or describe their subject, and in what order they are preferred."""

from __future__ import annotations

from lod.rdf.namespaces import DESCRIPTIONS, OTHER_LABELS, PREFERRED_LABELS

OTHER = 10
"""Ranks below are preferred names; from here on, other names."""

DESCRIPTION = 20
"""From here on, descriptions."""

RANKS = {
    **{f"<{iri}>": rank for rank, iri in enumerate(PREFERRED_LABELS)},
    **{f"<{iri}>": rank for rank, iri in enumerate(OTHER_LABELS, OTHER)},
    **{f"<{iri}>": rank for rank, iri in enumerate(DESCRIPTIONS, DESCRIPTION)},
}
