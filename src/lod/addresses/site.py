"""The addresses of pages and files on the server that answers, for links and redirects."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlencode

from lod.addresses.iris import DOCUMENTS, THINGS, document_path, is_served

_PLAIN = re.compile(r"[A-Za-z0-9_.\-/:@!$&'()*+,;=~]*")
"""What needs no quoting; most paths are so, and this is told in a fifth of the time."""


def quoted(path: str) -> str:
    """Return a decoded path as it stands in an address (RFC 3986 §3.3)."""
    return path if _PLAIN.fullmatch(path) else quote(path, safe="/:@!$&'()*+,;=~")


@dataclass(frozen=True, slots=True)
class Site:
    """Builds addresses below one mount point.

    :param base: what canonical IRIs start with.
    :param root: the path the site is mounted at, empty or ``/data``, without a slash at the end.
    :param origin: scheme and host the client asked, for the few addresses that must be absolute.
    """

    base: str
    root: str = ""
    origin: str = ""

    def path(self, path: str) -> str:
        """Return the address of a decoded path, relative to the host.

        A slash at the start of the path is encoded: after that of the root it would name a host.
        """
        encoded = quoted(path)
        return f"{self.root}/" + (f"%2F{encoded[1:]}" if encoded.startswith("/") else encoded)

    def absolute(self, path: str) -> str:
        """Return the address of a decoded path with scheme and host."""
        return self.origin + self.path(path)

    def served(self, iri: str) -> str:
        """Return where a canonical address is answered here; other addresses stay as they are."""
        if not iri.startswith(self.base):
            return iri
        return f"{self.origin}{self.root}/{iri[len(self.base) :]}"

    def entity(self, iri: str, language: str) -> str | None:
        """Return the address of the page about an IRI, None when it is not of our own.

        A file or service of the server leads to itself.
        """
        if not iri.startswith(self.base):
            return None
        rest = iri[len(self.base) :]
        if rest.startswith(THINGS) and rest[-1] != "/" and _PLAIN.fullmatch(rest):
            # Most are so: what stands below comes to the same in three times as long.
            return f"{self.root}/{DOCUMENTS}{rest[len(THINGS) :]}.{language}.html"
        if is_served(iri, self.base):
            return self.path(unquote(rest))
        path = document_path(iri, self.base)
        if path is None:
            return None
        fragment = iri.partition("#")[2]
        return self.page(path, language) + (f"#{fragment}" if fragment else "")

    def document(self, iri: str, extension: str = "") -> str | None:
        """Return the address of the document about an IRI, in one format when it is named."""
        path = document_path(iri, self.base)
        if path is None:
            return None
        return self.representation(path, extension) if extension else self.path(path)

    def representation(self, path: str, extension: str) -> str:
        """Return the address of one format of a document.

        A path that is a folder has its formats in ``index``.
        """
        stem = f"{path}index" if not path or path.endswith("/") else path
        return self.path(f"{stem}.{extension}")

    def page(self, path: str, language: str, **query: str | int | None) -> str:
        """Return the address of a page in one language, with the query fields that have a value.

        A path that is a folder has its pages in ``index``.
        """
        address = self.representation(path, f"{language}.html")
        if not query:
            return address
        fields = {name: value for name, value in query.items() if value not in (None, "")}
        return address + (f"?{urlencode(fields)}" if fields else "")
