"""Words for entities and addresses of pages, for readers of one language at one site."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lod.addresses import Site
from lod.description.model import Description, Fact, LinkGroup, Name, Reference, choose_name
from lod.representation.place import Edition
from lod.representation.terms import term_names
from lod.representation.wording import Wording

_LINKABLE = ("http://", "https://", "mailto:")


@dataclass(eq=False)
class View:
    """What pages are made of that is the same on every page of a language; for all threads.

    :param file_name: returns the name of a static file as it is served.
    """

    edition: Edition
    site: Site
    language: str
    wording: Wording
    file_name: Callable[[str], str]

    def __post_init__(self) -> None:
        """Prepare the names of terms, and the languages in the order readers like them."""
        self._terms = term_names(self.wording.gettext)
        others = (each for each in self.edition.project.languages if each != self.language)
        self.languages = (self.language, *others)

    # Words

    def name(self, reference: Reference) -> Name:
        """Return an entity's name for this page."""
        if not reference.names:
            term = self._terms.get(reference.iri)
            short = self.edition.prefixes.shorten(reference.iri)
            internal = reference.iri.startswith(self.edition.project.base)
            if term:
                return Name(term, self.wording.language)
            if not internal:
                return Name(short or reference.iri.partition("://")[2] or reference.iri, "")
        return reference.name(self.languages)

    def distinct(self, references: Sequence[Reference]) -> list[Reference]:
        """Return the entities that readers can tell apart by their names, the first of each."""
        return list({self.name(each): each for each in reversed(references)}.values())[::-1]

    def says(self, reference: Reference) -> Name | None:
        """Return an entity's description for this page."""
        return reference.description(self.languages) if reference.descriptions else None

    def property_name(self, each: Fact | LinkGroup) -> Name:
        """Return what a property is called here: as its shape has it, else as it is described."""
        for language in self.languages if each.names else ():
            if language in each.names:
                return Name(each.names[language], language)
        return self.name(each.property)

    def other_names(self, description: Description) -> list[Name]:
        """Return further names: in this page's language or none, and the name in the others."""
        seen = {self.name(description.reference).text}
        names = []
        for name in (*description.other_names, *description.reference.names):
            if name.text not in seen:
                seen.add(name.text)
                names.append(name)
        return names

    def text(self, texts: Mapping[str, str]) -> Name | None:
        """Return a text of the configuration for this page."""
        return choose_name(
            [Name(text, language) for language, text in texts.items()], self.languages
        )

    def column(self, variable: str) -> Name:
        """Return what a column of a question's answer is called, else its variable."""
        words = self.text(self.edition.project.columns.get(variable, {}))
        return words or Name(variable, "")

    def foreign(self, name: Name) -> str | None:
        """Return the language of a text to be named, None when readers expect it."""
        if not name.language or name.language in {self.language, self.wording.language}:
            return None
        return self.wording.language_name(name.language)

    def anchor(self, iri: str) -> str:
        """Return the fragment of an IRI, which is its anchor on its document's page."""
        return iri.partition("#")[2] or "top"

    def short(self, iri: str) -> str:
        """Return the prefixed name of an IRI, else the IRI."""
        return self.edition.prefixes.shorten(iri) or iri

    # Addresses

    def href(self, iri: str) -> str | None:
        """Return where an IRI leads from a page: our own to its page, others to themselves."""
        own = self.site.entity(iri, self.language)
        if own is not None:
            return own
        return iri if iri.startswith(_LINKABLE) else None

    def page(self, path: str, **query: str | int | None) -> str:
        """Return the address of a page in this page's language."""
        return self.site.page(path, self.language, **query)

    def path(self, path: str) -> str:
        """Return the address of a path that has no language."""
        return self.site.path(path)

    def absolute(self, path: str) -> str:
        """Return the address of a path with scheme and host."""
        return self.site.absolute(path)

    def static(self, name: str) -> str:
        """Return the address of a static file, which changes when its content does."""
        return self.site.path(f"static/{self.file_name(name)}")

    @property
    def licence(self) -> str | None:
        """Return where the licence of the data can be read, None when it is no address."""
        licence = self.edition.project.licence
        return self.href(licence) if licence else None
