"""Projects written as one text, in which carets below a line say what a check finds there.

``tests/corpus/README.md`` says how such a text is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lod.diagnostics import Location, Report
from support.linting import CONFIG

_FILE = re.compile(r"== (?P<name>\S+)(?: \((?P<options>[a-z0-9, -]+)\))? ==")
_CODE = r"[a-z-]+/[a-z-]+"
_MARK = re.compile(
    rf"#\s*?(?P<mark>\^\.\.|\.\.\^|\^+|!)\s+(?P<kind>[+=] )?(?P<codes>{_CODE}(?: {_CODE})*)\s*"
)
_LISTED = re.compile(
    r"(?P<path>\S+?)(?::(?P<start>\d+:\d+)-(?P<end>\d+:\d+))? "
    rf"(?P<kind>[+=] )?(?P<codes>{_CODE}(?: {_CODE})*)"
)
_ELSEWHERE = "expected"
_NO_FILE = "-"
CONFIGURATION = "lod.toml"


@dataclass(frozen=True, slots=True)
class Finding:
    """A code with its places: where to go, and where else to look."""

    code: str
    place: Location | None
    related: tuple[Location, ...] = ()

    def __str__(self) -> str:
        also = "".join(f" + {_shown(each)}" for each in self.related)
        return f"{_shown(self.place)} {self.code}{also}"


@dataclass(slots=True)
class Case:
    """One project, and what is to be found in it.

    ``origins`` are the places of shapes or rules that findings come from, where the text tells
    them: pairs of a finding's number and a place.
    """

    name: str
    sentence: str
    files: dict[str, bytes] = field(default_factory=dict)
    expected: list[Finding] = field(default_factory=list)
    origins: list[tuple[int, Location]] = field(default_factory=list)

    def write(self, folder: Path) -> None:
        """Write the project into a folder."""
        (folder / "data").mkdir()
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def found(report: Report) -> list[Finding]:
    """Return what a check found, as a case tells it."""
    return [Finding(each.code, each.location, each.related) for each in report.findings]


def read_case(path: Path, noise: Mapping[str, str]) -> Case:
    """Return the case of a file.

    :param noise: codes to switch off unless the case expects them.
    """
    sentence, files = _divided(path.read_text("utf-8"))
    case = Case(path.stem, sentence)
    marks = _Marks(case)
    own = files.pop(CONFIGURATION, ([], ""))[0]
    marks.read(CONFIGURATION, own, CONFIG.count("\n"))
    for name, (lines, _) in files.items():
        if name == _ELSEWHERE:
            marks.read_list(lines)
        else:
            marks.read(name, lines)
    marks.end()
    expected = {each.code for each in case.expected}
    quiet = [code for code in noise if code not in expected]
    case.files[CONFIGURATION] = _configuration(own, quiet).encode()
    for name, (lines, options) in files.items():
        if name != _ELSEWHERE:
            case.files[name] = _encoded(lines, options)
    return case


def _divided(text: str) -> tuple[str, dict[str, tuple[list[str], str]]]:
    """Return the sentence a text begins with, and the lines and options of each file."""
    lines = text.split("\n")
    starts = [number for number, line in enumerate(lines) if _FILE.fullmatch(line)]
    files = {}
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        heading = _FILE.fullmatch(lines[start])
        assert heading is not None
        assert heading["name"] not in files, f"{heading['name']} stands there twice"
        files[heading["name"]] = (lines[start + 1 : end], heading["options"] or "")
    return " ".join(lines[: starts[0]]).strip(), files


def _configuration(own: list[str], quiet: list[str]) -> str:
    """Return ``lod.toml``: the usual beginning, the case's own, and last what is switched off."""
    text = CONFIG + "".join(f"{line}\n" for line in own if line)
    if "[rules]" not in own:
        text += "[rules]\n"
    return text + "".join(f'"{code}" = "off"\n' for code in quiet)


def _encoded(lines: list[str], options: str) -> bytes:
    """Return the content of a file; blank lines at its end only divide it from the next one."""
    text = "\n".join(lines).rstrip("\n")
    text += "\n" if text and "no end" not in options else ""
    if "crlf" in options:
        text = text.replace("\n", "\r\n")
    if "bom" in options:
        text = f"\ufeff{text}"
    return text.encode("latin-1" if "latin-1" in options else "utf-8")


class _Marks:
    """Reads the marks of a case, file by file."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._open: dict[str, Location] = {}
        self._latest: dict[str, int] = {}

    def read(self, name: str, lines: list[str], above: int = 0) -> None:
        """Note the findings of a file.

        :param above: how many lines stand above these in the file.
        """
        spoken_of = above + 1
        for number, line in enumerate(lines, above + 1):
            mark = _MARK.fullmatch(line)
            if mark is None:
                assert "^" not in line or not line.startswith("#"), f"{self._case.name}: {line}"
                spoken_of = number
                continue
            for code in mark["codes"].split():
                for place in self._placed(mark, name, spoken_of, code):
                    self._note(code, mark["kind"], place)

    def read_list(self, lines: list[str]) -> None:
        """Note the findings that no mark can show, one a line."""
        for line in filter(None, lines):
            listed = _LISTED.fullmatch(line)
            assert listed is not None, f"{self._case.name}: {line}"
            place = None if listed["path"] == _NO_FILE else Location(listed["path"])
            if listed["start"]:
                parts = (int(each) for each in f"{listed['start']}:{listed['end']}".split(":"))
                place = Location(listed["path"], *parts)
            for code in listed["codes"].split():
                self._note(code, listed["kind"], place)

    def end(self) -> None:
        """See to it that each range that is begun is ended."""
        assert not self._open, f"{self._case.name}: {self._open}"

    def _placed(self, mark: re.Match[str], name: str, line: int, code: str) -> Iterator[Location]:
        start, end = mark.span("mark")
        first = 1 if start == 1 else start + 1
        if mark["mark"] == "!":
            yield Location(name)
        elif mark["mark"] == "^..":
            assert code not in self._open
            self._open[code] = Location(name, line, first)
        elif mark["mark"] == "..^":
            begun = self._open.pop(code)
            yield Location(name, begun.line, begun.column, line, end + 1)
        else:
            yield Location(name, line, first, line, end + 1)

    def _note(self, code: str, kind: str | None, place: Location | None) -> None:
        expected = self._case.expected
        if kind is None:
            self._latest[code] = len(expected)
            expected.append(Finding(code, place))
            return
        assert place is not None
        number = self._latest[code]
        if kind.startswith("="):
            self._case.origins.append((number, place))
        else:
            above = expected[number]
            expected[number] = Finding(code, above.place, (*above.related, place))


def _shown(place: Location | None) -> str:
    if place is None:
        return _NO_FILE
    end = f"-{place.end_line}:{place.end_column}" if place.end_line else ""
    return f"{place}{end}"
