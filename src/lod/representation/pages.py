"""HTML pages from plain values: templates never run a query and never build an address."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

from jinja2 import PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from lod.addresses import Site
from lod.config import Project
from lod.description import Outline
from lod.recent import Recent
from lod.representation.frame import TranslatedEnvironment, prepared
from lod.representation.place import Edition, Here, Place
from lod.representation.sections import Sections
from lod.representation.sheet import Gaps, Sheet
from lod.representation.wording import Wording

_SECTIONS = ("browse/", "questions/", "sparql", "downloads/", "about/")
"""What the navigation of every page leads to, by the begin of the path."""

_SITES_KEPT = 10
_FRAMES_KEPT = 60
"""So many sites in a language are remembered, and sections of these: a host may be called anything,
and each holds what its pages have shown."""


class _Frame(NamedTuple):
    """What all pages of a section in a language at a site have in common."""

    edition: Edition
    common: Mapping[str, Any]
    base: Template


class Pages:
    """Renders the templates; one for all languages and all threads.

    :ivar digest: names all that decides what a page looks like besides its data.
    """

    def __init__(self, project: Project) -> None:
        self._wordings = {language: Wording(language) for language in project.languages}
        self._environments = {
            language: _environment(wording) for language, wording in self._wordings.items()
        }
        contents = {each.name: each.read_bytes() for each in _folder("static").iterdir()}
        contents["style.css"] += _accents(project)
        self.statics = {
            _hashed_name(name, contents[name]): contents[name] for name in sorted(contents)
        }
        self.digest = _digest()
        self._frames: Recent[_Frame] = Recent(_FRAMES_KEPT)
        self._views: Recent[tuple[Edition, Sections]] = Recent(_SITES_KEPT)

    def wording(self, language: str) -> Wording:
        """Return the words of a language."""
        return self._wordings[language]

    def render(self, template: str, edition: Edition, place: Place, **values: Any) -> bytes:
        """Return a page as UTF-8.

        :param template: the template's name without extension.
        :param values: what the template shows.
        """
        section = next((each for each in _SECTIONS if place.path.startswith(each)), "")
        frame = self._frame(edition, place.site, place.language, section)
        text = (
            self._environments[place.language]
            .get_template(f"{template}.html")
            .render(frame.common, base=frame.base, place=place, here=Here(edition, place), **values)
        )
        return text.encode()

    def sheet(
        self, template: str, edition: Edition, place: Place, gaps: Gaps, **values: Any
    ) -> Sheet:
        """Return a page with gaps, as it stands at a place that may be one itself."""
        page = self.render(template, edition, place, gap=gaps, **values)
        return Sheet(page.decode(), gaps)

    def view(self, edition: Edition, place: Place) -> Sections:
        """Return what a page is made of."""
        return self._view(edition, place.site, place.language)

    def outline(self, edition: Edition, place: Place, outline: Outline) -> Markup:
        """Return the section that shows a source's parts."""
        frame = self._frame(edition, place.site, place.language, "")
        template = self._environments[place.language].get_template("outline.html")
        here = Here(edition, place)
        text = template.render(frame.common, place=place, here=here, outline=outline)
        return Markup(text)  # noqa: S704 - a template made it

    def _frame(self, edition: Edition, site: Site, language: str, section: str) -> _Frame:
        """Return what all pages of a section in a language at a site have in common."""
        key = (site, language, section)
        found = self._frames.get(key)
        if found is not None and found.edition is edition:
            return found
        wording = self._wordings[language]
        view = self._view(edition, site, language)
        title = view.text(edition.project.title)
        common = {"view": view, "wording": wording, "edition": edition, "title": title}
        template = self._environments[language].get_template("base.html")
        base = prepared(template, {**common, "section": section})
        return self._frames.put(key, _Frame(edition, common, base))

    def _view(self, edition: Edition, site: Site, language: str) -> Sections:
        found = self._views.get((site, language))
        if found is None or found[0] is not edition:
            wording = self._wordings[language]
            view = Sections(edition, site, language, wording, self._static)
            found = self._views.put((site, language), (edition, view))
        return found[1]

    def _static(self, name: str) -> str:
        stem, _, extension = name.rpartition(".")
        return next(
            each
            for each in self.statics
            if each.startswith(f"{stem}.") and each.endswith(f".{extension}")
        )


def _environment(wording: Wording) -> TranslatedEnvironment:
    return TranslatedEnvironment(
        wording,
        loader=PackageLoader("lod.representation", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
    )


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
