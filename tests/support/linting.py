"""Small projects written from one text, and what the lint rules find in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from lod.checks.check import Codes, check
from lod.checks.shacl.results import Result
from lod.config import read_project
from lod.dataset import open_dataset
from lod.diagnostics import Diagnostic, Report

CONFIG = """\
[project]
name = "example"
base = "https://data.example/"
languages = ["en"]
version = "1"
title = "Example"

[prefixes]
ex = "https://data.example/"
"""
PREFIXES = {
    "ex": "https://data.example/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "time": "http://www.w3.org/2006/time#",
}


class NoShapes:
    """Checks no shapes: these tests are about rules."""

    name = "none"
    is_quick: bool = True

    def validate(self, data: bytes, shapes: bytes) -> Sequence[Result]:
        return ()


def write_example(folder: Path, example: str, place: str = "data") -> None:
    """Write a project with the files of an example: ``== NAME ==`` starts another file.

    A file that declares no prefix has the usual ones; ``== lod.toml ==`` is added to the usual one,
    in which a first line ``languages = …`` takes the place of its own.

    :param place: the folder of the file that the example begins with.
    """
    parts = re.split(r"^== (\S+) ==\n", f"== {place}/example.ttl ==\n{example}", flags=re.MULTILINE)
    (folder / "data").mkdir()
    (folder / "lod.toml").write_text(CONFIG, "utf-8")
    for name, content in zip(parts[1::2], parts[2::2], strict=True):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name == "lod.toml":
            path.write_text(_with_config(content), "utf-8")
        elif content.strip() or name != f"{place}/example.ttl":
            path.write_text(_with_prefixes(name, content), "utf-8")


def checked(folder: Path, code: str) -> Report:
    """Return what a check finds that looks for one code alone."""
    dataset = open_dataset(read_project(folder))
    return check(dataset, NoShapes(), lambda _: None, Codes(select=(code,)))


def found(folder: Path, code: str, example: str) -> list[Diagnostic]:
    """Return what one rule finds in an example."""
    write_example(folder, example)
    return list(checked(folder, code).findings)


def messages(folder: Path, code: str, example: str) -> list[str]:
    """Return the messages of what one rule finds in an example."""
    return [finding.message for finding in found(folder, code, example)]


def _with_config(content: str) -> str:
    """Return the usual configuration with more at its end, or with other languages."""
    languages = re.match(r"languages = .*\n?", content)
    if languages is None:
        return CONFIG + content
    usual = re.sub(r"languages = .*\n", languages[0].strip() + "\n", CONFIG)
    return usual + content[languages.end() :]


def _with_prefixes(name: str, content: str) -> str:
    """Return a text with a line for each prefix that it uses."""
    if not name.endswith((".ttl", ".trig")) or "@prefix" in content or "PREFIX" in content:
        return content
    used = [prefix for prefix in PREFIXES if re.search(rf"(?<![\w-]){prefix}:", content)]
    return "".join(f"@prefix {each}: <{PREFIXES[each]}> .\n" for each in used) + content
