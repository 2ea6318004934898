"""The engine that is used unless another is asked for: the toolkit's own, in this process.

Only what could take forever runs elsewhere: queries, and patterns that repeat a repetition.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from lod import __version__
from lod.checks.shacl.approvals import Approvals
from lod.checks.shacl.compiled.evaluation import Run
from lod.checks.shacl.compiled.graph import Graph
from lod.checks.shacl.compiled.reading import ShapesReader
from lod.checks.shacl.compiled.report import ReportWriter
from lod.checks.shacl.compiled.shapes import Shape
from lod.checks.shacl.compiled.soundness import refuse_unsound
from lod.checks.shacl.refusals import ill_formed
from lod.checks.shacl.results import Result
from lod.errors import ProcessError

MOST_RESULTS = 300_000
"""Nobody reads so many, and they must fit in memory."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A validation: the run, the shapes, and which nodes their targets select."""

    run: Run
    reader: ShapesReader
    starts: Mapping[Shape, Collection[str]]

    def results(self) -> Sequence[Result]:
        """Return the results.

        :raises ProcessError: when finding them does not end in time.
        :raises ShapesRefusedError: when a shape turns out to refer to itself.
        """
        found = (
            violation
            for shape, foci in self.starts.items()
            for violation in self.run.violations(shape, foci)
        )
        violations = list(islice(found, MOST_RESULTS + 1))
        if len(violations) > MOST_RESULTS:
            ((shape, number),) = Counter(each.shape.node for each in violations).most_common(1)
            raise ProcessError(
                "shacl/too-many",
                f"There are more than {MOST_RESULTS:,} results, {number:,} of them of {shape}.",
                cure="Look at that shape first.",
            )
        return ReportWriter(self.run, self.reader.graph).results(violations)


@dataclass(frozen=True, slots=True)
class CompiledShapes:
    """Validates exact terms in memory.

    :param seconds: how long one validation may take, and how long its queries may.
    :param cache: a folder for notes on which shapes were found well-formed.
    """

    seconds: int = 600
    cache: Path | None = None
    name: str = "compiled"
    is_quick: bool = True

    def validate(self, data: bytes, shapes: bytes) -> Sequence[Result]:
        """Return the results of N-Triples data against N-Triples shapes.

        :raises ProcessError: when it does not end in time.
        :raises ShapesRefusedError: when the shapes are no shapes.
        """
        return self.checked(data, shapes).results()

    def checked(self, data: bytes, shapes: bytes) -> Checked:
        """Return a validation that can be asked for its results and more.

        :raises ProcessError: when it does not end in time.
        :raises ShapesRefusedError: when the shapes are no shapes.
        """
        deadline = time.monotonic() + self.seconds
        reader = self._read(shapes)
        graph = Graph(data, None if reader.wants_all else reader.wanted)
        starts = {shape: reader.foci(shape, graph) for shape in reader.shapes.values()}
        run = Run(graph, deadline=deadline)
        asked = run.ask(starts)
        if asked:
            from lod.checks.shacl.compiled.asking import answers  # noqa: PLC0415 - few have queries

            found = answers(asked, data, shapes, graph, seconds=self.seconds)
            run = Run(graph, found, deadline)
        return Checked(run, reader, starts)

    def _read(self, shapes: bytes) -> ShapesReader:
        approvals = Approvals(self.cache, shapes, f"{self.name} {__version__}")
        graph = Graph(shapes)
        refuse_unsound(graph)
        if not approvals.known():
            from lod.checks.shacl.compiled.meta import ill_formed_shapes  # noqa: PLC0415 - once

            results = ill_formed_shapes(graph)
            if results:
                raise ill_formed(results)
        reader = ShapesReader(graph)
        approvals.note()
        return reader
