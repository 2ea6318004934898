"""The page of a document that describes entities by fragment: a vocabulary, or a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lod.description import Description, Reference
from lod.rdf.collation import sort_key
from lod.rdf.namespaces import OWL, RDF, RDFS
from lod.representation import Place
from lod.representation.documents import Subjects
from lod.representation.embedded import EmbeddedData
from lod.web.publication import Published

PER_DOCUMENT = 100
"""Entities shown on one page of a document that describes many."""

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


def document_page(
    here: Published, iri: str | None, canonical: str, place: Place, formats: Formats
) -> bytes:
    """Return the page of a document that describes entities by fragment.

    :param iri: what the document is, when something is said of that.
    :param canonical: the IRI of the document.
    """
    path, after = place.path, place.query.get("after", "")
    iris = here.store.fragments(path, after=after, limit=PER_DOCUMENT + 1)
    describer = here.describer
    shown = iris[:PER_DOCUMENT]
    terms = [term for each in shown if (term := describer.describe(each))]
    about = describer.describe(iri) if iri else None
    is_part = bool(after) or len(iris) > PER_DOCUMENT
    subjects = Subjects(canonical, [iri, *shown] if iri else shown, is_part)
    described = [about, *terms] if about else terms
    reference = about.reference if about else Reference(here.release.project.base + path)
    wording = here.pages.wording(place.language)
    return here.pages.render(
        "document",
        here.edition,
        place,
        name=reference.name([place.language, *here.release.project.languages]),
        about=about,
        canonical=reference.iri,
        formats=formats,
        sections=_sections(_by_name(terms, place.language), wording.gettext),
        usages=_usages(here, terms, place.language),
        data=EmbeddedData(here.store, here.release.manifest.issued).element(subjects, described),
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


def _usages(here: Published, terms: Sequence[Description], language: str) -> dict[str, _Usage]:
    """Return how often the classes and properties among the terms are used, with examples."""
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
