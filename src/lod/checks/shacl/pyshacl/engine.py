"""The reference engine: pySHACL, in a limited process without network or files."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from lod.checks.shacl.approvals import Approvals
from lod.checks.shacl.engines import Inference
from lod.checks.shacl.refusals import at, ill_formed, unusable
from lod.checks.shacl.results import Result, ShapesRefusedError
from lod.errors import ProcessError
from lod.process import run_limited

_SEPARATOR = b"\0"


@dataclass(frozen=True, slots=True)
class PySHACL:
    """Runs pySHACL; ``seconds`` and ``memory_mb`` bound one validation.

    :param inference: what to conclude from the data before it is checked.
    :param cache: a folder for notes on which shapes were found well-formed; without one they are
        checked each time, which takes longer than checking the data.
    """

    seconds: int = 3600
    memory_mb: int = 8192
    inference: Inference = "none"
    cache: Path | None = None
    name: str = "pyshacl"
    is_quick: bool = False

    def validate(self, data: bytes, shapes: bytes) -> Sequence[Result]:
        """Return the results of N-Triples data against N-Triples shapes.

        :raises ProcessError: when pySHACL does not end or breaks.
        :raises ShapesRefusedError: when the shapes are no shapes.
        """
        approvals = Approvals(self.cache, shapes, f"pyshacl {version('pyshacl')}")
        known = approvals.known()
        # Somewhat before the process is ended, so that it can say where it was.
        deadline = time.monotonic() + self.seconds - max(1.0, self.seconds / 20)
        options = {"meta": not known, "inference": self.inference, "deadline": deadline}
        answer = json.loads(
            run_limited(
                "lod.checks.shacl.pyshacl.child:validate",
                json.dumps(options).encode() + b"\n" + data + _SEPARATOR + shapes,
                seconds=self.seconds,
                memory_mb=self.memory_mb,
            )
        )
        results = read_answer(answer, self.seconds)
        if not known:
            approvals.note()
        return results


def read_answer(answer: Mapping[str, Any], seconds: int) -> Sequence[Result]:
    """Return the results that pySHACL's process gave.

    :raises ProcessError: when it says that it did not end in time, or broke.
    :raises ShapesRefusedError: when it says that the shapes are no shapes.
    """
    if "refused" in answer:
        raise _refusal(answer["refused"])
    if "failed" in answer:
        raise ProcessError(
            "shacl/failed", f"pySHACL failed{_at(answer)}: {answer['failed']}", cure=_CURE_FAILED
        )
    if "late" in answer:
        raise ProcessError(
            "shacl/time",
            f"pySHACL did not end within {seconds} s; it was{_at(answer['late']) or ' reading'}.",
            cure="Look there for a pattern or a query that takes too long.",
        )
    return [_result(each) for each in answer["results"]]


_CURE_FAILED = "Look at that shape and the values it is about."


def _refusal(refused: Mapping[str, Any]) -> ShapesRefusedError:
    """Return what is wrong with the shapes, the innermost of those concerned told first."""
    if "results" in refused:
        return ill_formed([_result(each) for each in refused["results"]])
    return unusable(refused["text"], refused.get("shapes", ()), refused.get("component", ""))


def _at(found: Mapping[str, Any]) -> str:
    return at(found.get("shapes", ()), found.get("component", ""))


def _result(given: Mapping[str, Any]) -> Result:
    return Result(**{**given, "details": tuple(map(_result, given.get("details", ())))})
