"""``lod serve``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import click

from lod.cli.findings import show_findings
from lod.cli.options import cache_folder, issued_by_environment, open_project
from lod.cli.output import progress, say
from lod.config import FILE_NAME, Limits, Project, Server, read_settings
from lod.errors import ConfigError
from lod.web.settings import Log, Settings


@dataclass(frozen=True, slots=True)
class _Options:
    host: str | None
    port: int | None
    processes: int | None
    address: str | None


@click.command()
@click.argument("source", type=click.Path(path_type=Path), default=Path(), metavar="[DIR]")
@click.option("--host", metavar="ADDRESS", help="Address to listen on  [default: 127.0.0.1]")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="PORT",
    help="0 picks a free one  [default: 8000]",
)
@click.option("--processes", type=click.IntRange(1, 64), metavar="N", help="Processes that answer.")
@click.option("--address", metavar="URL", help="The public address, behind a proxy.")
@click.option(
    "--settings",
    "settings_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="[limits] and [server] for a release; a project has them in lod.toml.",
)
@click.option("--watch/--no-watch", default=None, help="Reload on save; on for a project folder.")
@click.option("--log/--no-log", default=None, help="One line a request; on with --watch.")
@click.option("--log-json", is_flag=True, help="One line of JSON a request.")
def serve(
    source: Path,
    host: str | None,
    port: int | None,
    processes: int | None,
    address: str | None,
    settings_file: Path | None,
    *,
    watch: bool | None,
    log: bool | None,
    log_json: bool,
) -> int:
    """Serve pages, data and SPARQL for a project folder or a release.

    A project folder is checked and compiled first (an unchanged one starts at once) and reloaded
    when a file is saved; with errors, the last good state goes on being served. Of a folder of
    releases the latest is served, and a later one as soon as it is there.

    \b
    Examples:
      lod serve
      lod serve --port 0
      lod serve build/latest --host 0.0.0.0 --address https://data.example/
    """
    from lod.release import find_release  # noqa: PLC0415 - loaded when used: --help stays light

    found = find_release(source)
    project = None if found else open_project(source)
    limits, server = _configured(project, settings_file)
    server = _server(server, _Options(host, port, processes, address))
    if project is None and found is not None:
        return _serve_release(source, Settings(limits, server, log=_log(log, as_json=log_json)))
    assert project is not None  # noqa: S101 - it was opened when no release was found
    is_watched = watch is not False
    settings = Settings(
        limits,
        server,
        max_age=0 if is_watched else 300,
        log=_log(log is not False, as_json=log_json),
    )
    return _serve_project(project, settings, is_watched=is_watched)


def _log(wanted: bool | None, *, as_json: bool) -> Log:
    if as_json:
        return Log.JSON
    return Log.TEXT if wanted else Log.NONE


def _configured(project: Project | None, settings_file: Path | None) -> tuple[Limits, Server]:
    if settings_file is not None:
        return read_settings(settings_file)
    return (project.limits, project.server) if project else (Limits(), Server())


def _server(server: Server, options: _Options) -> Server:
    """Return the ``[server]`` settings with what the command line says instead."""
    is_own = options.address is None
    server = replace(
        server,
        host=options.host or server.host,
        port=server.port if options.port is None else options.port,
        processes=options.processes or server.processes,
        address=options.address or server.address,
    )
    if server.address is not None and not server.address.startswith(("http://", "https://")):
        raise ConfigError(
            "config/wrong-value",
            f"the public address {server.address} must start with http:// or https://.",
            place=FILE_NAME if is_own else None,
        )
    return server


def _serve_release(place: Path, settings: Settings) -> int:
    from lod.release import find_release, open_release  # noqa: PLC0415
    from lod.web.following import Follower  # noqa: PLC0415
    from lod.web.server import Running  # noqa: PLC0415

    folder = find_release(place) or place
    with Running(open_release(folder), settings, say) as running:
        running.serve("Ctrl+C stops", [Follower(place, running.publish, say)])
    return 0


def _serve_project(project: Project, settings: Settings, *, is_watched: bool) -> int:
    from lod import pipeline  # noqa: PLC0415
    from lod.web.server import Running  # noqa: PLC0415

    cache, issued = cache_folder(project), issued_by_environment()
    try:
        release = pipeline.compile_cached(project, cache, issued=issued, progress=progress())
    except pipeline.CheckFailedError as error:
        show_findings(error.report, project)
        say("lod: nothing is served: the project has errors.")
        return 1
    with Running(release, settings, say) as running:
        if not is_watched:
            running.serve("Ctrl+C stops")
            return 0
        from lod.web.watch import Watcher  # noqa: PLC0415

        watcher = Watcher(project, cache, issued, running.publish, say)
        running.serve("Ctrl+C stops; reloads on save", [watcher])
    return 0
