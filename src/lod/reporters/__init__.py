"""Render findings; a reporter never asks where one came from."""

from lod.reporters.json import report_json
from lod.reporters.source import source_of
from lod.reporters.text import report_text, summary

__all__ = ["report_json", "report_text", "source_of", "summary"]
