"""A finding leads to the very words that it is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from lod.checks.places.finding import Sought
from lod.diagnostics import Location
from unit.checks.places.placing import EX, PREFIX, A, ex, located, opened, places, shown, sought

NOTHING_THERE = f"{PREFIX}ex:nobody ex:name 'x' .\n"
MAIN = f"""\
{PREFIX}
ex:a
  a ex:Thing ;
  ex:name "one"@en ,
    "two"@en ; # the second
  ex:number 1.50 ;
  ex:part [ ex:name "inner" ] , ex:b ;
.

ex:b ex:name "ąžuolas"@lt ; ex:number 1 .
"""


class TestEntity:
    @pytest.mark.parametrize(
        ("path", "value", "line", "texts"),
        [
            (ex("name"), '"two"@en', 6, ['"two"@en']),
            (ex("number"), '"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>', 7, ["1.50"]),
            (ex("part"), ex("b"), 8, ["ex:b"]),
            (None, '"one"@en', 5, ['"one"@en']),
            (ex("name"), None, 5, ["ex:name", '"one"@en', '"two"@en']),
            (ex("name"), '"three"', 5, ["ex:name", '"one"@en', '"two"@en']),
            (ex("missing"), None, 3, ["ex:a"]),
            (ex("missing"), '"x"', 3, ["ex:a"]),
            (None, None, 3, ["ex:a"]),
            (None, A, 3, ["ex:a"]),
            (None, '"nowhere"', 3, ["ex:a"]),
            ("?", None, 3, ["ex:a"]),
            ("?", '"one"@en', 5, ['"one"@en']),
        ],
        ids=[
            *("value", "number", "reference", "value alone", "too many", "value unknown"),
            *("missing", "missing with a value", "nothing known", "the entity itself"),
            *("value alone unknown", "unknown path", "unknown path with a value"),
        ],
    )
    def test_it_is_where_it_says(
        self, tmp_path: Path, path: str | None, value: str | None, line: int, texts: list[str]
    ) -> None:
        """A value has its own place, too many values theirs, and what is missing the entity's."""
        found = places(tmp_path, sought(path, value), MAIN)

        assert [text for _, _, text in found] == texts
        assert found[0][0] == line

    def test_value_is_that_of_its_own_property(self, tmp_path: Path) -> None:
        """The same value of another property is not to blame."""
        text = f"{PREFIX}ex:a ex:p 'x' ; ex:q\n 'x' ."

        assert places(tmp_path, sought(ex("q"), '"x"'), text) == [(3, 2, "'x'")]

    def test_columns_count_characters(self, tmp_path: Path) -> None:
        """Letters beyond ASCII, and beyond sixteen bits, are one column each."""
        text = f"{PREFIX}ex:a ex:p '😀ą' , 'ž' ."

        assert places(tmp_path, sought(ex("p"), '"ž"'), text) == [(2, 18, "'ž'")]

    def test_tabs_count_as_one_column(self, tmp_path: Path) -> None:
        """A tab is one character, however wide an editor shows it."""
        assert places(tmp_path, sought(ex("p")), f"{PREFIX}\tex:a\t\tex:p\t1 .") == [
            (2, 8, "ex:p"),
            (2, 13, "1"),
        ]

    def test_comments_may_stand_between(self, tmp_path: Path) -> None:
        """A comment that looks like a statement is none."""
        text = f"{PREFIX}# ex:a ex:p 2 .\nex:a # ex:a\n  ; # ;\n ex:p # 2\n  # 3 .\n 1 ."

        assert places(tmp_path, sought(ex("p")), text.replace("  ;", "  ex:o 1 ;")) == [
            (5, 2, "ex:p"),
            (7, 2, "1"),
        ]

    def test_continuations_belong_to_the_subject(self, tmp_path: Path) -> None:
        """What stands behind a semicolon or a comma is said of the subject above."""
        text = f"{PREFIX}ex:a ex:p 1 ;;\n ex:q 2 ,\n 3 ; .\nex:c ex:q 4 ."

        assert places(tmp_path, sought(ex("q")), text) == [
            (3, 2, "ex:q"),
            (3, 7, "2"),
            (4, 2, "3"),
        ]

    def test_lines_may_end_as_on_windows(self, tmp_path: Path) -> None:
        """The end of a line is no letter of the next."""
        text = f"{PREFIX}\nex:w ex:p\n  'x' .\n".replace("\n", "\r\n")

        found = places(tmp_path, sought(value='"x"', focus=ex("w")), text)

        assert found == [(4, 3, "'x'")]

    def test_value_may_take_lines(self, tmp_path: Path) -> None:
        """A long text has its end in another line."""
        text = f'{PREFIX}ex:a ex:p """\none .\n two""" .'

        assert places(tmp_path, sought(ex("p"), '"\\none .\\n two"'), text) == [
            (2, 11, '"""\none .\n two"""')
        ]

    @pytest.mark.parametrize("written", ["<a>", "<\\u0061>", "x:", "y:a", "</a>"])
    def test_entity_may_be_written_in_any_way(self, tmp_path: Path, written: str) -> None:
        """Relative, escaped or by another prefix, it is the same entity."""
        start = f"@base <{EX}> . PREFIX x: <a> PREFIX y: <> \n"

        found = places(tmp_path, sought(), f"{start}{written} <p> 1 .")

        assert found == [(2, 1, written)]

    def test_prefix_may_change_its_meaning(self, tmp_path: Path) -> None:
        """Only what has the entity's name at its place is said of it."""
        text = f"PREFIX p: <urn:x:> p:a p:p 1 .\nPREFIX p: <{EX}> p:a p:p 2 .\nPREFIX p: <y:>\n"

        assert places(tmp_path, sought(), f"{text} p:a p:p 3 .") == [(2, 35, "p:a")]

    def test_graph_in_trig_may_say_it(self, tmp_path: Path) -> None:
        """Statements within a graph have their places too."""
        opened(tmp_path, {"a.trig": f"{PREFIX}ex:g {{ ex:b ex:p 1 . ex:a ex:p 2 }}"})

        (place,) = located(
            tmp_path, sought(value='"2"^^<http://www.w3.org/2001/XMLSchema#integer>')
        )

        assert shown(tmp_path, place) == (2, 32, "2")

    @pytest.mark.parametrize("name", ["a.nq", "a.nt"])
    def test_lines_have_places_too(self, tmp_path: Path, name: str) -> None:
        """N-Triples and N-Quads lead to the very value."""
        graph = f" {ex('g')}" if name == "a.nq" else ""
        line = f'{A} {ex("p")} "x" {graph} .\n'
        opened(tmp_path, {name: f"{ex('b')} {ex('p')} {A} {graph}.\n{line}"})

        (place,) = located(tmp_path, sought(ex("p"), '"x"'))

        assert shown(tmp_path, place) == (2, len(f"{A} {ex('p')} ") + 1, '"x"')


