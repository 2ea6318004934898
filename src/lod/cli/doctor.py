"""``lod doctor``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lod.cli.options import json_option
from lod.config import Limits, Server, read_settings

if TYPE_CHECKING:
    from lod.doctor import Remark


@click.command()
@click.argument("what", required=False, metavar="[URL|RELEASE]")
@click.option(
    "--settings",
    "settings_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="[limits] and [server] of the deployment, lod.toml for one.",
)
@json_option
def doctor(what: str | None, settings_file: Path | None, *, as_json: bool) -> int:
    """Say what is wrong with a deployment.

    Without URL or RELEASE it looks at this machine; a RELEASE is read whole as well; a URL is
    asked as clients ask, so that a proxy in between shows what it takes away.

    \b
    Examples:
      lod doctor
      lod doctor build/latest --settings lod.toml
      lod doctor https://data.example/
    """
    limits, server = read_settings(settings_file) if settings_file else (Limits(), Server())
    return _show(_remarks(what, limits, server), as_json=as_json)


def _remarks(what: str | None, limits: Limits, server: Server) -> Iterator[Remark]:
    from lod.doctor import look_at_machine, look_at_release, look_at_site  # noqa: PLC0415

    if what is not None and what.startswith(("http://", "https://")):
        return look_at_site(what)
    machine = look_at_machine(limits, server)
    return machine if what is None else chain(machine, look_at_release(Path(what)))


def _show(remarks: Iterator[Remark], *, as_json: bool) -> int:
    found = []
    for each in remarks:
        found.append(each)
        if not as_json:
            click.echo(f"{'ok   ' if each.is_well else 'wrong'}  {each.what}")
            if not each.is_well:
                click.echo(f"       {each.cure}")
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found], indent=1, ensure_ascii=False))
    return int(not all(each.is_well for each in found))
