"""Rules about literals, dates and hierarchies."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.linting import found, messages


class TestLiteralIllTyped:
    CODE = "lint/literal-ill-typed"

    @pytest.mark.parametrize(
        ("literal", "message"),
        [
            ('"2015-13-01"^^xsd:date', "; look at the day, the time and the time zone"),
            ('"1.7.2015"^^xsd:date', "; those begin like 2015-07-24"),
            ('"2015-01-01T00:00:00"^^xsd:date', ", but a xsd:dateTime"),
            ('"yes"^^xsd:boolean', "; those are true and false"),
            ('"2,5"^^xsd:decimal', "; the decimal sign is a point"),
            ('"128"^^xsd:byte', "; those go from -128 to 127"),
            ('"-1"^^xsd:nonNegativeInteger', "; the smallest is 0"),
            ('"0"^^xsd:negativeInteger', "; the largest is -1"),
            ('" 5"^^xsd:integer', ", as white space stands around it"),
            ('"five"^^xsd:integer', ""),
            (
                '"5"^^xsd:integr',
                ", as XML Schema has no such datatype; xsd:integer may be meant",
            ),
            ('"5"^^xsd:Zahl', ", as XML Schema has no such datatype"),
        ],
    )
    def test_the_message_says_what_to_look_at(
        self, tmp_path: Path, literal: str, message: str
    ) -> None:
        """Each common slip is named."""
        (said,) = messages(tmp_path, self.CODE, f"ex:oak ex:size {literal} .")

        value, _, datatype = literal.partition("^^")
        assert said == f"{value} is no {datatype}{message}."

    def test_finding_stands_at_the_value_in_each_file(self, tmp_path: Path) -> None:
        """One wrong value in two places is two findings."""
        text = (
            'ex:oak ex:size 3 ,\n  "x"^^xsd:integer .\n== data/second.ttl ==\n'
            'ex:elm ex:size "x"^^xsd:integer .'
        )

        assert [str(each.location) for each in found(tmp_path, self.CODE, text)] == [
            "data/example.ttl:4:3",
            "data/second.ttl:3:16",
        ]

    @pytest.mark.parametrize(
        "literal",
        [
            '"<p>"^^rdf:HTML',
            '"{"^^rdf:JSON',
            '"<p"^^rdf:XMLLiteral',
            '"x"^^ex:own',
            '"a b"^^xsd:QName',
        ],
    )
    def test_other_datatypes_are_left_alone(self, tmp_path: Path, literal: str) -> None:
        """What is not ours to judge passes."""
        assert messages(tmp_path, self.CODE, f"ex:oak ex:size {literal} .") == []

    def test_long_value_is_cut_short(self, tmp_path: Path) -> None:
        """A value of a thousand letters does not fill the screen."""
        (said,) = messages(tmp_path, self.CODE, f'ex:oak ex:size "{"x" * 1000}"^^xsd:integer .')

        assert len(said) < 100


class TestLiteralRewritten:
    CODE = "lint/literal-rewritten"

    def test_another_datatype_is_shown(self, tmp_path: Path) -> None:
        """Where only the datatype changes, the message shows both datatypes."""
        text = 'ex:oak ex:size "5"^^xsd:nonNegativeInteger .'

        assert messages(tmp_path, self.CODE, text) == [
            'Engines rewrite "5" to "5", and xsd:nonNegativeInteger to xsd:integer.'
        ]

    def test_nothing_is_repaired(self, tmp_path: Path) -> None:
        """How a number is written may be meant: 1.50 says more than 1.5."""
        (finding,) = found(tmp_path, self.CODE, "ex:oak ex:size 1.50 .")

        assert finding.edits == ()


class TestHierarchyCycle:
    CODE = "lint/hierarchy-cycle"

    def test_the_circle_is_shown(self, tmp_path: Path) -> None:
        """The message goes round once and ends where it began."""
        text = "ex:C rdfs:subClassOf ex:A . ex:A rdfs:subClassOf ex:B . ex:B rdfs:subClassOf ex:C ."

        assert messages(tmp_path, self.CODE, text) == [
            "rdfs:subClassOf goes round in a circle: ex:A → ex:B → ex:C → ex:A."
        ]

    def test_broader_and_narrower_are_one_hierarchy(self, tmp_path: Path) -> None:
        """A circle may use both directions; it stands at a triple that is written."""
        text = "ex:a skos:broader ex:b .\nex:a skos:narrower ex:b ."

        (finding,) = found(tmp_path, self.CODE, text)

        assert finding.message == "skos:broader goes round in a circle: ex:a → ex:b → ex:a."
        assert str(finding.location) == "data/example.ttl:3:19"

    def test_itself_is_the_shortest_circle(self, tmp_path: Path) -> None:
        """Nothing is broader than itself."""
        assert messages(tmp_path, self.CODE, "ex:a skos:broader ex:a .") == [
            "skos:broader goes round in a circle: ex:a → ex:a."
        ]

    def test_two_circles_are_two_findings_and_a_tail_is_none(self, tmp_path: Path) -> None:
        """Each circle is told once, whatever leads into it or out of it."""
        text = (
            "ex:t skos:broader ex:a . ex:a skos:broader ex:b . ex:b skos:broader ex:a , ex:z .\n"
            "ex:z skos:broader ex:c . ex:c skos:broader ex:d . ex:d skos:broader ex:c , ex:top .\n"
        )

        assert messages(tmp_path, self.CODE, text) == [
            "skos:broader goes round in a circle: ex:a → ex:b → ex:a.",
            "skos:broader goes round in a circle: ex:c → ex:d → ex:c.",
        ]

    def test_crossed_circles_are_one_finding(self, tmp_path: Path) -> None:
        """Terms that all reach each other are told with one circle, a shortest one."""
        text = "ex:a skos:broader ex:b , ex:c . ex:b skos:broader ex:c . ex:c skos:broader ex:a ."

        assert messages(tmp_path, self.CODE, text) == [
            "skos:broader goes round in a circle: ex:a → ex:c → ex:a."
        ]

    def test_long_circle_is_cut_short(self, tmp_path: Path) -> None:
        """A circle of a thousand terms is found without a stack, and fits on a line."""
        text = "".join(f"ex:t{n} skos:broader ex:t{(n + 1) % 1000} .\n" for n in range(1000))

        assert messages(tmp_path, self.CODE, text) == [
            "skos:broader goes round in a circle: "
            "ex:t0 → ex:t1 → ex:t2 → ex:t3 → ex:t4 → … 995 more … → ex:t0."
        ]

    def test_several_ways_up_are_no_circle(self, tmp_path: Path) -> None:
        """A term may have two broader ones that meet again."""
        text = "ex:a skos:broader ex:b , ex:c . ex:b skos:broader ex:d . ex:c skos:broader ex:d ."

        assert messages(tmp_path, self.CODE, text) == []


class TestEndBeforeStart:
    CODE = "lint/end-before-start"

    def test_finding_stands_at_the_end(self, tmp_path: Path) -> None:
        """Both dates are named."""
        text = (
            'ex:v schema:startDate "2015-03-01"^^xsd:date ;\n  schema:endDate "2014"^^xsd:gYear .'
        )

        (finding,) = found(tmp_path, self.CODE, text)

        assert str(finding.location) == "data/example.ttl:5:18"
        assert (
            finding.message
            == "schema:endDate is 2014, which is before schema:startDate 2015-03-01."
        )

    @pytest.mark.parametrize(
        ("start", "end"),
        [
            ('"2015-03-01"^^xsd:date', '"2015"^^xsd:gYear'),
            ('"2015-03-01"^^xsd:date', '"2015-03-01"^^xsd:date'),
            ('"2015-03-01T10:00:00"^^xsd:dateTime', '"2015-03-01"^^xsd:date'),
            ('"2015-03-01T10:00:00+14:00"^^xsd:dateTime', '"2015-02-28T21:00:00Z"^^xsd:dateTime'),
            ('"2015-03-01T10:00:00Z"^^xsd:dateTime', '"2015-03-01T01:00:00"^^xsd:dateTime'),
            ('"9999-01-01"^^xsd:date', '"10000-01-01"^^xsd:date'),
            ('"2015-13-01"^^xsd:date', '"2014-01-01"^^xsd:date'),
            ('"2015-03-01"^^xsd:date', '"2014"@en , "2016"@en'),
        ],
    )
    def test_what_may_be_in_order_passes(self, tmp_path: Path, start: str, end: str) -> None:
        """Only an end that is before its start in every reading is found."""
        text = f"ex:v schema:startDate {start} ; schema:endDate {end} ."

        assert messages(tmp_path, self.CODE, text) == []

    @pytest.mark.parametrize(
        ("start", "end"),
        [
            ('"10000-01-01"^^xsd:date', '"9999-01-01"^^xsd:date'),
            ('"-0044-03-15"^^xsd:date', '"-0100-01-01"^^xsd:date'),
            ('"2015-03-01T00:30:00Z"^^xsd:dateTime', '"2015-03-01T02:00:00+02:00"^^xsd:dateTime'),
            ('"2015-03"^^xsd:gYearMonth', '"2015-02-28"^^xsd:date'),
            ('"2015-03-02"', '"2015-03-01"'),
        ],
    )
    def test_every_precision_is_compared(self, tmp_path: Path, start: str, end: str) -> None:
        """Years, months, days and times in any zone are put in order, before Christ too."""
        text = f"ex:v schema:startDate {start} ; schema:endDate {end} ."

        assert len(messages(tmp_path, self.CODE, text)) == 1

    def test_intervals_of_owl_time_are_compared(self, tmp_path: Path) -> None:
        """An interval that ends before it begins is found at its end."""
        text = (
            "ex:i time:hasBeginning [ time:inXSDDate '2015-03-01'^^xsd:date ] ;\n"
            "  time:hasEnd [ time:inXSDgYear '2014'^^xsd:gYear ] ."
        )

        (finding,) = found(tmp_path, self.CODE, text)

        assert str(finding.location) == "data/example.ttl:5:3"
