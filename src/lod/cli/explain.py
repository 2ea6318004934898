"""``lod explain``."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lod.cli.options import json_option, project_option
from lod.cli.output import say
from lod.config import FILE_NAME
from lod.errors import LodError, ProjectError

if TYPE_CHECKING:
    from lod.checks.catalogue import Catalogue, Rule


@click.command()
@click.argument("code", required=False)
@project_option
@json_option
def explain(code: str | None, folder: Path, *, as_json: bool) -> int:
    """Say what a finding means, why it matters and how it is mended.

    Without a CODE all codes are listed, those of the project's own rules among them.

    \b
    Examples:
      lod explain
      lod explain shacl/min-count
    """
    catalogue = _catalogue(folder)
    if code is None:
        _list(catalogue, as_json=as_json)
        return 0
    rule = catalogue.get(code)
    if rule is None:
        near = catalogue.near(code)
        raise ProjectError(
            "explain/unknown-code",
            f"No finding has the code {code}.",
            cure=f"Did you mean {near}?" if near else "'lod explain' lists all codes.",
        )
    _tell(rule, as_json=as_json)
    return 0


def _catalogue(folder: Path) -> Catalogue:
    """Return all rules; those of a project that cannot be read are left out, and that is said."""
    from lod.checks.catalogue import read_catalogue  # noqa: PLC0415 - not for --help

    try:
        return read_catalogue(_own(folder))
    except LodError as error:
        say(f"lod: {error}")
        say("lod: the project's own rules are left out.")
        return read_catalogue()


def _own(folder: Path) -> tuple[tuple[str, Path], ...]:
    """Return the project's own rules; outside of a project there are none."""
    from lod.cli.options import open_project  # noqa: PLC0415
    from lod.dataset.files import query_files  # noqa: PLC0415

    if not (folder / FILE_NAME).is_file():
        return ()
    project = open_project(folder)
    return query_files(project, project.paths.lint)


def _list(catalogue: Catalogue, *, as_json: bool) -> None:
    if as_json:
        _echo_json(
            [{"code": each.code, "severity": each.severity, "why": each.why} for each in catalogue]
        )
        return
    for rule in catalogue:
        click.echo(f"{rule.code}  {rule.severity.value}\n    {rule.why}")


def _tell(rule: Rule, *, as_json: bool) -> None:
    from lod.checks.pages import explanation  # noqa: PLC0415 - not for --help

    if as_json:
        _echo_json(asdict(rule))
    else:
        click.echo(explanation(rule), nl=False)


def _echo_json(content: object) -> None:
    """Print JSON; severities and roles are what they are called."""
    text = json.dumps(content, default=lambda each: each.value, ensure_ascii=False, indent=1)
    click.echo(text)
