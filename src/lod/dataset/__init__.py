"""A project folder as exact quads, read file by file and never held whole."""

from lod.dataset.dataset import Dataset, open_dataset
from lod.dataset.files import Role, SourceFile
from lod.dataset.loose import loose_dataset
from lod.dataset.parsing import parse_file

__all__ = ["Dataset", "Role", "SourceFile", "loose_dataset", "open_dataset", "parse_file"]
