"""Small pieces of HTML that stand in every page many times: links, names, values.

Each is what a template would say in a line, but made in Python and remembered: a page has hundreds
of them, and a template engine takes several microseconds for each. All text goes through
``escaped``; what comes out is ``Markup``, which templates insert as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from markupsafe import Markup, escape

from lod.description.model import Claim, Name, Reference
from lod.rdf.terms import Term, is_iri, lexical_form, term_text
from lod.recent import Recent
from lod.representation.shown import show_literal
from lod.representation.view import View

_NOTHING = Markup()
_SPECIAL = re.compile(r"[&<>'\"]")

KEPT = 10_000
"""So many pieces of each sort are remembered."""


class Fragments(View):
    """A view that also gives pieces of HTML."""

    def __post_init__(self) -> None:
        """Prepare what is remembered."""
        super().__post_init__()
        self._links: Recent[Markup] = Recent(KEPT)
        self._literals: Recent[str] = Recent(KEPT)
        self._iris: Recent[str] = Recent(KEPT)
        self._tags: Recent[tuple[str, str]] = Recent(KEPT)

    # Names and links

    def lang(self, name: Name | None) -> Markup:
        """Return the ``lang`` attribute of a text that is not in the page's language."""
        return markup(self._lang(name))

    def _lang(self, name: Name | None) -> str:
        if name is None or not name.language or name.language == self.wording.language:
            return ""
        return f' lang="{escaped(name.language)}"'

    def _in_language(self, name: Name) -> str:
        foreign = self.foreign(name)
        return f' <span class="in-language">({escaped(foreign)})</span>' if foreign else ""

    def named(self, name: Name) -> Markup:
        """Return a name in its own language, which is told when readers do not expect it."""
        text = f"<span{self._lang(name)}>{escaped(name.text)}</span>{self._in_language(name)}"
        return markup(text)

    def link(self, reference: Reference, cls: str = "") -> Markup:
        """Return an entity as a link with its name."""
        key = (reference, cls)
        found = self._links.get(key)
        return self._links.put(key, markup(self._link(reference, cls))) if found is None else found

    def _link(self, reference: Reference, cls: str) -> str:
        address = self.href(reference.iri)
        if not address:
            return f"<code>{escaped(reference.iri)}</code>"
        name = self.name(reference)
        opening = f'<a class="{cls}"' if cls else "<a"
        if not name.language or name.language == self.wording.language:
            return f'{opening} href="{escaped(address)}">{escaped(name.text)}</a>'
        text = f'{opening} href="{escaped(address)}"{self._lang(name)}>{escaped(name.text)}</a>'
        return text if cls else text + self._in_language(name)

    def chips(self, claim: Claim | None) -> Markup:
        """Return what qualifies a claim: chips with words, each a link to its definition."""
        if claim is None or not claim.qualifiers:
            return _NOTHING
        return markup("".join([f" {self.link(each, 'chip')}" for each in claim.qualifiers]))

    def cited(self, claim: Claim | None, own: str = "") -> Markup:
        """Return where one claim comes from, in short; the page's own goes without saying."""
        sources = claim.sources if claim else ()
        others = [self.link(each) for each in sources if each.iri != own]
        if not others:
            return _NOTHING
        return markup(f' <span class="cited">{", ".join(others)}</span>')

    def crumbs(self, steps: Iterable[tuple[str, str]]) -> Markup:
        """Return the path from the home page to this one: pairs of address and words."""
        _ = self.wording.gettext
        every = [(self.page(""), _("Home")), *steps]
        items = "".join(
            [f'<li><a href="{escaped(each)}">{escaped(words)}</a></li>\n' for each, words in every]
        )
        label = escaped(_("You are here"))
        return markup(f'<nav class="crumbs" aria-label="{label}">\n<ol>\n{items}</ol>\n</nav>\n')

    def formats(self, formats: Iterable[tuple[str, str]]) -> Markup:
        """Return links to the same content in other formats."""
        links = [f'<a href="{escaped(address)}">{escaped(name)}</a>' for name, address in formats]
        return markup(f'<p class="formats">{" · ".join(links)}</p>\n')

    # Values

    def literal(self, text: str) -> Markup:
        """Return a literal: its language told, dates and numbers with their exact form beside."""
        return markup(self.literal_text(text))

    def literal_text(self, text: str) -> str:
        """Return the same as a string; of those with a datatype many are alike."""
        if text[-1] != ">":
            return self._text(text)
        found = self._literals.get(text)
        return self._literals.put(text, self._literal(text)) if found is None else found

    def _text(self, text: str) -> str:
        """Return a literal without datatype, which is what it says and may have a language."""
        end = text.rindex('"')
        words = escaped(lexical_form(text) if "\\" in text else text[1:end])
        tag = text[end + 2 :]
        if not tag:
            return words
        around = self._tags.get(tag) or self._tags.put(tag, self._around(tag.partition("--")[0]))
        return f"{around[0]}{words}{around[1]}"

    def _around(self, language: str) -> tuple[str, str]:
        """Return what stands around a text in a language."""
        opening = f'<span lang="{escaped(language)}">'
        if language == self.language:
            return opening, "</span>"
        words = escaped(self.wording.language_name(language))
        return opening, f'</span> <span class="in-language">({words})</span>'

    def _literal(self, text: str) -> str:
        shown = show_literal(text, self.wording)
        words = escaped(shown.text)
        if shown.link:
            result = f'<a href="{escaped(shown.link)}">{words}</a>'
        elif shown.element == "time":
            result = f'<time datetime="{escaped(shown.machine)}">{words}</time>'
        elif shown.element:
            result = f'<data value="{escaped(shown.machine)}">{words}</data>'
        else:
            result = words
        if shown.datatype:
            result += f' <span class="in-language">({escaped(self.short(shown.datatype))})</span>'
        return result

    def term(self, term: Term, references: Mapping[str, Reference]) -> Markup:
        """Return a term of a table: an IRI by its name where one is known."""
        return markup(self.cell(term_text(term), references))

    def cell(self, text: str, references: Mapping[str, Reference]) -> str:
        """Return a term of a table, given as canonical text, as HTML."""
        if text[0] == '"':
            return self.literal_text(text)
        if not is_iri(text):
            return f"<code>{escaped(text)}</code>"
        reference = references.get(text[1:-1])
        if reference is not None and reference.names:
            return self.link(reference)
        found = self._iris.get(text)
        return self._iris.put(text, self._iri(text[1:-1])) if found is None else found

    def _iri(self, iri: str) -> str:
        address = self.href(iri)
        if not address:
            return f"<code>{escaped(iri)}</code>"
        return f'<a href="{escaped(address)}">{escaped(self.short(iri))}</a>'


def markup(text: str) -> Markup:
    """Return HTML that was put together here or in sections from text that is escaped."""
    return Markup(text)  # noqa: S704 - see above


def escaped(text: str) -> str:
    """Return text as it stands in HTML; most text stands as it is, which is soon seen."""
    return str(escape(text)) if _SPECIAL.search(text) else text
