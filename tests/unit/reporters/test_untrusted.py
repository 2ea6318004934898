"""Whatever the data hold, each format says exactly what was found and gives no orders."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TypeVar
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from markdown_it import MarkdownIt
from pyoxigraph import RdfFormat, parse

from lod.diagnostics import Diagnostic, Edit, Location, Reason, Report, Severity
from lod.rdf.namespaces import RDF, SH
from lod.reporters import REPORTERS, Reporting
from lod.reporters.sarif import report_sarif
from support.findings import CATALOGUE, PREFIXES, REPORTING
from support.orders import read_orders

T = TypeVar("T")

_TRICKS = (
    *(
        "::error file=a,line=1::forged",
        "\n::error::forged",
        "\r::warning::x",
        " ::stop-commands::x",
    ),
    *(
        "##[error]forged",
        "##vso[task.logissue type=error]x",
        "%0A::error::x",
        "%25",
        "##[add-mask]a",
    ),
    *(
        "]]>",
        "<script>alert(1)</script>",
        "&amp;",
        "&#10;",
        "<!--",
        "</failure></testcase>",
        "<?x?>",
    ),
    *("|", "\\|", "`", "```", "\\`", "*", "_", "[a](https://e.example)", "![a](b)", "@everyone"),
    *("https://e.example", "www.e.example", "a@e.example", "#1", "\n\n| a | b | c |\n", "<!-- -->"),
    *("\x1b[2J", "\x9b1m", "\x1b]8;;https://e.example\x07", "\x07", "\x08", "\0", "\x7f", "\x85"),
    *("\u202e", "\u2066", "\u200f", "\u2028", "\u2029", "\ufeff", "\u200b", "\ufffe", "\U000e0041"),
    *("\ud800", "\udce9", "\ud83d\ude00", "\ud83d", "e\u0301", "中文", "😀", "\ufffd"),
    *('"', "\\", "'", "\\u202e", '" . <x:a> <x:b> "', "{0}", "{", "%SRCROOT%", "..", "/", "://"),
    *(
        "\n",
        "\r",
        "\r\n",
        "\t",
        " ",
        "",
        "x" * 5_000,
        "<" * 5_000,
        "data/a.ttl:1:1: error x/y: forged",
    ),
    *(
        "_:b",
        "https://data.example/id/thing/oak",
        "ex:a",
        "<x:a>",
        '"a"@en',
        '"1"^^<x:y>',
        "?",
        "(" * 60,
    ),
)


def words() -> st.SearchStrategy[str]:
    """Texts that mean something to somebody, and texts of any letters, halves of pairs too."""
    return st.one_of(
        st.lists(st.sampled_from(_TRICKS), max_size=4).map("".join),
        st.text(st.characters(exclude_categories=[]), max_size=12),
    )


def locations() -> st.SearchStrategy[Location]:
    numbers = st.none() | st.integers(0, 9)
    return st.builds(Location, words(), numbers, numbers, numbers, numbers)


def reasons() -> st.SearchStrategy[Reason]:
    maybe = st.none() | words()
    place = st.none() | locations()
    leaf = st.builds(Reason, words(), maybe, maybe, maybe, place)
    return st.builds(Reason, words(), maybe, maybe, maybe, place, few(leaf))


def codes() -> st.SearchStrategy[str]:
    return st.one_of(st.sampled_from([*CATALOGUE.rules, "turtle/syntax"]), words())


def few(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(strategy, max_size=2).map(tuple)


def findings() -> st.SearchStrategy[Diagnostic]:
    maybe = st.none() | words()
    return st.builds(
        Diagnostic,
        codes(),
        st.sampled_from(Severity),
        words(),
        st.none() | locations(),
        focus=maybe,
        cure=maybe,
        source=maybe,
        path=maybe,
        value=maybe,
        related=few(locations()),
        origin=st.none() | locations(),
        reasons=few(reasons()),
        edits=few(st.builds(Edit, locations(), words())),
        component=st.just(SH.InConstraintComponent.value) | maybe,
        fingerprint=words(),
    )


def reports() -> st.SearchStrategy[Report]:
    return st.lists(findings(), max_size=3).map(
        lambda found: Report(tuple(sorted(found, key=Diagnostic.sort_key)), engines=("pyshacl",))
    )


def any_line(_: Location) -> str:
    return "".join(_TRICKS[:60]).replace("\n", "")


WITH_LINES = Reporting(PREFIXES, CATALOGUE, source=any_line)


def count_paragraphs(text: str) -> int:
    return len(re.findall(r"^(?! )(?:.*: )?(?:error|warning|info) ", text, re.MULTILINE))


def count_lines(text: str) -> int:
    assert not text or text.endswith("\n")
    return text.count("\n")


def count_json(text: str) -> int:
    return len(json.loads(text)["findings"])


def count_gitlab(text: str) -> int:
    prints = [each["fingerprint"] for each in json.loads(text)]
    assert len(set(prints)) == len(prints)
    return len(prints)


def count_sarif(text: str) -> int:
    return len(json.loads(text)["runs"][0]["results"])


def count_junit(text: str) -> int:
    root = ET.fromstring(text)  # noqa: S314 - it is our own
    bodies = [body.text or "" for case in root.iter("testcase") for body in case]
    return sum(len(body.split("\n")) for body in bodies)


def count_markdown(text: str) -> int:
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    assert html.count("<td>") % 3 == 0
    return len(re.findall("<td>", html)) // 3


def count_turtle(text: str) -> int:
    triples = list(parse(text.encode(), RdfFormat.TURTLE))
    kinds = [each.object for each in triples if each.predicate == RDF.type]
    left_out = re.match(r"# Left out, as no shape made it: (\d+) ", text)
    assert kinds.count(SH.ValidationReport) == 1
    return kinds.count(SH.ValidationResult) + (int(left_out[1]) if left_out else 0)


COUNTS: dict[str, Callable[[str], int]] = {
    "full": count_paragraphs,
    "concise": count_lines,
    "json": count_json,
    "junit": count_junit,
    "sarif": count_sarif,
    "github": lambda text: len(read_orders(text)),
    "gitlab": count_gitlab,
    "markdown": count_markdown,
    "turtle": count_turtle,
}


def write(report: Report) -> dict[str, str]:
    return {name: write_one(report, WITH_LINES) for name, write_one in REPORTERS.items()}


class TestAnyData:
    def test_every_format_is_counted(self) -> None:
        """No format is left out of the properties below."""
        assert COUNTS.keys() == REPORTERS.keys()

    @given(report=reports())
    def test_a_reader_finds_what_was_found(self, report: Report) -> None:
        """Nothing in the data hides a finding or forges one."""
        found = {name: COUNTS[name](written) for name, written in write(report).items()}

        assert found == dict.fromkeys(REPORTERS, len(report.findings))

    @given(report=reports())
    def test_terminal_gets_letters_only(self, report: Report) -> None:
        """No control character and no change of direction gets through, and UTF-8 can hold it."""
        for written in write(report).values():
            assert {each for each in written if not each.isprintable()} <= {"\n"}
            assert written.encode().decode() == written

    @given(report=reports())
    def test_build_service_gets_no_orders_but_ours(self, report: Report) -> None:
        """A job that prints a report does nothing but show it; annotations are ours alone."""
        names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
        ours = [names[finding.severity] for finding in report.findings]

        for name, written in write(report).items():
            orders = [order.name for order in read_orders(written)]
            assert orders == (ours if name == "github" else [])
            assert not re.search(r"##\w*\[", written)

    @given(report=reports())
    def test_sarif_is_valid(self, sarif_schema: Draft4Validator, report: Report) -> None:
        """Services refuse a whole report for one slip."""
        log = json.loads(report_sarif(report, REPORTING))

        assert [error.message for error in sarif_schema.iter_errors(log)] == []
