"""Answer for documents about things straight away, without the routing of the application.

Most requests ask for one, and say no more than what they accept. The framework takes longer for
its part than such an answer takes to be made, so these go past it; all others, and whatever goes
wrong here, are the application's. Both are made from the same ``lod.web.documents``, and tests
hold their answers together.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterable
from contextlib import nullcontext

from lod.addresses.iris import DOCUMENTS
from lod.addresses.site import Site
from lod.rdf.formats import HTML, Format
from lod.rdf.negotiation import accepts_gzip, choose_language
from lod.web import signposts
from lod.web.cache import Application, Environ, Headers, StartResponse
from lod.web.coding import LEVEL, SUFFIX
from lod.web.context import site_at
from lod.web.documents import LAST, OFFERED, Document, Documents, Wish
from lod.web.negotiation import preferred
from lod.web.publication import Publication, Published
from lod.web.responses import Representation
from lod.web.settings import Settings

_CONDITIONS = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"}
_START = f"/{DOCUMENTS}"


class DirectDocuments:
    """A WSGI middleware that answers simple requests for documents about things.

    :param application: answers all others.
    """

    def __init__(
        self, application: Application, publication: Publication, settings: Settings
    ) -> None:
        self._application = application
        self._publication = publication
        self._settings = settings
        # Each look into the index lets go of the interpreter's lock: threads that are all in the
        # midst of a page spend a tenth of their time handing it on. Of large documents none waits.
        self._turn = threading.Lock()
        self._cache_control = f"public, max-age={settings.max_age}"

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        if (
            environ["REQUEST_METHOD"] != "GET"
            or not environ["PATH_INFO"].startswith(_START)
            or environ.get("QUERY_STRING")
            or not _CONDITIONS.isdisjoint(environ)
        ):
            return self._application(environ, start_response)
        try:
            answer = self._answer(environ)
        except Exception:  # noqa: BLE001 - the application comes to the same, and says it
            answer = None
        if answer is None:
            return self._application(environ, start_response)
        start_response("200 OK", answer[0])
        return [answer[1]]

    def _answer(self, environ: Environ) -> tuple[Headers, bytes] | None:
        """Return headers and content, None when the application must answer."""
        path = environ["PATH_INFO"][1:]
        if not path.isascii() or "//" in path:
            return None
        here = self._publication.current()
        where = site_at(here.release.project.base, self._settings, environ)
        documents = here.documents(where, Documents)
        found = self._chosen(documents, path, environ)
        if found is None:
            return None
        document, chosen, language, is_named = found
        if document.path == signposts.DATASET:
            return None
        wish = Wish(
            language or (_language(here, environ) if chosen is HTML else ""),
            is_named=is_named,
            is_language_named=language is not None,
        )
        with nullcontext() if document.has_fragments else self._turn:
            representation = documents.represent(document, chosen, wish)
            body = representation.make()
        return self._sent(here, where, representation, body, environ)

    def _chosen(
        self, documents: Documents, path: str, environ: Environ
    ) -> tuple[Document, Format, str | None, bool] | None:
        document = documents.find(path)
        if document is not None:
            chosen = preferred(environ.get("HTTP_ACCEPT", ""), OFFERED, LAST)
            return (document, chosen, None, False) if chosen is not None else None
        if documents.here.store.locate(path).iri is not None:
            return None
        named = documents.find_named(path)
        return (*named, True) if named is not None else None

    def _sent(
        self,
        here: Published,
        where: Site,
        representation: Representation,
        body: bytes,
        environ: Environ,
    ) -> tuple[Headers, bytes]:
        etag = here.etag(
            where.origin, where.root, representation.content_type, *representation.identity
        )
        headers = [("Content-Type", representation.content_type)]
        if representation.language:
            headers.append(("Content-Language", representation.language))
        if accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
            body = gzip.compress(body, LEVEL, mtime=0)
            etag += SUFFIX
            headers.append(("Content-Encoding", "gzip"))
        headers += [
            ("Content-Length", str(len(body))),
            ("ETag", f'"{etag}"'),
            ("Last-Modified", here.last_modified),
            ("Cache-Control", self._cache_control),
            ("Vary", ", ".join((*representation.vary, "Accept-Encoding"))),
        ]
        if representation.content_location:
            headers.append(("Content-Location", representation.content_location))
        headers.append(("Link", representation.link))
        return headers, body


def _language(here: Published, environ: Environ) -> str:
    accepted = environ.get("HTTP_ACCEPT_LANGUAGE", "")
    return choose_language(accepted, here.release.project.languages)
