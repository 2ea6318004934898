"""Send what the engine answers while it answers."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Response, request

from lod.engine.client import Answer
from lod.engine.operation import QueryOperation
from lod.errors import EngineError
from lod.rdf.formats import CSV, Format
from lod.web.coding import tagged
from lod.web.context import published, settings
from lod.web.publication import Published

_LOG = logging.getLogger("lod.web")

_HELD_BYTES = 256 * 1024
"""An answer up to this size is sent with its length, and an error in it with its status."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What the engine answers: the whole of it, or its start with what follows."""

    answer: Answer
    start: bytes
    rest: Iterator[bytes] | None

    @property
    def is_whole(self) -> bool:
        """Whether all of it is known: then it cannot break off any more."""
        return self.rest is None

    @property
    def body(self) -> bytes | Iterator[bytes]:
        """What to send."""
        return self.start if self.rest is None else self.rest


def begin(here: Published, operation: QueryOperation, chosen: Format) -> Begun:
    """Return what the engine answers: a short answer whole, a long one while it comes.

    :raises LodError: when there is no answer.
    """
    answer = here.store.query(operation, chosen.extension)
    pieces = iter(answer)
    start, is_whole = _start(answer, pieces)
    return Begun(answer, start, None if is_whole else _rest(start, pieces, answer, chosen))


def tag_of(here: Published, operation: QueryOperation, chosen: Format) -> str:
    """Return the tag of an answer, before it is coded."""
    graphs = (*operation.default_graphs, "", *operation.named_graphs)
    base = operation.base or ""
    return here.etag("query", chosen.content_type, base, operation.text, *graphs)


def headers_of(etag: str | None, max_age: int, vary: Sequence[str]) -> dict[str, str]:
    """Return the headers of an answer.

    The same query of the same release has the same answer, unless it asks for the time or for
    chance. So a whole answer has a tag, a weak one, as rows may come in another order (RFC 9110
    §8.8.1), and may be kept. A long one may still break off, so nobody may keep it.

    :param etag: None for an answer that may be another the next time.
    :param vary: the request headers that decided for the format.
    """
    headers = {"Cache-Control": "no-store", "Vary": ", ".join(vary)}
    if etag is not None:
        headers["Cache-Control"] = f"public, max-age={max_age}"
        headers["ETag"] = f'W/"{etag}"'
    return headers


def computed(operation: QueryOperation, chosen: Format, vary: Sequence[str]) -> Response:
    """Return what the engine answers, or 304 when the client has it.

    :param vary: the request headers that decided for the format.
    :raises LodError: when there is no answer.
    """
    here = published()
    etag = tagged(tag_of(here, operation, chosen))
    is_lasting = request.method != "POST" and not operation.is_volatile
    is_conditional = "If-None-Match" in request.headers
    if is_lasting and is_conditional and request.if_none_match.contains_weak(etag):
        response = Response(status=304)
        del response.headers["Content-Type"]
    else:
        begun = begin(here, operation, chosen)
        is_lasting &= begun.is_whole
        response = Response(begun.body, content_type=chosen.content_type)
        response.call_on_close(begun.answer.close)  # a body that is never begun is never ended
    tag = etag if is_lasting else None
    response.headers.update(headers_of(tag, settings().max_age, vary))
    return response


def _start(answer: Answer, pieces: Iterator[bytes]) -> tuple[bytes, bool]:
    """Return how an answer begins, and whether that is the whole of it.

    :raises EngineError: when it ends here, which a status can still say.
    """
    held = bytearray()
    try:
        for piece in pieces:
            held += piece
            if len(held) >= _HELD_BYTES:
                return bytes(held), False
    except EngineError:
        answer.close()
        raise
    return bytes(held), True


def _rest(start: bytes, pieces: Iterator[bytes], answer: Answer, chosen: Format) -> Iterator[bytes]:
    """Yield an answer whose start is known.

    Once that has left, the status cannot say any more that a later piece failed, and not every
    server can break the connection off. So what follows makes the answer invalid in its format:
    nobody takes a part for the whole.
    """
    try:
        yield start
        yield from pieces
    except EngineError as error:
        _LOG.warning("an answer was cut off: %s", error)
        quote = '"' if chosen is CSV else ""
        yield f"\n{quote}!!! The answer is cut off here. {error}\n".encode()
    finally:
        answer.close()
