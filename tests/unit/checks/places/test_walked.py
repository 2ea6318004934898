"""A finding about a path or a blank node leads to what is known of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from unit.checks.places.placing import (
    PREFIX,
    A,
    Found,
    ex,
    located,
    named,
    opened,
    places,
    shown,
    sought,
)

PATHS = f"""\
{PREFIX}
ex:a ex:period [
    ex:start 1 ;
  ] ;
  ex:friend ex:b .
ex:b ex:friend ex:c ; ex:name 'b' .
ex:c ex:friend ex:a ; ex:name 'c' .
ex:d ex:knows ex:a ; ex:name 'd' .
ex:e ex:knows ex:a .
"""
NAME, FRIEND, KNOWS, PERIOD = (ex(each) for each in ("name", "friend", "knows", "period"))
BRACKET = "[\n    ex:start 1 ;\n  ]"


class TestPaths:
    @pytest.mark.parametrize(
        ("path", "value", "found"),
        [
            (f"{FRIEND}/{NAME}", '"b"', [(7, 31, "'b'")]),
            (f"{FRIEND}/{NAME}", None, [(7, 23, "ex:name"), (7, 31, "'b'")]),
            (f"({FRIEND}/{FRIEND}/{NAME})", '"c"', [(8, 31, "'c'")]),
            (f"{FRIEND}/{ex('x')}/{NAME}", None, [(6, 3, "ex:friend"), (6, 13, "ex:b")]),
            (f"{FRIEND}/{FRIEND}/{ex('x')}", None, [(7, 6, "ex:friend"), (7, 16, "ex:c")]),
            (f"{PERIOD}/{ex('end')}", None, [(3, 6, "ex:period"), (3, 16, BRACKET)]),
            (f"{PERIOD}/{ex('start')}", None, [(4, 5, "ex:start"), (4, 14, "1")]),
            (f"^{KNOWS}", None, [(9, 6, "ex:knows"), (9, 15, "ex:a"), (10, 15, "ex:a")]),
            (f"^{KNOWS}", ex("e"), [(10, 15, "ex:a")]),
            (f"^{KNOWS}/{NAME}", '"d"', [(9, 30, "'d'")]),
            (f"{FRIEND}/^{FRIEND}", None, [(6, 3, "ex:friend"), (6, 13, "ex:b")]),
            (f"^({KNOWS}/{FRIEND})", None, [(8, 6, "ex:friend"), (8, 16, "ex:a")]),
            (f"({NAME}|{FRIEND})", ex("b"), [(6, 13, "ex:b")]),
            (f"({NAME}|{ex('x')})", None, [(3, 1, "ex:a")]),
            (f"{FRIEND}*/{NAME}", '"c"', [(8, 31, "'c'")]),
            (f"{FRIEND}+", A, [(8, 16, "ex:a")]),
            (f"{FRIEND}*", A, [(3, 1, "ex:a")]),
            (f"{FRIEND}?", ex("b"), [(6, 13, "ex:b")]),
            (f"{ex('x')}?/{FRIEND}", ex("b"), [(6, 13, "ex:b")]),
            (f"^{ex('x')}", None, [(3, 1, "ex:a")]),
        ],
    )
    def test_last_triple_of_the_walk_is_the_place(
        self, tmp_path: Path, path: str, value: str | None, found: list[Found]
    ) -> None:
        """A longer path leads as far as there are triples, to the value if it is among them."""
        assert places(tmp_path, sought(path, value), PATHS) == found

    def test_walk_may_lead_through_files(self, tmp_path: Path) -> None:
        """The next triple is found in whatever file says it."""
        opened(
            tmp_path,
            {
                "a.ttl": f"{PREFIX}ex:c ex:p 'far' .",
                "b.ttl": f"{PREFIX}ex:a ex:p ex:b .",
                "c.ttl": f"{PREFIX}ex:b ex:p ex:c .",
            },
        )

        (place,) = located(tmp_path, sought(f"{ex('p')}/{ex('p')}/{ex('p')}", '"far"'))

        assert (place.path, *shown(tmp_path, place)) == ("data/a.ttl", 2, 11, "'far'")

    def test_long_way_is_walked_to_its_end(self, tmp_path: Path) -> None:
        """However far a path leads, the value at its end is found."""
        chain = "".join(f"ex:n{each} ex:p ex:n{each + 1} .\n" for each in range(30))
        wanted = sought(f"{ex('p')}+/{ex('q')}", '"end"', ex("n0"))

        found = places(tmp_path, wanted, f"{PREFIX}{chain}ex:n30 ex:r 1 ; ex:q 'end' .")

        assert found == [(32, 22, "'end'")]

    def test_members_of_a_list_are_found(self, tmp_path: Path) -> None:
        """A path through a list leads to the member."""
        rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        path = f"{ex('list')}/<{rdf}rest>*/<{rdf}first>"

        found = places(tmp_path, sought(path, ex("y")), f"{PREFIX}ex:a ex:list ( ex:x ex:y ) .")

        assert found == [(2, 21, "ex:y")]


BLANKS = f"""\
{PREFIX}
ex:z ex:p [ ex:q [] ] .
ex:a ex:period [ ex:start 1 ; ex:part [ ex:x "]" ] ] ;
  ex:list ( 1 [ ex:tool _:n ] ( [ ex:y 2 ] ) ) .
