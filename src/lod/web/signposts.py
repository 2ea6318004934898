"""Lead machines from page to files, metadata and licence (FAIR Signposting, RFC 9264)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin

from flask import Blueprint, Response

from lod.rdf.formats import HTML, JSON_LD, TURTLE
from lod.rdf.namespaces import SCHEMA
from lod.web.context import published, site
from lod.web.files import published_files
from lod.web.responses import Representation, respond

bp = Blueprint("signposts", __name__)

Link = tuple[str, str, dict[str, str]]
"""Address, relation, further parameters."""

DATASET = "doc/dataset"
LINKSET = "linkset.json"
_LINKSET_TYPE = "application/linkset+json"


def tail(relation: str, parameters: Mapping[str, str]) -> str:
    """Return what stands behind the address in a ``Link`` header (RFC 8288)."""
    if not parameters:
        return f'; rel="{relation}"'
    more = "".join([f'; {name}="{value}"' for name, value in parameters.items()])
    return f'; rel="{relation}"{more}'


def of_dataset() -> Iterator[Link]:
    """Yield what the page about the dataset leads to, besides what every document does."""
    yield "https://schema.org/AboutPage", "type", {}
    yield SCHEMA["Dataset"].value, "type", {}
    publisher = published().release.project.homepage
    if publisher and publisher.startswith(("http://", "https://")):
        yield publisher, "author", {}
    for address, media_type in _items():
        yield address, "item", {"type": media_type}
    yield site().path(LINKSET), "linkset", {"type": _LINKSET_TYPE}


def _items() -> Iterator[tuple[str, str]]:
    for file in published_files(published().release):
        yield site().path(f"downloads/latest/{file.name}"), file.media_type.partition(";")[0]


@bp.get(f"/{LINKSET}")
def linkset() -> Response:
    """Send all links of the dataset and of its files in one document."""
    return respond(Representation(_LINKSET_TYPE, ("linkset",), _written))


def _written() -> bytes:
    """Return the set of links: of the page, and of each file back to it (level 2)."""
    page = site().absolute(DATASET)
    project = published().release.project
    of_page: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    metadata = ((each, site().path(f"{DATASET}.{each.extension}")) for each in (TURTLE, JSON_LD))
    links: list[Link] = [
        (f"{project.base}dataset", "cite-as", {}),
        *((address, "describedby", {"type": each.media_type}) for each, address in metadata),
        *(each for each in of_dataset() if each[1] != "linkset"),
    ]
    if project.licence:
        links.append((project.licence, "license", {}))
    for address, relation, parameters in links:
        of_page[relation].append({"href": urljoin(page, address), **parameters})
    back = {"collection": [{"href": page, "type": HTML.media_type}]}
    contexts = [
        {"anchor": page, **of_page},
        *({"anchor": urljoin(page, address), **back} for address, _ in _items()),
    ]
    text = json.dumps({"linkset": contexts}, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()
