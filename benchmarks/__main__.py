"""``python -m benchmarks``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from benchmarks import machine
from benchmarks.shacl import section_of
from benchmarks.stage import SIZES, Stage
from benchmarks.table import Outcome, markdown
from benchmarks.works import WORKS


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--size", type=click.Choice(list(SIZES)), default="100k", show_default=True)
@click.option("--only", multiple=True, type=click.Choice(list(WORKS)), help="Run these works.")
@click.option("--quick", is_flag=True, help="Shorter and fewer rounds.")
@click.option("--write", type=click.Path(path_type=Path), metavar="FILE", help="Write the report.")
@click.option("--install", is_flag=True, help="Install the Python peers, and measure nothing.")
def main(
    size: str, only: tuple[str, ...], write: Path | None, *, quick: bool, install: bool
) -> None:
    """Measure lod beside oxigraph, rdflib-endpoint and nginx, and print a table."""
    if install:
        machine.install()
        return
    if missing := machine.missing():
        raise click.ClickException(f"missing: {', '.join(missing)}; see benchmarks/README.md.")
    outcome, stage = Outcome(), Stage(size, quick)
    for name in only or WORKS:
        click.echo(f"benchmarks: {name}", err=True)
        outcome.add(WORKS[name](stage))
    report = markdown(outcome, machine.facts(_without_file(sys.argv[1:])))
    click.echo(report)
    if write is not None:
        kept = section_of(write.read_text("utf-8")) if write.exists() else ""
        write.write_text(report + kept, "utf-8")


def _without_file(arguments: list[str]) -> list[str]:
    """Return the arguments without where the report was written: it is a place of one machine."""
    return [
        each
        for before, each in zip(["", *arguments], arguments, strict=False)
        if before != "--write" and not each.startswith("--write")
    ]


if __name__ == "__main__":
    main(prog_name="python -m benchmarks")
