"""How long the two SHACL engines take for the same data and shapes, each as a process of its own.

``python -m benchmarks.shacl --size 100k`` measures; ``--write FILE`` puts the table between the
marks of a document.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import click
from pyoxigraph import RdfFormat, parse

from benchmarks.agreements import SHAPES, lines
from benchmarks.table import Row, at_most, no_more, results_table

SIZES = {"10k": (10_000, 8), "100k": (100_000, 20), "1M": (1_000_000, 30)}
"""Triples, and how many times less processor time than pySHACL is required."""
MOST_MB = 1500
START, END = "<!-- shacl: begin -->", "<!-- shacl: end -->"

_RUN = """\
import hashlib, json, sys
from pathlib import Path
from lod.checks.shacl.engines import shapes_engine
data, shapes = (Path(each).read_bytes() for each in sys.argv[2:])
results = shapes_engine(sys.argv[1]).validate(data, shapes)
rows = sorted(
    json.dumps([r.focus, r.path, r.value, r.component, r.severity, r.shape]) for r in results
)
digest = hashlib.sha256("\\n".join(rows).encode()).hexdigest()
print(json.dumps({"results": len(rows), "digest": digest}))
"""


def measured(engine: str, data: Path, shapes: Path) -> dict[str, float | int | str]:
    """Return what one run of an engine, from the start of Python to its end, used and found."""
    start = time.perf_counter()
    command = [sys.executable, "-c", _RUN, engine, str(data), str(shapes)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        answer = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise click.ClickException(f"{engine} failed.")
    return {
        **json.loads(answer),
        "cpu": usage.ru_utime + usage.ru_stime,
        "wall": time.perf_counter() - start,
        "mb": usage.ru_maxrss / 1024,
    }


def compared(size: str, rounds: int) -> list[Row]:
    """Return the rows of one size, the best of some rounds.

    :raises ClickException: when the engines do not find the same.
    """
    triples, least = SIZES[size]
    with tempfile.TemporaryDirectory() as folder:
        data, shapes = Path(folder) / "data.nt", Path(folder) / "shapes.nt"
        with data.open("w", encoding="utf-8") as file:
            count = sum(1 for line in lines(triples) if file.write(line))
        quads = parse(SHAPES.encode(), format=RdfFormat.TURTLE)
        shapes.write_text("".join(f"{quad.triple} .\n" for quad in quads), "utf-8")
        own = [measured("compiled", data, shapes) for _ in range(rounds)]
        other = [measured("pyshacl", data, shapes) for _ in range(1 if size == "1M" else rounds)]
    found = {(run["results"], run["digest"]) for run in (*own, *other)}
    if len(found) != 1:
        raise click.ClickException(f"The engines find {found}.")
    ((results, _),) = found
    name = f"shapes, {size} ({count:,} triples, {results:,} results)"
    best, peer = (min(runs, key=lambda run: run["cpu"]) for runs in (own, other))
    return [
        Row(
            name, "CPU", "s", float(best["cpu"]), float(peer["cpu"]), "pySHACL", at_most(1 / least)
        ),
        Row(name, "memory", "MB", float(best["mb"]), None, "", no_more(MOST_MB)),
    ]


@click.command()
@click.option("--size", "sizes", multiple=True, type=click.Choice(list(SIZES)), default=["10k"])
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True)
@click.option("--write", type=click.Path(path_type=Path), metavar="FILE")
def main(sizes: tuple[str, ...], rounds: int, write: Path | None) -> None:
    """Measure both engines, and write the table into a document if one is named."""
    rows = [row for size in sizes for row in compared(size, rounds)]
    section = "\n\n".join([*_words(sizes), results_table(rows)])
    click.echo(section)
    if write is not None:
        write.write_text(with_section(write.read_text("utf-8"), section), "utf-8")


def _words(sizes: tuple[str, ...]) -> list[str]:
    command = " ".join(["python -m benchmarks.shacl", *(f"--size {size}" for size in sizes)])
    versions = ", ".join(f"{name} {version(name)}" for name in ("lod-toolkit", "pyshacl", "rdflib"))
    return [
        "## SHACL",
        "Both engines read the same N-Triples, each in a process of its own; the figures are of "
        "the whole process, from the start of Python on, and the results are the same.\n"
        "The data are agreements of which one in a hundred has a slip, the shapes "
        "`benchmarks/agreements.py` has.",
        f"- command: `{command}`\n- {versions}, Python {platform.python_version()}",
    ]


def with_section(document: str, section: str) -> str:
    """Return a document with the section between its marks, which are put at its end if missing."""
    before, _, rest = document.partition(START)
    _, _, after = rest.partition(END)
    return f"{before.rstrip()}\n\n{START}\n\n{section}\n\n{END}\n{after.lstrip()}"


def section_of(document: str) -> str:
    """Return the section of a document with its marks, nothing where it has none."""
    start, end = document.find(START), document.find(END)
    return "" if start < 0 or end < 0 else f"\n{document[start : end + len(END)]}\n"


if __name__ == "__main__":
    main()
