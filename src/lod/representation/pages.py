"""HTML pages from plain values: templates never run a query and never build an address."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from pyoxigraph import NamedNode

from lod.addresses import Site
from lod.config import Project
from lod.description.model import (
    Description,
    Fact,
    LinkGroup,
    Name,
    Reference,
    Value,
    choose_name,
)
from lod.rdf.collation import sort_key
from lod.rdf.prefixes import Prefixes
from lod.representation.shown import Shown, show_literal
from lod.representation.terms import term_names
from lod.representation.wording import AUTONYMS, Wording

_LINKABLE = ("http://", "https://", "mailto:")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands: its path without suffix, its query fields, its language.

    :param formats: addresses of the same content in other formats, by media type.
    :param signposts: what else it leads machines to: (address, relation, media type or '').
    """

    path: str
    language: str
    site: Site
    query: Mapping[str, str] = field(default_factory=dict)
    formats: Mapping[str, str] = field(default_factory=dict)
    canonical: str | None = None
    signposts: Sequence[tuple[str, str, str]] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """What the frame of every page says about the data it shows."""

    project: Project
    prefixes: Prefixes
    version: str
    issued: str | None
    triples: int
    has_questions: bool = False


class Pages:
    """Renders the templates; one for all languages and all threads.

    :ivar digest: names all that decides what a page looks like besides its data.
    """

    def __init__(self, project: Project) -> None:
        self._wordings = {language: Wording(language) for language in project.languages}
        self._environments = {
            language: self._environment(wording) for language, wording in self._wordings.items()
        }
        contents = {each.name: each.read_bytes() for each in _folder("static").iterdir()}
        contents["style.css"] += _accents(project)
        self.statics = {
            _hashed_name(name, contents[name]): contents[name] for name in sorted(contents)
        }
        self.digest = _digest()

    def _environment(self, wording: Wording) -> Environment:
        environment = Environment(
            loader=PackageLoader("lod.representation", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        environment.install_gettext_callables(  # type: ignore[attr-defined]
            wording.gettext, wording.ngettext, newstyle=True
        )
        return environment

    def wording(self, language: str) -> Wording:
        """Return the words of a language."""
        return self._wordings[language]

    def render(self, template: str, edition: Edition, place: Place, **values: Any) -> bytes:
        """Return a page as UTF-8.

        :param template: the template's name without extension.
        :param values: what the template shows.
        """
        wording = self._wordings[place.language]
        view = _View(edition, place, wording, self._static)
        text = (
            self._environments[place.language]
            .get_template(f"{template}.html")
            .render(view=view, wording=wording, edition=edition, place=place, **values)
        )
        return text.encode()

    def _static(self, name: str) -> str:
        stem, _, extension = name.rpartition(".")
        return next(
            each
            for each in self.statics
            if each.startswith(f"{stem}.") and each.endswith(f".{extension}")
        )


class _View:
    """What templates call: words for entities, addresses, display forms."""

    def __init__(
        self, edition: Edition, place: Place, wording: Wording, static: Callable[[str], str]
    ) -> None:
        self._edition = edition
        self._place = place
        self._wording = wording
        self._static = static
        self._terms = term_names(wording.gettext)
        project = edition.project
        self.languages = (
            place.language,
            *(each for each in project.languages if each != place.language),
        )

    # Words

    def name(self, reference: Reference) -> Name:
        """Return an entity's name for this page."""
        if not reference.names:
            term = self._terms.get(reference.iri)
            short = self._edition.prefixes.shorten(reference.iri)
            internal = reference.iri.startswith(self._edition.project.base)
            if term:
                return Name(term, self._wording.language)
            if not internal:
                return Name(short or reference.iri.partition("://")[2] or reference.iri, "")
        return reference.name(self.languages)

    def distinct(self, references: Sequence[Reference]) -> list[Reference]:
        """Return the entities that readers can tell apart by their names, the first of each."""
        return list({self.name(each): each for each in reversed(references)}.values())[::-1]

    def says(self, reference: Reference) -> Name | None:
        """Return an entity's description for this page."""
        return reference.description(self.languages)

    def property_name(self, each: Fact | LinkGroup) -> Name:
        """Return what a property is called here: as its shape has it, else as it is described."""
        for language in self.languages:
            if language in each.names:
                return Name(each.names[language], language)
        return self.name(each.property)

    def other_names(self, description: Description) -> list[Name]:
        """Return further names: in this page's language or none, and the name in the others."""
        shown = self.name(description.reference)
        names = [*description.other_names, *description.reference.names]
        return [
            name
            for position, name in enumerate(names)
            if name.text != shown.text and name.text not in {each.text for each in names[:position]}
        ]

    def text(self, texts: Mapping[str, str]) -> Name | None:
        """Return a text of the configuration for this page."""
        return choose_name(
            [Name(text, language) for language, text in texts.items()], self.languages
        )

    def column(self, variable: str) -> Name:
        """Return what a column of a question's answer is called, else its variable."""
        words = self.text(self._edition.project.columns.get(variable, {}))
        return words or Name(variable, "")

    def lang(self, name: Name | None) -> Markup:
        """Return the ``lang`` attribute of a text that is not in the page's language."""
        if name is None or not name.language or name.language == self._wording.language:
            return Markup("")
        return Markup(' lang="{}"').format(name.language)

    def foreign(self, name: Name) -> str | None:
        """Return the language of a text to be named, None when readers expect it."""
        if not name.language or name.language in {self._place.language, self._wording.language}:
            return None
        return self._wording.language_name(name.language)

    def facts(self, facts: tuple[Fact, ...]) -> list[Fact]:
        """Return facts in page order, as shapes have it and then by name.

        Of texts that are said in several languages only that of the page is shown.
        """
        language = self._place.language
        return sorted(
            (replace(fact, values=self._readable(fact.values)) for fact in facts),
            key=lambda each: (each.position, sort_key(self.property_name(each).text, language)),
        )

    def _readable(self, values: tuple[Value, ...]) -> tuple[Value, ...]:
        tags = [getattr(value.term, "language", None) for value in values]
        for language in self.languages:
            if language in tags:
                return tuple(
                    value
                    for value, tag in zip(values, tags, strict=True)
                    if tag is None or tag == language
                )
        return values

    def literal(self, term: Any) -> Shown:
        """Return how a literal is shown."""
        return show_literal(term, self._wording)

    def is_iri(self, term: Any) -> bool:
        """Whether a term is an IRI."""
        return isinstance(term, NamedNode)

    def anchor(self, iri: str) -> str:
        """Return the fragment of an IRI, which is its anchor on its document's page."""
        return iri.partition("#")[2] or "top"

    def short(self, iri: str) -> str:
        """Return the prefixed name of an IRI, else the IRI."""
        return self._edition.prefixes.shorten(iri) or iri

    # Addresses

    def href(self, iri: str) -> str | None:
        """Return where an IRI leads from a page: our own to its page, others to themselves."""
        own = self._place.site.entity(iri, self._place.language)
        if own is not None:
            return own
        return iri if iri.startswith(_LINKABLE) else None

    def page(self, path: str, **query: str | int | None) -> str:
        """Return the address of a page in this page's language."""
        return self._place.site.page(path, self._place.language, **query)

    def here(self, **query: str | int | None) -> str:
        """Return this page's own address with other query fields."""
        return self.page(self._place.path, **{**self._place.query, **query})

    def path(self, path: str) -> str:
        """Return the address of a path that has no language."""
        return self._place.site.path(path)

    def absolute(self, path: str) -> str:
        """Return the address of a path with scheme and host."""
        return self._place.site.absolute(path)

    def static(self, name: str) -> str:
        """Return the address of a static file, which changes when its content does."""
        return self._place.site.path(f"static/{self._static(name)}")

    @property
    def licence(self) -> str | None:
        """Return where the licence of the data can be read, None when it is no address."""
        licence = self._edition.project.licence
        return self.href(licence) if licence else None

    @property
    def report_address(self) -> str | None:
        """Return where errors of this page are reported, its address and version filled in."""
        issues = self._edition.project.site.issues
        if issues is None:
            return None
        place = self._place
        here = place.site.absolute(place.path)
        body = f"{here} ({self._edition.project.name} {self._edition.version})"
        return issues.replace("{title}", quote(place.path)).replace("{body}", quote(body))

    @property
    def alternates(self) -> list[tuple[str, str, str]]:
        """Return (language, address, words of the link) of this page in each language."""
        place = self._place
        return [
            (
                language,
                place.site.page(place.path, language, **place.query),
                AUTONYMS.get(language.partition("-")[0], language),
            )
            for language in self._edition.project.languages
        ]


def _folder(name: str) -> Traversable:
    return files("lod.representation").joinpath(name)


def _hashed_name(name: str, content: bytes) -> str:
    stem, _, extension = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:10]}.{extension}"


def _accents(project: Project) -> bytes:
    """Return the style rules that give the site its own colours."""
    rules = ""
    if project.site.accent:
        light = f":root {{ --accent: {project.site.accent}; }}"
        rules += f"\n@media (prefers-color-scheme: light) {{ {light} }}\n"
    if project.site.accent_dark:
        dark = f":root {{ --accent: {project.site.accent_dark}; }}"
        rules += f"\n@media (prefers-color-scheme: dark) {{ {dark} }}\n"
    return rules.encode()


def _digest() -> str:
    """Return a hash of templates, words, styles and the code that fills them."""
    digest = hashlib.sha256()
    waiting = [files("lod.representation"), files("lod.description")]
    while waiting:
        for each in sorted(waiting.pop().iterdir(), key=lambda each: each.name):
            if each.is_dir() and each.name != "__pycache__":
                waiting.append(each)
            elif each.is_file():
                digest.update(each.name.encode())
                digest.update(each.read_bytes())
    return digest.hexdigest()
