"""Lists of all pages for search engines (sitemaps.org), each in every language."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from flask import Blueprint, Response, abort

from lod.web.context import published, site
from lod.web.responses import Representation, respond

bp = Blueprint("sitemap", __name__)

PER_FILE = 10_000
"""Entities in one list; a list may have 50,000 addresses and 50 MB."""

_TYPE = "application/xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)
_GENERAL = "pages"


@bp.get("/sitemap.xml")
def index() -> Response:
    """Send the list of lists."""
    return respond(Representation(_TYPE, ("sitemap",), _index))


@bp.get("/sitemap/<name>.xml")
def part(name: str) -> Response:
    """Send one list: the general pages, or some entities of one kind."""
    if name not in set(_parts()):
        abort(404)
    return respond(Representation(_TYPE, ("sitemap", name), lambda: _urls(_paths(name))))


def _parts() -> Iterator[str]:
    yield _GENERAL
    for kind in published().store.kinds():
        for number in range(math.ceil(kind.members / PER_FILE)):
            yield f"{kind.segment}-{number + 1}"


def _index() -> bytes:
    entries = "".join(
        f"<sitemap><loc>{_address(f'sitemap/{name}.xml')}</loc>{_date()}</sitemap>\n"
        for name in _parts()
    )
    return f"{_HEAD}<sitemapindex {_NAMESPACES}>\n{entries}</sitemapindex>\n".encode()


def _paths(name: str) -> Iterator[str]:
    """Yield the addresses of pages in each language, one page after the other."""
    here = published()
    languages = here.release.project.languages
    if name == _GENERAL:
        for path in ("", "browse/", "about/", "downloads/", *_question_paths(), *_documents()):
            for language in languages:
                yield site().page(path, language)
        return
    segment, _, number = name.rpartition("-")
    offset = (int(number) - 1) * PER_FILE
    for iri in here.store.members(segment, languages[0], offset=offset, limit=PER_FILE):
        if "#" not in iri:  # it is a part of another page
            for language in languages:
                yield site().entity(iri, language) or ""


def _question_paths() -> Iterator[str]:
    questions = published().questions
    if questions:
        yield "questions/"
    for name in questions:
        yield f"questions/{name}"


def _documents() -> Iterator[str]:
    languages = published().release.project.languages
    room = PER_FILE // len(languages) - len(published().questions)
    return iter(published().store.documents(limit=max(0, room)))


def _urls(addresses: Iterable[str]) -> bytes:
    languages = published().release.project.languages
    waiting: list[str] = []
    entries = []
    for address in addresses:
        waiting.append(escape(site().origin + address))
        if len(waiting) == len(languages):
            others = "".join(
                f'<xhtml:link rel="alternate" hreflang="{language}" href="{each}"/>'
                for language, each in zip(languages, waiting, strict=True)
            )
            entries += [f"<url><loc>{each}</loc>{_date()}{others}</url>\n" for each in waiting]
            waiting.clear()
    return f"{_HEAD}<urlset {_NAMESPACES}>\n{''.join(entries)}</urlset>\n".encode()


def _address(path: str) -> str:
    return escape(site().absolute(path))


def _date() -> str:
    issued = published().release.manifest.issued
    return f"<lastmod>{escape(issued)}</lastmod>" if issued else ""
