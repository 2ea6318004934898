"""Comments stay with what they are about."""

from __future__ import annotations

from lod.rdf.formatting import format_turtle

HEADER = "@prefix ex: <http://data.example/> .\n\n"


def body(text: str) -> str:
    """Return the layout of blocks below a declaration, without that."""
    formatted = format_turtle(f"{HEADER}{text}")
    assert format_turtle(formatted) == formatted
    return formatted.removeprefix(HEADER)


class TestOwnLine:
    def test_it_goes_with_what_follows(self) -> None:
        """A comment above a statement or a value moves with it."""
        text = """\
# about s
ex:s
  # about q
  ex:q 1 ;
  ex:p
    # about c
    ex:c ,
    ex:b ;
  # ex:o "not yet" ;
.
"""
        assert (
            body(text)
            == """\
# about s
ex:s
  ex:p
    ex:b ,
    # about c
    ex:c ;
  # about q
  ex:q 1 ;
  # ex:o "not yet" ;
.
"""
        )

    def test_above_a_mark_it_is_about_what_follows_the_mark(self) -> None:
        """Marks at the begin of lines are not what a comment is about."""
        text = "ex:s ex:q 1\n  # about p\n  ; ex:p 2\n  # about 0\n  , ex:o\n  # the end\n  .\n"

        assert (
            body(text)
            == """\
ex:s
  # about p
  ex:p
    # about 0
    ex:o ,
    2 ;
  ex:q 1 ;
  # the end
.
"""
        )

    def test_groups_between_blocks_stay_apart(self) -> None:
        """An empty line between comments, or below them, means something."""
        text = """\
ex:a
  ex:p 1 ;
.

# A part of the file

# about b
# and more
ex:b
  ex:p 1 ;
.

# The end.
"""
        assert body(text) == text

    def test_text_is_kept_and_blanks_at_its_end_are_not(self) -> None:
        """A comment says what it said, to the letter."""
        assert body("#!a  b#c\t \nex:s ex:p 1 .") == "#!a  b#c\nex:s\n  ex:p 1 ;\n.\n"


class TestEndOfLine:
    def test_it_stays_at_the_end_of_the_line(self) -> None:
        """A comment behind something stays behind it, wherever that goes."""
        text = """\
ex:s # s
  ex:q # q
    3 ; # three
  ex:p [ # open
    ex:r 1 ; # one
    # rest
  ] ; # closed
  ex:o ( # many
    2 # two
  ) , # members
    ex:x ; # x
. # end
"""
        assert (
            body(text)
            == """\
ex:s # s
  ex:o
    ex:x , # x
    ( # many
      2 # two
    ) ; # members
  ex:p [ # open
    ex:r 1 ; # one
    # rest
  ] ; # closed
  ex:q # q
    3 ; # three
. # end
"""
        )

    def test_waiver_stays_on_the_line_of_its_triple(self) -> None:
        """A waiver behind a statement in one line goes with the last triple of that line."""
        text = """\
ex:s ex:q 1 ; # lod: ignore[lint/a] reason
  ex:p 3 , # lod: ignore[lint/b] reason
    2 . # lod: ignore[lint/c] reason
"""
        assert (
            body(text)
            == """\
ex:s
  ex:p
    3 , # lod: ignore[lint/b] reason
    2 ; # lod: ignore[lint/c] reason
  ex:q 1 ; # lod: ignore[lint/a] reason
.
"""
        )

    def test_one_that_goes_on_below_is_put_above(self) -> None:
        """A comment of two lines stays whole."""
        text = """\
ex:s ex:q 1 ; # a comment that
              # goes on
  ex:p 3 , # another that
           # goes on
    2 .
"""
        assert (
            body(text)
            == """\
ex:s
  ex:p
    # another that
    # goes on
    3 ,
    2 ;
  # a comment that
  # goes on
  ex:q 1 ;
.
"""
        )

    def test_two_behind_one_value_are_put_above(self) -> None:
        """A line has one end; no comment is swallowed by another."""
        assert body("ex:s ex:p 1 # one\n ; # two\n .") == (
            "ex:s\n  # one\n  # two\n  ex:p 1 ;\n.\n"
        )

    def test_one_within_a_literal_is_put_behind_it(self) -> None:
        """What stood between a text and its datatype is about the literal."""
        text = 'ex:s ex:p "a" # text\n ^^ ex:b . ex:t ex:p "a"\n # language\n @en .'

        assert body(text) == (
            'ex:s\n  ex:p "a"^^ex:b ; # text\n.\n\nex:t\n  ex:p\n    # language\n    "a"@en ;\n.\n'
        )

    def test_one_below_a_subject_is_about_the_predicate(self) -> None:
        """Comments that happen to be in line with each other are two where the layout puts them."""
        text = "ex: # the subject\n  # the predicate\n  ex:p 1 ;\n.\n"
        aligned = text.replace("ex:", ":")

        formatted = format_turtle(f"@prefix : <http://data.example/> .\n\n{aligned}")

        assert body(text) == text
        assert formatted.endswith(f"\n\n{aligned}")
