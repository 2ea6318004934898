"""What shapes find, whatever engine checks them."""

from lod.checks.shacl.results import Result, ShapesEngine, ShapesRefusedError

__all__ = ["Result", "ShapesEngine", "ShapesRefusedError"]
