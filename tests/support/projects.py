"""Projects that tests write or change."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from lod import pipeline
from lod.config import read_project
from lod.release import Release

CONFIGURATION = """\
[project]
name = "sample"
base = "https://data.example/"
languages = ["en"]
version = "1.0"
issued = 2025-01-31
title = "Sample"
"""

PREFIXES = """\
@prefix ex: <https://data.example/id/thing/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""

_NOT_COPIED = shutil.ignore_patterns("build", "docs", "src", "tests", ".*", "__pycache__")


def write_project(folder: Path, files: Mapping[str, str]) -> Path:
    """Write a project folder; ``lod.toml`` is a plain one unless it is among the files."""
    for name, text in {"lod.toml": CONFIGURATION, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def copy_project(source: Path, target: Path) -> Path:
    """Copy a project, and only what belongs to it."""
    shutil.copytree(source, target, ignore=_NOT_COPIED)
    return target


def release_of(folder: Path, out: Path) -> Release:
    """Return a release of a project whose shapes are not checked."""
    return pipeline.compile_cached(read_project(folder), out, checked=False)
