"""``lod check`` and ``lod lint``."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lod.cli.findings import Output, deliver, format_options, outputs_of
from lod.cli.options import cache_folder, open_project, project_option
from lod.cli.output import progress
from lod.diagnostics import Report, Severity

if TYPE_CHECKING:
    from lod.checks.shacl.engines import EngineName, Inference
    from lod.dataset import Dataset

Command = TypeVar("Command", bound=Callable[..., Any])

_LEVELS = {
    "error": {Severity.ERROR},
    "warning": {Severity.ERROR, Severity.WARNING},
    "info": set(Severity),
    "never": set(),
}


@dataclass(frozen=True, slots=True)
class Order:
    """What a person asked of a check, as the options say it."""

    folder: Path = Path()
    files: tuple[Path, ...] = ()
    data: tuple[Path, ...] = ()
    shapes: tuple[Path, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    since: str | None = None
    baseline: Path | None = None
    inference: Inference = "none"
    engine: EngineName | None = None
    cross_check: bool = False
    outputs: tuple[Output, ...] = field(default=(Output("full"),))
    fail_on: str = "error"

    def code(self, report: Report) -> int:
        """Return what a command exits with after this report."""
        return int(any(each.severity in _LEVELS[self.fail_on] for each in report.findings))

    def dataset(self) -> Dataset:
        """Return what is to be checked.

        :raises LodError: when there is no project, or no such files.
        """
        from lod.dataset import loose_dataset, open_dataset  # noqa: PLC0415 - not for --help

        if not (self.data or self.shapes):
            return open_dataset(open_project(self.folder))
        if not self.data:
            raise click.UsageError("--shapes needs --data: the files to check against them.")
        if self.since is not None:
            raise click.UsageError("--since needs a project: leave out --data.")
        return loose_dataset(self.data, self.shapes)

    def run(self, dataset: Dataset, tell: Callable[[str], None]) -> Report:
        """Return what is wrong.

        :raises LodError: when the check could not run.
        """
        from lod.checks.check import Codes  # noqa: PLC0415
        from lod.checks.scope import Scope, check_within  # noqa: PLC0415
        from lod.checks.shacl.engines import shapes_engine  # noqa: PLC0415

        if self.inference != "none" and (self.engine == "compiled" or self.cross_check):
            raise click.UsageError("--inference is pySHACL's: it goes with --engine pyshacl alone.")
        codes = Codes(parts(self.select), parts(self.ignore))
        scope = Scope(codes, self.files, self.since, self.baseline, os.environ)
        cache = cache_folder(dataset.project)
        engine = shapes_engine(
            self.engine or ("compiled" if self.inference == "none" else "pyshacl"),
            inference=self.inference,
            cache=cache,
            cross_check=self.cross_check,
        )
        return check_within(replace(dataset, cache=cache), engine, tell, scope)


def selecting(command: Command) -> Command:
    """Add the options about which findings are told, and how a run ends."""
    for option in (
        click.option(
            "--fail-on",
            type=click.Choice(list(_LEVELS)),
            default="error",
            show_default=True,
            help="The least severity that makes the command exit with 1.",
        ),
        click.option(
            "--ignore",
            multiple=True,
            metavar="CODE",
            help="Leave these findings out: see --select.",
        ),
        click.option(
            "--select",
            multiple=True,
            metavar="CODE",
            help="Look for these findings only: lint/label-missing, or a whole area such as lint. "
            "Several with commas.",
        ),
    ):
        command = option(command)
    return command


def repairing(command: Command) -> Command:
    """Add ``--fix`` and ``--diff``."""
    command = click.option(
        "--diff", "only_diff", is_flag=True, help="Show what --fix would change; write nothing."
    )(command)
    return click.option("--fix", is_flag=True, help="Make the repairs that are safe.")(command)


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE|DIR]...")
@project_option
@click.option(
    "--data",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Check this file or folder, in any RDF format, without a project. May be repeated.",
)
@click.option(
    "--shapes",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The shapes for --data. May be repeated.",
)
@format_options
@selecting
@click.option(
    "--since",
    metavar="REV",
    help="Only findings that the changes since a git revision touch or cause.",
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Accept the findings in this file; an entry that is mended is a finding.",
)
@click.option(
    "--write-baseline",
    is_flag=True,
    help="Write the findings to the --baseline FILE; one that exists only becomes shorter.",
)
@repairing
@click.option("--watch", is_flag=True, help="Check again on each save, and tell what changed.")
@click.option(
    "--inference",
    type=click.Choice(["none", "rdfs", "owlrl", "both"]),
    default="none",
    show_default=True,
    help="What to conclude from the data before shapes are checked; pySHACL does that.",
)
@click.option(
    "--engine",
    type=click.Choice(["compiled", "pyshacl"]),
    help="What checks shapes: the toolkit's own engine, if left out, or the reference.",
)
@click.option(
    "--cross-check",
    is_flag=True,
    help="Check shapes with both engines; what they differ in is a finding.",
)
def check(  # noqa: PLR0917
    files: tuple[Path, ...],
    folder: Path,
    data: tuple[Path, ...],
    shapes: tuple[Path, ...],
    formats: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    since: str | None,
    baseline: Path | None,
    inference: Inference,
    engine: EngineName | None,
    *,
    cross_check: bool,
    as_json: bool,
    write_baseline: bool,
    fix: bool,
    only_diff: bool,
    watch: bool,
) -> int:
    """Find what is wrong with a project: syntax errors, lint findings and broken shapes.

    With FILEs only findings about these are told; the whole project is their context.
    'lod explain CODE' says more about a finding.

    Exits with 0 when nothing must be mended, 1 when there are errors, 2 when it could not run.

    \b
    Examples:
      lod check
      lod check data/partners.ttl --fail-on warning
      lod check --since v1.0 --format sarif=report.sarif --format full
      lod check --data people.jsonld --shapes shapes.ttl
    """
    order = Order(
        folder,
        files,
        data,
        shapes,
        select,
        ignore,
        since,
        baseline,
        inference,
        engine,
        cross_check,
        outputs_of(formats, os.environ, as_json=as_json),
        fail_on,
    )
    if write_baseline or watch:
        if fix or only_diff:
            raise click.UsageError("--fix and --diff go with neither --watch nor --write-baseline.")
        return _written(order) if write_baseline else _watched(order)
    return check_once(order, fix=fix, only_diff=only_diff)


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE|DIR]...")
@project_option
@format_options
@selecting
@repairing
def lint(
    files: tuple[Path, ...],
    folder: Path,
    formats: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    *,
    as_json: bool,
    fix: bool,
    only_diff: bool,
) -> int:
    """Find what is wrong with a project's files, without checking data against shapes.

    This is 'lod check' without its slowest part, and repairs the same.

    Exits with 0 when nothing must be mended, 1 when there are errors, 2 when it could not run.

    \b
    Examples:
      lod lint
      lod lint --fix
      lod lint --select lint/label-missing --fail-on warning
    """
    if any(code.partition("/")[0] == "shacl" for code in parts(select)):
        raise click.UsageError("'lod lint' leaves shapes aside; 'lod check' looks for these codes.")
    order = Order(
        folder,
        files,
        select=select,
        ignore=(*ignore, "shacl"),
        outputs=outputs_of(formats, os.environ, as_json=as_json),
        fail_on=fail_on,
    )
    return check_once(order, fix=fix, only_diff=only_diff)


def _written(order: Order) -> int:
    from lod.cli.baseline import write  # noqa: PLC0415 - not for --help

    return write(order)


def _watched(order: Order) -> int:
    from lod.cli.watching import check_again_and_again  # noqa: PLC0415

    return check_again_and_again(order)


def check_once(order: Order, *, fix: bool, only_diff: bool) -> int:
    """Check, repair if that is wanted, tell the findings, and return the exit code."""
    dataset = order.dataset()
    if only_diff or fix:
        from lod.cli.repairing import Repairs  # noqa: PLC0415

        repairs = Repairs(dataset)
        report = order.run(dataset, progress())
        if only_diff:
            return repairs.show(report)
        if repairs.make(report):
            report = order.run(dataset, progress())
    else:
        report = order.run(dataset, progress())
    deliver(report, dataset, order.outputs)
    return order.code(report)


def parts(given: tuple[str, ...]) -> tuple[str, ...]:
    """Return the codes in options that may hold several with commas."""
    return tuple(code.strip() for each in given for code in each.split(",") if code.strip())
