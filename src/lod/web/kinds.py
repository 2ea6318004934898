"""What the kinds of entities are called."""

from __future__ import annotations

from collections.abc import Sequence

from lod.description import Name, Reference
from lod.store import Kind


def kind_name(kind: Kind, described: Reference, languages: Sequence[str]) -> Name:
    """Return what a kind is called: by the name of its first class."""
    return described.name(languages) if described.names else Name(kind.segment, "")
