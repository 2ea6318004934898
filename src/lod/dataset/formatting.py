"""Lay out a file of triples: refused when it is not valid, written only when it says the same."""

from __future__ import annotations

import os
import tempfile
from codecs import BOM_UTF8
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from lod.dataset.files import Role, SourceFile
from lod.dataset.parsing import parse_file
from lod.dataset.writing import replace_file, stamp_of
from lod.diagnostics import Diagnostic
from lod.errors import LodError
from lod.rdf.formats import TRIG, TURTLE, Format
from lod.rdf.formatting import format_turtle
from lod.rdf.statements import digest
from lod.rdf.tokens import NotScannableError

FORMATS = (TURTLE, TRIG)
"""What is laid out; the line formats have their layout by definition."""

_PARSERS = {TURTLE: RdfFormat.TURTLE, TRIG: RdfFormat.TRIG}
_BASE = "http://base.invalid/"
_ATTEMPTS = 3


class NotFormattedError(LodError):
    """A file that was left as it is, and why."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A text as it was and as it is laid out."""

    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        """Whether the text was laid out in another way."""
        return self.before != self.after


def lay_out(name: str, content: bytes, kind: Format) -> Layout:
    """Return the layout of a text.

    :param name: what messages call it.
    :raises NotFormattedError: when it is not valid, or would not say the same.
    """
    plain = content.removeprefix(BOM_UTF8)
    try:
        for _ in parse(plain, format=_PARSERS[kind], base_iri=_BASE):
            pass
    except SyntaxError as error:
        raise _not_valid(name, plain, kind) from error
    try:
        before = content.decode()
        after = format_turtle(before)
    except UnicodeDecodeError as error:  # in a comment, where parsers look away
        line = content.count(b"\n", 0, error.start) + 1
        raise NotFormattedError(
            "format/not-utf-8", f"{error.reason}.", place=f"{name}:{line}", cure="Save it as UTF-8."
        ) from error
    except NotScannableError as error:
        raise NotFormattedError(
            "format/not-read",
            f"the formatter cannot read it ({error}), so it is left as it is.",
            place=name,
            cure="Please report this with the file.",
        ) from error
    layout = Layout(before, after)
    if layout.is_changed and not _says_the_same(plain.decode(), after, kind):
        raise NotFormattedError(
            "format/other-triples",
            "laid out it would not say the same, so it is left as it is.",
            place=name,
            cure="Please report this with the file.",
        )
    return layout


def format_file(name: str, path: Path, kind: Format, *, write: bool) -> Layout:
    """Return the layout of a file, and write it unless it is that of the file already.

    The file is replaced as a whole and keeps its permissions; a link stays a link.

    :raises NotFormattedError: when the file cannot be read or written, is not valid, or is
        changed by others all the time.
    """
    target = Path(os.path.realpath(path))
    try:
        for _ in range(_ATTEMPTS):
            stamp = stamp_of(target)
            layout = lay_out(name, target.read_bytes(), kind)
            if not (write and layout.is_changed):
                return layout
            if replace_file(target, layout.after, stamp):
                return layout
    except OSError as error:
        raise NotFormattedError(
            "format/no-access", f"{error.strerror or error}.", place=name
        ) from error
    raise NotFormattedError(
        "format/changed",
        "the file is being changed by something else, so it is left as it is.",
        place=name,
        cure="Try again.",
    )


def _says_the_same(before: str, after: str, kind: Format) -> bool:
    parser = _PARSERS[kind]
    try:
        return digest(before, parser) == digest(after, parser)
    except SyntaxError:
        return False


def _not_valid(name: str, content: bytes, kind: Format) -> NotFormattedError:
    """Return the first syntax error in the words of a check."""
    findings: list[Diagnostic] = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "text")
        copy.write_bytes(content)
        file = SourceFile(name, copy, Role.DATA, kind, _BASE)
        for _ in parse_file(file, "", findings.append, {}):
            if findings:
                break
    first = findings[0]
    return NotFormattedError(first.code, first.message, place=str(first.location), cure=first.cure)
