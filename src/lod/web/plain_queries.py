"""Answer queries asked in the plainest way before Flask does.

Most queries of programs are a GET with nothing but a query, and take less to answer than to be
routed. What is in any way special, or wrong, goes on to the endpoint, which knows it all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import parse_qs

from werkzeug.wsgi import ClosingIterator

from lod.engine.operation import QueryOperation
from lod.errors import QueryError
from lod.rdf.formats import HTML, Format
from lod.rdf.negotiation import accepts_gzip, choose
from lod.sparql import QueryRequest, formats_for, read_request
from lod.web.cache import Application, Environ, StartResponse
from lod.web.context import budget_of, site_at
from lod.web.publication import Publication, Published
from lod.web.settings import Settings
from lod.web.streaming import begin, headers_of, tag_of

FAILURE = "lod.failure"
"""Where the endpoint finds why there is no answer to a query that was asked already."""

VARY = ("Accept", "Accept-Language")

_Plain = tuple[QueryOperation, Format]


class PlainQueries:
    """A WSGI middleware that answers plain queries.

    :param application: answers everything else, and says what is wrong.
    """

    def __init__(
        self, application: Application, publication: Publication, settings: Settings
    ) -> None:
        self._application = application
        self._publication = publication
        self._settings = settings

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        here = self._publication.current()
        plain = self._plain(environ, here) if _may_be_plain(environ) else None
        if plain is None:
            return self._application(environ, start_response)
        operation, chosen = plain
        try:
            begun = begin(here, operation, chosen)
        except Exception as error:  # noqa: BLE001 - the endpoint says what is wrong, whatever it is
            return self._application({**environ, FAILURE: error}, start_response)
        is_lasting = begun.is_whole and not operation.is_volatile
        etag = tag_of(here, operation, chosen) if is_lasting else None
        headers = headers_of(etag, self._settings.max_age, (*VARY, "Accept-Encoding"))
        headers["Content-Type"] = chosen.content_type
        if begun.rest is None:
            headers["Content-Length"] = str(len(begun.start))
        start_response("200 OK", list(headers.items()))
        if begun.rest is None:
            return [begun.start]
        return ClosingIterator(begun.rest, begun.answer.close)

    def _plain(self, environ: Environ, here: Published) -> _Plain | None:
        """Return what a plain request asks for, None when it is wrong or not plain."""
        parameters = parse_qs(environ["QUERY_STRING"], keep_blank_values=True)
        if parameters.keys() != {"query"}:
            return None
        where = site_at(here.release.project.base, self._settings, environ)
        asked = QueryRequest("GET", parameters)
        try:
            operation = read_request(
                asked, self._settings.limits, here.store.prefixes, where.absolute("sparql")
            )
        except QueryError:
            return None
        offered = (*formats_for(operation.form), HTML)
        chosen = choose(environ.get("HTTP_ACCEPT", ""), offered)
        if chosen is None or chosen is HTML:
            return None
        return replace(operation, client=budget_of(environ.get("REMOTE_ADDR", ""))), chosen


def _may_be_plain(environ: Environ) -> bool:
    return (
        environ["PATH_INFO"] == "/sparql"
        and environ["REQUEST_METHOD"] == "GET"
        and "HTTP_IF_NONE_MATCH" not in environ
        and environ["QUERY_STRING"].isascii()
        and not accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
    )
