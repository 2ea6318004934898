"""Small pieces of HTML that stand in every page many times: links, values, facts.

Each is what a template would say in a line, but made in Python and remembered: a page has hundreds
of them, and a template engine takes several microseconds for each. All text goes through
``escape``; what comes out is ``Markup``, which templates insert as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from markupsafe import Markup, escape

from lod.addresses import Site
from lod.description.model import Claim, Fact, Name, Reference, Value
from lod.rdf.collation import sort_key
from lod.rdf.terms import Line, Term, is_iri, is_literal, split_literal, term_text
from lod.recent import Recent
from lod.representation.place import Edition
from lod.representation.shown import show_literal
from lod.representation.view import View
from lod.representation.wording import Wording

_KEPT = 5_000
"""So many pieces of each sort are remembered."""
_MOST_VALUES = 50
"""Values of a fact that are listed; the statements below hold all."""

_Heading = tuple[str, str]
"""What a property is sorted by, and what stands in front of its values."""


class Fragments(View):
    """A view that also gives pieces of HTML."""

    def __init__(
        self,
        edition: Edition,
        site: Site,
        language: str,
        wording: Wording,
        static: Callable[[str], str],
    ) -> None:
        super().__init__(edition, site, language, wording, static)
        self._links: Recent[Markup] = Recent(_KEPT)
        self._literals: Recent[Markup] = Recent(_KEPT)
        self._iris: Recent[Markup] = Recent(_KEPT)
        self._headings: Recent[_Heading] = Recent(_KEPT)

    # Names and links

    def lang(self, name: Name | None) -> Markup:
        """Return the ``lang`` attribute of a text that is not in the page's language."""
        if name is None or not name.language or name.language == self.wording.language:
            return Markup()
        return _markup(f' lang="{escape(name.language)}"')

    def _in_language(self, name: Name) -> str:
        foreign = self.foreign(name)
        return f' <span class="in-language">({escape(foreign)})</span>' if foreign else ""

    def named(self, name: Name) -> Markup:
        """Return a name in its own language, which is told when readers do not expect it."""
        lang, language = self.lang(name), self._in_language(name)
        return _markup(f"<span{lang}>{escape(name.text)}</span>{language}")

    def link(self, reference: Reference, cls: str = "") -> Markup:
        """Return an entity as a link with its name."""
        key = (reference, cls)
        found = self._links.get(key)
        return self._links.put(key, self._link(reference, cls)) if found is None else found

    def _link(self, reference: Reference, cls: str) -> Markup:
        address = self.href(reference.iri)
        if not address:
            return _markup(f"<code>{escape(reference.iri)}</code>")
        name = self.name(reference)
        opening = f'<a class="{cls}"' if cls else "<a"
        text = f'{opening} href="{escape(address)}"{self.lang(name)}>{escape(name.text)}</a>'
        return _markup(text if cls else text + self._in_language(name))

    def chips(self, claim: Claim | None) -> Markup:
        """Return what qualifies a claim: chips with words, each a link to its definition."""
        if claim is None or not claim.qualifiers:
            return Markup()
        return _markup("".join([f" {self.link(each, 'chip')}" for each in claim.qualifiers]))

    def cited(self, claim: Claim | None, own: str = "") -> Markup:
        """Return where one claim comes from, in short; the page's own goes without saying."""
        sources = claim.sources if claim else ()
        others = [self.link(each) for each in sources if each.iri != own]
        if not others:
            return Markup()
        return _markup(f' <span class="cited">{", ".join(others)}</span>')

    def crumbs(self, steps: Iterable[tuple[str, str]]) -> Markup:
        """Return the path from the home page to this one: pairs of address and words."""
        _ = self.wording.gettext
        every = [(self.page(""), _("Home")), *steps]
        items = "".join(
            [f'<li><a href="{escape(each)}">{escape(words)}</a></li>\n' for each, words in every]
        )
        label = escape(_("You are here"))
        return _markup(f'<nav class="crumbs" aria-label="{label}">\n<ol>\n{items}</ol>\n</nav>\n')

    def formats(self, formats: Iterable[tuple[str, str]]) -> Markup:
        """Return links to the same content in other formats."""
        links = [f'<a href="{escape(address)}">{escape(name)}</a>' for name, address in formats]
        return _markup(f"<p>{' · '.join(links)}</p>\n")

    # Values

    def literal(self, text: str) -> Markup:
        """Return a literal: its language told, dates and numbers with their exact form beside."""
        found = self._literals.get(text)
        return self._literals.put(text, self._literal(text)) if found is None else found

    def _literal(self, text: str) -> Markup:
        shown = show_literal(text, self.wording)
        words = escape(shown.text)
        if shown.link:
            result = f'<a href="{escape(shown.link)}">{words}</a>'
        elif shown.element == "time":
            result = f'<time datetime="{escape(shown.machine)}">{words}</time>'
        elif shown.element:
            result = f'<data value="{escape(shown.machine)}">{words}</data>'
        elif shown.language:
            result = f'<span lang="{escape(shown.language)}">{words}</span>'
            if shown.language != self.language:
                language = escape(self.wording.language_name(shown.language))
                result += f' <span class="in-language">({language})</span>'
        else:
            result = str(words)
        if shown.datatype:
            result += f' <span class="in-language">({escape(self.short(shown.datatype))})</span>'
        return _markup(result)

    def term(self, term: Term, references: Mapping[str, Reference]) -> Markup:
        """Return a term of a table: an IRI by its name where one is known."""
        return self.cell(term_text(term), references)

    def cell(self, text: str, references: Mapping[str, Reference]) -> Markup:
        """Return a term of a table, given as canonical text."""
        if is_literal(text):
            return self.literal(text)
        if not is_iri(text):
            return _markup(f"<code>{escape(text)}</code>")
        reference = references.get(text[1:-1])
        if reference is not None and reference.names:
            return self.link(reference)
        found = self._iris.get(text)
        return self._iris.put(text, self._iri(text[1:-1])) if found is None else found

    def _iri(self, iri: str) -> Markup:
        address = self.href(iri)
        if not address:
            return _markup(f"<code>{escape(iri)}</code>")
        return _markup(f'<a href="{escape(address)}">{escape(self.short(iri))}</a>')

    def rows(self, lines: Iterable[Line], references: Mapping[str, Reference]) -> Markup:
        """Return statements as the rows of a table: property, value and graph."""
        cell, short = self.cell, self.short
        return _markup(
            "".join(
                [
                    f"<tr><td><code>{escape(short(name[1:-1]))}</code></td>"
                    f"<td>{cell(value, references)}</td><td>{cell(graph, {})}</td></tr>\n"
                    for _, name, value, graph in lines
                ]
            )
        )

    # Facts

    def facts(self, facts: Sequence[Fact]) -> Markup:
        """Return facts as a list of properties with their values, as shapes order them.

        Those that shapes do not mention stand by name; of texts that are said in several
        languages only that of the page is shown.
        """
        headed = [(*self._heading(fact), fact) for fact in facts]
        headed.sort(key=lambda each: (each[2].position, each[0]))
        rows = "".join([self._fact(heading, fact) for _, heading, fact in headed])
        return _markup(f'<dl class="facts">\n{rows}</dl>\n')

    def _heading(self, fact: Fact) -> _Heading:
        key = (fact.property, *fact.names.items())
        found = self._headings.get(key)
        if found is None:
            name = self.property_name(fact)
            cap = ' class="cap"' if name.language else ""
            text = f"<dt{cap}>{self.named(name)}</dt>"
            found = self._headings.put(key, (sort_key(name.text, self.language), text))
        return found

    def _fact(self, heading: str, fact: Fact) -> str:
        values = fact.values
        if len(values) == 1:
            listed = f"{self._value(values[0])}\n"
        else:
            values = self._readable(values)
            if len(values) == 1:
                listed = f"{self._value(values[0])}\n"
            else:
                listed = f"<ul>\n{self._items(values)}</ul>\n"
        support = [claim for value in values for claim in value.support]
        sources = self._sources(list(dict.fromkeys(support))) if support else ""
        return f"<div>\n{heading}\n<dd>\n{listed}{sources}</dd>\n</div>\n"

    def _items(self, values: Sequence[Value]) -> str:
        items = "".join([f"<li>{self._value(each)}</li>\n" for each in values[:_MOST_VALUES]])
        more = len(values) - _MOST_VALUES
        if more > 0:
            words = self.wording.gettext("and %(count)s more") % {
                "count": self.wording.number(more)
            }
            items += f'<li><a href="#all-statements">{escape(words)}</a></li>\n'
        return items

    def _value(self, value: Value) -> str:
        if value.reference is not None:
            chips = "".join([self.chips(claim) for claim in (value.claim, *value.support)])
            return f"{self.link(value.reference)}{chips}"
        if value.inner:
            return self.facts(value.inner)
        if is_literal(value.term):
            return self.literal(value.term)
        return f"<code>{escape(value.term)}</code>"

    def _readable(self, values: tuple[Value, ...]) -> tuple[Value, ...]:
        tags = [split_literal(value.term)[1] if is_literal(value.term) else "" for value in values]
        for language in self.languages:
            if language in tags:
                return tuple(
                    value
                    for value, tag in zip(values, tags, strict=True)
                    if not tag or tag == language
                )
        return values

    def _sources(self, claims: Sequence[Claim]) -> str:
        """Return a disclosure of the claims a fact follows from and the passages they cite."""
        summary = self.wording.ngettext("Source", "Sources", len(claims))
        items = "".join([self._source(each) for each in claims])
        return (
            f'<details class="source">\n<summary>{escape(summary)}</summary>\n'
            f"<ul>\n{items}</ul>\n</details>\n"
        )

    def _source(self, claim: Claim) -> str:
        cited = ""
        for each in claim.sources:
            says = self.says(each)
            quoted = f": <span{self.lang(says)}>{escape(says.text)}</span>" if says else ""
            cited += f"<br>{self.link(each)}{quoted}"
        return f"<li>{self.link(claim.reference)}{self.chips(claim)}\n{cited}</li>\n"


def _markup(text: str) -> Markup:
    """Return HTML that was put together here from text that is escaped."""
    return Markup(text)  # noqa: S704 - see above
