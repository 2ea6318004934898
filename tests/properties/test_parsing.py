"""Whatever stands in a file, reading it ends, and tells what is wrong."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from lod.dataset import Role, SourceFile, parse_file
from lod.dataset.parsing import MOST_ERRORS
from lod.diagnostics import Diagnostic
from lod.rdf.formats import SOURCE_FORMATS, Format
from lod.rdf.turtle import write_turtle
from properties.strategies import PREFIXES, Row, graphs

formats = st.sampled_from(SOURCE_FORMATS)
PIECES = [
    *("@prefix ex: <https://data.example/> .", "ex:a ex:p", "ex:a", "_:b", "un:x", "1.50", '"x"'),
    *('"x"@en', '"""x', "<https://data.example/a>", "<a b>", "[", "]", "(", ")", "{", "}", ";"),
    *(",", ".", ".", "\n", "# remark\n", "<<(", ")>>", "@base", "a", "^^", "\\", "\ufeff", "ą😀"),
]
pieces = st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join).map(str.encode)


def findings_of(content: bytes, format_: Format) -> list[Diagnostic]:
    findings: list[Diagnostic] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"a.{format_.extension}")
        path.write_bytes(content)
        file = SourceFile(path.name, path, Role.DATA, format_, "https://data.example/graph/a")
        list(parse_file(file, "f0x", findings.append, PREFIXES))
    return findings


class TestParseFile:
    @given(st.one_of(pieces, st.binary(max_size=60)), formats)
    def test_any_content_is_read_to_its_end(self, content: bytes, format_: Format) -> None:
        """No file stops a run: what is wrong with it is told, each slip with its line, once."""
        findings = findings_of(content, format_)

        lines = len(re.findall(rb"\r\n|\r|\n", content)) + 1
        places = [finding.location for finding in findings if finding.code.endswith("/syntax")]
        assert len(findings) <= MOST_ERRORS + 1
        assert all(place and 1 <= (place.line or 0) <= lines for place in places)
        assert all(place and (place.column or 0) >= 1 for place in places)
        assert len(set(places)) == len(places)
        assert all(finding.message.strip() for finding in findings)

    @given(graphs())
    def test_what_we_write_is_without_findings(self, rows: list[Row]) -> None:
        """Our own Turtle is read without a word."""
        assert findings_of(write_turtle(rows, PREFIXES).encode(), SOURCE_FORMATS[0]) == []
