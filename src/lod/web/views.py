"""The pages about entities: what a template shows, gathered from the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Response, abort, request

from lod.addresses import thing_path
from lod.description import Description, Reference, outline_of, without_parts
from lod.rdf.collation import sort_key
from lod.rdf.formats import HTML
from lod.rdf.namespaces import OWL, RDF, RDFS
from lod.representation import Place
from lod.web.context import published, site
from lod.web.language import page_language
from lod.web.pages import kind_name, query_link
from lod.web.responses import Representation, page, respond

PER_DOCUMENT = 100
"""Entities shown on one page of a document that describes many."""

PER_PAGE = 50
EXAMPLES = 3

Formats = Sequence[tuple[str, str]]

_CLASSES = {OWL.Class.value, RDFS.Class.value}
_PROPERTIES = {
    OWL.ObjectProperty.value,
    OWL.DatatypeProperty.value,
    OWL.AnnotationProperty.value,
    RDF.Property.value,
}


@dataclass(frozen=True, slots=True)
class _Usage:
    words: str
    examples: Sequence[Reference]


def entity_page(_: str, iri: str | None, place: Place, formats: Formats) -> bytes:
    """Return the page about one entity."""
    here = published()
    described = here.describer.describe(iri or "")
    if described is None or iri is None:
        abort(404)
    kinds = {kind.segment: kind for kind in here.store.kinds()}
    kind = kinds.get(described.reference.kind or "")
    named = here.describer.refer(kind.classes[:1])[kind.classes[0]] if kind else None
    query = f"SELECT ?property ?value WHERE {{ <{iri}> ?property ?value }}"
    outline = outline_of(here.store, here.describer, iri)
    return page(
        "entity",
        place,
        it=without_parts(described, here.store) if outline else described,
        outline=outline,
        kind=kind,
        kind_name=kind_name(kind, named, place.language) if kind and named else None,
        thing=thing_path(iri, here.release.project.base),
        formats=formats,
        query=query_link(query, place.language),
    )


def document_page(path: str, iri: str | None, place: Place, formats: Formats) -> bytes:
    """Return the page of a document that describes entities by fragment."""
    here = published()
    after = request.args.get("after", "")
    iris = here.store.fragments(path, after=after, limit=PER_DOCUMENT + 1)
    describer = here.describer
    terms = [term for each in iris[:PER_DOCUMENT] if (term := describer.describe(each))]
    about = describer.describe(iri) if iri else None
    reference = about.reference if about else Reference(here.release.project.base + path)
    wording = here.pages.wording(place.language)
    return page(
        "document",
        place,
        name=reference.name([place.language, *here.release.project.languages]),
        about=about,
        canonical=reference.iri,
        formats=formats,
        sections=_sections(_by_name(terms, place.language), wording.gettext),
        usages=_usages(terms, place.language),
        following=iris[PER_DOCUMENT - 1] if len(iris) > PER_DOCUMENT else None,
    )


def _by_name(terms: Sequence[Description], language: str) -> list[Description]:
    return sorted(terms, key=lambda each: sort_key(each.reference.name([language]).text, language))


def _sections(
    terms: Sequence[Description], _: Callable[[str], str]
) -> list[tuple[str, list[Description]]]:
    """Return the entities of a document by what they are: classes, properties, the rest."""
    headings = {"class": _("Classes"), "property": _("Properties"), "rest": _("Entities")}
    found: defaultdict[str, list[Description]] = defaultdict(list)
    for term in terms:
        types = {each.iri for each in term.types}
        if types & _CLASSES:
            found["class"].append(term)
        elif types & _PROPERTIES:
            found["property"].append(term)
        else:
            found["rest"].append(term)
    return [(heading, found[key]) for key, heading in headings.items() if found[key]]


def _usages(terms: Sequence[Description], language: str) -> dict[str, _Usage]:
    """Return how often the classes and properties among the terms are used, with examples."""
    here = published()
    wording = here.pages.wording(language)
    numbers = {(each.cls, each.property): each for each in here.store.statistics()}
    found = {}
    for term in terms:
        as_class = numbers.get((term.iri, ""))
        as_property = numbers.get(("", term.iri))
        if as_class:
            iris = here.store.linked(term.iri, RDF.type.value, is_apart=False, limit=EXAMPLES)
            count = as_class.subjects
            words = wording.ngettext("%(count)s entity", "%(count)s entities", count)
            examples = list(here.describer.refer(iris).values())
        elif as_property:
            count, examples = as_property.triples, []
            words = wording.ngettext("used %(count)s time", "used %(count)s times", count)
        else:
            continue
        found[term.iri] = _Usage(words % {"count": wording.number(count)}, examples)
    return found


def links_page(iri: str, path: str, language: str | None) -> Response:
    """Return a page of who points at an entity with one property."""
    here = published()
    predicate = request.args.get("property", "")
    is_apart = request.args.get("apart") == "1"
    after = request.args.get("after", "")
    group = here.describer.page_of_links(
        iri, predicate, is_apart=is_apart, after=after, limit=PER_PAGE
    )
    if group is None:
        abort(404)
    shown = page_language(language)
    names = ("property", "apart", "after")
    query = {name: request.args[name] for name in names if name in request.args}
    place = Place(path, shown, site(), query)
    reference = here.describer.refer([iri])[iri]
    return respond(
        Representation(
            HTML.content_type,
            (path, shown, predicate, str(is_apart), after),
            lambda: page(
                "links",
                place,
                group=group,
                reference=reference,
                entity=site().entity(iri, shown),
            ),
            vary=() if language else ("Accept-Language",),
            language=shown,
        )
    )
