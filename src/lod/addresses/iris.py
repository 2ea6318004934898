"""Which document describes an IRI of the project's own namespace, and back.

Paths here are relative to the base, percent-decoded and without a leading slash.

- ``<base>id/<kind>/<slug>`` is described by ``doc/<kind>/<slug>``;
- ``<base><path>#<name>`` is described by ``<path>`` itself;
- any other ``<base><path>`` is described by ``doc/<path>``.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import quote, unquote

THINGS = "id/"
DOCUMENTS = "doc/"
GRAPHS = "graph/"
SERVED = ("downloads/", "sparql", "data")
"""What the server answers for itself; no document describes it."""
DERIVED_GRAPH = f"{GRAPHS}derived"


def is_internal(iri: str, base: str) -> bool:
    """Whether an IRI is of the project's own namespace."""
    return iri.startswith(base)


def is_served(iri: str, base: str) -> bool:
    """Whether an IRI of our own is a file or a service of the server, not an entity."""
    path = iri[len(base) :]
    return is_internal(iri, base) and (path in SERVED or path.startswith(SERVED[0]))


def thing_path(iri: str, base: str) -> str:
    """Return the path at which an IRI of our own is asked for; its fragment never arrives here."""
    path = iri[len(base) :].partition("#")[0]
    return unquote(path) if "%" in path else path


def document_path(iri: str, base: str) -> str | None:
    """Return the path of the document that describes an IRI, None when it is not of our own."""
    if not is_internal(iri, base):
        return None
    path = thing_path(iri, base)
    if "#" in iri:
        return path
    return DOCUMENTS + path.removeprefix(THINGS)


def thing_paths(path: str) -> tuple[str, ...]:
    """Return where the thing a ``doc/`` path is about may be asked for, likeliest first."""
    if not path.startswith(DOCUMENTS):
        return ()
    rest = path.removeprefix(DOCUMENTS)
    return (THINGS + rest, rest)


def graph_iri(file: PurePosixPath, base: str) -> str:
    """Return the name of the graph a file of the project holds: its path without extension."""
    return base + GRAPHS + quote(file.with_suffix("").as_posix(), safe="/:@!$&'()*+,;=~")
