"""A finding of a shape leads to the very words that break it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lod.checks.places import Places
from lod.checks.shapes import Result
from lod.config import read_project
from lod.dataset import open_dataset
from lod.diagnostics import Location
from support.projects import write_project

EX = "https://data.example/"
PREFIX = f"@prefix ex: <{EX}> .\n"
A = f"<{EX}a>"

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


def result(path: str | None = None, value: str | None = None, focus: str = A) -> Result:
    return Result(focus, "", "", "", {}, path, value)


def places(folder: Path, found: Result, **files: str) -> list[tuple[Location, str]]:
    """Return the places of a result, each with the text that stands there."""
    named = {f"data/{name}.ttl": text for name, text in {"main": MAIN, **files}.items()}
    dataset = open_dataset(read_project(write_project(folder, named)))
    return [(each, _text(folder, each)) for each in Places(dataset, [found]).of(found)]


def _text(folder: Path, place: Location) -> str:
    if place.line is None or place.column is None:
        return ""
    line = (folder / place.path).read_text("utf-8").split("\n")[place.line - 1]
    end = place.end_column if place.end_line == place.line else None
    return line[place.column - 1 : end - 1 if end else None]


class TestPlaces:
    @pytest.mark.parametrize(
        ("path", "value", "line", "texts"),
        [
            (f"<{EX}name>", '"two"@en', 6, ['"two"@en']),
            (
                f"<{EX}number>",
                '"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>',
                7,
                ["1.50"],
            ),
            (f"<{EX}part>", f"<{EX}b>", 8, ["ex:b"]),
            (None, '"one"@en', 5, ['"one"@en']),
            (f"<{EX}name>", None, 5, ["ex:name", '"one"@en', '"two"@en']),
            (f"<{EX}missing>", None, 3, ["ex:a"]),
            (f"<{EX}missing>", '"x"', 3, ["ex:a"]),
            (None, None, 3, ["ex:a"]),
            (None, A, 3, ["ex:a"]),
            (f"^<{EX}part>", None, 3, ["ex:a"]),
        ],
        ids=[
            *("value", "number", "reference", "value alone", "too many", "missing"),
            *("missing with a value", "nothing known", "the entity itself", "longer path"),
        ],
    )
    def test_it_is_where_it_says(
        self, tmp_path: Path, path: str | None, value: str | None, line: int, texts: list[str]
    ) -> None:
        """A value has its own place, too many values theirs, and what is missing the entity's."""
        found = places(tmp_path, result(path, value))

        assert [text for _, text in found] == texts
        assert (found[0][0].path, found[0][0].line) == ("data/main.ttl", line)

    def test_columns_count_letters(self, tmp_path: Path) -> None:
        """Letters beyond ASCII are one column each."""
        ((place, text),) = places(tmp_path, result(value='"ąžuolas"@lt', focus=f"<{EX}b>"))

        assert (text, place.column, place.end_column) == ('"ąžuolas"@lt', 14, 26)

    def test_statement_in_two_files_has_two_places(self, tmp_path: Path) -> None:
        """The first file comes first, the others stand beside it."""
        more = f'{PREFIX}ex:a ex:name "two"@en .\n'

        found = places(tmp_path, result(f"<{EX}name>", '"two"@en'), zz=more)

        assert [place.path for place, _ in found] == ["data/main.ttl", "data/zz.ttl"]

    def test_entity_in_two_files_is_described_in_both(self, tmp_path: Path) -> None:
        """What is missing may be added in either."""
        more = f"{PREFIX}ex:a ex:q 1 .\n"

        found = places(tmp_path, result(f"<{EX}missing>"), zz=more)

        assert [(place.path, text) for place, text in found] == [
            ("data/main.ttl", "ex:a"),
            ("data/zz.ttl", "ex:a"),
        ]

    def test_lines_may_end_as_on_windows(self, tmp_path: Path) -> None:
        """The end of a line is no letter of the next."""
        windows = f"{PREFIX}\nex:w ex:p\n  'x' .\n".replace("\n", "\r\n")
        write_project(tmp_path, {"data/main.ttl": ""})
        (tmp_path / "data/w.ttl").write_bytes(windows.encode())
        dataset = open_dataset(read_project(tmp_path))
        found = result(value='"x"', focus=f"<{EX}w>")

        (place,) = Places(dataset, [found]).of(found)

        assert (place.line, place.column, place.end_column) == (4, 3, 6)

    @pytest.mark.parametrize("focus", [f"<{EX}nobody>", '"text"'])
    def test_nothing_known_has_no_place(self, tmp_path: Path, focus: str) -> None:
        """What stands in no file has no place, and never line 1."""
        assert places(tmp_path, result(focus=focus)) == []

    def test_quads_name_the_file_alone(self, tmp_path: Path) -> None:
        """A format that is not scanned still leads to the file."""
        write_project(tmp_path, {"data/q.nq": f"<{EX}q> <{EX}p> <{EX}o> .\n"})
        dataset = open_dataset(read_project(tmp_path))
        found = result(focus=f"<{EX}q>")

        assert Places(dataset, [found]).of(found) == [Location("data/q.nq")]
