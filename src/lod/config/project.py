"""What ``lod.toml`` says, as frozen values with their defaults.

Every field of a dataclass below is a key of the table of the same name;
``docs/reference/lod-toml.md`` describes each, and a test compares the two.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

Text = Mapping[str, str]
"""A text for people, by language tag."""


@dataclass(frozen=True, slots=True)
class Paths:
    """Where the project's files are, as folders relative to ``lod.toml``."""

    ontology: str = "ontology"
    data: str = "data"
    shapes: str = "shapes"
    questions: str = "questions"
    rules: str = "rules"
    lint: str = "lint"
    separate: tuple[str, ...] = ("data/enrichment",)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entity that has its own list: ``segment`` names it in addresses."""

    segment: str
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claims:
    """Which properties say where a statement comes from and how sure it is."""

    source: tuple[str, ...] = ("dcterms:source",)
    citation: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    part: tuple[str, ...] = ("dcterms:isPartOf",)
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages say besides the data."""

    accent: str | None = None
    accent_dark: str | None = None
    footer: Text = field(default_factory=dict)
    issues: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may cost."""

    query_seconds: int = 20
    query_memory_mb: int = 1024
    answer_mb: int = 256
    query_length: int = 100_000
    query_nesting: int = 60
    query_chain: int = 500
    workers: int = 2
    wait_seconds: int = 5
    client_seconds: int = 60


@dataclass(frozen=True, slots=True)
class Server:
    """Where and how the site is served."""

    host: str = "127.0.0.1"
    port: int = 8000
    address: str | None = None
    processes: int = 2
    threads: int = 64
    cache_mb: int = 64
    proxies: int = 0
    metrics: bool = False


@dataclass(frozen=True, slots=True)
class Project:
    """A project folder and all that its ``lod.toml`` says."""

    name: str
    base: str
    languages: tuple[str, ...]
    version: str
    title: Text
    description: Text = field(default_factory=dict)
    issued: datetime.date | None = None
    licence: str | None = None
    publisher: Text = field(default_factory=dict)
    homepage: str | None = None
    contact: str | None = None
    keywords: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    root: Path = Path()
    paths: Paths = Paths()
    prefixes: Mapping[str, str] = field(default_factory=dict)
    kinds: tuple[Kind, ...] = ()
    claims: Claims = Claims()
    rules: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Text] = field(default_factory=dict)
    site: Site = field(default_factory=Site)
    limits: Limits = Limits()
    server: Server = Server()
    frozen: str = ""
    """The part of the configuration a release keeps, as canonical JSON."""
