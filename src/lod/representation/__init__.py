"""How descriptions look: RDF documents, tables and HTML pages."""

from lod.representation.documents import document_graph, write_document
from lod.representation.pages import Pages, Place

__all__ = ["Pages", "Place", "document_graph", "write_document"]
