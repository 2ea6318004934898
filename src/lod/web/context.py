"""What a view asks of the request at hand."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from flask import current_app, g, request
from werkzeug.wsgi import get_host

from lod.addresses import Site
from lod.web.publication import Published
from lod.web.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_SITE_BITS = 64
"""Of an IPv6 address: what a subscriber has for its own."""


def published() -> Published:
    """Return the release this request is answered from."""
    return cast(Published, g.published)


def settings() -> Settings:
    """Return how this server serves."""
    return cast(Settings, current_app.config["LOD_SETTINGS"])


def client() -> str:
    """Return who asks, for budgets: an address, of IPv6 the network; '' for this very machine.

    What comes through a proxy on this machine that ``[server]`` does not name is all of one
    address, which tells nobody apart.
    """
    return budget_of(request.remote_addr or "")


@lru_cache(maxsize=1000)
def budget_of(remote: str) -> str:
    """Return whose budget the queries from an address are charged to."""
    try:
        address = ipaddress.ip_address(remote)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        mapped = address.ipv4_mapped
        if mapped is None:
            network = ipaddress.ip_network((address, _SITE_BITS), strict=False)
            return "" if address.is_loopback else str(network)
        address = mapped
    return "" if address.is_loopback else str(address)


def site() -> Site:
    """Return the addresses as the client sees them: as configured, else as it asked."""
    found: Site | None = g.get("site")
    if found is None:
        base = published().release.project.base
        found = g.site = site_at(base, settings(), request.environ)
    return found


def site_at(base: str, served: Settings, environ: WSGIEnvironment) -> Site:
    """Return the addresses as a client sees them who asked so."""
    address = served.server.address
    if address is None:
        root = environ.get("SCRIPT_NAME", "").encode("latin-1").decode("utf-8", "replace")
        return Site(base, root.rstrip("/"), f"{environ['wsgi.url_scheme']}://{get_host(environ)}")
    scheme, _, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    return Site(base, (slash + path).rstrip("/"), f"{scheme}://{host}")
