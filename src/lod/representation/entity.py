"""The page about an entity: rendered once with gaps, then filled in for each entity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus

from markupsafe import Markup

from lod.addresses import quoted
from lod.description import Description, Name, Outline
from lod.recent import Recent
from lod.representation.pages import Pages
from lod.representation.place import Edition, Here, Place
from lod.representation.sections import MOST_ROWS
from lod.representation.sheet import Gaps, Sheet

_KINDS_KEPT = 500
_QUERY = ("SELECT ?property ?value WHERE { <", "> ?property ?value }")
"""Of all statements about an entity, around its IRI."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page of an entity shows.

    :param thing: the path at which the entity itself is asked for.
    :param kind: path segment and name of the kind whose list the entity stands in.
    :param data: the same for programs, as an element (``Markup``).
    """

    description: Description
    place: Place
    thing: str
    kind: tuple[str, Name] | None = None
    outline: Outline | None = None
    data: str = ""


class EntitySheet:
    """Fills in the page about an entity, in one language at one site.

    :param gaps: the marks that stand in ``place`` for what differs: ``path`` and ``iri``.
    :param place: where the page of some entity stands, with these marks.
    :param formats: name and address of its other formats, with the mark ``path``.
    """

    def __init__(
        self,
        pages: Pages,
        edition: Edition,
        gaps: Gaps,
        place: Place,
        formats: Sequence[tuple[str, str]],
    ) -> None:
        self._pages = pages
        self._edition = edition
        self._view = pages.view(edition, place)
        self._crumbs_of: Recent[Markup] = Recent(_KINDS_KEPT)
        before, behind = map(quote_plus, _QUERY)
        query = f"{self._view.page('sparql')}?query={before}{gaps.query}{behind}"
        self._sheet: Sheet = pages.sheet(
            "entity", edition, place, gaps, formats=formats, query=query
        )

    def page(self, shown: Shown) -> bytes:
        """Return the page about an entity."""
        it, place, view = shown.description, shown.place, self._view
        name, says = view.name(it.reference), view.says(it.reference)
        outline = shown.outline
        values = {
            "path": quoted(place.path),
            "iri": it.iri,
            "thing": quoted(shown.thing),
            "query": quote_plus(it.iri),
            "name": name.text,
            "lang": view.lang(name),
            "summary": view.summary(says),
            "lede": view.lede(says),
            "crumbs": self._crumbs(shown.kind),
            "report": self._report(place),
            "kinds": view.kinds(it),
            "others": view.others(it),
            "facts": view.facts(it.facts) if it.facts else "",
            "apart": view.apart(it.apart_facts),
            "outline": self._pages.outline(self._edition, place, outline) if outline else "",
            "groups": view.groups(it.groups, it.iri, place.path),
            "count": view.count(it.lines),
            "rows": view.rows(it.lines[:MOST_ROWS], it.references),
            "more": view.more(it.lines),
            "data": shown.data,
        }
        return self._sheet.filled(values).encode()

    def _crumbs(self, kind: tuple[str, Name] | None) -> Markup:
        found = self._crumbs_of.get(kind)
        return self._crumbs_of.put(kind, self._new_crumbs(kind)) if found is None else found

    def _new_crumbs(self, kind: tuple[str, Name] | None) -> Markup:
        view = self._view
        if kind is None:
            return view.crumbs([])
        segment, name = kind
        browse = (view.page("browse/"), view.wording.gettext("Browse"))
        return view.crumbs([browse, (view.page(f"browse/{segment}/"), name.text)])

    def _report(self, place: Place) -> Markup:
        """Return the link to where errors of the page are reported, if the project has one."""
        if self._edition.project.site.issues is None:
            return Markup()
        address = Here(self._edition, place).report_address
        words = self._view.wording.gettext("Report an error")
        return Markup('<p><a href="{}">{}</a></p>\n').format(address, words)
