"""Read an HTML page as far as tests ask about it, with the standard library alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

_EMPTY = frozenset(
    "area base br col embed hr img input link meta source track wbr".split()  # noqa: SIM905
)
_ADDRESSES = {"href", "src", "action", "srcset", "poster", "data", "formaction", "ping"}
_INPUTS = {"input", "select", "textarea"}


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its attributes, the elements around it, and the text right inside it."""

    name: str
    attributes: dict[str, str]
    path: tuple[str, ...]
    text: list[str] = field(default_factory=list)

    def get(self, name: str) -> str:
        """Return an attribute, empty when it is not there."""
        return self.attributes.get(name, "")

    @property
    def words(self) -> str:
        """The text inside, spaces one wide."""
        return " ".join("".join(self.text).split())


class Page(HTMLParser):
    """A parsed page; ``faults`` says what is no well-formed HTML."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.faults: list[str] = []
        self.doctype = ""
        self._open: list[Element] = []
        self.feed(text)
        self.close()
        self.faults += [f"<{element.name}> is never closed" for element in self._open]

    def handle_decl(self, decl: str) -> None:
        self.doctype = decl.lower()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        twice = [name for name, count in Counter(name for name, _ in attrs).items() if count > 1]
        if twice:
            self.faults.append(f"<{tag}> has {twice[0]} twice")
        path = tuple(each.name for each in self._open)
        element = Element(tag, {name: value or "" for name, value in attrs}, path)
        self.elements.append(element)
        if tag not in _EMPTY:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1].name != tag:
            inside = self._open[-1].name if self._open else "nothing"
            self.faults.append(f"</{tag}> inside <{inside}>")
            return
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text.append(data)

    def all(self, name: str) -> list[Element]:
        """Return the elements with this name."""
        return [each for each in self.elements if each.name == name]

    def one(self, name: str) -> Element:
        """Return the only element with this name."""
        (found,) = self.all(name)
        return found

    @property
    def ids(self) -> list[str]:
        """The values of ``id``, each as often as it stands."""
        return [each.get("id") for each in self.elements if "id" in each.attributes]

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.one("html").get("lang")

    def addresses(self) -> list[tuple[Element, str]]:
        """Return every address the page names, with the element that names it."""
        return [
            (element, value)
            for element in self.elements
            for name, value in element.attributes.items()
            if name in _ADDRESSES
        ]

    def unlabelled(self) -> list[Element]:
        """Return the inputs no label says the meaning of."""
        labelled = {each.get("for") for each in self.all("label")}
        return [
            each
            for each in self.elements
            if each.name in _INPUTS
            and each.get("type") not in {"hidden", "submit"}
            and each.get("id") not in labelled
            and not each.get("aria-label")
        ]
