"""Addresses for machines and operators: VoID, health, resolving a pasted IRI, static files."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from lod.web.coding import tagged
from lod.web.context import published, site
from lod.web.language import page_language
from lod.web.responses import see_other

bp = Blueprint("meta", __name__)

HEALTH = "/healthz"

_TYPES = {"css": "text/css; charset=utf-8", "svg": "image/svg+xml", "js": "text/javascript"}
_YEAR = 365 * 24 * 3600


@bp.get("/.well-known/void")
def void() -> Response:
    """Lead to the dataset's description (RFC 8615, VoID §7)."""
    return see_other(site().path("doc/dataset"))


@bp.get(HEALTH)
def health() -> Response:
    """Say that this process answers, and for which release."""
    response = Response(
        f"ok {published().release.manifest.folder_name}\n", content_type="text/plain"
    )
    response.cache_control.no_store = True
    return response


@bp.get("/resolve")
def resolve() -> Response:
    """Lead from a pasted canonical IRI, or a prefixed name, to the page about it."""
    iri = request.args.get("iri", "").strip()
    prefix, _, local = iri.partition(":")
    if not local.startswith("//"):
        iri = published().store.prefixes.get(prefix, f"{prefix}:") + local
    address = site().entity(iri, page_language(None))
    if address is None or published().store.record(iri) is None:
        abort(404)
    return see_other(address, ["Accept-Language"])


@bp.get("/robots.txt")
def robots() -> Response:
    """Let everyone read everything but the queries, which cost and are never the same."""
    return Response(
        f"User-agent: *\nDisallow: {site().path('sparql')}\n"
        f"Sitemap: {site().absolute('sitemap.xml')}\n",
        content_type="text/plain",
    )


@bp.get("/static/<name>")
def static(name: str) -> Response:
    """Send a static file; its name holds a hash of its content, so it never changes."""
    content = published().pages.statics.get(name)
    if content is None:
        abort(404)
    response = Response(content, content_type=_TYPES[name.rpartition(".")[2]])
    response.set_etag(tagged(name))
    response.cache_control.public = True
    response.cache_control.immutable = True
    response.cache_control.max_age = _YEAR
    response.make_conditional(request)
    return response
