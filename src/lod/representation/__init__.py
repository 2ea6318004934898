"""How descriptions look: RDF documents, tables and HTML pages."""

from lod.representation.documents import DocumentWriter, document_graph, write_document
from lod.representation.pages import Pages
from lod.representation.place import Place

__all__ = ["DocumentWriter", "Pages", "Place", "document_graph", "write_document"]
