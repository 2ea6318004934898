"""What a view asks of the request at hand."""

from __future__ import annotations

from typing import cast

from flask import current_app, g, request

from lod.addresses import Site
from lod.web.publication import Published
from lod.web.settings import Settings


def published() -> Published:
    """Return the release this request is answered from."""
    return cast(Published, g.published)


def settings() -> Settings:
    """Return how this server serves."""
    return cast(Settings, current_app.config["LOD_SETTINGS"])


def site() -> Site:
    """Return the addresses as the client sees them: as configured, else as it asked."""
    base = published().release.project.base
    address = settings().server.address
    if address is None:
        return Site(base, request.root_path.rstrip("/"), request.host_url.rstrip("/"))
    scheme, _, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    return Site(base, (slash + path).rstrip("/"), f"{scheme}://{host}")
