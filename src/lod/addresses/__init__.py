"""Addresses: canonical IRI ↔ path on the server ↔ file of the project."""

from lod.addresses.iris import (
    DERIVED_GRAPH,
    document_path,
    graph_iri,
    is_internal,
    thing_path,
    thing_paths,
)
from lod.addresses.site import Site, quoted
from lod.addresses.suffixes import Suffix, split_suffix

__all__ = [
    "DERIVED_GRAPH",
    "Site",
    "Suffix",
    "document_path",
    "graph_iri",
    "is_internal",
    "quoted",
    "split_suffix",
    "thing_path",
    "thing_paths",
]