_:n ex:of [] .
[ ex:alone [ ex:k 1 ] ] .
"""


class TestBlankNodes:
    @pytest.mark.parametrize(
        ("start", "text", "name"),
        [
            ((3, 11), "[ ex:q [] ]", "ex:z / ex:p"),
            ((3, 18), "[]", "ex:z / ex:p / ex:q"),
            ((4, 16), '[ ex:start 1 ; ex:part [ ex:x "]" ] ]', "ex:a / ex:period"),
            ((4, 39), '[ ex:x "]" ]', "ex:a / ex:period / ex:part"),
            ((5, 13), "1", "ex:a / ex:list"),
            ((5, 15), "[ ex:tool _:n ]", "ex:a / ex:list (2)"),
            ((5, 31), "( [ ex:y 2 ] )", "ex:a / ex:list (3)"),
            ((5, 33), "[ ex:y 2 ]", "ex:a / ex:list (3) (1)"),
            ((6, 1), "_:n", "ex:a / ex:list (2) / ex:tool"),
            ((6, 11), "[]", "ex:a / ex:list (2) / ex:tool / ex:of"),
            ((7, 1), "[ ex:alone [ ex:k 1 ] ]", None),
            ((7, 12), "[ ex:k 1 ]", "[] / ex:alone"),
        ],
    )
    def test_it_is_its_bracket_and_the_path_to_it(
        self, tmp_path: Path, start: tuple[int, int], text: str, name: str | None
    ) -> None:
        """A blank node stands where its bracket does, and is called by the way to it."""
        prefixes = '[prefixes]\nex = "https://data.example/"\n'
        blanks = opened(tmp_path, {"main.ttl": BLANKS})
        with (tmp_path / "lod.toml").open("a") as file:
            file.write(prefixes)

        found = {
            shown(tmp_path, located(tmp_path, sought(focus=node))[0]): named(tmp_path, node)
            for node in blanks
        }

        assert found[*start, text] == name

    def test_property_within_a_bracket_is_found(self, tmp_path: Path) -> None:
        """A value within brackets has its own place, and so has a property."""
        blanks = opened(tmp_path, {"main.ttl": f"{PREFIX}ex:b ex:p [\n ex:q 1 , 'x' ] ."})

        value, many, missing = (
            located(tmp_path, sought(ex(name), term, blanks[0]))
            for name, term in (("q", '"x"'), ("q", None), ("r", None))
        )

        assert [shown(tmp_path, each) for each in value] == [(3, 11, "'x'")]
        assert [shown(tmp_path, each)[2] for each in many] == ["ex:q", "1", "'x'"]
        assert [shown(tmp_path, each) for each in missing] == [(2, 11, "[\n ex:q 1 , 'x' ]")]

    def test_blank_value_is_its_bracket(self, tmp_path: Path) -> None:
        """A blank node that should be an IRI is found where it stands."""
        _, second = opened(tmp_path, {"main.ttl": f"{PREFIX}ex:a ex:p [] ,\n [ ex:q 1 ] ."})[:2]

        (place,) = located(tmp_path, sought(ex("p"), second))

        assert shown(tmp_path, place) == (3, 2, "[ ex:q 1 ]")

    def test_label_of_an_author_is_the_files_own(self, tmp_path: Path) -> None:
        """The same label in another file is another node."""
        text = f"{PREFIX}_:x ex:p 1 ."
        opened(tmp_path, {"a.ttl": text, "b.ttl": f"{PREFIX}\n\n _:x ex:p 2 ."})

        (place,) = located(tmp_path, sought(focus="_:f1xx"))

        assert (place.path, *shown(tmp_path, place)) == ("data/b.ttl", 4, 2, "_:x")

    def test_label_in_lines_is_found(self, tmp_path: Path) -> None:
        """Labels that a program made up are labels like others in N-Triples."""
        label = "_:" + "c0ffee" * 5
        opened(
            tmp_path, {"a.nt": f"<x:a> <x:p> {label} .\n{label} <x:p> 'x' .\n".replace("'", '"')}
        )

        (place,) = located(tmp_path, sought("<x:p>", '"x"', f"_:f0x{label[2:]}"))

        assert shown(tmp_path, place)[:2] == (2, len(label) + 8)

    def test_unlabelled_node_without_a_name_has_its_label(self, tmp_path: Path) -> None:
        """What nothing leads to is called as its author did."""
        opened(tmp_path, {"a.ttl": f"{PREFIX}_:x ex:p 1 ."})

        assert named(tmp_path, "_:f0xx") == "_:x"
        assert named(tmp_path, A) is None

    def test_circle_has_a_name_too(self, tmp_path: Path) -> None:
        """Nodes that lead to each other are named by one turn."""
        opened(tmp_path, {"a.ttl": f"{PREFIX}_:x <x:p> _:y . _:y <x:q> _:x ."})

        assert named(tmp_path, "_:f0xx") == "_:y / <x:q>"
