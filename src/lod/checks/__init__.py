"""Find what is wrong with a project: syntax, terms that cannot be published, shapes."""

from lod.checks.check import check
from lod.checks.shacl.results import Result, ShapesEngine

__all__ = ["Result", "ShapesEngine", "check"]
