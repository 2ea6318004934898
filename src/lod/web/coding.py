"""Send text in fewer bytes to clients that say they take it (RFC 9110 §8.4)."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator

from flask import Response, request

from lod.rdf.negotiation import accepts_gzip

LEVEL = 5
SUFFIX = "-gzip"
_WORTH_IT = (
    "text/",
    "application/json",
    "application/ld+json",
    "application/linkset+json",
    "application/n-quads",
    "application/n-triples",
    "application/openapi+json",
    "application/problem+json",
    "application/rdf+xml",
    "application/sparql-results",
    "application/trig",
    "application/xml",
    "image/svg+xml",
)


def tagged(etag: str) -> str:
    """Return the tag of a representation as it is coded for this client (RFC 9110 §8.8.3.3)."""
    return etag + SUFFIX if _is_wanted() else etag


def encode(response: Response) -> Response:
    """Compress an answer whose client takes that, unless it is a file that is sent as it lies."""
    is_text = response.headers.get("Content-Type", "").startswith(_WORTH_IT)
    if not is_text and response.status_code != 304:
        return response
    if response.direct_passthrough or "Content-Encoding" in response.headers:
        return response
    vary = response.headers.get("Vary", "")
    if "Accept-Encoding" not in vary:
        response.headers["Vary"] = f"{vary}, Accept-Encoding" if vary else "Accept-Encoding"
    if response.status_code != 200 or not _is_wanted():
        return response
    etag, is_weak = response.get_etag()
    if etag is not None and not etag.endswith(SUFFIX):
        response.set_etag(etag + SUFFIX, weak=bool(is_weak))
    response.headers["Content-Encoding"] = "gzip"
    if response.is_streamed:
        response.headers.pop("Content-Length", None)
        response.response = _packed(response.iter_encoded())
    else:
        response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
    return response


def _is_wanted() -> bool:
    return accepts_gzip(request.headers.get("Accept-Encoding", ""))


def _packed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield pieces compressed; what was packed leaves with the piece that filled it."""
    packer = zlib.compressobj(LEVEL, wbits=31)
    is_first = True
    for piece in pieces:
        packed = packer.compress(piece)
        if is_first:  # the client sees that it has begun
            packed += packer.flush(zlib.Z_SYNC_FLUSH)
            is_first = False
        if packed:
            yield packed
    yield packer.flush()
