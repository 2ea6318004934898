"""Pages from plain values, whatever these hold."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from lod.addresses import Site
from lod.config import Project
from lod.config import Site as Look
from lod.description.model import Claim, Description, Entry, Fact, LinkGroup, Name, Reference, Value
from lod.rdf.namespaces import RDF, RDFS, XSD
from lod.rdf.prefixes import Prefixes
from lod.rdf.terms import as_lines
from lod.representation.entity import EntitySheet, Shown
from lod.representation.pages import Pages
from lod.representation.place import Edition, Place
from lod.representation.sheet import Gaps
from support.html import Page

BASE = "https://data.example/"
PROJECT = Project(
    name="sample",
    base=BASE,
    languages=("en", "lt"),
    version="1.0",
    title={"en": "Sample", "lt": "Pavyzdys"},
)
PREFIXES = Prefixes({"ex": f"{BASE}id/thing/"})
PAGES = Pages(PROJECT)
OAK = f"{BASE}id/thing/oak"
MARKUP = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&amp;{{ 7*7 }}\u202e"
SCRIPT = "javascript:alert(1)"


class Elements(HTMLParser):
    """What a browser makes of a page: elements with their attributes, and text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())

    def addresses(self) -> list[str]:
        """Return all that a browser could be led to, or load."""
        names = ("href", "src", "action", "formaction", "data", "srcset", "poster", "ping")
        return [found[name] for _, found in self.elements for name in names if name in found]

    def links(self) -> dict[str, dict[str, str]]:
        """Return the attributes of each link by its address."""
        return {found["href"]: found for tag, found in self.elements if tag == "a"}


def reference(iri: str, *names: tuple[str, str]) -> Reference:
    return Reference(iri, tuple(Name(*name) for name in names))


def hostile() -> Description:
    """Return an entity that tries all it can to run a script."""
    script = reference(SCRIPT, (MARKUP, "en"))
    encoded = reference("data:text/html,<script>", (MARKUP, MARKUP))
    own = Reference(OAK, (Name(MARKUP, "en"),), (Name(MARKUP, MARKUP),))
    claim = Claim(script, (script, encoded, own), (MARKUP,), (script,))
    terms = [
        Literal(MARKUP),
        Literal(MARKUP, language="en"),
        Literal(SCRIPT, datatype=XSD.anyURI),
        Literal(f"http://x/{MARKUP}", datatype=XSD.anyURI),
        Literal(MARKUP, datatype=NamedNode(SCRIPT)),
        Literal(MARKUP, datatype=XSD.date),
    ]
    values = (
        *(Value(str(term)) for term in terms),
        Value(str(NamedNode(SCRIPT)), script, claim=claim, support=(claim,)),
        Value(str(BlankNode("b")), inner=(Fact(script, {}, (Value(str(terms[0])),), 0),)),
        Value(str(BlankNode("b"))),
    )
    fact = Fact(script, {"en": MARKUP}, values, 0)
    quads = [Quad(NamedNode(OAK), NamedNode(SCRIPT), term, NamedNode(SCRIPT)) for term in terms]
    quads += [Quad(NamedNode(OAK), NamedNode(SCRIPT), NamedNode(SCRIPT), NamedNode(SCRIPT))]
    return Description(
        reference=own,
        other_names=(Name(MARKUP + "2", MARKUP),),
        types=(script, encoded),
        facts=(fact,),
        claim=claim,
        groups=(
            LinkGroup(script, {}, False, 11, (Entry(script, claim),), SCRIPT),
            LinkGroup(script, {"en": MARKUP}, True, 1, (Entry(encoded, None),)),
        ),
        lines=tuple(as_lines(quads)),
        apart=tuple(as_lines(quads)),
        apart_facts=(fact,),
        references={SCRIPT: script},
    )


def plain(**parts: object) -> Description:
    values = {
        "reference": reference(OAK, ("oak", "en"), ("ąžuolas", "lt")),
        "other_names": (),
        "types": (),
        "facts": (),
        "claim": None,
        "groups": (),
        "lines": (),
        **parts,
    }
    return Description(**values)  # type: ignore[arg-type]


def rendered(
    described: Description, language: str = "en", *, project: Project = PROJECT, root: str = ""
) -> str:
    site, gaps = Site(BASE, root, "http://localhost"), Gaps()
    pages = PAGES if project is PROJECT else Pages(project)
    sheet = EntitySheet(
        pages,
        Edition(project, PREFIXES, "1.0", "2025-01-31", 4),
        gaps,
        Place(str(gaps.path), language, site),
        [("Turtle", f"{root}/{gaps.path}.ttl")],
    )
    place = Place("doc/thing/oak", language, site)
    return sheet.page(Shown(described, place, "id/thing/oak")).decode()


