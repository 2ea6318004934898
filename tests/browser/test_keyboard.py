"""Pages by keyboard alone, and without script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from browser.devtools import Tab
from browser.pages import TABLE, pages
from lod.release import Release

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_STOPS = 400

# Where the focus is, and whether one can see it: drawn, in the window, with nothing before it.
_FOCUS = """\
(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element);
  const boxes = [...element.getClientRects()];
  const box = boxes.find(each => each.width && each.height) || element.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height, 40) / 2, 0), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  return {
    name: `${element.tagName} ${element.id} ${element.textContent.trim().slice(0, 40)}`,
    id: element.id,
    drawn: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    free: !!top && (element.contains(top) || top.contains(element)),
  };
})()
"""


def stops(tab: Tab) -> Iterator[dict[str, Any]]:
    """Yield each place that the key Tab leads to, until it leaves the page."""
    tab.evaluate("window.scrollTo(0, 0); document.activeElement.blur()")
    for _ in range(MOST_STOPS):
        tab.press("Tab")
        found = tab.evaluate(_FOCUS)
        if found is None:
            return
        yield found
    pytest.fail("the key Tab never leaves the page")


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize(
    "kind",
    ["home", "search without results", "query", "query with error", "entity of initiative"],
)
class TestTab:
    def test_focus_is_seen_at_every_stop(
        self, tab: Tab, flagship: Release, flagship_origin: str, kind: str, width: int
    ) -> None:
        """Every stop shows the focus, in the window and uncovered (2.4.7, 2.4.11)."""
        tab.look(width, "light")
        tab.open(flagship_origin + pages(flagship, "en")[kind])

        found = list(stops(tab))

        assert [each for each in found if not each["drawn"]] == []
        assert [each for each in found if not each["inside"] or not each["free"]] == []
        reachable = tab.evaluate(
            "[...document.querySelectorAll('a[href], button, input, textarea, summary')]"
            ".filter(each => each.checkVisibility()).length"
        )
        assert len(found) >= reachable > 10


class TestKeys:
    def test_skip_link(self, tab: Tab, flagship_origin: str) -> None:
        """The first stop leads past the navigation (2.4.1)."""
        tab.look(320, "light")
        tab.open(f"{flagship_origin}/index.en.html")
        tab.press("Tab")
        first = tab.evaluate(_FOCUS)
        tab.press("Enter", text="\r")

        assert "Skip to content" in first["name"]
        assert first["inside"]
        assert tab.evaluate("document.activeElement.id") == "content"

    def test_query_can_be_left(self, tab: Tab, flagship_origin: str) -> None:
        """Tab leaves the query, forwards and backwards, and changes no letter of it (2.1.2)."""
        tab.look(1280, "light")
        tab.open(f"{flagship_origin}/sparql.en.html")
        before = tab.evaluate("document.getElementById('query').value")
        tab.evaluate("document.getElementById('query').focus()")
        tab.press("Tab")
        behind = tab.evaluate("document.activeElement.tagName")
        tab.press("Tab", shift=True)
        again = tab.evaluate("document.activeElement.id")
        tab.press("Tab", shift=True)
        ahead = tab.evaluate("document.activeElement.id")

        assert (behind, again) == ("BUTTON", "query")
        assert ahead != "query"
        assert tab.evaluate("document.getElementById('query').value") == before


class TestWithoutScript:
    @pytest.fixture
    def plain(self, tab: Tab) -> Iterator[Tab]:
        """The tab with scripts turned off for pages."""
        tab.look(1280, "light")
        tab.send("Emulation.setScriptExecutionDisabled", value=True)
        yield tab
        tab.send("Emulation.setScriptExecutionDisabled", value=False)

    def test_search(self, plain: Tab, flagship_origin: str) -> None:
        """One types into the field of any page, presses Enter, and follows the first hit."""
        plain.open(f"{flagship_origin}/about/index.en.html")
        plain.evaluate("document.getElementById('site-q').focus()")
        plain.type("svedija")
        plain.press("Enter", text="\r")
        plain.wait_for_page()

        assert "q=svedija" in plain.evaluate("location.search")
        assert plain.evaluate("document.querySelector('main .list a').textContent") == "Sweden"

    def test_query(self, plain: Tab, flagship_origin: str) -> None:
        """A query is changed and run, and its result is a table."""
        plain.open(f"{flagship_origin}/sparql.en.html")
        plain.evaluate("document.getElementById('query').select()")
        plain.evaluate("document.getElementById('query').focus()")
        plain.type(TABLE)
        plain.press("Tab")
        plain.press("Enter", text="\r")
        plain.wait_for_page()

        assert plain.evaluate("document.querySelectorAll('main tbody tr').length") == 60
        assert plain.evaluate("document.getElementById('query').value") == TABLE
