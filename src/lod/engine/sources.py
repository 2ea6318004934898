"""What the engine loads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sources:
    """Files of a dataset.

    :param files: N-Triples for the default graph and N-Quads for the named ones; a blank node
        label means the same node in all of them.
    :param catalog: Turtle that becomes the graph ``catalog_graph``.
    """

    files: Sequence[Path]
    catalog: Path | None = None
    catalog_graph: str = ""
