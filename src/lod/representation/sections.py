"""Whole sections of pages, made of fragments: facts, links to an entity, tables of statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from lod.description.model import (
    Claim,
    Description,
    Entry,
    Fact,
    LinkGroup,
    Name,
    Reference,
    Value,
)
from lod.rdf.collation import sort_key
from lod.rdf.terms import Line, is_literal, split_literal
from lod.recent import Recent
from lod.representation.fragments import KEPT, Fragments, escaped, markup

MOST_ROWS = 500
"""Statements that a page shows; the other formats hold all."""

_MOST_VALUES = 50
"""Values of a fact that are listed; the statements below hold all."""

_Heading = tuple[str, str]
"""What a property is sorted by, and what stands in front of its values."""

_Headed = tuple[str, str, Fact]
"""The same with the property's fact."""


class Sections(Fragments):
    """Fragments that also gives sections; this is what templates call ``view``."""

    def __post_init__(self) -> None:
        """Prepare what is remembered."""
        super().__post_init__()
        self._headings: Recent[_Heading] = Recent(KEPT)
        self._row_ends: Recent[tuple[str, str]] = Recent(KEPT)
        self._counts: Recent[str] = Recent(KEPT)
        self._kinds: Recent[Markup] = Recent(KEPT)
        self._groups: Recent[str] = Recent(KEPT)

    # The head of an entity

    def kinds(self, description: Description) -> Markup:
        """Return what an entity is, and what qualifies it when it is a claim."""
        key = description.types
        links = self._kinds.get(key)
        if links is None:
            named = [f"{self.link(each, 'kind')} " for each in self.distinct(key)]
            links = self._kinds.put(key, markup("".join(named)))
        chips = self.chips(description.claim)
        return markup(f"{links}{chips}") if chips else links

    def others(self, description: Description) -> Markup:
        """Return the paragraph of further names, if there are any."""
        names = self.other_names(description)
        if not names:
            return Markup()
        listed = " · ".join([self.named(each) for each in names])
        return markup(f'<p class="other-names">{listed}</p>\n')

    def lede(self, says: Name | None) -> Markup:
        """Return the paragraph that says what an entity is, if anything does."""
        if says is None:
            return Markup()
        return markup(f'<p class="lede"{self._lang(says)}>{escaped(says.text)}</p>\n')

    def summary(self, says: Name | None) -> Markup:
        """Return the same for the head of a page."""
        if says is None:
            return Markup()
        return markup(f'<meta name="description" content="{escaped(says.text)}">\n')

    # Who points at an entity

    def groups(self, groups: Sequence[LinkGroup], own: str, path: str) -> Markup:
        """Return who points at an entity, by property.

        :param own: the entity.
        :param path: that of its document.
        """
        if not groups:
            return Markup()
        heading = escaped(self.wording.gettext("What refers to this"))
        sections = "".join([self._group(each, own, path) for each in groups])
        return markup(f"<h2>{heading}</h2>\n{sections}")

    def _group(self, group: LinkGroup, own: str, path: str) -> str:
        entries = "".join([self._entry(each, own) for each in group.entries])
        more = ""
        if group.following:
            _ = self.wording.gettext
            words = _("All %(count)s") % {"count": self.wording.number(group.count)}
            apart = 1 if group.is_apart else None
            address = self.page(f"{path}/links", property=group.property.iri, apart=apart)
            more = f'<p><a href="{escaped(address)}">{escaped(words)}</a></p>\n'
        key = (group.property, group.is_apart, group.count, *group.names.items())
        words_of = self._groups.get(key) or self._groups.put(key, self._group_heading(group))
        heading = f'<h3 class="cap">{words_of}</h3>'
        return f'<section class="group">\n{heading}\n<ul>\n{entries}</ul>\n{more}</section>\n'

    def _group_heading(self, group: LinkGroup) -> str:
        _ = self.wording.gettext
        name = self.property_name(group)
        words: str = self.named(name)
        if not group.names:
            words = escaped(_("As value of “%(property)s”") % {"property": name.text})
        count = f'<span class="count">({self.wording.number(group.count)})</span>'
        if not group.is_apart:
            return f"{words} {count}"
        apart = escaped(_("other sources"))
        return f'{words} {count} <span class="chip">{apart}</span>'

    def _entry(self, entry: Entry, own: str) -> str:
        claim = entry.claim
        about = f"{self.chips(claim)}{self.cited(claim, own)}" if claim is not None else ""
        return f"<li>{self.link(entry.reference)}{about}</li>\n"

    # Statements

    def count(self, lines: Sequence[Line]) -> str:
        """Return how many statements there are, in words."""
        number = len(lines)
        found = self._counts.get(number)
        return self._counts.put(number, self._count(number)) if found is None else found

    def _count(self, number: int) -> str:
        words = self.wording.ngettext(
            "%(shown)s statement, as it stands in the data",
            "%(shown)s statements, as they stand in the data",
            number,
        )
        return words % {"shown": self.wording.number(number)}

    def rows(self, lines: Iterable[Line], references: Mapping[str, Reference]) -> Markup:
        """Return statements as the rows of a table: property, value and graph."""
        ends, literal, cell = self._row_ends.get, self.literal_text, self.cell
        rows = []
        for _, name, value, graph in lines:
            key = (name, graph)
            begin, end = ends(key) or self._row_ends.put(key, self._row(name, graph))
            shown = literal(value) if value[0] == '"' else cell(value, references)
            rows.append(f"{begin}{shown}{end}")
        return markup("".join(rows))

    def _row(self, name: str, graph: str) -> tuple[str, str]:
        """Return what stands around a value: nearly all statements share it with others."""
        code = escaped(self.short(name[1:-1]))
        begin = f"<tr><td><code>{code}</code></td><td>"
        return begin, f"</td><td>{self.cell(graph, {})}</td></tr>\n"

    def more(self, lines: Sequence[Line]) -> Markup:
        """Return what is said below a table that does not hold all statements."""
        if len(lines) <= MOST_ROWS:
            return Markup()
        words = self.wording.gettext("The first 500 are shown; the formats above hold all.")
        return markup(f"<p>{escaped(words)}</p>\n")

    # Facts

    def apart(self, facts: Sequence[Fact]) -> Markup:
        """Return the facts of graphs that are only named, under a heading of their own."""
        if not facts:
            return Markup()
        _ = self.wording.gettext
        heading = escaped(_("From other sources"))
        says = escaped(
            _("These statements stand in graphs of their own and take no part in plain queries.")
        )
        return markup(f"<h2>{heading}</h2>\n<p>{says}</p>\n{self.facts(facts)}")

    def facts(self, facts: Sequence[Fact]) -> Markup:
        """Return facts as a list of properties with their values, as shapes order them.

        Those that shapes do not mention stand by name; of texts that are said in several
        languages only that of the page is shown.
        """
        headed = [(*self._heading(fact), fact) for fact in facts]
        headed.sort(key=lambda each: (each[2].position, each[0]))
        if len({heading for _, heading, _ in headed}) < len(headed):
            headed = self._told_apart(headed)
        rows = "".join([self._fact(heading, fact) for _, heading, fact in headed])
        return markup(f'<dl class="facts">\n{rows}</dl>\n')

    def _told_apart(self, headed: list[_Headed]) -> list[_Headed]:
        """Return facts whose properties are called the same with their addresses in short."""
        counts = Counter(heading for _, heading, _ in headed)
        found = []
        for key, heading, fact in headed:
            if counts[heading] > 1:
                short = escaped(self.short(fact.property.iri))
                address = f' <span class="in-language">({short})</span></dt>'
                heading = heading.removesuffix("</dt>") + address  # noqa: PLW2901 - in two steps
            found.append((key, heading, fact))
        return found

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
        support = [claim for value in values if value.support for claim in value.support]
        sources = self._sources(list(dict.fromkeys(support))) if support else ""
        return f"<div>\n{heading}\n<dd>\n{listed}{sources}</dd>\n</div>\n"

    def _items(self, values: Sequence[Value]) -> str:
        items = "".join([f"<li>{self._value(each)}</li>\n" for each in values[:_MOST_VALUES]])
        more = len(values) - _MOST_VALUES
        if more > 0:
            words = self.wording.gettext("and %(count)s more") % {
                "count": self.wording.number(more)
            }
            items += f'<li><a href="#all-statements">{escaped(words)}</a></li>\n'
        return items

    def _value(self, value: Value) -> str:
        if value.reference is not None:
            link = self.link(value.reference)
            if value.claim is None and not value.support:
                return link
            chips = [self.chips(claim) for claim in (value.claim, *value.support)]
            return f"{link}{''.join(chips)}"
        if value.inner:
            return self.facts(value.inner)
        if is_literal(value.term):
            return self.literal_text(value.term)
        return f"<code>{escaped(value.term)}</code>"

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
            f'<details class="source">\n<summary>{escaped(summary)}</summary>\n'
            f"<ul>\n{items}</ul>\n</details>\n"
        )

    def _source(self, claim: Claim) -> str:
        cited = ""
        for each in claim.sources:
            says = self.says(each)
            quoted = f": <span{self._lang(says)}>{escaped(says.text)}</span>" if says else ""
            cited += f"<br>{self.link(each)}{quoted}"
        return f"<li>{self.link(claim.reference)}{self.chips(claim)}\n{cited}</li>\n"
