"""The reference engine: pySHACL, in a limited process without network or files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from lod.checks.shapes import Result
from lod.errors import ProcessError, ProjectError
from lod.process import run_limited

_SEPARATOR = b"\0"


@dataclass(frozen=True, slots=True)
class PySHACL:
    """Runs pySHACL; ``seconds`` and ``memory_mb`` bound one validation."""

    seconds: int = 3600
    memory_mb: int = 8192
    name: str = "pyshacl"

    def validate(self, data: bytes, shapes: bytes) -> Sequence[Result]:
        """Return the results of N-Triples data against N-Triples shapes.

        :raises ProcessError: when pySHACL does not end or breaks.
        :raises ProjectError: when the shapes are no shapes.
        """
        answer = json.loads(
            run_limited(
                "lod.checks.pyshacl_child:validate",
                data + _SEPARATOR + shapes,
                seconds=self.seconds,
                memory_mb=self.memory_mb,
            )
        )
        if "refused" in answer:
            raise ProjectError(
                "shacl/shapes",
                f"The shapes cannot be used: {answer['refused']}",
                cure="Mend the shapes; SHACL's own shapes (W3C, SHACL §C) say what is wrong.",
            )
        if "failed" in answer:
            raise ProcessError("shacl/failed", f"pySHACL failed: {answer['failed']}")
        return [Result(**each) for each in answer["results"]]
