"""Names as the page prints them lead to the things they mean."""

from __future__ import annotations

import pytest

from lod.release import Release
from lod.store import ReleaseStore


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("Lvov", "id/place/lviv"),
        ("Bundesvehr", "id/partner/bundeswehr"),
        ("Foreign Military Fund", "id/fund/foreign-military-financing"),
        ("Atlantic resolve", "id/operation/atlantic-resolve"),
        ("Baltic Defense College", "id/initiative/baltdefcol"),
        ("Joint Expeditionary Forces", "id/initiative/jef"),
        ("NATO Response Forces", "id/partner/nato-response-force"),
        ("P-3C CUP", "id/equipment/p-3c-cup"),
        ("svedija", "id/partner/sweden"),
    ],
)
def test_search_finds_what_is_printed(flagship: Release, printed: str, found: str) -> None:
    """A reader who copies a name from the page finds its entity first."""
    hits = ReleaseStore(flagship).search(printed, kind=None, offset=0, limit=3)

    assert f"{flagship.project.base}{found}" in {hit.iri for hit in hits.hits}
