"""Where findings go: the formats of ``--format``, to standard output or to files."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lod.cli.output import paint, say
from lod.config import Project
from lod.diagnostics import Report
from lod.errors import LodError

if TYPE_CHECKING:
    from lod.dataset import Dataset
    from lod.reporters import Reporting

FORMATS = (
    "full",
    "concise",
    "json",
    "junit",
    "sarif",
    "github",
    "gitlab",
    "markdown",
    "turtle",
)

Command = TypeVar("Command", bound=Callable[..., Any])


class OutputError(LodError):
    """A report that could not be written where it was wanted."""


@dataclass(frozen=True, slots=True)
class Output:
    """A format, and the file it goes to: standard output without one."""

    format: str
    file: Path | None = None
    appends: bool = False


def format_options(command: Command) -> Command:
    """Add ``--format`` and ``--json``."""
    command = click.option(
        "--json", "as_json", is_flag=True, help="The same as --format json: stable keys."
    )(command)
    return click.option(
        "--format",
        "formats",
        multiple=True,
        metavar="NAME[=FILE]",
        help=f"How findings are written: {', '.join(FORMATS)}. May be given more than once, "
        "each but one with a file. In GitHub's CI it is github by itself.",
    )(command)


def outputs_of(
    formats: Sequence[str], environment: Mapping[str, str], *, as_json: bool
) -> tuple[Output, ...]:
    """Return where findings go by the options, and by the CI that runs the command.

    :raises click.UsageError: for a format that is none, or two for standard output.
    """
    given = [*formats, "json"] if as_json else list(formats)
    if not given:
        return _by_environment(environment)
    outputs = tuple(_output(each) for each in given)
    files = [each.file for each in outputs]
    if files.count(None) > 1:
        raise click.UsageError(
            "only one format can go to standard output; give the others a file: sarif=report.sarif"
        )
    if len(set(files)) < len(files):
        raise click.UsageError("two formats go to the same file; name another for one of them.")
    return outputs


def _by_environment(environment: Mapping[str, str]) -> tuple[Output, ...]:
    if environment.get("GITHUB_ACTIONS") != "true":
        return (Output("full"),)
    page = environment.get("GITHUB_STEP_SUMMARY")
    annotations = Output("github")
    return (annotations, Output("markdown", Path(page), appends=True)) if page else (annotations,)


def _output(text: str) -> Output:
    name, _, file = text.partition("=")
    if name not in FORMATS:
        near = difflib.get_close_matches(name, FORMATS, n=1)
        cure = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(FORMATS)}."
        raise click.UsageError(f"unknown format '{name}'. {cure}")
    return Output(name, Path(file) if file else None)


def deliver(report: Report, dataset: Dataset, outputs: Sequence[Output]) -> None:
    """Write a report in each format where it goes, and the summary to standard error.

    :raises OutputError: when a file cannot be written; then nothing is printed.
    """
    from lod.reporters import REPORTERS, summary  # noqa: PLC0415 - not for --help

    reporting = write_files(report, dataset, outputs)
    for output in outputs:
        if output.file is None:
            text = REPORTERS[output.format](report, replace(reporting, paint=paint))
            click.echo(text, nl=False)
    say(summary(report))


def write_files(report: Report, dataset: Dataset, outputs: Sequence[Output]) -> Reporting:
    """Write a report in the formats that go to files, and return what reporters were told.

    :raises OutputError: when a file cannot be written.
    """
    from lod.checks.catalogue import read_catalogue  # noqa: PLC0415 - not for --help
    from lod.reporters import REPORTERS, Reporting, source_of  # noqa: PLC0415

    root = dataset.project.root
    reporting = Reporting(
        dataset.prefixes,
        catalogue=read_catalogue(dataset.lint_rules()),
        source=source_of(root),
        folder=_folder_in_repository(root),
    )
    for output in outputs:
        if output.file is not None:
            _write(output, output.file, REPORTERS[output.format](report, reporting))
    return reporting


def show_findings(report: Report, project: Project, *, as_json: bool = False) -> None:
    """Print findings as text or JSON, and what was looked at to standard error."""
    from lod.dataset import Dataset  # noqa: PLC0415 - not for --help

    deliver(report, Dataset(project, ()), (Output("json" if as_json else "full"),))


def _write(output: Output, file: Path, text: str) -> None:
    try:
        with file.open("ab" if output.appends else "wb") as stream:
            stream.write(text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise OutputError(
            "output/not-written",
            f"The report cannot be written: {error.strerror or error}.",
            place=str(file),
            cure="Make the folder, or name another file.",
        ) from error


def _folder_in_repository(root: Path) -> str:
    """Return the path from the repository's top to a project, as services that show files want."""
    top = next((each for each in (root, *root.parents) if (each / ".git").exists()), root)
    return os.path.relpath(root, top).replace(os.sep, "/")
