"""``lod build``."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path

import click

from lod.cli.findings import show_findings
from lod.cli.options import issued_by_environment, json_option, open_project, project_option
from lod.cli.output import progress, say


@click.command()
@project_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The folder of releases; build/ in the project if left out.",
)
@json_option
def build(folder: Path, out: Path | None, *, as_json: bool) -> int:
    """Check a project and compile it into an immutable release.

    The release is a folder named by version and digest; 'latest' beside it points to it.
    The same sources give the same bytes. Errors stop the build and leave what was there.

    \b
    Examples:
      lod build
      lod build --out /srv/releases
      lod serve build/latest
    """
    from lod import pipeline  # noqa: PLC0415 - loaded when used: --help stays light

    started = time.monotonic()
    project = open_project(folder)
    where = project.root / "build" if out is None else out
    try:
        release = pipeline.build(
            project, where, issued=issued_by_environment(), progress=progress()
        )
    except pipeline.CheckFailedError as error:
        show_findings(error.report, project, as_json=as_json)
        say(f"lod: {error}")
        return 1
    manifest = release.manifest
    if as_json:
        content = {"folder": str(release.folder), **asdict(manifest)}
        click.echo(json.dumps(content, ensure_ascii=False, indent=1))
    else:
        seconds = time.monotonic() - started
        click.echo(
            f"{where / manifest.folder_name}: {manifest.counts['triples']:,} triples, "
            f"{len(release.dumps)} dumps; {seconds:.1f} s"
        )
    return 0
