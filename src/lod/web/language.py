"""The language of a page: named by its address, else what the client likes best."""

from __future__ import annotations

from collections.abc import Callable

from flask import request
from werkzeug.routing import BaseConverter

from lod.addresses import split_suffix
from lod.rdf.formats import HTML
from lod.rdf.negotiation import choose_language
from lod.web.context import published


class LanguageConverter(BaseConverter):
    """A language tag in an address; whether the project has it is told by the view."""

    regex = r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*"


def error_language() -> str:
    """Return the language of an error page: that of the page the address names, if it does."""
    languages = published().release.project.languages
    suffix = split_suffix(request.path.lstrip("/"), [HTML.extension], languages)
    return page_language(suffix.language if suffix else None)


def error_words() -> Callable[[str], str]:
    """Return what translates a text into the language of an error page."""
    return published().pages.wording(error_language()).gettext


def page_language(named: str | None) -> str:
    """Return the language a page is shown in."""
    languages = published().release.project.languages
    if named is not None:
        return named
    return choose_language(request.headers.get("Accept-Language", ""), languages)
