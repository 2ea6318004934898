"""What a page or a document says about an entity, in no format and no language yet."""

from lod.description.describe import Describer
from lod.description.model import (
    Claim,
    Description,
    Entry,
    Fact,
    LinkGroup,
    Name,
    Reference,
    Value,
)

__all__ = [
    "Claim",
    "Describer",
    "Description",
    "Entry",
    "Fact",
    "LinkGroup",
    "Name",
    "Reference",
    "Value",
]
