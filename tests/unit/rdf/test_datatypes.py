from __future__ import annotations

import pytest

from lod.rdf.datatypes import NAMES, is_well_formed

RIGHT = {
    "boolean": ["true", "false", "1", "0"],
    "decimal": ["1", "1.", "-.5", "+01.50"],
    "double": ["1", "-1e3", "1.5E+3", "INF", "+INF", "-INF", "NaN", ".5e-3"],
    "float": ["1e3", "INF"],
    "date": [
        "2016-02-29",
        "2000-02-29",
        "0000-02-29",
        "-0004-02-29",
        "12015-01-01",
        "2015-01-01Z",
        "2015-01-01+14:00",
        "2015-01-01-13:59",
    ],
    "dateTime": ["2015-01-01T24:00:00", "2015-01-01T24:00:00.00Z", "2015-01-01T23:59:59.123456789"],
    "dateTimeStamp": ["2015-01-01T00:00:00Z"],
    "time": ["12:00:00", "24:00:00", "00:00:00.5-05:00"],
    "gYear": ["2015", "-2015", "0000", "20155", "2015Z"],
    "gYearMonth": ["2015-01"],
    "gMonth": ["--12"],
    "gMonthDay": ["--02-29", "--12-31"],
    "gDay": ["---31"],
    "duration": ["P1Y", "PT1.5S", "-P1Y2M3DT4H5M6S"],
    "yearMonthDuration": ["P1Y2M", "-P2M"],
    "dayTimeDuration": ["P1D", "PT1H", "P1DT0.5S"],
    "hexBinary": ["", "aF09"],
    "base64Binary": ["", "AAAA", "AAE=", "AA==", "A A A A"],
    "language": ["en", "en-GB", "x-klingon"],
    "normalizedString": ["", " a  b "],
    "token": ["", "a b"],
    "Name": [":a", "é-1.b"],
    "NCName": ["_", "a-1"],
    "NMTOKEN": ["1a", "-"],
    "anyURI": ["", "a b", "%zz"],
    "byte": ["-128", "+127", "0" * 5000 + "1"],
    "unsignedByte": ["-0", "255"],
    "short": ["32767"],
    "int": ["-2147483648"],
    "long": ["9223372036854775807"],
    "unsignedLong": ["18446744073709551615"],
    "integer": ["9" * 5000, "-0"],
    "positiveInteger": ["1"],
    "nonPositiveInteger": ["0", "-" + "9" * 5000],
    "negativeInteger": ["-1"],
    "nonNegativeInteger": ["0"],
    "QName": ["what only a document can say"],
}
WRONG = {
    "boolean": ["TRUE", "yes", ""],
    "decimal": [".", "1e3", "1,5", "INF", "+ .5", "１"],
    "double": ["nan", "inf", "Infinity", "1e", "0x1p3", "1_000", "-NaN"],
    "date": [
        "2015-02-29",
        "1900-02-29",
        "2015-13-01",
        "2015-04-31",
        "2015-1-1",
        "02015-01-01",
        "2015-00-01",
        "2015-01-01+14:01",
        "2015-01-01T00:00:00",
        "20715-02-29",
        "-0001-02-29",
    ],
    "dateTime": [
        "2015-01-01",
        "2015-01-01T24:00:01",
        "2015-01-01T00:00",
        "2015-01-01T23:59:60",
        "2015-02-29T00:00:00",
        "2015-01-01T00:00:00.",
        "2015-01-01_00:00:00",
    ],
    "dateTimeStamp": ["2015-01-01T00:00:00"],
    "time": ["24:00:01", "12:00", "1200"],
    "gYear": ["15", "02015"],
    "gYearMonth": ["2015-13"],
    "gMonth": ["--13", "--01--"],
    "gMonthDay": ["--02-30", "--04-31"],
    "gDay": ["---32", "---1"],
    "duration": ["P", "PT", "P1YT", "P1W", "P1.5Y", "+P1Y", "P1M1Y"],
    "yearMonthDuration": ["P", "P1D"],
    "dayTimeDuration": ["P1DT", "P1Y"],
    "hexBinary": ["0", "0g"],
    "base64Binary": ["AAA", "AAA", "A===", "AB==", "AAB="],
    "language": ["", "en_GB", "abcdefghi"],
    "normalizedString": ["a\tb", "a\n"],
    "token": [" a", "a  b", "a "],
    "Name": ["1a", ""],
    "NCName": ["a:b"],
    "NMTOKEN": ["", "a b"],
    "byte": ["128", "-129", "9" * 5000],
    "unsignedByte": ["-1", "256"],
    "integer": ["1.0", "1_000", "１", " 1", "", "--1"],
    "positiveInteger": ["0"],
    "nonPositiveInteger": ["1"],
    "negativeInteger": ["0"],
    "nonNegativeInteger": ["-1"],
}


class TestIsWellFormed:
    @pytest.mark.parametrize(
        ("name", "text"), [(name, text) for name, texts in RIGHT.items() for text in texts]
    )
    def test_what_a_datatype_has_is_right(self, name: str, text: str) -> None:
        """All forms that XML Schema 1.1 allows are accepted, the unusual ones too."""
        assert is_well_formed(text, name)

    @pytest.mark.parametrize(
        ("name", "text"), [(name, text) for name, texts in WRONG.items() for text in texts]
    )
    def test_what_a_datatype_lacks_is_wrong(self, name: str, text: str) -> None:
        """What Python or a habit would accept is refused where XML Schema does."""
        assert not is_well_formed(text, name)

    def test_hostile_text_is_judged_at_once(self) -> None:
        """No text makes the judgement slow: it is linear in the length."""
        for name in sorted(NAMES):
            is_well_formed("A" * 100_000 + "!", name)
            is_well_formed("1 " * 50_000 + "!", name)
