"""The SPARQL protocol as plain values: what was asked, and in which format to answer."""

from lod.sparql.protocol import QueryRequest, read_request
from lod.sparql.results import Table, formats_for, read_table
from lod.sparql.service import Example, service_description

__all__ = [
    "Example",
    "QueryRequest",
    "Table",
    "formats_for",
    "read_request",
    "read_table",
    "service_description",
]