class TestFiles:
    def test_statement_in_two_files_has_two_places(self, tmp_path: Path) -> None:
        """The first file comes first, the others stand beside it."""
        more = f'{PREFIX}ex:a ex:name "two"@en .\n'
        opened(tmp_path, {"zz.ttl": more, "main.ttl": MAIN})

        found = located(tmp_path, sought(ex("name"), '"two"@en'))

        assert [place.path for place in found] == ["data/main.ttl", "data/zz.ttl"]

    def test_entity_in_two_files_is_described_in_both(self, tmp_path: Path) -> None:
        """What is missing may be added in either."""
        opened(tmp_path, {"zz.ttl": f"{PREFIX}ex:a ex:q 1 .\nex:a ex:q 2 .", "main.ttl": MAIN})

        found = located(tmp_path, sought(ex("missing")))

        assert [(place.path, *shown(tmp_path, place)) for place in found] == [
            ("data/main.ttl", 3, 1, "ex:a"),
            ("data/zz.ttl", 2, 1, "ex:a"),
        ]

    def test_only_the_file_named_is_looked_at(self, tmp_path: Path) -> None:
        """A finding about one file leads into that one."""
        opened(tmp_path, {"zz.ttl": f"{PREFIX}ex:a ex:name 1 .\n", "main.ttl": MAIN})
        wanted = Sought(A, ex("name"), file="data/zz.ttl")

        found = located(tmp_path, wanted, [sought(ex("name"))])

        assert [(place.path, shown(tmp_path, place)[2]) for place in found] == [
            ("data/zz.ttl", "ex:name"),
            ("data/zz.ttl", "1"),
        ]

    def test_file_that_says_nothing_of_it_is_named_alone(self, tmp_path: Path) -> None:
        """Without a line, never line 1."""
        opened(tmp_path, {"zz.ttl": NOTHING_THERE, "main.ttl": MAIN})

        assert located(tmp_path, Sought(A, file="data/zz.ttl")) == [Location("data/zz.ttl")]

    @pytest.mark.parametrize("focus", [ex("unknown"), '"text"', "", "_:b", "<<( <x:> <x:> 1 )>>"])
    def test_nothing_known_has_no_place(self, tmp_path: Path, focus: str) -> None:
        """What stands in no file has no place, and never line 1."""
        assert places(tmp_path, sought(focus=focus), MAIN) == []

    def test_file_that_cannot_be_scanned_is_named_alone(self, tmp_path: Path) -> None:
        """What the scanner does not read still leads to the file."""
        deep = "<<( <x:> <x:> " * 60 + "1" + " )>>" * 60
        text = f"{PREFIX}ex:a ex:p {deep} .\n"

        opened(tmp_path, {"main.ttl": text})

        assert located(tmp_path, sought()) == [Location("data/main.ttl")]

    def test_byte_order_mark_hides_no_place(self, tmp_path: Path) -> None:
        """A file with a mark at its start is read behind it."""
        assert places(tmp_path, sought(), b"\xef\xbb\xbf" + MAIN.encode())[0] == (3, 1, "ex:a")

    def test_entity_only_spoken_of_is_where_it_is_mentioned(self, tmp_path: Path) -> None:
        """What is described nowhere is found where it is first referred to."""
        text = f"{PREFIX}ex:b ex:p 1 ;\n ex:q ex:c , ex:a ; ex:r ex:a ."

        assert places(tmp_path, sought(ex("p")), text) == [(3, 14, "ex:a")]
