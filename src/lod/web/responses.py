"""Answers with their validators: an unchanged representation is not even made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import Response, request

from lod.representation.place import Place
from lod.web.coding import tagged
from lod.web.context import published, settings, site


@dataclass(frozen=True, slots=True)
class Representation:
    """What would be sent; ``make`` is called only when it is.

    :param identity: what tells this representation from all others of the release.
    :param vary: the request headers that decided for it.
    :param link: the value of ``Link``.
    """

    content_type: str
    identity: Sequence[str]
    make: Callable[[], bytes]
    vary: Sequence[str] = ()
    language: str | None = None
    link: str = ""
    content_location: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def respond(representation: Representation) -> Response:
    """Return the representation, or 304 when the client has it (RFC 9110 §13)."""
    where = site()
    etag = tagged(
        published().etag(
            where.origin, where.root, representation.content_type, *representation.identity
        )
    )
    response = Response(status=304)
    del response.headers["Content-Type"]
    if not is_known(etag):
        response = Response(representation.make(), content_type=representation.content_type)
        if representation.language:
            response.headers["Content-Language"] = representation.language
    response.set_etag(etag)
    response.last_modified = published().made
    response.cache_control.public = True
    response.cache_control.max_age = settings().max_age
    if representation.vary:
        response.vary.update(representation.vary)
    if representation.content_location:
        response.headers["Content-Location"] = representation.content_location
    if representation.link and response.status_code == 200:
        response.headers["Link"] = representation.link
    response.headers.update(representation.headers)
    return response


def is_known(etag: str) -> bool:
    """Whether the client has what this tag names, or has asked since the release was made.

    A tag goes before a time (RFC 9110 §13.2.2).
    """
    if "If-None-Match" in request.headers:
        return request.if_none_match.contains_weak(etag)
    since = request.if_modified_since
    return since is not None and published().made <= since


def page(template: str, place: Place, **values: object) -> bytes:
    """Return a rendered page."""
    here = published()
    return here.pages.render(template, here.edition, place, **values)


def see_other(location: str, vary: Sequence[str] = ()) -> Response:
    """Return a redirect from a thing to the document about it (303)."""
    response = Response(status=303, headers={"Location": location})
    del response.headers["Content-Type"]  # there is no content
    response.vary.update(vary)
    response.cache_control.public = True
    response.cache_control.max_age = settings().max_age
    return response
