"""Write the dumps: sorted, the same bytes each time, never held in memory."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from pyoxigraph import RdfFormat, Triple, parse, serialize

from lod.rdf.prefixes import Prefixes
from lod.rdf.rdfxml import NotWritableError, checked, usable_prefixes
from lod.rdf.turtle import Statements, TurtleWriter, header
from lod.release.staging import Statement
from lod.release.trig import TrigParts

MOST_FOR_TURTLE = 5_000_000
"""Above so many triples nobody opens a dump in an editor: N-Triples and N-Quads do."""

_LEVEL = 6
"""Of zlib; the highest takes thrice the time to be three parts in a hundred smaller."""


class SubjectDumps:
    """The dumps that are written subject by subject: N-Triples, N-Quads, Turtle, TriG.

    As a context manager it opens and closes the files; Turtle and TriG are left out when there is
    too much for them.

    :param nested: the blank nodes Turtle writes inside their user.
    :param parts: takes what becomes TriG.
    """

    def __init__(
        self,
        folder: Path,
        name: str,
        prefixes: Prefixes,
        nested: Mapping[str, Statements],
        parts: TrigParts,
    ) -> None:
        self.n_triples = folder / f"{name}.nt"
        self.n_quads = folder / f"{name}.nq"
        self.turtle = folder / f"{name}.ttl"
        self.trig = folder / f"{name}.trig"
        self.triples = 0
        self.quads = 0
        self._writer = TurtleWriter(prefixes, nested=nested)
        self._parts = parts
        self._prefixes = prefixes
        self._open = ExitStack()

    def __enter__(self) -> SubjectDumps:
        self._nt: IO[bytes] = self._open.enter_context(self.n_triples.open("wb"))
        self._nq: IO[bytes] = self._open.enter_context(self.n_quads.open("wb"))
        self._ttl: IO[bytes] = self._open.enter_context(self.turtle.open("wb"))
        self._ttl.write(header(self._prefixes).encode())
        return self

    def __exit__(self, *failure: object) -> None:
        self._open.close()
        if any(failure):
            return
        if self._is_small:
            self._parts.write(self.trig)
        else:
            self.turtle.unlink()

    @property
    def _is_small(self) -> bool:
        return self.triples <= MOST_FOR_TURTLE

    def add(self, subject: str, statements: Sequence[Statement], quads: bytes) -> None:
        """Write the statements of one subject.

        :param quads: the same as N-Quads.
        """
        self._nq.write(quads)
        self.quads += sum(len(each.held.graphs) for each in statements)
        rows = [each[:2] for each in statements if each.held.in_default_graph]
        text = "".join(f"{subject} {predicate} {value} .\n" for predicate, value in rows)
        self._nt.write(text.encode())
        self.triples += len(rows)
        if self._is_small:
            blocks = self._writer.block(subject, rows) if rows else []
            for block in blocks:
                self._ttl.write(f"\n{block}".encode())
            self._parts.add(subject, statements, blocks)


def write_rdfxml(n_triples: Path, path: Path, prefixes: Mapping[str, str]) -> None:
    """Write RDF/XML from N-Triples.

    :raises NotWritableError: when RDF/XML cannot say it; the file is then gone.
    """
    try:
        _convert(n_triples, path, RdfFormat.RDF_XML, prefixes)
    except NotWritableError:
        path.unlink(missing_ok=True)
        raise


def write_jsonld(n_triples: Path, path: Path, prefixes: Mapping[str, str]) -> None:
    """Write JSON-LD from N-Triples, streamed and therefore not compacted."""
    _convert(n_triples, path, RdfFormat.JSON_LD, prefixes)


def _convert(n_triples: Path, path: Path, target: RdfFormat, prefixes: Mapping[str, str]) -> None:
    with n_triples.open("rb") as source, path.open("wb") as stream:
        triples: Iterable[Triple] = (
            quad.triple for quad in parse(source, format=RdfFormat.N_TRIPLES, lenient=True)
        )
        if target == RdfFormat.RDF_XML:
            triples, prefixes = checked(triples), usable_prefixes(prefixes)
        serialize(triples, stream, target, prefixes={**prefixes})


def compress(paths: Iterable[Path]) -> None:
    """Write ``….gz`` beside each file, without name or time in its header."""

    def one(path: Path) -> None:
        with (
            path.open("rb") as source,
            path.with_name(f"{path.name}.gz").open("wb") as target,
            gzip.GzipFile("", "wb", _LEVEL, target, mtime=0) as packed,
        ):
            shutil.copyfileobj(source, packed, 1 << 20)

    with ThreadPoolExecutor(max_workers=2) as pool:  # zlib works outside the interpreter's lock
        for _ in pool.map(one, paths):
            pass
