"""Walk over the pages of a served dataset, as a reader with a browser could."""

from __future__ import annotations

import zlib
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urljoin, urlsplit

from flask.testing import FlaskClient

from support.html import Element, Page

ORIGIN = "http://localhost"
_LOADED = {"script", "img", "iframe", "embed", "object", "source", "video", "audio", "track"}
_LOADED_RELATIONS = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "prefetch"}


@dataclass(frozen=True, slots=True)
class Seen:
    """What is worth knowing of a page when all are gone over."""

    path: str
    status: int
    language: str
    content_language: str
    title: str
    faults: tuple[str, ...]


@dataclass(slots=True)
class Walk:
    """The pages of a dataset, and what each address that some page names answered."""

    pages: list[Seen] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)
    named_by: dict[str, str] = field(default_factory=dict)

    def broken(self) -> dict[str, str]:
        """Return each address that does not answer, with a page that names it."""
        return {
            address: self.named_by[address]
            for address, status in self.statuses.items()
            if status >= 400
        }


def walk(client: FlaskClient, start: str, *, one_in: int = 1) -> Walk:
    """Follow every link of our own from a page on.

    :param one_in: of the other formats and the results of queries, ask only for one in so many:
        they are alike, and many.
    """
    found = Walk()
    waiting = deque([start])
    while waiting:
        address = waiting.popleft()
        if address in found.statuses:
            continue
        response = client.get(address)
        found.statuses[address] = response.status_code
        if response.status_code == 303:
            follow(found, waiting, address, response.headers["Location"], one_in)
        elif response.mimetype == "text/html":
            page = Page(response.get_data(as_text=True))
            content_language = response.headers.get("Content-Language", "")
            found.pages.append(
                Seen(
                    address,
                    response.status_code,
                    page.language,
                    content_language,
                    page.one("title").words,
                    tuple(faults(page)),
                )
            )
            for _, target in page.addresses():
                follow(found, waiting, address, target, one_in)
        response.close()
    return found


def follow(found: Walk, waiting: deque[str], here: str, target: str, one_in: int) -> None:
    """Remember an address of our own that a page names, to ask for it later."""
    parts = urlsplit(urljoin(ORIGIN + here, target))
    if f"{parts.scheme}://{parts.netloc}" != ORIGIN:
        return
    address = parts.path + (f"?{parts.query}" if parts.query else "")
    if address in found.named_by:
        return
    is_many = not parts.path.endswith(".html") or "query" in parse_qs(parts.query)
    if is_many and zlib.crc32(address.encode()) % one_in:
        return
    found.named_by[address] = here
    waiting.append(address)


def faults(page: Page) -> Iterator[str]:
    """Yield what is wrong with a page, whatever it is about."""
    yield from page.faults
    yield from _frame(page)
    for identifier, count in Counter(page.ids).items():
        if count > 1 or not identifier or any(letter.isspace() for letter in identifier):
            yield f"it has the id {identifier!r} {count} times"
    for element in page.unlabelled():
        yield f"an input has no label: {element.attributes}"
    yield from _headings(page)
    yield from _scripts(page)
    for element in page.elements:
        yield from _element(page, element)


def _frame(page: Page) -> Iterator[str]:
    if page.doctype != "doctype html":
        yield f"its doctype is {page.doctype!r}"
    charsets = [each.get("charset").lower() for each in page.all("meta") if each.get("charset")]
    if charsets != ["utf-8"]:
        yield "it does not state its charset once"
    for name in ("html", "title", "main", "h1"):
        if len(page.all(name)) != 1:
            yield f"it has {len(page.all(name))} <{name}>"
        if not all(each.words for each in page.all(name)):
            yield f"its <{name}> is empty"


def _headings(page: Page) -> Iterator[str]:
    levels = [int(each.name[1]) for each in page.elements if each.name in {"h1", "h2", "h3", "h4"}]
    for before, after in zip([0, *levels], levels, strict=False):
        if after > before + 1:
            yield f"a heading of level {after} follows one of level {before}"


def _scripts(page: Page) -> Iterator[str]:
    if any(each.get("type") != "application/ld+json" for each in page.all("script")):
        yield "it has a script"
    if page.all("style"):
        yield "it has a style element"


def _element(page: Page, element: Element) -> Iterator[str]:
    for name, value in element.attributes.items():
        if name.startswith("on") or name == "style":
            yield f"<{element.name}> has the attribute {name}"
        if name in {"href", "src", "action"} and not _is_safe(value):
            yield f"<{element.name}> leads to {value!r}"
    if _is_loaded(element) and urlsplit(element.get("src") or element.get("href")).netloc:
        yield f"it loads {element.attributes} from elsewhere"
    if element.name == "a" and not element.words:
        yield f"a link has no words: {element.attributes}"
    if element.name == "a" and element.get("href").startswith("#"):
        target = element.get("href")[1:]
        if target not in page.ids:
            yield f"a link leads to #{target}, which is not there"
    if element.name == "nav" and not element.get("aria-label"):
        yield "a <nav> has no name"
    if element.name == "table" and "caption" not in {
        each.name for each in page.elements if each.path[-1:] == ("table",)
    }:
        yield "a table has no caption"


def _is_safe(address: str) -> bool:
    return urlsplit(address).scheme in {"", "http", "https", "mailto"}


def _is_loaded(element: Element) -> bool:
    if element.name == "link":
        return bool(_LOADED_RELATIONS & {*element.get("rel").split()})
    return element.name in _LOADED
