"""The page about one entity: what it shows, gathered from the store."""

from __future__ import annotations

from werkzeug.exceptions import NotFound

from lod.addresses import thing_path
from lod.description import Name, outline_of, without_parts
from lod.representation import Place
from lod.representation.documents import Subjects
from lod.representation.embedded import EmbeddedData
from lod.representation.entity import EntitySheet, Shown
from lod.web.kinds import kind_name
from lod.web.publication import Published


class EntityPages:
    """Makes the pages about the entities of a release."""

    def __init__(self, here: Published) -> None:
        self._here = here
        self._data = EmbeddedData(here.store, here.release.manifest.issued)
        self._kinds: dict[str, dict[str | None, tuple[str, Name]]] = {}

    def page(self, iri: str, canonical: str, place: Place, sheet: EntitySheet) -> bytes:
        """Return the page about an entity.

        :param canonical: the IRI of its document.
        :param sheet: the page with gaps.
        :raises NotFound: when nothing is said of it.
        """
        here = self._here
        described = here.describer.describe(iri)
        if described is None:
            raise NotFound
        has_parts = here.describer.has_parts(described)
        outline = outline_of(here.store, here.describer, iri) if has_parts else None
        shown = Shown(
            without_parts(described, here.store) if outline else described,
            place,
            thing_path(iri, here.release.project.base),
            self._named_kinds(place.language).get(described.kind),
            outline,
            self._data.element(Subjects(canonical, [iri]), [described]),
        )
        return sheet.page(shown)

    def _named_kinds(self, language: str) -> dict[str | None, tuple[str, Name]]:
        """Return the kinds by segment, with what readers of a language call them."""
        found = self._kinds.get(language)
        if found is None:
            here = self._here
            kinds = here.store.kinds()
            described = here.describer.refer([kind.classes[0] for kind in kinds])
            languages = [language, *here.release.project.languages]
            found = self._kinds[language] = {
                kind.segment: (kind.segment, kind_name(kind, described[kind.classes[0]], languages))
                for kind in kinds
            }
        return found