class TestHostileData:
    @pytest.mark.parametrize("language", ["en", "lt"])
    def test_no_script_runs(self, language: str) -> None:
        """Whatever data holds, a page runs none of it."""
        page = Elements(rendered(hostile(), language))

        assert "script" not in {tag for tag, _ in page.elements}
        assert "img" not in {tag for tag, _ in page.elements}
        assert not [name for _, found in page.elements for name in found if name.startswith("on")]

    @pytest.mark.parametrize("language", ["en", "lt"])
    def test_no_link_runs_a_script(self, language: str) -> None:
        """Links lead to pages: every other scheme is shown as text."""
        page = Elements(rendered(hostile(), language))

        schemes = {urlsplit(address).scheme for address in page.addresses()}
        assert schemes <= {"", "http", "https"}
        assert SCRIPT in page.text

    def test_markup_in_data_is_text(self) -> None:
        """What looks like HTML or a template in the data is shown letter by letter."""
        page = Elements(rendered(hostile()))

        assert MARKUP in page.text
        assert "49" not in page.text

    @pytest.mark.parametrize("root", ["", "/data"])
    def test_own_links_stay_below_the_root(self, root: str) -> None:
        """A site mounted below a path links within itself."""
        described = plain(types=(reference(f"{BASE}def#Tree", ("tree", "en")),))

        page = Elements(rendered(described, root=root))

        own = [each for each in page.addresses() if not each.startswith(("#", "http"))]
        assert own
        assert all(each.startswith(f"{root}/") and not each.startswith("//") for each in own)


class TestLinks:
    @pytest.mark.parametrize(
        ("iri", "address"),
        [
            (f"{BASE}id/thing/elm", "/doc/thing/elm.en.html"),
            (f"{BASE}def#Tree", "/def.en.html#Tree"),
            ("https://other.example/a?b=c", "https://other.example/a?b=c"),
            ("mailto:someone@example.org", "mailto:someone@example.org"),
        ],
    )
    def test_iri_is_a_link_where_it_leads_somewhere(self, iri: str, address: str) -> None:
        """Our own entities lead to their pages in this language, others to themselves."""
        page = Elements(rendered(plain(types=(reference(iri, ("named", "en")),))))

        assert address in page.links()

    @pytest.mark.parametrize(
        "iri", ["urn:isbn:1", "tel:+370", "ftp://x/", "JAVASCRIPT:x", "data:,"]
    )
    def test_iri_that_leads_nowhere_is_text(self, iri: str) -> None:
        """An IRI that no browser can open is shown and not linked."""
        page = Elements(rendered(plain(types=(reference(iri, ("named", "en")),))))

        assert iri in page.text
        assert iri not in page.links()


class TestLanguages:
    def test_page_says_its_language_and_those_of_its_texts(self) -> None:
        """Texts that are not in the page's language carry their own."""
        tree = reference(f"{BASE}def#Tree", ("Baum", "de"))
        value = Value(str(NamedNode(tree.iri)), reference=tree)
        fact = Fact(reference(f"{BASE}def#kind"), {}, (value,), 0)

        page = Elements(rendered(plain(facts=(fact,)), "lt"))

        assert ("html", {"lang": "lt"}) in page.elements
        assert page.links()["/def.lt.html#Tree"]["lang"] == "de"
        assert "vokiečių k." in page.text

    def test_name_is_in_the_language_of_the_page(self) -> None:
        """The same entity is called in each language by its name there."""
        for language, name in (("en", "oak"), ("lt", "ąžuolas")):
            heading = re.search(r"<h1[^>]*>(.*?)</h1>", rendered(plain(), language))

            assert heading is not None
            assert heading[1] == name

    def test_text_in_several_languages_is_shown_in_that_of_the_page(self) -> None:
        """Of a text that is said in two languages readers see the one of the page."""
        values = (
            Value(str(Literal("english note", language="en"))),
            Value(str(Literal("lietuviška pastaba", language="lt"))),
            Value(str(Literal("42", datatype=XSD.integer))),
        )
        described = plain(facts=(Fact(reference(f"{BASE}def#note"), {}, values, 0),))

        page = Elements(rendered(described, "lt"))

        assert "lietuviška pastaba" in page.text
        assert "english note" not in page.text
        assert "42" in page.text


