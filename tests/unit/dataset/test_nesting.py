"""What no parser would bear is refused before one sees it."""

from __future__ import annotations

from io import BytesIO

import pytest

from lod.dataset import nesting
from lod.dataset.nesting import too_deep

START = b"<https://data.example/a> <https://data.example/b> "
BRACKETS = [b"[ <https://data.example/p> ", b"( ", b"{ "]


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred brackets are too many, ten triple terms, and reading goes by twenty bytes."""
    monkeypatch.setattr(nesting, "DEEPEST_BRACKETS", 100)
    monkeypatch.setattr(nesting, "DEEPEST_TERMS", 10)
    monkeypatch.setattr(nesting, "_CHUNK", 20)


@pytest.mark.parametrize("bracket", BRACKETS)
class TestBrackets:
    def test_one_too_many(self, bracket: bytes) -> None:
        """More than so many are refused, whether they are ever closed or not."""
        told = too_deep(BytesIO(START + bracket * 101 + b" " * 40))

        assert told == "Brackets stand more than 100 deep in one another."

    def test_as_many_as_may_be(self, bracket: bytes) -> None:
        """The deepest that is allowed passes."""
        assert too_deep(BytesIO(START + bracket * 100 + b" " * 40)) is None

    def test_one_behind_the_other(self, bracket: bytes) -> None:
        """However many there are, those that are closed count for nothing."""
        closed = bracket + {b"[": b"] ", b"(": b") ", b"{": b"} "}[bracket[:1]]

        assert too_deep(BytesIO(START + closed * 500)) is None


class TestOther:
    @pytest.mark.parametrize(
        "text", [b'"' + b"( " * 300 + b'" .', b"# " + b"[" * 300, b"<" + b"(" * 300 + b"> ."]
    )
    def test_brackets_of_a_text_are_none(self, text: bytes) -> None:
        """A sad face in each of a million messages is no nesting."""
        assert too_deep(BytesIO(START + text)) is None

    def test_what_is_no_turtle_is_left_to_the_parser(self) -> None:
        """Where the parser stumbles first, it says what is wrong."""
        assert too_deep(BytesIO(START + b"\0" + b"[ " * 300)) is None

    def test_stream_is_read_to_its_end_after_a_closer_look(self) -> None:
        """What stands behind brackets in a comment is looked at as well."""
        text = b"#" + b"[" * 300 + b"\n" + START + b"<<( " * 11

        assert too_deep(BytesIO(text)) == "Triple terms stand more than 10 deep in one another."
