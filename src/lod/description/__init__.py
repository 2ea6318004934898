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
from lod.description.outline import Outline, Part, outline_of, without_parts

__all__ = [
    "Claim",
    "Describer",
    "Description",
    "Entry",
    "Fact",
    "LinkGroup",
    "Name",
    "Outline",
    "Part",
    "Reference",
    "Value",
    "outline_of",
    "without_parts",
]
