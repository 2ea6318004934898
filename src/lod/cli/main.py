"""The command ``lod``; each command's own module is loaded only when it is used."""

from __future__ import annotations

import difflib
import importlib
import os
import signal
import sys
from collections.abc import Mapping
from typing import Any

import click

from lod import __version__
from lod.cli.output import drop, say
from lod.errors import LodError

CLEAN, FINDINGS, COULD_NOT_RUN, INTERRUPTED = 0, 1, 2, 130

_COMMANDS: Mapping[str, tuple[str, str]] = {
    "check": ("lod.cli.check:check", "Find what is wrong, with file and line."),
    "lint": ("lod.cli.check:lint", "Find what is wrong with files, shapes left aside."),
    "explain": ("lod.cli.explain:explain", "Say what a finding means and how it is mended."),
    "format": ("lod.cli.format:format_", "Lay out Turtle files, comments kept."),
    "build": ("lod.cli.build:build", "Compile the project into an immutable release."),
    "query": ("lod.cli.query:query", "Answer a SPARQL query over the project."),
    "serve": ("lod.cli.serve:serve", "Serve pages, data and SPARQL."),
    "doctor": ("lod.cli.doctor:doctor", "Say what is wrong with a deployment."),
}


class _Commands(click.Group):
    """Knows the commands by name, and loads one when it is run or helped with."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], _COMMANDS, n=1)
            cure = f"Did you mean '{near[0]}'?" if near else f"Known: {', '.join(_COMMANDS)}."
            raise click.UsageError(f"unknown command '{args[0]}'. {cure}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            drop(sys.stdout)  # whoever read it has enough
            return CLEAN

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in _COMMANDS.items()])


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="lod", message="%(prog)s %(version)s")
def main() -> None:
    """Publish a linked dataset from Turtle files.

    Run 'lod COMMAND --help' for examples.
    """


def run(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: 0 clean, 1 findings, 2 could not run, 130 interrupted."""
    # A service that stops us must leave no rubbish and no process behind either.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        code: Any = main.main(arguments, prog_name="lod", standalone_mode=False)
    except LodError as error:
        say(f"lod: {error}")
        code = COULD_NOT_RUN
    except click.ClickException as error:
        is_help = error.format_message().startswith("Usage: ")
        say(f"{'' if is_help else 'lod: '}{error.format_message()}")
        code = COULD_NOT_RUN
    except (KeyboardInterrupt, click.Abort):
        say("lod: interrupted")
        code = INTERRUPTED
    except Exception as error:
        if os.environ.get("LOD_DEBUG"):
            raise
        say(f"lod: internal: {type(error).__name__}: {error}. LOD_DEBUG=1 shows where.")
        code = COULD_NOT_RUN
    sys.exit(code if isinstance(code, int) else CLEAN)
