"""Errors as one page and one JSON body (RFC 9457), by one table of statuses."""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge

from lod.description import Reference
from lod.errors import EngineError, LodError, QueryError
from lod.rdf.formats import HTML, Format
from lod.rdf.negotiation import choose
from lod.representation import Place
from lod.web.context import published, site
from lod.web.language import error_language, error_words
from lod.web.responses import page

_LOG = logging.getLogger("lod.web")

PROBLEM = Format(
    "Problem", "application/problem+json", "json", aliases=("application/json", "text/plain")
)

STATUSES = {
    "query/media-type": 415,
    "query/too-long": 413,
    "query/update": 403,
    "query/service": 403,
    "query/not-writable": 406,
    "engine/budget": 429,
    "engine/busy": 503,
    "engine/crowded": 503,
    "engine/starting": 503,
    "engine/away": 503,
    "engine/lost": 503,
    "engine/time": 503,
    "engine/memory": 503,
    "engine/too-large": 503,
    "engine/none": 503,
}
"""Statuses of failures by code; other failures of queries are 400."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, for a person and for a program.

    :param alternates: what there is instead, as (words, address).
    :param language: of title and detail, where these are not in the page's.
    """

    status: int
    title: str
    detail: str = ""
    code: str = ""
    alternates: Sequence[tuple[str, str]] = ()
    suggestions: Sequence[Reference] = ()
    members: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    language: str = ""


class ProblemError(Exception):
    """Ends a request with a problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.title)
        self.problem = problem


def register_errors(app: Flask) -> None:
    """Answer every error of the application the same way."""
    app.register_error_handler(ProblemError, lambda error: answer(error.problem))
    app.register_error_handler(LodError, lambda error: answer(from_failure(error)))
    app.register_error_handler(HTTPException, lambda error: answer(_from_http(error)))
    app.register_error_handler(Exception, lambda error: answer(_unexpected(error)))


def answer(problem: Problem) -> Response:
    """Return a problem as a page for browsers, as JSON for everyone else."""
    if wants_page():
        response = Response(_page(problem), content_type=HTML.content_type)
    else:
        response = Response(_json(problem), content_type=PROBLEM.media_type)
    response.status_code = problem.status
    response.vary.update(["Accept", "Accept-Language"])
    response.headers.update(problem.headers)
    response.cache_control.no_store = problem.status >= 500
    links = [f'<{address}>; rel="alternate"' for _, address in problem.alternates]
    if links:
        response.headers["Link"] = ", ".join(links)
    return response


def wants_page() -> bool:
    """Whether the client would rather see a page than JSON where something is wrong."""
    return choose(request.headers.get("Accept", ""), [PROBLEM, HTML]) is HTML


def from_failure(error: LodError) -> Problem:
    """Return a failure of the toolkit as a problem."""
    is_query = isinstance(error, QueryError)
    status = STATUSES.get(error.code, 400 if is_query else 500)
    headers = {}
    members: dict[str, object] = {}
    if isinstance(error, EngineError) and error.retry_after is not None:
        headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, QueryError) and error.line is not None:
        members = {"line": error.line, "column": error.column}
    if error.code == "query/media-type":
        headers["Accept-Post"] = "application/x-www-form-urlencoded, application/sparql-query"
    if status == 500:
        return _unexpected(error)
    return Problem(
        status,
        error.message,
        error.cure or "",
        error.code,
        members=members,
        headers=headers,
        language="en",
    )


def _from_http(error: HTTPException) -> Problem:
    status = error.code or 500
    headers = {}
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        headers["Allow"] = ", ".join(sorted(error.valid_methods))
    if isinstance(error.response, Response):
        headers.update(error.response.headers.items())
    location = getattr(error, "new_url", None)
    if location:
        headers["Location"] = str(location)
    detail = ""
    if isinstance(error, RequestEntityTooLarge):
        most = current_app.config["MAX_CONTENT_LENGTH"]
        wording = published().pages.wording(error_language())
        detail = wording.gettext("At most %(size)s can be sent.") % {"size": wording.size(most)}
    title = _titles().get(status)
    return Problem(
        status,
        title or error.name,
        detail,
        f"http/{status}",
        headers=headers,
        language="" if title else "en",
    )


def _titles() -> dict[int, str]:
    _ = error_words()
    return {
        400: _("The request cannot be understood."),
        404: _("There is nothing at this address."),
        405: _("This address cannot be used that way."),
        413: _("The request is too large."),
        500: _("Something went wrong here."),
    }


def _unexpected(error: Exception) -> Problem:
    """Tell the log what happened, and the client only where to find it."""
    reference = secrets.token_hex(4)
    _LOG.error("unexpected error %s", reference, exc_info=error)
    _ = error_words()
    detail = _("The log has the details under the reference %(reference)s.")
    return Problem(500, _titles()[500], detail % {"reference": reference}, "server/unexpected")


def _page(problem: Problem) -> bytes:
    return page("error", Place("", error_language(), site()), problem=problem)


def _json(problem: Problem) -> bytes:
    content = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        **({"detail": problem.detail} if problem.detail else {}),
        **({"code": problem.code} if problem.code else {}),
        **problem.members,
    }
    if problem.alternates:
        content["alternates"] = [
            {"name": words, "address": address} for words, address in problem.alternates
        ]
    if problem.suggestions:
        content["suggestions"] = [each.iri for each in problem.suggestions]
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
