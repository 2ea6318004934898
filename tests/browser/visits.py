"""Pages as a browser shows them, in every look, with what is wrong there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from browser.devtools import Tab


class Look(NamedTuple):
    """A window and what its user likes."""

    width: int
    scheme: str


LOOKS = (Look(1280, "light"), Look(320, "dark"), Look(1280, "dark"), Look(320, "light"))

# Rules that axe leaves out unless asked; the others of these tags are on.
_AXE = """\
axe.run(document, {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'],
  rules: {'target-size': {enabled: true}},
  resultTypes: ['violations'],
}).then(found => found.violations.map(each =>
  `${each.id}: ${each.nodes.map(node => node.target.join(' ')).slice(0, 3).join(', ')}`))
"""

# What stands out of the window, but for what scrolls in a box of its own.
_SPILLED = """\
(() => {
  const root = document.documentElement;
  const boxed = element => {
    for (let each = element.parentElement; each; each = each.parentElement)
      if (each !== root && each !== document.body
          && getComputedStyle(each).overflowX !== 'visible') return true;
    return false;
  };
  const found = root.scrollWidth > root.clientWidth
    ? [`the page is ${root.scrollWidth} wide in ${root.clientWidth}`] : [];
  for (const element of document.body.querySelectorAll('*')) {
    const box = element.getBoundingClientRect();
    if (box.width && box.right > root.clientWidth + 1 && !boxed(element)
        && !element.matches('.skip, .visually-hidden'))
      found.push(`${element.tagName} ${element.className} ends at ${Math.round(box.right)}`);
  }
  return found.slice(0, 5);
})()
"""

# Of hundreds of rows or terms, all made the same way, axe gets the first: it takes seconds else.
_SHORTENED = """\
document.querySelectorAll('tr:nth-child(n + 30), .term:nth-of-type(n + 20)')
  .forEach(each => each.remove())
"""

_FRAME = """\
(() => {
  const one = selector => document.querySelectorAll(selector).length;
  return {
    h1: one('h1'), main: one('main'), header: one('body > header'), footer: one('body > footer'),
    search: one('[role=search], search'), unnamed: one('nav:not([aria-label])'),
    title: document.title, language: document.documentElement.lang,
    skip: document.body.firstElementChild.matches('a.skip[href="#content"]')
      && one('main#content') === 1,
  };
})()
"""


@dataclass
class Visit:
    """What was found on one page; ``violations`` and ``spilled`` by look."""

    frame: dict[str, Any]
    requests: list[str]
    complaints: list[str]
    violations: dict[Look, list[str]] = field(default_factory=dict)
    spilled: dict[Look, list[str]] = field(default_factory=dict)


def visit(
    tab: Tab, address: str, axe: str, language: str = "", looks: Sequence[Look] = LOOKS
) -> Visit:
    """Look at a page.

    :param looks: those in which axe looks.
    """
    tab.look(*LOOKS[0])
    tab.open(address, **({"Accept-Language": language} if language else {}))
    found = Visit(tab.evaluate(_FRAME), tab.requests(), tab.complaints())
    # What axe asks the browser for itself is not the page's.
    tab.evaluate(f"{axe}; undefined")
    tab.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    for look in LOOKS:
        tab.look(*look)
        found.spilled[look] = tab.evaluate(_SPILLED)
    tab.evaluate(_SHORTENED)
    for look in looks:
        tab.look(*look)
        found.violations[look] = tab.evaluate(_AXE)
    return found


def misspoken(tab: Tab, texts: list[str], language: str) -> list[str]:
    """Return those texts that stand somewhere without being said to be in a language."""
    return list(
        tab.evaluate(
            """\
(() => {
  const texts = new Set(TEXTS), found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    if (texts.has(text)
        && walker.currentNode.parentElement.closest('[lang]').lang !== LANGUAGE) found.add(text);
  }
  return [...found];
})()
""".replace("TEXTS", json.dumps(texts)).replace("LANGUAGE", json.dumps(language))
        )
    )
