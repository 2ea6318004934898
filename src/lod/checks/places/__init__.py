"""Where in the files the triples stand that findings are about."""

from lod.checks.places.finding import Places, Sought

__all__ = ["Places", "Sought"]
