"""A small change of a text is a small change of its layout."""

from __future__ import annotations

import copy
import difflib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lod.rdf.formatting import format_turtle

pytestmark = pytest.mark.thorough

few = settings(max_examples=40)

Facts = dict[str, dict[str, list[str]]]
"""Values by subject and predicate."""

SUBJECTS = 125
SINGLE = ("ex:p0", "ex:p1", "ex:p2", "ex:p3", "rdfs:label")
SEVERAL = "ex:links"
HEADER = """\
@prefix ex: <http://data.example/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


def facts() -> Facts:
    """Return a thousand triples, eight of each subject."""
    return {
        f"ex:s{number}": {
            **{each: [f'"{each} of {number}"'] for each in SINGLE},
            SEVERAL: [f"ex:s{(number * step) % SUBJECTS}" for step in (3, 5, 7)],
        }
        for number in range(SUBJECTS)
    }


FACTS = facts()


def written(content: Facts) -> str:
    """Return a text with one line a subject."""
    lines = []
    for subject, said in content.items():
        statements = (f"{name} {', '.join(values)}" for name, values in said.items())
        lines.append(f"{subject} {'; '.join(statements)} .\n")
    return HEADER + "".join(lines)


BEFORE = format_turtle(written(FACTS))


def changed_lines(content: Facts) -> tuple[int, int]:
    """Return how many lines of the layout are gone and how many are new."""
    before, after = BEFORE.split("\n"), format_turtle(written(content)).split("\n")
    while before and after and before[0] == after[0]:
        before, after = before[1:], after[1:]
    while before and after and before[-1] == after[-1]:
        before.pop(), after.pop()
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    edits = [each for each in matcher.get_opcodes() if each[0] != "equal"]
    return sum(each[2] - each[1] for each in edits), sum(each[4] - each[3] for each in edits)


def edit(content: Facts, subject: str, name: str, kind: str) -> None:
    """Change one triple of a subject."""
    if kind == "replace":
        content[subject][name] = ['"something else"@en']
    elif kind == "remove":
        del content[subject][name]
    else:
        content[subject][f"ex:new-{name[-1]}"] = ["ex:something"]


class TestLocality:
    def test_there_are_a_thousand_triples(self) -> None:
        """The text is as large as is said."""
        values = [value for said in FACTS.values() for each in said.values() for value in each]

        assert len(values) == 1000

    @few
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(sorted(FACTS)),
                st.sampled_from(SINGLE),
                st.sampled_from(["replace", "remove", "add"]),
            ),
            min_size=7,
            max_size=7,
            unique_by=lambda each: each[:2],
        )
    )
    def test_edit_of_seven_triples_changes_nine_lines_at_most(
        self, edits: list[tuple[str, str, str]]
    ) -> None:
        """Triples that are replaced, taken away or added change a line each."""
        content = copy.deepcopy(FACTS)
        for each in edits:
            edit(content, *each)

        gone, new = changed_lines(content)

        assert gone <= 9
        assert new <= 9

    @few
    @given(
        st.sampled_from(sorted(FACTS)),
        st.sampled_from([SEVERAL, *SINGLE]),
        st.sets(st.integers(0, 10_000), min_size=1, max_size=9),
    )
    def test_more_values_change_two_lines_besides_their_own_at_most(
        self, subject: str, predicate: str, numbers: set[int]
    ) -> None:
        """New values are new lines, wherever they sort; beside them changes little."""
        content = copy.deepcopy(FACTS)
        content[subject][predicate] += [f"ex:t{each}" for each in numbers]

        gone, new = changed_lines(content)

        assert gone <= 1
        assert new <= len(numbers) + 2

    @few
    @given(st.sampled_from(sorted(FACTS)), st.integers(0, SUBJECTS))
    def test_new_subject_leaves_the_others_alone(self, other: str, place: int) -> None:
        """A subject more is a block more, where its author put it."""
        items = list(FACTS.items())
        items.insert(place, ("ex:new", FACTS[other]))

        gone, new = changed_lines(dict(items))

        assert gone == 0
        assert new == 12

    @few
    @given(st.sampled_from(sorted(FACTS)), st.sampled_from(SINGLE))
    def test_comment_changes_its_own_line(self, subject: str, predicate: str) -> None:
        """A comment at the end of a line changes this line alone."""
        lines = BEFORE.split("\n")
        block = lines.index(subject)
        at = next(n for n in range(block, len(lines)) if lines[n].startswith(f"  {predicate}"))
        lines[at] += "    # a remark"

        after = format_turtle("\n".join(lines)).split("\n")

        lines[at] = lines[at].replace("    #", " #")
        assert after == lines
