"""``lod query``."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lod.cli.findings import show_findings
from lod.cli.options import cache_folder, issued_by_environment, open_project, project_option
from lod.cli.output import progress, say
from lod.errors import QueryError

if TYPE_CHECKING:
    from lod.engine.operation import QueryOperation

_EXTENSIONS = {
    "json": "json",
    "xml": "xml",
    "csv": "csv",
    "tsv": "tsv",
    "turtle": "ttl",
    "ntriples": "nt",
    "jsonld": "jsonld",
    "rdfxml": "rdf",
}


@click.command()
@click.argument("query", metavar="QUERY|FILE.rq|-")
@project_option
@click.option(
    "--format",
    "name",
    type=click.Choice(["table", *_EXTENSIONS]),
    default="table",
    show_default=True,
    help="How to print the answer.",
)
def query(query: str, folder: Path, name: str) -> int:
    """Answer a SPARQL query over the project folder, as the endpoint would.

    The project's prefixes need not be declared.

    \b
    Examples:
      lod query "SELECT ?class (COUNT(*) AS ?n) WHERE { ?s a ?class } GROUP BY ?class"
      lod query members.rq --format csv
      echo "ASK { ?s ?p ?o }" | lod query -
    """
    from lod import pipeline  # noqa: PLC0415 - loaded when used: --help stays light
    from lod.cli.table import render  # noqa: PLC0415
    from lod.engine.guard import inspect  # noqa: PLC0415
    from lod.engine.request import TABLE  # noqa: PLC0415
    from lod.rdf.prefixes import Prefixes  # noqa: PLC0415
    from lod.sparql import read_table  # noqa: PLC0415

    project = open_project(folder)
    prefixes = Prefixes(project.prefixes)
    operation = inspect(_text(query), project.limits, prefixes, declare=True)
    extension = TABLE if name == TABLE else _fitting(operation, name)
    try:
        with pipeline.asked(
            project, cache_folder(project), issued=issued_by_environment(), progress=progress()
        ) as engine:
            answer = engine.query(operation, extension, most_rows=sys.maxsize)
            if extension == TABLE:
                width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
                click.echo(render(read_table(answer), prefixes.shorten, width), nl=False)
            else:
                sys.stdout.buffer.writelines(answer)
                sys.stdout.buffer.flush()
    except pipeline.CheckFailedError as error:
        show_findings(error.report, project)
        say("lod: the files cannot be read, so nothing was asked.")
        return 1
    return 0


def _fitting(operation: QueryOperation, name: str) -> str:
    """Return the extension of a format, which must fit the form of the query."""
    from lod.sparql import formats_for  # noqa: PLC0415 - loaded when used: --help stays light

    offered = [each.extension for each in formats_for(operation.form)]
    if _EXTENSIONS[name] in offered:
        return _EXTENSIONS[name]
    fit = [each for each, extension in _EXTENSIONS.items() if extension in offered]
    raise QueryError(
        "query/format",
        f"{operation.form.value} cannot be answered as {name}.",
        cure=f"Choose one of: table, {', '.join(fit)}.",
    )


def _is_file(query: str) -> bool:
    try:
        return Path(query).is_file()
    except (OSError, ValueError):  # no file is called like this
        return False


def _text(query: str) -> str:
    """Return the text of a query given as itself, as a file's name or by standard input."""
    if query == "-":
        try:
            return sys.stdin.buffer.read().decode("utf-8")
        except UnicodeDecodeError as error:
            raise QueryError("query/file", f"standard input is not UTF-8: {error}.") from error
    if query.endswith((".rq", ".sparql")) or _is_file(query):
        try:
            return Path(query).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise QueryError("query/file", f"{query} cannot be read: {reason}.") from error
    return query