class TestNames:
    @pytest.mark.parametrize(
        ("iri", "name"),
        [
            (RDFS.seeAlso.value, "see also"),
            (f"{BASE}id/thing/nameless", "nameless"),
            ("http://www.w3.org/2004/02/skos/core#unheardOf", "skos:unheardOf"),
            ("https://other.example/path#x", "other.example/path#x"),
        ],
    )
    def test_what_has_no_name_is_called_as_well_as_can_be(self, iri: str, name: str) -> None:
        """Well-known terms have words, others a prefixed name, the last part or the address."""
        fact = Fact(Reference(iri), {}, (Value(str(Literal("value"))),), 0)

        assert f"<span>{name}</span>" in rendered(plain(facts=(fact,)))

    def test_shape_names_a_property_before_anything_else(self) -> None:
        """What a shape calls a property here is what it is called here."""
        named = {"en": "is a", "lt": "yra"}
        fact = Fact(Reference(RDF.type.value), named, (Value(str(Literal("value"))),), 0)

        assert "<span>yra</span>" in rendered(plain(facts=(fact,)), "lt")

    def test_facts_stand_as_shapes_have_them_and_then_by_name(self) -> None:
        """What shapes put in order comes first, the rest by name as readers sort."""
        names = [("zebra", 0), ("čiobrelis", 9), ("citrina", 9), ("ąžuolas", 9), ("avis", 9)]
        facts = tuple(
            Fact(
                reference(f"{BASE}def#{number}", (name, "lt")),
                {},
                (Value(str(Literal("x"))),),
                place,
            )
            for number, (name, place) in enumerate(names)
        )

        terms = re.findall(r"<dt[^>]*><span>(.*?)</span>", rendered(plain(facts=facts), "lt"))

        assert terms == ["zebra", "avis", "ąžuolas", "citrina", "čiobrelis"]


class TestStatics:
    def test_address_of_a_file_changes_with_its_content(self) -> None:
        """A browser may keep a file for ever, for another content has another address."""
        other = Pages(replace(PROJECT, site=Look(accent="#7a0000")))

        plain_style, other_style = (
            next(name for name in pages.statics if name.endswith(".css"))
            for pages in (PAGES, other)
        )

        assert plain_style != other_style
        assert f'href="/static/{plain_style}"' in rendered(plain())

    @pytest.mark.parametrize(
        ("look", "light", "dark"),
        [
            (Look(), "#0a6349", "#74d6b0"),
            (Look(accent="#7a0000"), "#7a0000", "#74d6b0"),
            (Look(accent_dark="#ffaaaa"), "#0a6349", "#ffaaaa"),
            (Look(accent="#7a0000", accent_dark="#ffaaaa"), "#7a0000", "#ffaaaa"),
        ],
        ids=["none", "light", "dark", "both"],
    )
    def test_colours_of_the_site_are_those_of_the_configuration(
        self, look: Look, light: str, dark: str
    ) -> None:
        """A colour for light pages leaves dark pages as they were, and the other way round."""
        pages = Pages(replace(PROJECT, site=look))
        style = next(pages.statics[name] for name in pages.statics if name.endswith(".css"))

        assert accent(style.decode(), "light") == light
        assert accent(style.decode(), "dark") == dark


def accent(style: str, scheme: str) -> str:
    """Return the accent in effect: the last one whose media query, if any, fits."""
    found, wanted, depth, media = "", "", 0, 0
    marks = r"prefers-color-scheme: (\w+)|--accent: (#\w+)|([{}])"
    for mark in re.finditer(marks, style):
        if mark[1]:
            wanted, media = mark[1], depth
        elif mark[2]:
            found = mark[2] if wanted in {"", scheme} else found
        else:
            depth += 1 if mark[3] == "{" else -1
            wanted = "" if mark[3] == "}" and depth == media else wanted
    return found


def test_properties_with_the_same_name_are_told_apart() -> None:
    """Where two properties are called the same, their addresses say which is which."""
    facts = tuple(
        Fact(reference(f"https://v.example/{each}", (name, "en")), {}, (Value('"x"'),), 0)
        for each, name in (("a#version", "version"), ("b#version", "version"), ("c", "other"))
    )

    terms = [each.words for each in Page(rendered(plain(facts=facts))).all("dt")]

    assert len(set(terms)) == 3
    assert terms[0] == "other"
    assert all("version" in each and "v.example" in each for each in terms[1:])
