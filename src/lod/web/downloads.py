"""Dumps: prepared files with checksums, sent in large pieces, whole or by range."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from flask import Blueprint, Response, abort, request
from werkzeug.http import parse_range_header

from lod.rdf.formats import Format
from lod.web.context import published, settings, site
from lod.web.files import PublishedFile, published_files
from lod.web.pages import show
from lod.web.responses import is_known

bp = Blueprint("downloads", __name__)

LATEST = "latest"
CHECKSUMS = "SHA256SUMS"
_PIECE = 1 << 18
_YEAR = 365 * 24 * 3600


@bp.get("/downloads/")
@bp.get("/downloads/index.<language:language>.html")
def overview(language: str | None = None) -> Response:
    """Show the files with sizes and checksums."""
    return show(
        "downloads",
        "downloads/",
        language,
        lambda _: {"files": published_files(published().release)},
    )


@bp.get("/downloads/<version>/<name>")
def download(version: str, name: str) -> Response:
    """Send a file of this version; the version's own address never changes what it sends."""
    release = published().release
    if version not in {LATEST, release.manifest.version}:
        abort(404)
    files = published_files(release)
    if name == CHECKSUMS:
        lines = "".join(f"{file.sha256}  {file.name}\n" for file in files)
        return Response(lines, content_type="text/plain; charset=utf-8")
    file = next((each for each in files if each.name == name), None)
    if file is None:
        abort(404)
    # While files are being edited a version is not final.
    return _send(file, is_immutable=version != LATEST and settings().max_age > 0)


def send_dump(chosen: Format) -> Response | None:
    """Return the dump in a format, None when the release has none in it."""
    for file in published_files(published().release):
        if file.format == chosen.name and not file.compressed:
            return _send(file, is_immutable=False)
    return None


def _send(file: PublishedFile, *, is_immutable: bool) -> Response:
    wanted = _wanted_range(file)
    if is_known(file.sha256):
        response = Response(status=304, direct_passthrough=True)
        del response.headers["Content-Type"]
    elif wanted == (-1, -1):
        response = Response(status=416, headers={"Content-Range": f"bytes */{file.bytes}"})
    elif wanted is not None:
        start, stop = wanted
        response = _stream(file, start, stop)
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{file.bytes}"
    else:
        response = _stream(file, 0, file.bytes)
    response.set_etag(file.sha256)
    response.last_modified = published().made
    response.headers["Accept-Ranges"] = "bytes"
    if response.status_code != 304:
        response.headers["Link"] = f'<{site().path("downloads/")}>; rel="collection"'
    response.cache_control.public = True
    response.cache_control.max_age = _YEAR if is_immutable else settings().max_age
    response.cache_control.immutable = is_immutable
    return response


def _wanted_range(file: PublishedFile) -> tuple[int, int] | None:
    """Return the one range asked for, None for the whole file, (-1, -1) when there is none such.

    Several ranges at once, and a condition that does not hold, mean the whole file (RFC 9110 §14).
    """
    parsed = parse_range_header(request.headers.get("Range"))
    if parsed is None or parsed.units != "bytes" or len(parsed.ranges) != 1:
        return None
    condition = request.headers.get("If-Range")
    if condition is not None and condition != f'"{file.sha256}"':
        return None
    (start, _) = parsed.ranges[0]
    if start is not None and start < -file.bytes:  # the last so many bytes, of fewer
        return (0, file.bytes)
    return parsed.range_for_length(file.bytes) or (-1, -1)


def _stream(file: PublishedFile, start: int, stop: int) -> Response:
    pieces = () if request.method == "HEAD" else _pieces(file.path, start, stop)
    response = Response(pieces, content_type=file.media_type, direct_passthrough=True)
    response.content_length = stop - start
    return response


def _pieces(path: Path, start: int, stop: int) -> Iterator[bytes]:
    with path.open("rb") as stream:
        stream.seek(start)
        left = stop - start
        while left > 0:
            piece = stream.read(min(_PIECE, left))
            if not piece:
                return
            left -= len(piece)
            yield piece
