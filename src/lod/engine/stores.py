"""What the engine answers from: the whole dataset, and its default graph alone.

Most queries name no graph. Where the same triples are in named graphs, too, the engine passes over
these again and again: over the default graph alone such queries take up to a third less time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import RawIOBase
from pathlib import Path
from typing import BinaryIO, cast

from pyoxigraph import NamedNode, RdfFormat, Store, parse


@dataclass(frozen=True, slots=True)
class Stores:
    """Two stores in memory whose default graphs are the same.

    :ivar whole: with the named graphs.
    :ivar default: without them.
    """

    whole: Store
    default: Store


def load(files: Sequence[Path], catalog: Path | None, catalog_graph: str) -> Stores:
    """Return the stores.

    :param files: N-Triples for the default graph and N-Quads for the named ones; a blank node
        label means the same node in all of them.
    :param catalog: Turtle that becomes the graph ``catalog_graph``.
    """
    whole = _loaded(files)
    if catalog is not None:
        whole.bulk_load(path=catalog, format=RdfFormat.TURTLE, to_graph=NamedNode(catalog_graph))
    if not any(True for _ in whole.named_graphs()):
        return Stores(whole, whole)
    return Stores(whole, _loaded([file for file in files if file.suffix == ".nt"]))


def _loaded(files: Sequence[Path]) -> Store:
    store = Store()
    with _Joined(files) as stream:
        store.bulk_extend(parse(cast(BinaryIO, stream), format=RdfFormat.N_QUADS, lenient=True))
    return store


class _Joined(RawIOBase):
    """Files read one after another, as one stream."""

    def __init__(self, files: Sequence[Path]) -> None:
        super().__init__()
        self._streams = [file.open("rb") for file in files]
        self._current = 0

    def read(self, size: int = -1) -> bytes:
        while self._current < len(self._streams):
            data = self._streams[self._current].read(size)
            if data:
                return data
            self._current += 1
        return b""

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        for stream in self._streams:
            stream.close()
        super().close()
