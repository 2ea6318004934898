"""Documents about entities: which there are, what they link to, and what is sent for one.

Plain values in and out: the views carry them for any request, ``lod.web.direct`` for simple ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lod.addresses import Site, document_path, quoted, split_suffix, thing_paths
from lod.rdf.formats import CSV, DOCUMENT_FORMATS, HTML, TRIG, TURTLE, Format
from lod.rdf.rdfxml import NotWritableError
from lod.representation import Place, document_graph
from lod.representation.documents import Subjects
from lod.representation.entity import EntitySheet
from lod.representation.sheet import Gaps
from lod.web import signposts
from lod.web.document_page import document_page
from lod.web.entity_page import EntityPages
from lod.web.errors import Problem, ProblemError
from lod.web.publication import Published
from lod.web.responses import Representation

EXTENSIONS = tuple(each.extension for each in DOCUMENT_FORMATS)
MOST_FRAGMENTS = 5_000
"""Entities a document of many holds as data; a larger one is a dump."""

OFFERED = tuple(each for each in DOCUMENT_FORMATS if each is not TRIG)
LAST = (TRIG,)
"""All its statements are in named graphs: who reads triples would find none."""

_DATA = tuple(each for each in DOCUMENT_FORMATS if each is not HTML)
_WITH_GRAPHS = {TRIG, CSV}
_SAID_OTHERWISE = {"alternate", "canonical", "license"}
"""Relations that every page has in its head already, some for its own language."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document of our own: its path, and the IRI it is about or those of its fragments.

    ``stem`` is its address, to which a format's extension is added.
    """

    path: str
    iri: str | None
    has_fragments: bool
    stem: str

    def address(self, each: Format, language: str = "") -> str:
        """Return the address of the document in one format, of a page in one language."""
        if each is HTML and language:
            return f"{self.stem}.{language}.{each.extension}"
        return f"{self.stem}.{each.extension}"


@dataclass(frozen=True, slots=True)
class Wish:
    """How a document is asked for.

    :param language: of a page: that of its address, else what the client likes best.
    :param is_named: the address names the format, so that no header decides for it.
    :param after: the entity behind which a page of many goes on.
    """

    language: str
    is_named: bool = False
    is_language_named: bool = False
    after: str = ""


@dataclass(frozen=True)
class Documents:
    """The documents of a release as they are addressed at one site; for all threads."""

    here: Published
    where: Site
    _pages: EntityPages = field(init=False, repr=False)
    _tails: Sequence[str] = field(init=False, repr=False)
    _shared: str = field(init=False, repr=False)
    _sheets: dict[tuple[str, bool, bool], EntitySheet] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        """Prepare what all documents share."""
        alternates = [(f".{each.extension}", {"type": each.media_type}) for each in _DATA]
        for language in self.here.release.project.languages:
            parameters = {"type": HTML.media_type, "hreflang": language}
            alternates.append((f".{language}.{HTML.extension}", parameters))
        tails = [
            f"{ending}>{signposts.tail('alternate', parameters)}"
            for ending, parameters in alternates
        ]
        object.__setattr__(self, "_tails", tails)
        shared = ", ".join(_in_header(self._shared_leads(is_dataset=False)))
        object.__setattr__(self, "_shared", shared)
        object.__setattr__(self, "_pages", EntityPages(self.here))

    # Which there are

    def find(self, path: str) -> Document | None:
        """Return the document at a path, None when there is none."""
        store, base = self.here.store, self.here.release.project.base
        located = store.locate(path)
        if located.fragments:
            return self._document(path, located.iri, has_fragments=True)
        for each in thing_paths(path):
            iri = store.locate(each).iri
            if iri is not None and document_path(iri, base) == path:
                return self._document(path, iri, has_fragments=False)
        return None

    def find_named(self, path: str) -> tuple[Document, Format, str | None] | None:
        """Return the document, format and language that a path with a suffix names."""
        languages = self.here.release.project.languages
        suffix = split_suffix(path, EXTENSIONS, languages)
        if suffix is None:
            return None
        document = self.find(suffix.stem) or self._folder(suffix.stem)
        if document is None:
            return None
        chosen = next(each for each in DOCUMENT_FORMATS if each.extension == suffix.extension)
        return document, chosen, suffix.language

    def _folder(self, stem: str) -> Document | None:
        """Return the document of a folder, whose formats are in ``index``."""
        folder, _, name = stem.rpartition("index")
        return self.find(folder) if not name and folder.endswith("/") else None

    def _document(self, path: str, iri: str | None, *, has_fragments: bool) -> Document:
        stem = f"{path}index" if not path or path.endswith("/") else path
        return Document(path, iri, has_fragments, self.where.path(stem))

    # What is sent

    def represent(self, document: Document, chosen: Format, wish: Wish) -> Representation:
        """Return what is sent for a document in a format."""
        if chosen is HTML:
            return self._page(document, wish)
        return Representation(
            chosen.content_type,
            (document.path, chosen.extension),
            lambda: self._written(document, chosen),
            vary=() if wish.is_named else ("Accept", "Accept-Language"),
            link=self.link_header(document),
            content_location=None if wish.is_named else document.address(chosen),
        )

    def _page(self, document: Document, wish: Wish) -> Representation:
        shown = wish.language
        vary: tuple[str, ...] = ("Accept", "Accept-Language")
        if wish.is_named:
            vary = () if wish.is_language_named else ("Accept-Language",)
        return Representation(
            HTML.content_type,
            (document.path, shown, wish.after),
            lambda: self._rendered(document, shown, wish.after),
            vary=vary,
            language=shown,
            link=self.link_header(document),
            content_location=None if wish.is_language_named else document.address(HTML, shown),
        )

    def _rendered(self, document: Document, language: str, after: str) -> bytes:
        if document.has_fragments:
            place = self.place(document, language, after)
            subject, formats = self.iri(document), self.formats(document)
            return document_page(self.here, document.iri, subject, place, formats)
        # What leads machines on is in the sheet already.
        place = Place(document.path, language, self.where)
        sheet = self._sheet(document, language)
        return self._pages.page(document.iri or "", self._canonical(document), place, sheet)

    def _sheet(self, document: Document, language: str) -> EntitySheet:
        """Return the page with gaps: one for the dataset, and two for all others."""
        is_dataset = document.path == signposts.DATASET
        has_iri = document.iri is not None and document.iri.isascii()
        key = (language, is_dataset, has_iri)
        found = self._sheets.get(key)
        if found is None:
            gaps, here = Gaps(), self.here
            path = document.path if is_dataset else str(gaps.path)
            some = self._document(path, str(gaps.iri) if has_iri else None, has_fragments=False)
            place, formats = self.place(some, language), self.formats(some)
            found = EntitySheet(here.pages, here.edition, gaps, place, formats)
            self._sheets[key] = found
        return found

    def formats(self, document: Document) -> list[tuple[str, str]]:
        """Return name and address of the document in each format for programs."""
        stem = document.stem
        return [(each.name, f"{stem}.{each.extension}") for each in _DATA]

    def iri(self, document: Document) -> str:
        """Return the canonical IRI of a document."""
        if document.has_fragments and document.iri:
            return document.iri
        return self._canonical(document)

    def _canonical(self, document: Document) -> str:
        return self.here.release.project.base + quoted(document.path)

    def link_header(self, document: Document) -> str:
        """Return what every representation of a document links to (RFC 8288)."""
        stem = f"<{document.stem}"
        alternates = stem + f", {stem}".join(self._tails)
        if document.path == signposts.DATASET:
            return ", ".join([alternates, *_in_header(self._leads(document))])
        return ", ".join([alternates, *_in_header(self._own_leads(document)), self._shared])

    def _leads(self, document: Document) -> Iterable[signposts.Link]:
        """Yield what a document leads to besides its other formats."""
        yield from self._own_leads(document)
        yield from self._shared_leads(is_dataset=document.path == signposts.DATASET)

    def _own_leads(self, document: Document) -> Iterable[signposts.Link]:
        canonical = self._canonical(document)
        lasting = document.iri if document.has_fragments and document.iri else canonical
        if document.iri is not None and document.iri.isascii():
            yield document.iri, "describes", {}
            lasting = document.iri
        yield canonical, "canonical", {}
        if lasting.isascii():
            yield lasting, "cite-as", {}

    def _shared_leads(self, *, is_dataset: bool) -> Iterable[signposts.Link]:
        """Yield what all documents lead to; the one about the dataset itself leads to more."""
        project = self.here.release.project
        yield self._metadata, "describedby", {"type": TURTLE.media_type}
        if is_dataset:
            yield from signposts.of_dataset()
        else:
            yield self._dataset, "collection", {}
        if project.licence:
            yield project.licence, "license", {}

    @property
    def _metadata(self) -> str:
        return f"{self._dataset}.{TURTLE.extension}"

    @property
    def _dataset(self) -> str:
        return self.where.path(signposts.DATASET)

    def place(self, document: Document, language: str, after: str = "") -> Place:
        """Return where the page about a document stands."""
        stem = document.stem
        leads = [
            (address, relation, parameters.get("type", ""))
            for address, relation, parameters in self._leads(document)
            if relation not in _SAID_OTHERWISE
        ]
        return Place(
            document.path,
            language,
            self.where,
            {"after": after} if after else {},
            {each.media_type: f"{stem}.{each.extension}" for each in _DATA},
            f"{self.where.origin}{document.address(HTML, language)}",
            leads,
        )

    def _written(self, document: Document, chosen: Format) -> bytes:
        here = self.here
        subjects = Subjects(self.iri(document), self._entities(document))
        issued = here.release.manifest.issued
        with_graphs = chosen in _WITH_GRAPHS
        lines = document_graph(here.store, subjects, issued=issued, with_graphs=with_graphs)
        try:
            return here.writer.write(lines, chosen)
        except NotWritableError as error:
            raise ProblemError(
                Problem(
                    406,
                    f"{chosen.name} cannot hold this document: {error}.",
                    code="http/406",
                    language="en",
                    alternates=[
                        (each.name, document.address(each))
                        for each in DOCUMENT_FORMATS
                        if each is not chosen
                    ],
                )
            ) from error

    def _entities(self, document: Document) -> Sequence[str]:
        own = [document.iri] if document.iri else []
        if not document.has_fragments:
            return own
        return [*own, *self.here.store.fragments(document.path, limit=MOST_FRAGMENTS)]


def _in_header(leads: Iterable[signposts.Link]) -> Iterable[str]:
    """Yield links as they stand in the value of ``Link``."""
    for address, relation, parameters in leads:
        yield f"<{address}>{signposts.tail(relation, parameters)}"
