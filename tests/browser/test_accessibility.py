"""WCAG 2.2 AA, as far as programs can tell: every kind of page, in every language and look."""

from __future__ import annotations

from collections import Counter

import pytest

from browser.devtools import Tab
from browser.pages import pages
from browser.visits import LOOKS, Visit, misspoken, visit
from lod.rdf.terms import is_literal, lexical_form, split_literal
from lod.release import Release
from lod.store import ReleaseStore

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# In another language or dataset the colours are the same: there two looks show all of both.
SITES = [("flagship", "en", LOOKS), ("flagship", "lt", LOOKS[:2]), ("herbarium", "de", LOOKS[:2])]
# No style stands in it: the policy would stop that.
FAULTY = """\
<!doctype html>
<html><head><title></title></head><body>
<h1>One</h1><h1>Two</h1>
<table bgcolor="#aaaaaa" width="2000"><tr><td><font color="#999999">Pale</font></table>
<input>
<p><a href="/">a</a><br><a href="/b">b</a><br><a href="/c">c</a></p>
<script>document.title = "run"</script>
<img src="http://elsewhere.example/x.png">
</body></html>
"""

Visits = dict[str, Visit]


@pytest.fixture(scope="module", params=SITES, ids=lambda each: each[1])
def visits(request: pytest.FixtureRequest, tab: Tab, axe: str) -> Visits:
    """A visit to a page of every kind of a dataset, in one language."""
    name, language, looks = request.param
    release: Release = request.getfixturevalue(name)
    origin: str = request.getfixturevalue(f"{name}_origin")
    return {
        kind: visit(tab, origin + path, axe, language, looks)
        for kind, path in pages(release, language).items()
    }


@pytest.fixture(scope="module")
def faulty(tab: Tab, axe: str, flagship_origin: str) -> Visit:
    """A visit to a page of ours whose content another has taken over."""
    tab.fake(FAULTY)
    try:
        return visit(tab, f"{flagship_origin}/about/index.en.html", axe)
    finally:
        tab.stop_faking()


class TestEveryKindOfPage:
    def test_axe_finds_nothing(self, visits: Visits) -> None:
        """No rule of axe-core is broken, wide or narrow, in light or dark."""
        found = {
            (kind, *look): violations
            for kind, each in visits.items()
            for look, violations in each.violations.items()
            if violations
        }

        assert found == {}
        assert all(len(each.violations) >= 2 for each in visits.values())
        assert len(visits) > 25

    def test_page_fits_into_320_pixels(self, visits: Visits) -> None:
        """Nothing scrolls sideways but tables and code, each in a box of its own (1.4.10)."""
        found = {
            (kind, *look): spilled
            for kind, each in visits.items()
            for look, spilled in each.spilled.items()
            if spilled
        }

        assert found == {}

    def test_frame(self, visits: Visits) -> None:
        """One heading of the first level, each landmark once, named navigation, a skip link."""
        wanted = {"h1": 1, "main": 1, "header": 1, "footer": 1, "search": 1, "unnamed": 0}

        for kind, each in visits.items():
            assert {name: each.frame[name] for name in wanted} == wanted, kind
            assert each.frame["skip"], kind

    def test_titles_tell_pages_apart(self, visits: Visits) -> None:
        """No two of these pages have the same title (2.4.2).

        Errors of one sort may; and which things have the same name is told by the data.
        """
        titles = Counter(
            each.frame["title"]
            for kind, each in visits.items()
            if not kind.startswith("error") and not kind.endswith(" entity")
        )

        assert [title for title, count in titles.items() if count > 1] == []

    def test_nothing_comes_from_elsewhere(self, visits: Visits) -> None:
        """A page and what it needs come from one host, and each page has its style."""
        for kind, each in visits.items():
            hosts = {address.split("/")[2] for address in each.requests}
            assert len(hosts) == 1, (kind, hosts)
            assert any(address.endswith(".css") for address in each.requests), kind

    def test_browser_has_nothing_to_complain_about(self, visits: Visits) -> None:
        """No rule of the content security policy is broken, least of all by the data in a page."""
        for kind, each in visits.items():
            complaints = [text for text in each.complaints if "the server responded" not in text]
            assert complaints == [], kind


class TestJudges:
    """Those who judge do find what is wrong."""

    def test_axe(self, faulty: Visit) -> None:
        """It misses no language, title, label, contrast or size."""
        for found in faulty.violations.values():
            rules = {each.partition(":")[0] for each in found}
            assert rules >= {"html-has-lang", "document-title", "label", "color-contrast"}
            assert "target-size" in rules

    def test_width(self, faulty: Visit) -> None:
        """What is too wide is seen in every window."""
        assert all(faulty.spilled.values())

    def test_hosts_and_policy(self, faulty: Visit) -> None:
        """An image of another host is seen, and a script that the policy has stopped."""
        assert "http://elsewhere.example/x.png" in faulty.requests
        assert any("Content Security Policy" in each for each in faulty.complaints)
        assert faulty.frame["title"] == ""

    def test_frame(self, faulty: Visit) -> None:
        """Headings and landmarks are counted."""
        assert (faulty.frame["h1"], faulty.frame["main"], faulty.frame["skip"]) == (2, 0, False)


class TestLanguages:
    @pytest.mark.parametrize(("shown", "other"), [("lt", "en"), ("en", "lt")])
    def test_texts_in_another_language_say_so(
        self, tab: Tab, flagship: Release, flagship_origin: str, shown: str, other: str
    ) -> None:
        """A text of the data is in an element with its language (3.1.2)."""
        store = ReleaseStore(flagship)
        seen = 0
        for kind in store.kinds():
            (iri,) = store.members(kind.segment, shown, offset=0, limit=1)
            record = store.record(iri)
            assert record is not None
            literals = [line.object for line in record.lines if is_literal(line.object)]
            texts: dict[str, set[str]] = {shown: set(), other: set()}
            for each in literals:
                texts.setdefault(split_literal(each)[1], set()).add(lexical_form(each))
            foreign = sorted(texts[other] - texts[shown])
            path = iri.removeprefix(flagship.project.base).replace("id/", "doc/", 1)
            tab.open(f"{flagship_origin}/{path}.{shown}.html")
            assert misspoken(tab, foreign, other) == [], path
            seen += len(misspoken(tab, foreign, "none"))

        assert seen > 20

    def test_interface_without_a_catalogue_is_english(
        self, tab: Tab, herbarium_origin: str
    ) -> None:
        """Where the interface does not speak the data's language, the page says English."""
        tab.open(f"{herbarium_origin}/arten.de.html")

        assert tab.evaluate("document.documentElement.lang") == "en"
        assert tab.evaluate("document.querySelector('.term h3').closest('[lang]').lang") == "de"
