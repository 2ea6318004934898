"""``lod format``."""

from __future__ import annotations

import difflib
import io
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lod.cli.options import project_option
from lod.cli.output import progress, say
from lod.cli.selection import Selected, of_arguments, of_project
from lod.errors import LodError
from lod.rdf.formats import SOURCE_FORMATS, TURTLE, by_extension

if TYPE_CHECKING:
    from lod.dataset.formatting import Layout

_STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class _Mode:
    """What to do with a text that is not in the layout; write it, if nothing else."""

    is_check: bool
    is_diff: bool

    @property
    def writes(self) -> bool:
        return not (self.is_check or self.is_diff)


@click.command(name="format")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE|DIR|-]...")
@project_option
@click.option("--check", is_flag=True, help="Name the files to lay out; write none.")
@click.option("--diff", is_flag=True, help="Show what would change; write nothing.")
@click.option(
    "--stdin-filename",
    "alias",
    metavar="NAME",
    help="What '-' is called; the ending is its format.",
)
def format_(
    paths: tuple[Path, ...], folder: Path, alias: str | None, *, check: bool, diff: bool
) -> int:
    """Lay out Turtle and TriG files, those of the project if none are named.

    Only the layout changes: the triples, the comments and the order of the blocks stay. What is
    not valid is left as it is. '-' reads standard input and writes standard output.

    Exits with 0; with --check or --diff, with 1 when a file would change; with 2 when a file
    could not be laid out.

    \b
    Examples:
      lod format
      lod format --check
      lod format --diff data/partners.ttl
      lod format - < data/partners.ttl
    """
    mode = _Mode(check, diff)
    if Path(_STANDARD_INPUT) not in paths:
        return _format_files(of_arguments(paths) if paths else of_project(folder), mode)
    if len(paths) > 1:
        raise click.UsageError("'-' stands alone.")
    return _format_input(alias or _STANDARD_INPUT, mode)


def _format_files(files: Iterable[Selected], mode: _Mode) -> int:
    from lod.dataset.formatting import FORMATS, format_file  # noqa: PLC0415 - not for --help

    tell = progress()
    changed = left = failed = 0
    for file in files:
        tell(file.name)
        if file.format not in FORMATS:
            left += 1
            continue
        try:
            layout = format_file(file.name, file.path, file.format, write=mode.writes)
        except LodError as error:
            say(f"lod: {_plain(str(error))}")
            failed += 1
            continue
        if layout.is_changed:
            changed += 1
            _show(file.name, layout, mode)
        else:
            left += 1
    say(_summary(changed, left, failed, mode))
    if failed:
        return 2
    return 1 if changed and not mode.writes else 0


def _format_input(name: str, mode: _Mode) -> int:
    from lod.dataset.formatting import FORMATS, lay_out  # noqa: PLC0415 - not for --help

    kind = by_extension(SOURCE_FORMATS, Path(name).suffix.removeprefix(".")) or TURTLE
    content = sys.stdin.buffer.read()
    layout = lay_out(name, content, kind) if kind in FORMATS else None
    if mode.writes:
        click.echo(content if layout is None else layout.after.encode(), nl=False)
        return 0
    if layout is None or not layout.is_changed:
        return 0
    _show(name, layout, mode)
    return 1


def _show(name: str, layout: Layout, mode: _Mode) -> None:
    if mode.is_diff:
        # A terminal must not obey the data; a file gets the diff as it is, to be applied.
        on_terminal = sys.stdout.isatty()
        for line in _diff(name, layout):
            click.echo(_plain(line) if on_terminal else line)
    if mode.is_check:
        click.echo(f"would reformat {_plain(name)}")
    elif mode.writes:
        click.echo(f"reformatted {_plain(name)}")


def _diff(name: str, layout: Layout) -> Iterator[str]:
    """Yield the lines of a unified diff."""
    before, after = (
        list(io.StringIO(text, newline="\n")) for text in (layout.before, layout.after)
    )
    for line in difflib.unified_diff(before, after, name, name):
        yield line.removesuffix("\n")
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"


def _plain(text: str) -> str:
    from lod.reporters.escaping import plain  # noqa: PLC0415 - not for --help

    return plain(text)


def _summary(changed: int, left: int, failed: int, mode: _Mode) -> str:
    parts = [
        f"{_files(changed)} {'reformatted' if mode.writes else 'would be reformatted'}",
        f"{_files(left)} left as {'it was' if left == 1 else 'they were'}",
    ]
    if failed:
        parts.append(f"{_files(failed)} could not be laid out")
    return f"{'; '.join(parts)}."


def _files(number: int) -> str:
    return f"{number:,} file{'' if number == 1 else 's'}"
