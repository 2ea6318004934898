"""Check a dataset: every file to its end, then lint rules and shapes over the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from lod.checks.catalogue import Rule, read_catalogue
from lod.checks.fingerprints import fingerprinted
from lod.checks.linting import Linter, Wording, sought, suggestions
from lod.checks.places import Places, Sought
from lod.checks.reading import Reading
from lod.checks.shapes import Result, ShapesEngine, to_diagnostic
from lod.checks.slips import Slip
from lod.checks.sources import source_of
from lod.checks.waivers import waive
from lod.dataset import Dataset, Role
from lod.diagnostics import Diagnostic, Report, Severity
from lod.rdf.terms import is_iri

Progress = Callable[[str], None]

OFF = "off"


@dataclass(frozen=True, slots=True)
class Codes:
    """Which findings are wanted, by code or by the area before the slash.

    >>> Codes(select=("lint",)).want("lint/label-missing")
    True
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def want(self, code: str) -> bool:
        """Whether a code is selected, or nothing is, and it is not ignored."""
        names = {code, code.partition("/")[0]}
        return (not self.select or bool(names & set(self.select))) and not names & set(self.ignore)


def check(
    dataset: Dataset,
    engine: ShapesEngine | None,
    progress: Progress,
    codes: Codes | None = None,
) -> Report:
    """Return what is wrong with a dataset, all files read to their end.

    Shapes and rules about the whole graph are checked only when every file could be read: half the
    data breaks what the whole would meet.

    :param engine: what checks the shapes; without one only syntax is checked.
    :param progress: is told in a few words what goes on.
    :param codes: which findings are wanted; what finds only others is not run.
    :raises ProcessError: when the shapes engine or the rules do not end or break.
    :raises ProjectError: when the shapes are no shapes, or a rule of the project is none.
    :raises ConfigError: when the configuration names a class or property by an unknown prefix.
    """
    wanted = codes or Codes()
    _expand_names(dataset)
    catalogue = read_catalogue(dataset.lint_rules())
    rules = tuple(
        rule
        for rule in catalogue
        if engine is not None
        and wanted.want(rule.code)
        and dataset.project.rules.get(rule.code) != OFF
    )
    linter = Linter(dataset, catalogue, rules)
    progress("reading files")
    with closing(Reading(dataset, linter.judges.suspects)) as reading:
        run = _Run(dataset, linter, reading, progress)
        found = run.findings(engine if wanted.want("shacl") or _any_shacl(wanted) else None)
    weighed = _weighed(dataset, found)
    judged = {rule.code for rule in rules}
    waived = waive(dataset, sorted(weighed, key=Diagnostic.sort_key), catalogue, judged)
    kept = _weighed(dataset, (each for each in waived.findings if wanted.want(each.code)))
    ordered = sorted(kept, key=Diagnostic.sort_key)
    return Report(
        findings=tuple(fingerprinted(ordered, source_of(dataset.project.root))),
        files=len(dataset.files),
        triples=reading.triples.total(),
        shapes=reading.shape_count,
        rules=sum(1 for rule in rules if rule.body or rule.module),
        engines=run.engines,
        waived=waived.count,
    )


def _any_shacl(wanted: Codes) -> bool:
    return any(each.startswith("shacl/") for each in wanted.select)


def _expand_names(dataset: Dataset) -> None:
    """Refuse a name of the configuration whose prefix nobody knows, before the build trips on it.

    :raises ConfigError: for the first such name.
    """
    project, claims = dataset.project, dataset.project.claims
    names = [name for kind in project.kinds for name in kind.classes]
    for name in (*names, *claims.source, *claims.citation, *claims.qualifiers, *claims.plain):
        dataset.prefixes.expand(name)


class _Run:
    """One check of a dataset that has been read."""

    def __init__(
        self, dataset: Dataset, linter: Linter, reading: Reading, progress: Progress
    ) -> None:
        self._dataset = dataset
        self._linter = linter
        self._reading = reading
        self._progress = progress
        self.engines: tuple[str, ...] = ()

    def findings(self, engine: ShapesEngine | None) -> list[Diagnostic]:
        """Return all findings, those of reading among them."""
        findings = list(self._reading.findings)
        broken = {each.location.path for each in findings if each.location}
        passed = {file.name for file in self._dataset.files} - broken
        slips: list[tuple[Rule, Slip]] = []
        if self._linter.rules:
            self._progress("linting")
            slips = list(self._linter.find(self._reading, passed))
        results: Sequence[Result] = ()
        if engine is not None and self._reading.shape_count and not findings:
            self._progress("checking shapes")
            self.engines = (engine.name,)
            results = engine.validate(
                self._reading.text(lambda role: role is not Role.SHAPES),
                self._reading.text(lambda role: role is Role.SHAPES),
            )
        if slips or results:
            self._progress("finding places")
            findings.extend(self._placed(slips, results))
        return findings

    def _placed(
        self, slips: Sequence[tuple[Rule, Slip]], results: Sequence[Result]
    ) -> Iterator[Diagnostic]:
        wanted = [sought(slip) for _, slip in slips if slip.subject and slip.span is None]
        wanted += [_sought(result) for result in results]
        wanted += [Sought(shape) for shape in {result.shape for result in results}]
        places = Places(self._dataset, wanted)
        wording = Wording(self._dataset, places, suggestions(self._dataset, slips))
        for rule, slip in slips:
            yield wording.finding(rule, slip)
        for result in results:
            yield self._from_result(result, places)

    def _from_result(self, result: Result, places: Places) -> Diagnostic:
        found = places.of(_sought(result))
        origin = places.of(Sought(result.shape))
        finding = to_diagnostic(
            result,
            found[0] if found else None,
            self._dataset.project.languages,
            self._dataset.prefixes,
        )
        focus = finding.focus if is_iri(result.focus) else places.name(result.focus)
        return replace(
            finding,
            focus=focus or finding.focus,
            related=tuple(found[1:]),
            origin=origin[0] if origin else None,
        )


def _sought(result: Result) -> Sought:
    return Sought(result.focus, result.path, result.value)


def _weighed(dataset: Dataset, findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Give findings the severity the project wants; those that are off are left out."""
    wanted = dataset.project.rules
    for finding in findings:
        severity = wanted.get(finding.code)
        if severity != OFF:
            yield replace(finding, severity=Severity(severity)) if severity else finding
