"""Publish linked data straight from a folder of Turtle files: check, build, serve."""

__version__ = "0.1.0"
